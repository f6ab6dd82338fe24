#include "adapters/sandbox/big_files.hpp"

#include "adapters/sandbox/fps_message.hpp"
#include "adapters/sandbox/names.hpp"
#include "adapters/sandbox/truth_json.hpp"
#include "core/base/random.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <fstream>

namespace ig::adapters::sandbox {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::SeededRandom;

/// Each prefix has a million numbers.
constexpr std::array<std::string_view, 10> kPrefixes = {"NS", "JG", "SB", "LM", "RN",
                                                        "PA", "WK", "YE", "HX", "CE"};
constexpr std::int64_t kNumbersMax = 10'000'000;
constexpr Day kPayday{std::chrono::year{2026} / 1 / 30};
constexpr Day kAsOf{std::chrono::year{2026} / 2 / 10};

struct Somebody {
  Person person;
  std::int64_t pay = 0;  ///< a month, as the case knows it
};

/// The n-th person of a seed, whoever asks.
Somebody somebody(std::uint64_t seed, std::int64_t n) {
  SeededRandom random(seed * 1'000'003 + static_cast<std::uint64_t>(n));
  Somebody out;
  out.person = invent_person(kPrefixes[static_cast<std::size_t>(n / 1'000'000)],
                             static_cast<std::uint32_t>(n % 1'000'000), random);
  out.pay = static_cast<std::int64_t>(1'500 + random.below(2'000)) * 100;
  return out;
}

/// Is the n-th of many one of the `permille` picked, evenly spread?
bool picked(std::int64_t n, std::int64_t permille) {
  return (n + 1) * permille / 1'000 != n * permille / 1'000;
}

std::string case_of(const Somebody& who, std::int64_t number) {
  Case own_case;
  own_case.case_system = "cms";
  own_case.id = fmt::format("1{:011}", number + 1);
  own_case.review = kAsOf + std::chrono::days{60 + number % 270};
  own_case.since = plus_years(own_case.review, -1);
  own_case.initial_effective = plus_years(own_case.review, -3);
  own_case.tax_year = tax_year_start(own_case.since) - 1;
  own_case.annual = who.pay * 12;
  return case_line(own_case, who.person, kAsOf - std::chrono::days{30});
}

/// Writes the two files side by side, one employee at a time.
class BigFiles {
 public:
  explicit BigFiles(const BigFileOptions& options)
      : options_(options),
        fps_(options.out, std::ios::binary | std::ios::trunc),
        message_({"120", "XB4471", "120PA00012341", "", Rhythm::monthly, {}, 0}, kPayday,
                 [this](std::string_view bytes) { put(bytes); }) {
    if (!options.cases_out.empty()) cases_.open(options.cases_out, std::ios::binary);
  }

  void add(std::int64_t n) {
    const bool registered = picked(n, options_.registered_permille);
    const Somebody who = somebody(options_.seed, n);
    bool fires = false;
    if (registered) {
      fires = counts_.fire <
              (counts_.registered + 1) * options_.fire_permille / options_.registered_permille;
      ++counts_.registered;
      add_case(who);
    }
    FpsEmployee employee;
    employee.person = who.person;
    employee.with_address = true;
    employee.payroll_id = fmt::format("E{}", n + 1);
    employee.paid_on = kPayday;
    employee.period = tax_month(kPayday);
    employee.pay = fires ? who.pay * 3 / 2 : who.pay;
    employee.pay_to_date = employee.pay * employee.period;
    message_.add(employee);
    ++counts_.employees;
    counts_.fire += fires ? 1 : 0;
    counts_.pay += employee.pay;
  }

  void add_case(const Somebody& who) {
    if (!options_.cases_out.empty()) {
      const std::string line = case_of(who, counts_.cases);
      cases_.write(line.data(), static_cast<std::streamsize>(line.size()));
    }
    ++counts_.cases;
  }

  /// Ends both files; false when something could not be written.
  [[nodiscard]] bool finish() {
    const std::string mark = message_.finish();
    fps_.seekp(static_cast<std::streamoff>(message_.mark_position()));
    fps_.write(mark.data(), static_cast<std::streamsize>(mark.size()));
    fps_.close();
    if (!options_.cases_out.empty()) cases_.close();
    return fps_.good() && cases_.good();
  }
  [[nodiscard]] const BigFileCounts& counts() const { return counts_; }

 private:
  void put(std::string_view bytes) {
    fps_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    counts_.bytes += static_cast<std::int64_t>(bytes.size());
  }

  const BigFileOptions& options_;
  BigFileCounts counts_;
  std::ofstream fps_;
  std::ofstream cases_;
  FpsMessage message_;
};

}  // namespace

core::base::Result<BigFileCounts> write_big_files(const BigFileOptions& options) {
  const auto permille = [](int n) { return n >= 0 && n <= 1'000; };
  if (options.employees < 1 || options.cases < 0 || options.first < 0 ||
      options.first > kNumbersMax || options.employees > kNumbersMax ||
      options.first + options.employees + options.cases > kNumbersMax ||
      !permille(options.fire_permille) || !permille(options.registered_permille) ||
      options.fire_permille > options.registered_permille) {
    return Error{ErrorCode::USAGE,
                 {},
                 fmt::format("employees and cases are at most {} together; permilles are from 0 to "
                             "1000, and no more fire than are registered",
                             kNumbersMax)};
  }
  const auto registered = options.employees * options.registered_permille / 1'000;
  if (!options.cases_out.empty() && options.cases < registered) {
    return Error{ErrorCode::USAGE, "/cases", "each registered employee has a case"};
  }
  BigFiles files(options);
  for (std::int64_t n = 0; n < options.employees; ++n) files.add(options.first + n);
  while (!options.cases_out.empty() && files.counts().cases < options.cases) {
    files.add_case(
        somebody(options.seed, options.first + options.employees + files.counts().cases));
  }
  if (!files.finish()) {
    return Error{ErrorCode::UNREADABLE, {}, "the file cannot be written: " + options.out};
  }
  return files.counts();
}

}  // namespace ig::adapters::sandbox
