#pragma once

#include "core/base/result.hpp"
#include "core/facts/case_record.hpp"
#include "core/rules/law_of_day.hpp"
#include "core/values/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ig::core::rules {

/// The value of one row of a parameter file.
using ParameterValue = std::variant<std::int64_t, bool, Ratio, std::string,
                                    std::vector<std::int64_t>, std::vector<std::string>>;

/// The line and column a row starts at, from 1; 0 when it did not come from a file.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// How sure a row is.
enum class ParameterStatus : std::uint8_t { in_force, unconfirmed, proposed };

/// One dated value with its law.
struct ParameterRow {
  std::string name;
  std::optional<facts::Jurisdiction> jurisdiction;  ///< absent: both
  values::Date from;
  std::optional<values::Date> until;  ///< last day, included; absent: open
  ParameterValue value;
  std::string unit;
  std::string citation;
  ParameterStatus status = ParameterStatus::in_force;
  std::string note;      ///< why; may be empty
  std::string question;  ///< the open question it answers, such as "A13"; may be empty
  std::string other;     ///< the other reading of that question; may be empty
  Place place;

  /// Does the row speak of this day? Its first and its last day count.
  [[nodiscard]] bool covers(values::Date day) const noexcept {
    return from <= day && (!until || day <= *until);
  }
};

/// The law's numbers by date. Made once from a file, then only read: safe for many threads.
class ParameterSet {
 public:
  /// Checks the rows against the closed list of names. Errors: PARAMETER_INVALID with line and
  /// column for an unknown name, a wrong unit or type, a value outside its range, an overlap, a
  /// gap, a name without a row, or a benefit that stands in two lists of regulation 44 or in none.
  /// `version` is "sha256:" and 64 hex digits of the file's text.
  [[nodiscard]] static base::Result<ParameterSet> make(std::vector<ParameterRow> rows,
                                                       std::string version);

  [[nodiscard]] const std::string& version() const noexcept { return version_; }
  [[nodiscard]] const std::vector<ParameterRow>& rows() const noexcept { return rows_; }

  /// What is in force on a day. Errors: PARAMETER_MISSING before 2012-12-10.
  [[nodiscard]] base::Result<Parameters> on(values::Date day,
                                            facts::Jurisdiction jurisdiction) const;
  /// The same without a copy; nullptr before the first day. Lives as long as the set.
  [[nodiscard]] const Parameters* find(values::Date day,
                                       facts::Jurisdiction jurisdiction) const noexcept;

 private:
  struct Period {
    values::Date from;
    Parameters gb;
    Parameters ni;
  };
  std::vector<ParameterRow> rows_;
  std::vector<Period> periods_;  ///< by day, each until the next
  std::string version_;
};

/// The first day of the 2012 scheme, from which every parameter has a value.
inline constexpr values::Date kFirstDay = values::Date::of(2012, 12, 10);

}  // namespace ig::core::rules
