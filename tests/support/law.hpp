#pragma once

#include "core/base/require.hpp"
#include "core/rules/parameters.hpp"

#include <charconv>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The law as config/parameters.toml has it, for tests that may link nothing but the core. Reads
/// only the lines that file is written in; the product's reader takes the whole of TOML.
namespace ig::tests {

namespace law_detail {

inline std::int64_t number(std::string_view text) {
  std::int64_t out = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out).ptr;
  core::base::require(end == text.data() + text.size(), "a number of the law is whole");
  return out;
}

inline std::string unquoted(std::string_view text) {
  core::base::require(text.size() >= 2 && text.front() == '"' && text.back() == '"',
                      "a text of the law stands in quotes");
  return std::string(text.substr(1, text.size() - 2));
}

inline core::rules::ParameterValue list(std::string_view items) {
  std::vector<std::int64_t> numbers;
  std::vector<std::string> words;
  while (!items.empty()) {
    const auto comma = items.find(", ");
    const std::string_view item = items.substr(0, comma);
    if (item.front() == '"') {
      words.push_back(unquoted(item));
    } else {
      numbers.push_back(number(item));
    }
    items = comma == std::string_view::npos ? std::string_view() : items.substr(comma + 2);
  }
  if (numbers.empty()) return words;
  return numbers;
}

inline core::rules::ParameterValue value(std::string_view text) {
  if (text == "true" || text == "false") return text == "true";
  if (text.front() == '[') return list(text.substr(1, text.size() - 2));
  if (text.front() != '"') return number(text);
  const std::string word = unquoted(text);
  const auto stroke = word.find('/');
  const bool is_ratio =
      stroke != std::string::npos && word.find_first_not_of("0123456789/") == std::string::npos;
  if (!is_ratio) return word;
  return core::rules::Ratio{number(std::string_view(word).substr(0, stroke)),
                            number(std::string_view(word).substr(stroke + 1))};
}

inline void put(core::rules::ParameterRow& row, std::string_view key, std::string_view text) {
  using core::facts::Jurisdiction;
  using core::rules::ParameterStatus;
  if (key == "name") row.name = unquoted(text);
  if (key == "jurisdiction") {
    row.jurisdiction = text == "\"GB\"" ? Jurisdiction::gb : Jurisdiction::ni;
  }
  if (key == "from") row.from = *core::values::Date::parse(text);
  if (key == "until") row.until = *core::values::Date::parse(text);
  if (key == "value") row.value = value(text);
  if (key == "unit") row.unit = unquoted(text);
  if (key == "citation") row.citation = unquoted(text);
  if (key == "status" && text == "\"unconfirmed\"") row.status = ParameterStatus::unconfirmed;
  if (key == "status" && text == "\"proposed\"") row.status = ParameterStatus::proposed;
  if (key == "note") row.note = unquoted(text);
  if (key == "question") row.question = unquoted(text);
  if (key == "other") row.other = unquoted(text);
}

}  // namespace law_detail

/// Every row of config/parameters.toml.
inline std::vector<core::rules::ParameterRow> law_rows() {
  std::ifstream in(std::string(IG_SOURCE_DIR) + "/config/parameters.toml");
  core::base::require(in.good(), "config/parameters.toml is there");
  std::vector<core::rules::ParameterRow> rows;
  std::uint32_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line == "[[parameter]]") {
      rows.emplace_back();
      rows.back().place = {number, 1};
      continue;
    }
    const auto equals = line.find(" = ");
    if (rows.empty() || line.starts_with('#') || equals == std::string::npos) continue;
    const std::string_view all = line;
    law_detail::put(rows.back(), all.substr(0, equals), all.substr(equals + 3));
  }
  return rows;
}

/// The law itself.
inline core::rules::ParameterSet law() {
  auto set = core::rules::ParameterSet::make(law_rows(), "sha256:law");
  core::base::require(set.has_value(), "the law's parameters are whole");
  return *std::move(set);
}

/// The law with another value for each row of one name.
inline core::rules::ParameterSet law_with(std::string_view name,
                                          const core::rules::ParameterValue& value) {
  auto rows = law_rows();
  for (auto& row : rows) {
    if (row.name == name) row.value = value;
  }
  auto set = core::rules::ParameterSet::make(std::move(rows), "sha256:law");
  core::base::require(set.has_value(), "the changed parameters are whole");
  return *std::move(set);
}

}  // namespace ig::tests
