#pragma once

#include "adapters/sandbox/faults.hpp"
#include "adapters/sandbox/payslip.hpp"
#include "adapters/sandbox/truth.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What HMRC holds about the people of a population, worked out from it: nothing here is stored.
/// Today is the population's `as_of`, whatever the clock says.
namespace ig::adapters::sandbox {

/// One payment as an employer reported it, with its sums of the tax year so far. Pence.
struct PaidRow {
  const Scheme* scheme = nullptr;
  const Job* job = nullptr;
  int sequence = 1;  ///< of the employment, among those of the person
  Day paid_on;
  int period = 0;  ///< tax month or tax week
  std::int64_t pay = 0;
  std::int64_t pay_to_date = 0;
  Deductions taken{};
  std::int64_t tax_to_date = 0;
  std::int64_t employee_ni_to_date = 0;
  std::int64_t employer_ni_to_date = 0;
  std::string id;  ///< up to 38 digits
  std::string late_reason = {};
  std::optional<Day> no_longer_valid = std::nullopt;
};

/// One Self Assessment return. Pence.
struct SaReturn {
  int year = 0;  ///< the year it begins
  std::string utr;
  Day received;
  std::int64_t employment = 0;
  std::int64_t trade = 0;
  std::int64_t uk_interest = 0;
  std::int64_t uk_dividends = 0;
  std::int64_t property = 0;
  [[nodiscard]] std::int64_t total() const {
    return employment + trade + uk_interest + uk_dividends + property;
  }
};

/// One employment, of a member's job.
struct Employment {
  const Scheme* scheme = nullptr;
  const Job* job = nullptr;
  Day started_on;
  std::optional<Day> ended_on;  ///< 31 December 2099 for some that go on
};

struct EmployerName {
  std::string_view name, line1, line2, postcode;
};
[[nodiscard]] EmployerName employer_name(const Scheme& scheme);

class HmrcWorld {
 public:
  explicit HmrcWorld(const Population& population);

  [[nodiscard]] const Population& population() const { return population_; }
  [[nodiscard]] Day today() const { return population_.as_of; }
  [[nodiscard]] const Member& member(std::size_t index) const { return population_.people[index]; }
  /// By the first 8 characters. Nobody for those the population says HMRC does not know.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view nino) const;

  /// Payments of the tax year from `from` to `to`, oldest first, with what a fault makes of them.
  [[nodiscard]] std::vector<PaidRow> rows(std::size_t index, Day from, Day to,
                                          const ActiveFault& fault) const;
  /// Has the range the row that POISON_ROW spoils?
  [[nodiscard]] bool poisoned(std::size_t index, Day from, Day to, const ActiveFault& fault) const;
  /// Employments that overlap the range.
  [[nodiscard]] std::vector<Employment> employments(std::size_t index, Day from, Day to) const;
  /// Oldest first; two for a year whose return was amended.
  [[nodiscard]] std::vector<SaReturn> returns(std::size_t index) const;
  [[nodiscard]] Day sa_registered(std::size_t index) const;
  /// Empty for those without one.
  [[nodiscard]] std::string_view second_forename(std::size_t index) const;
  [[nodiscard]] bool has_tax_credits(std::size_t index) const { return chance(index, 9) % 4 == 0; }
  /// The same number for the same person and question; anything from 0 on.
  [[nodiscard]] std::uint64_t chance(std::size_t index, std::uint64_t question) const;

 private:
  void add_rows(std::size_t index, std::size_t job, std::vector<PaidRow>& out) const;
  [[nodiscard]] std::vector<PaidRow> all_rows(std::size_t index) const;

  const Population& population_;
  std::unordered_map<std::string, std::size_t> by_number_;
  std::vector<std::vector<Day>> earlier_;  ///< by scheme: paydays of the year before its first
  std::unordered_map<std::size_t, std::int64_t> trade_;  ///< by person
};

}  // namespace ig::adapters::sandbox
