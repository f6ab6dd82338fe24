#include "adapters/sandbox/report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

constexpr std::size_t kListed = 50;

bool fits(const std::string& wanted, const std::string& seen) {
  return wanted.empty() || wanted == seen;
}

bool fits(const Expected& wanted, const Applied& seen) {
  return wanted.kind == seen.kind && fits(wanted.direction, seen.direction) &&
         fits(wanted.outcome, seen.outcome);
}

std::string described(const Case& own_case, std::string_view archetype, std::string_view kind,
                      std::string_view direction, std::string_view outcome) {
  return fmt::format("{} {} {}: {}{}{}{}{}", own_case.case_system, own_case.id, archetype, kind,
                     direction.empty() ? "" : " ", direction, outcome.empty() ? "" : " ", outcome);
}

void note(std::vector<std::string>& list, std::string line) {
  if (list.size() < kListed) list.push_back(std::move(line));
}

/// What still stands when withdrawals have taken back what they refer to.
std::vector<const Applied*> standing(const std::vector<Applied>& applied) {
  std::vector<const Applied*> out;
  for (const Applied& one : applied) {
    if (one.relation == "WITHDRAWS") {
      std::erase_if(out, [&](const Applied* other) { return other->id == one.refers_to; });
    } else {
      out.push_back(&one);
    }
  }
  return out;
}

}  // namespace

void judge_case(const Case& own_case, std::string_view archetype,
                const std::vector<Applied>& applied, Report& report) {
  auto left = standing(applied);
  for (const Expected& wanted : own_case.must) {
    const auto found =
        std::ranges::find_if(left, [&](const Applied* one) { return fits(wanted, *one); });
    if (found != left.end()) {
      left.erase(found);
      continue;
    }
    ++report.missing;
    note(report.missing_list,
         described(own_case, archetype, wanted.kind, wanted.direction, wanted.outcome));
  }
  for (const Applied* one : left) {
    const auto same_effect = [&](const Expected& wanted) {
      return wanted.kind == one->kind && fits(wanted.direction, one->direction);
    };
    if (std::ranges::any_of(own_case.must, same_effect)) {
      if (one->relation == "NEW") ++report.applied_twice;
    } else if (!std::ranges::any_of(own_case.may, same_effect)) {
      ++report.unexpected;
      note(report.unexpected_list,
           described(own_case, archetype, one->kind, one->direction, one->outcome));
    }
  }
}

std::string report_json(const Report& report) {
  return nlohmann::ordered_json{{"cases", report.cases},
                                {"applied", report.applied},
                                {"applied_twice", report.applied_twice},
                                {"redelivered", report.redelivered},
                                {"dropped_answers", report.dropped_answers},
                                {"missing", report.missing},
                                {"unexpected", report.unexpected},
                                {"by_kind", report.by_kind},
                                {"refused", report.refused},
                                {"missing_list", report.missing_list},
                                {"unexpected_list", report.unexpected_list}}
      .dump();
}

std::string report_table(std::string_view json) {
  const auto report = nlohmann::ordered_json::parse(json, nullptr, false);
  if (!report.is_object()) return {};
  std::string out;
  const auto line = [&](std::string_view name, const nlohmann::ordered_json& value) {
    out += fmt::format("  {:<28}{:>9}\n", name, value.dump());
  };
  for (const auto& [name, value] : report.items()) {
    if (value.is_number_integer()) line(name, value);
  }
  for (const char* group : {"by_kind", "refused"}) {
    if (!report.contains(group) || report[group].empty()) continue;
    out += fmt::format("{}\n", group);
    for (const auto& [name, value] : report[group].items()) line(name, value);
  }
  for (const char* list : {"missing_list", "unexpected_list"}) {
    if (!report.contains(list) || report[list].empty()) continue;
    out += fmt::format("{}\n", list);
    for (const auto& item : report[list]) {
      if (item.is_string()) out += "  " + item.get<std::string>() + "\n";
    }
  }
  return out;
}

std::string report_summary(std::string_view json) {
  const auto report = nlohmann::json::parse(json, nullptr, false);
  if (!report.is_object()) return {};
  const auto count = [&](const char* name) { return report.value(name, nlohmann::json()).dump(); };
  return fmt::format("{} cases, {} triggers applied, {} missing, {} applied twice, {} redelivered",
                     count("cases"), count("applied"), count("missing"), count("applied_twice"),
                     count("redelivered"));
}

bool report_is_good(std::string_view json) {
  const auto report = nlohmann::json::parse(json, nullptr, false);
  const auto zero = [&](const char* name) {
    return report.contains(name) && report[name].is_number_integer() && report[name] == 0;
  };
  return report.is_object() && zero("missing") && zero("applied_twice");
}

}  // namespace ig::adapters::sandbox
