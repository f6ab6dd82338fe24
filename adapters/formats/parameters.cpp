#include "adapters/formats/parameters.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

namespace ig::adapters::formats {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::facts::Jurisdiction;
using core::rules::ParameterRow;
using core::rules::ParameterSet;
using core::rules::ParameterStatus;
using core::rules::ParameterValue;
using core::rules::Place;
using core::rules::Ratio;
using core::values::Date;

constexpr std::int64_t kFormat = 1;

Place place_of(const toml::node& node) {
  return {static_cast<std::uint32_t>(node.source().begin.line),
          static_cast<std::uint32_t>(node.source().begin.column)};
}

Error refused(Place place, const std::string& field, const std::string& why) {
  return core::base::fail(ErrorCode::PARAMETER_INVALID, field,
                          "line " + std::to_string(place.line) + ", column " +
                              std::to_string(place.column) + ": " + why);
}

bool is_key(std::string_view key) {
  constexpr std::string_view keys[] = {"name",  "jurisdiction", "from",     "until",
                                       "value", "unit",         "citation", "status",
                                       "note",  "question",     "other"};
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

/// Reads "1/4"; nothing when it is not two whole numbers with a stroke between them.
std::optional<Ratio> read_ratio(std::string_view text) {
  const auto stroke = text.find('/');
  if (stroke == std::string_view::npos) return std::nullopt;
  Ratio out;
  const auto read = [](std::string_view digits, std::int64_t& number) {
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return code == std::errc{} && end == digits.data() + digits.size();
  };
  if (!read(text.substr(0, stroke), out.numerator) ||
      !read(text.substr(stroke + 1), out.denominator)) {
    return std::nullopt;
  }
  return out;
}

/// Reads the keys of one [[parameter]] table; keeps the first thing that is wrong.
class RowReader {
 public:
  explicit RowReader(const toml::table& table) : table_(table) { row_.place = place_of(table); }

  Result<ParameterRow> read() {
    row_.name = text("name", true);
    row_.unit = text("unit", true);
    row_.citation = text("citation", true);
    row_.note = text("note", false);
    row_.question = text("question", false);
    row_.other = text("other", false);
    if (const auto from = day("from", true)) row_.from = *from;
    row_.until = day("until", false);
    read_jurisdiction();
    read_status();
    read_value();
    for (const auto& [key, node] : table_) {
      if (!is_key(key.str())) refuse(node, "no row has this key");
    }
    if (error_) return std::move(*error_);
    return std::move(row_);
  }

 private:
  void refuse(const toml::node& node, const std::string& why) {
    if (!error_) error_ = refused(place_of(node), row_.name, why);
  }

  const toml::node* find(std::string_view key, bool needed) {
    const toml::node* node = table_.get(key);
    if (node == nullptr && needed) refuse(table_, "the row has no " + std::string(key));
    return node;
  }

  std::string text(std::string_view key, bool needed) {
    const toml::node* node = find(key, needed);
    if (node == nullptr) return {};
    const auto* word = node->as_string();
    if (word == nullptr) refuse(*node, std::string(key) + " is a text in quotes");
    return word == nullptr ? std::string() : word->get();
  }

  std::optional<Date> day(std::string_view key, bool needed) {
    const toml::node* node = find(key, needed);
    if (node == nullptr) return std::nullopt;
    const auto* written = node->as_date();
    if (written == nullptr) {
      refuse(*node, std::string(key) + " is a date without quotes, such as 2012-12-10");
      return std::nullopt;
    }
    const toml::date& day = written->get();
    const std::chrono::year_month_day ymd{std::chrono::year{day.year},
                                          std::chrono::month{day.month}, std::chrono::day{day.day}};
    if (!ymd.ok() || day.year < 1900 || day.year > 2099) {
      refuse(*node, std::string(key) + " is a day of 1900 to 2099");
      return std::nullopt;
    }
    return Date::of(std::chrono::sys_days{ymd});
  }

  void read_jurisdiction() {
    const std::string word = text("jurisdiction", false);
    if (word == "GB") {
      row_.jurisdiction = Jurisdiction::gb;
    } else if (word == "NI") {
      row_.jurisdiction = Jurisdiction::ni;
    } else if (table_.contains("jurisdiction")) {
      refuse(*table_.get("jurisdiction"), "jurisdiction is \"GB\" or \"NI\"");
    }
  }

  void read_status() {
    const std::string word = text("status", true);
    if (word == "in force") {
      row_.status = ParameterStatus::in_force;
    } else if (word == "unconfirmed") {
      row_.status = ParameterStatus::unconfirmed;
    } else if (word == "proposed") {
      row_.status = ParameterStatus::proposed;
    } else if (table_.contains("status")) {
      refuse(*table_.get("status"), "status is \"in force\", \"unconfirmed\" or \"proposed\"");
    }
  }

  void read_value() {
    const toml::node* node = find("value", true);
    if (node == nullptr) return;
    if (const auto* number = node->as_integer()) {
      row_.value = number->get();
    } else if (const auto* truth = node->as_boolean()) {
      row_.value = truth->get();
    } else if (const auto* word = node->as_string()) {
      if (const auto ratio = read_ratio(word->get())) {
        row_.value = *ratio;
      } else {
        row_.value = word->get();
      }
    } else if (const auto* array = node->as_array()) {
      read_list(*array);
    } else {
      refuse(*node, "the value is a whole number, true, false, a text or a list");
    }
  }

  void read_list(const toml::array& array) {
    std::vector<std::int64_t> numbers;
    std::vector<std::string> words;
    for (const toml::node& item : array) {
      if (const auto* number = item.as_integer()) {
        numbers.push_back(number->get());
      } else if (const auto* word = item.as_string()) {
        words.push_back(word->get());
      } else {
        refuse(item, "a list holds whole numbers, or texts");
      }
    }
    if (!numbers.empty() && !words.empty()) refuse(array, "a list holds whole numbers, or texts");
    if (numbers.empty()) {
      row_.value = std::move(words);
    } else {
      row_.value = std::move(numbers);
    }
  }

  const toml::table& table_;
  ParameterRow row_;
  std::optional<Error> error_;
};

Result<std::vector<ParameterRow>> read_rows(const toml::table& root) {
  std::vector<ParameterRow> rows;
  const Place top{1, 1};
  if (root["format"].value<std::int64_t>() != kFormat) {
    return refused(top, {}, "the file says format = 1");
  }
  for (const auto& [key, node] : root) {
    if (key.str() != "format" && key.str() != "parameter") {
      return refused(place_of(node), {}, "a parameter file holds format and [[parameter]] only");
    }
  }
  const toml::array* tables = root["parameter"].as_array();
  if (tables == nullptr) return refused(top, {}, "the file holds [[parameter]] rows");
  for (const toml::node& node : *tables) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return refused(place_of(node), {}, "a parameter is a table");
    auto row = RowReader(*table).read();
    if (!row) return std::move(row).error();
    rows.push_back(*std::move(row));
  }
  return rows;
}

}  // namespace

Result<ParameterSet> read_parameters(std::string_view toml, core::ports::Digest& digest) {
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& broken) {
    const auto& at = broken.source().begin;
    return refused({static_cast<std::uint32_t>(at.line), static_cast<std::uint32_t>(at.column)}, {},
                   "not TOML: " + std::string(broken.description()));
  }
  auto rows = read_rows(root);
  if (!rows) return std::move(rows).error();
  return ParameterSet::make(*std::move(rows), "sha256:" + core::ports::hex(digest.sha256(toml)));
}

Result<ParameterSet> embedded_parameters(core::ports::Digest& digest) {
  return read_parameters(embedded::parameters_toml, digest);
}

}  // namespace ig::adapters::formats
