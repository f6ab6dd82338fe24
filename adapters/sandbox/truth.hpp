#pragma once

#include "adapters/sandbox/calendar.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is true in the sandbox's own small world. Money is integer pence throughout.
namespace ig::adapters::sandbox {

/// How an employer of the sandbox pays: monthly, weekly or every four weeks.
enum class Rhythm : std::uint8_t { monthly, weekly, four_weekly };
/// Periods of a year: 12, 52 or 13.
[[nodiscard]] int periods_a_year(Rhythm rhythm);

/// One PAYE scheme of the sandbox and the paydays it reports, oldest first.
struct Scheme {
  std::string office;       ///< 3 digits
  std::string reference;    ///< up to 10 characters
  std::string accounts;     ///< Accounts Office reference
  std::string file_suffix;  ///< what the names of its files end in, before ".xml"
  Rhythm rhythm = Rhythm::monthly;
  std::vector<Day> paydays;
  int others_per_person = 0;  ///< employees without a case for each one with a case
};

/// One job: what it paid on each payday of its scheme.
struct Job {
  std::size_t scheme = 0;  ///< index into Population::schemes
  std::string payroll_id;
  std::int64_t before = 0;        ///< pay of each period of the tax year before the first payday
  std::vector<std::int64_t> pay;  ///< one a payday of the scheme; 0: nothing is reported
  std::optional<Day> started_on;
  std::optional<Day> left_on;  ///< reported with the last payment
};

struct Person {
  std::string nino;  ///< 9 characters of an allocated prefix; never a known filler
  std::string forename;
  std::string surname;
  Day born;
  char gender = 'F';
};

/// What the yearly figure service says of a person.
struct YearlyTruth {
  enum class Status : std::uint8_t { available, nil, no_data, unknown_person, unavailable };
  Status status = Status::available;
  int tax_year = 0;  ///< the year it begins
  std::int64_t annual = 0;
  std::string source = "PAYE";
};

/// One trigger that must come (or may come) for a case. Empty text: any.
struct Expected {
  std::string kind;
  std::string direction = {};
  std::string outcome = {};
};

struct Case {
  std::string case_system;
  std::string id;
  std::size_t person = 0;  ///< index into Population::people
  bool open = true;
  Day initial_effective;
  Day review;
  Day since;
  int tax_year = 0;  ///< of the figure in force: the year it begins
  std::int64_t annual = 0;
  std::int64_t trading = 0;  ///< part of `annual` that PAYE cannot see
  std::vector<Expected> must;
  std::vector<Expected> may;  ///< allowed, not called for
};

/// Someone with a case: who, what jobs, and what becomes of them.
struct Member {
  Person person;
  std::string archetype;
  YearlyTruth yearly;
  std::vector<Job> jobs;
  std::int64_t weekly_now = 0;  ///< what the jobs pay a week in the end
};

struct Population {
  std::uint64_t seed = 0;
  Day as_of;
  std::vector<Scheme> schemes;
  std::vector<Member> people;
  std::vector<Case> cases;
};

}  // namespace ig::adapters::sandbox
