#include "tests/scenario/worked_cases/verdict.hpp"

#include "tests/scenario/worked_cases/names.hpp"
#include "tests/support/conformance.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ig::tests::worked {
namespace {

constexpr std::string_view kBetween = " :: ";

/// "para 4(1)(c), reg 44(2)(e)" agrees with "para 4(1)(c), reg 44(2)": the rest is sub-items only.
bool is_deeper_citation(std::string_view expected, std::string_view ours) {
  if (ours.empty() || !expected.starts_with(ours)) return false;
  std::string_view rest = expected.substr(ours.size());
  while (!rest.empty()) {
    const auto end = rest.find(')');
    if (rest.front() != '(' || end == std::string_view::npos || end < 2) return false;
    const std::string_view item = rest.substr(1, end - 1);
    if (item.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != item.npos) return false;
    rest = rest.substr(end + 1);
  }
  return true;
}

bool is_start_of(const Json& expected, const Json& found) {
  return expected.is_array() && found.is_array() && !expected.empty() &&
         expected.size() <= found.size() &&
         std::equal(expected.begin(), expected.end(), found.begin());
}

std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> out;
  for (auto at = line.find(kBetween); at != std::string_view::npos; at = line.find(kBetween)) {
    out.emplace_back(line.substr(0, at));
    line = line.substr(at + kBetween.size());
  }
  out.emplace_back(line);
  return out;
}

}  // namespace

std::string cases_file() {
  if (const char* named = std::getenv("IG_WORKED_CASES")) return named;
  return (support::conformance() / "../domain/worked-cases.json").string();
}

std::optional<Json> read_cases() {
  std::ifstream in(cases_file());
  if (!in) return std::nullopt;
  return Json::parse(in).at("cases");
}

std::vector<ListedLine> read_list(const std::string& file) {
  std::ifstream in(std::string(IG_SOURCE_DIR) + "/tests/scenario/worked_cases/" + file);
  core::base::require(in.good(), "the list is there");
  std::vector<ListedLine> out;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    auto parts = split(line);
    core::base::require(parts.size() > 1, "a listed name has a reason");
    out.push_back({parts.front(), {parts.begin() + 1, parts.end()}});
  }
  return out;
}

const ListedLine* line_of(const std::vector<ListedLine>& list, const std::string& owner,
                          const std::string& member) {
  for (const std::string& name : {owner + "/" + member, member}) {
    const auto found = std::ranges::find(list, name, &ListedLine::name);
    if (found == list.end()) continue;
    found->used = true;
    return &*found;
  }
  return nullptr;
}

Members expected_of(const Json& one) {
  Members out;
  for (const auto& [member, value] : one.at("expected").items()) {
    if (!value.is_object()) {
      out[member] = value;
      continue;
    }
    for (const auto& [inner, part] : value.items()) out[member + "." + inner] = part;
  }
  return out;
}

bool is_always_decided(const std::string& member) {
  const auto after_owner = member.find_last_of("./");
  const std::string name =
      after_owner == std::string::npos ? member : member.substr(after_owner + 1);
  constexpr std::array exact = {"basis", "action", "flag", "rate", "rates", "rate_route", "next"};
  if (std::ranges::find(exact, name) != exact.end()) return true;
  constexpr std::array parts = {"pence", "meets_", "date", "deadline", "basis_"};
  const auto is_part = [&](const char* part) { return name.find(part) != std::string::npos; };
  return std::ranges::any_of(parts, is_part) || name.ends_with("allowed");
}

bool agrees(const std::string& member, const Json& expected, const Json& found) {
  const Json ours = in_contract_words(expected);
  if (member == "review_dates") return is_start_of(ours, found);
  if (member == "rate_route" && ours.is_string() && found.is_string()) {
    return is_deeper_citation(ours.get_ref<const std::string&>(),
                              found.get_ref<const std::string&>());
  }
  return ours == found;
}

std::vector<Json> values_beside(const Json& expected) {
  if (expected.is_number_integer()) {
    const auto number = expected.get<std::int64_t>();
    return {number + 1, number - 1, Json()};
  }
  if (expected.is_boolean()) return {!expected.get<bool>(), Json()};
  if (expected.is_string()) {
    const auto text = expected.get<std::string>();
    return {"x" + text, text + "x", text.substr(1), Json()};
  }
  if (expected.is_null()) return {0, "x", false};
  std::vector<Json> out;
  for (const auto& [key, inner] : expected.items()) {
    for (const Json& beside : values_beside(inner)) {
      out.push_back(expected);
      if (expected.is_array()) {
        out.back()[std::stoul(key)] = beside;
      } else {
        out.back()[key] = beside;
      }
    }
  }
  if (expected.empty()) out.push_back({"x"});
  return out;
}

}  // namespace ig::tests::worked
