#include "core/rules/parameter_diff.hpp"

#include "core/rules/parameter_names.hpp"

#include <map>
#include <tuple>

namespace ig::core::rules {
namespace {

/// The place of a row: its name's place in the closed list, its jurisdiction, whether it is only
/// proposed, its first day.
using Key = std::tuple<std::ptrdiff_t, int, bool, std::optional<values::Date>>;

Key key_of(const ParameterRow& row, bool by_day) {
  const int where = row.jurisdiction ? 1 + static_cast<int>(*row.jurisdiction) : 0;
  return {find_parameter_name(row.name) - parameter_names().data(), where,
          row.status == ParameterStatus::proposed, by_day ? std::optional(row.from) : std::nullopt};
}

std::map<Key, const ParameterRow*> keyed(const ParameterSet& set, std::optional<values::Date> day) {
  std::map<Key, const ParameterRow*> out;
  for (const ParameterRow& row : set.rows()) {
    if (day && (!row.covers(*day) || row.status == ParameterStatus::proposed)) continue;
    out[key_of(row, !day)] = &row;
  }
  return out;
}

std::vector<std::string> fields_that_differ(const ParameterRow& a, const ParameterRow& b) {
  std::vector<std::string> out;
  const auto compare = [&](const char* field, bool equal) {
    if (!equal) out.emplace_back(field);
  };
  compare("value", a.value == b.value);
  compare("from", a.from == b.from);
  compare("until", a.until == b.until);
  compare("status", a.status == b.status);
  compare("citation", a.citation == b.citation);
  return out;
}

}  // namespace

std::vector<ParameterDifference> differences(const ParameterSet& before, const ParameterSet& after,
                                             std::optional<values::Date> day) {
  const auto old_rows = keyed(before, day);
  const auto new_rows = keyed(after, day);
  std::map<Key, ParameterDifference> out;
  for (const auto& [key, row] : old_rows) out[key].before = row;
  for (const auto& [key, row] : new_rows) out[key].after = row;
  std::vector<ParameterDifference> list;
  for (auto& [key, one] : out) {
    if (one.before != nullptr && one.after != nullptr) {
      one.fields = fields_that_differ(*one.before, *one.after);
      if (one.fields.empty()) continue;
    }
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace ig::core::rules
