#include "core/rules/parameters.hpp"

#include "core/rules/parameter_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using facts::Jurisdiction;

constexpr std::int64_t kRatioTermMost = 10'000;

Error refused(const ParameterRow& row, std::string_view why) {
  return base::fail(
      ErrorCode::PARAMETER_INVALID, row.name,
      fmt::format("line {}, column {}: {}: {}", row.place.line, row.place.column, row.name, why));
}

bool is_ratio(const Ratio& ratio) {
  return ratio.numerator >= 1 && ratio.numerator <= kRatioTermMost && ratio.denominator >= 1 &&
         ratio.denominator <= kRatioTermMost;
}

Result<void> check_choice(const ParameterRow& row, const ParameterName& known) {
  const auto* word = std::get_if<std::string>(&row.value);
  if (word == nullptr) return refused(row, "the value is a word in quotes");
  if (is_listed(known.accepted, *word)) return {};
  if (is_listed(known.recorded, *word)) {
    return refused(row, "this reading is recorded, not offered: the gateway may only use " +
                            std::string(known.accepted));
  }
  return refused(row, "the value is one of " + std::string(known.accepted));
}

Result<void> check_list(const ParameterRow& row, const ParameterName& known) {
  const auto* numbers = std::get_if<std::vector<std::int64_t>>(&row.value);
  if (numbers == nullptr || numbers->size() != known.count) {
    return refused(row, fmt::format("the value is a list of {} whole numbers", known.count));
  }
  for (const std::int64_t number : *numbers) {
    if (number < known.least || number > known.most) {
      return refused(row, fmt::format("each number is {} to {}", known.least, known.most));
    }
  }
  return {};
}

Result<void> check_codes(const ParameterRow& row) {
  const auto* codes = std::get_if<std::vector<std::string>>(&row.value);
  if (codes == nullptr) return refused(row, "the value is a list of benefit codes in quotes");
  std::set<std::string_view> seen;
  for (const std::string& code : *codes) {
    if (!facts::benefit_of(code)) return refused(row, "no benefit has the code " + code);
    if (!seen.insert(code).second) return refused(row, "a benefit stands twice: " + code);
  }
  return {};
}

Result<void> check_value(const ParameterRow& row, const ParameterName& known) {
  switch (known.kind) {
    case ParameterKind::whole: {
      const auto* number = std::get_if<std::int64_t>(&row.value);
      if (number == nullptr) return refused(row, "the value is a whole number");
      if (*number < known.least || *number > known.most) {
        return refused(row, fmt::format("the value is {} to {}", known.least, known.most));
      }
      return {};
    }
    case ParameterKind::truth:
      if (!std::holds_alternative<bool>(row.value)) {
        return refused(row, "the value is true or false");
      }
      return {};
    case ParameterKind::ratio: {
      const auto* ratio = std::get_if<Ratio>(&row.value);
      if (ratio == nullptr || !is_ratio(*ratio)) {
        return refused(row, "the value is a part such as \"1/4\", both terms 1 to 10000");
      }
      return {};
    }
    case ParameterKind::text: {
      const auto* text = std::get_if<std::string>(&row.value);
      if (text == nullptr || text->empty()) return refused(row, "the value is a text");
      return {};
    }
    case ParameterKind::choice:
      return check_choice(row, known);
    case ParameterKind::list:
      return check_list(row, known);
    case ParameterKind::codes:
      return check_codes(row);
  }
  IG_UNREACHABLE("a kind of parameter is one of seven");
}

Result<void> check_row(const ParameterRow& row) {
  const ParameterName* known = find_parameter_name(row.name);
  if (known == nullptr) return refused(row, "no parameter has this name");
  if (row.unit != known->unit) {
    return refused(row, fmt::format("the unit is \"{}\"", known->unit));
  }
  if (row.citation.empty()) return refused(row, "a citation is needed");
  if (row.from < kFirstDay) return refused(row, "from is 2012-12-10 or later");
  if (row.until && *row.until < row.from) return refused(row, "until lies before from");
  if (row.question.empty() != row.other.empty()) {
    return refused(row, "question and other stand together");
  }
  return check_value(row, *known);
}

bool applies(const ParameterRow& row, Jurisdiction jurisdiction) {
  return row.status != ParameterStatus::proposed &&
         (!row.jurisdiction || *row.jurisdiction == jurisdiction);
}

std::string_view short_name(Jurisdiction jurisdiction) {
  return jurisdiction == Jurisdiction::gb ? "GB" : "NI";
}

/// The rows of one name for one jurisdiction follow each other day by day from the first on.
Result<void> check_days(const std::vector<ParameterRow>& rows, std::string_view name,
                        Jurisdiction jurisdiction) {
  std::vector<const ParameterRow*> own;
  for (const auto& row : rows) {
    if (row.name == name && applies(row, jurisdiction)) own.push_back(&row);
  }
  if (own.empty()) {
    return base::fail(
        ErrorCode::PARAMETER_INVALID, std::string(name),
        fmt::format("line 1, column 1: {}: no row for {}", name, short_name(jurisdiction)));
  }
  std::sort(own.begin(), own.end(), [](const auto* a, const auto* b) { return a->from < b->from; });
  if (own.front()->from != kFirstDay) {
    return refused(*own.front(), fmt::format("a gap for {}: no row from 2012-12-10 on",
                                             short_name(jurisdiction)));
  }
  for (std::size_t i = 1; i < own.size(); ++i) {
    const ParameterRow& before = *own[i - 1];
    if (!before.until || *before.until >= own[i]->from) {
      return refused(*own[i], fmt::format("an overlap for {} with the row at line {}",
                                          short_name(jurisdiction), before.place.line));
    }
    if (before.until->plus_days(1) != own[i]->from) {
      return refused(*own[i], fmt::format("a gap for {} after the row at line {}",
                                          short_name(jurisdiction), before.place.line));
    }
  }
  if (own.back()->until) {
    return refused(*own.back(), fmt::format("a gap for {}: the last row has no until",
                                            short_name(jurisdiction)));
  }
  return {};
}

bool is_in_force(const ParameterRow& row, values::Date day, Jurisdiction jurisdiction) {
  return applies(row, jurisdiction) && row.covers(day);
}

/// On each day each benefit stands in one list of `area`; `needed`: in one at least.
Result<void> check_benefits(const std::vector<ParameterRow>& rows, values::Date day,
                            Jurisdiction jurisdiction, ParameterArea area, bool needed) {
  std::set<std::string_view> seen;
  for (const auto& row : rows) {
    const ParameterName* known = find_parameter_name(row.name);
    const bool counts = known->kind == ParameterKind::codes && known->area == area;
    if (!counts || !is_in_force(row, day, jurisdiction)) continue;
    for (const std::string& code : *std::get_if<std::vector<std::string>>(&row.value)) {
      if (!seen.insert(code).second) {
        return refused(row, fmt::format("{} stands in another list too on {} for {}", code,
                                        day.text(), short_name(jurisdiction)));
      }
    }
  }
  for (const std::string_view code : facts::kBenefitCodes) {
    if (needed && !seen.contains(code)) {
      return base::fail(ErrorCode::PARAMETER_INVALID, "benefit",
                        fmt::format("line 1, column 1: benefit: {} stands in no list on {} for {}",
                                    code, day.text(), short_name(jurisdiction)));
    }
  }
  return {};
}

Result<void> check_benefits(const std::vector<ParameterRow>& rows, values::Date day) {
  for (const Jurisdiction jurisdiction : {Jurisdiction::gb, Jurisdiction::ni}) {
    for (const ParameterArea area : {ParameterArea::benefit, ParameterArea::deduction}) {
      auto checked = check_benefits(rows, day, jurisdiction, area, area == ParameterArea::benefit);
      if (!checked) return checked;
    }
  }
  return {};
}

Parameters resolve(const std::vector<ParameterRow>& rows, values::Date day,
                   Jurisdiction jurisdiction) {
  Parameters out;
  for (const auto& row : rows) {
    if (!is_in_force(row, day, jurisdiction)) continue;
    const ParameterName* known = find_parameter_name(row.name);
    if (known->put != nullptr) known->put(out, row);
  }
  return out;
}

}  // namespace

Result<ParameterSet> ParameterSet::make(std::vector<ParameterRow> rows, std::string version) {
  for (const auto& row : rows) {
    if (auto checked = check_row(row); !checked) return std::move(checked).error();
  }
  for (const auto& known : parameter_names()) {
    for (const Jurisdiction jurisdiction : {Jurisdiction::gb, Jurisdiction::ni}) {
      if (auto checked = check_days(rows, known.name, jurisdiction); !checked) {
        return std::move(checked).error();
      }
    }
  }
  ParameterSet out;
  out.rows_ = std::move(rows);
  out.version_ = std::move(version);
  std::set<values::Date> days;
  for (const auto& row : out.rows_) days.insert(row.from);
  for (const values::Date day : days) {
    if (auto checked = check_benefits(out.rows_, day); !checked) return std::move(checked).error();
    out.periods_.push_back({day, resolve(out.rows_, day, Jurisdiction::gb),
                            resolve(out.rows_, day, Jurisdiction::ni)});
  }
  return out;
}

const Parameters* ParameterSet::find(values::Date day, Jurisdiction jurisdiction) const noexcept {
  const auto after = std::upper_bound(
      periods_.begin(), periods_.end(), day,
      [](values::Date wanted, const Period& period) { return wanted < period.from; });
  if (after == periods_.begin()) return nullptr;
  const Period& period = *std::prev(after);
  return jurisdiction == Jurisdiction::gb ? &period.gb : &period.ni;
}

Result<Parameters> ParameterSet::on(values::Date day, Jurisdiction jurisdiction) const {
  const Parameters* found = find(day, jurisdiction);
  if (found == nullptr) {
    return base::fail(ErrorCode::PARAMETER_MISSING, "/effective_date",
                      "no parameter is in force before 2012-12-10");
  }
  return *found;
}

}  // namespace ig::core::rules
