#include "adapters/sandbox/population.hpp"

#include "adapters/sandbox/names.hpp"
#include "core/base/random.hpp"
#include "core/base/require.hpp"

#include <fmt/format.h>

#include <span>

namespace ig::adapters::sandbox {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::SeededRandom;
using std::chrono::days;

constexpr std::size_t kMonthly = 0;
constexpr std::size_t kWeekly = 1;
constexpr std::size_t kFourWeekly = 2;
constexpr std::size_t kSecond = 3;  ///< a scheme where people have their second job

std::vector<Day> four_weekly_paydays(Day as_of) {
  std::vector<Day> out;
  for (const Day day : fridays(as_of, 16)) {
    if (tax_week(day) % 4 == 0) out.push_back(day);
  }
  return out;
}

std::vector<Scheme> make_schemes(Day as_of) {
  const auto months = month_end_paydays(as_of, 3);
  return {
      {"120", "XB4471", "120PA00012341", "-monthly", Rhythm::monthly, months, 6},
      {"475", "W2209", "475PB00056782", "-weekly", Rhythm::weekly, fridays(as_of, 14), 3},
      {"581", "FW77", "581PC00090123", "-four-weekly", Rhythm::four_weekly,
       four_weekly_paydays(as_of), 3},
      {"846", "SJ318", "846PD00034564", "-second", Rhythm::monthly, months, 3},
  };
}

/// Sums jobs exactly: in 1,460ths of a penny a week.
class WeeklySum {
 public:
  void add(Rhythm rhythm, std::int64_t pay) {
    switch (rhythm) {
      case Rhythm::monthly:
        parts_ += pay * 336;
        break;  // 12 / 365 * 7
      case Rhythm::weekly:
        parts_ += pay * 1'460;
        break;
      case Rhythm::four_weekly:
        parts_ += pay * 365;
        break;
    }
  }
  [[nodiscard]] std::int64_t pence() const { return (2 * parts_ + 1'460) / 2'920; }

 private:
  std::int64_t parts_ = 0;
};

/// Deals people. One archetype is one method; it fills a Member and its first Case.
class Dealer {
 public:
  Dealer(std::uint64_t seed, Day as_of) : random_(seed) {
    out_.seed = seed;
    out_.as_of = as_of;
    out_.schemes = make_schemes(as_of);
  }
  void deal(int index);
  [[nodiscard]] Population take() && { return std::move(out_); }

  struct Kind {
    std::string_view name;
    void (Dealer::*make)();
  };
  [[nodiscard]] static std::span<const Kind> kinds();

 private:
  // Annual reviews due within 30 days
  void review_changed();
  void review_record_update();
  void review_unchanged();
  void review_nil();
  void review_no_data();
  void review_revision();
  void review_unknown_person();
  // Pay that stays, or nearly
  void steady_monthly() { steady(kMonthly); }
  void steady_weekly() { steady(kWeekly); }
  void steady_four_weekly() { steady(kFourWeekly); }
  void ten_percent();
  void bonus_month();
  void never_paid() { set_annual(monthly_pay() * 12); }
  // Pay that changes
  void rise_monthly() { lasting_change(kMonthly, between(140, 190)); }
  void fall_monthly() { lasting_change(kMonthly, between(35, 60)); }
  void rise_weekly() { lasting_change(kWeekly, between(140, 190)); }
  void fall_weekly() { lasting_change(kWeekly, between(35, 60)); }
  void fall_four_weekly() { lasting_change(kFourWeekly, between(35, 60)); }
  void rise_from_second_month();
  void two_case_systems();
  void closed_case();
  void trading_fall();
  // Jobs that end and start
  void only_job_lost();
  void small_job_lost();
  void main_job_lost();
  void big_second_job();
  void small_second_job();

  std::int64_t between(int low, int high) {
    return low + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(high - low)));
  }
  std::int64_t monthly_pay() { return between(1'500, 3'500) * 100; }
  std::int64_t period_pay(std::size_t scheme);
  Job& add_job(std::size_t scheme, std::int64_t before, std::int64_t now);
  void leave(Job& job);
  void start_in_second_month(Job& job);
  void steady(std::size_t scheme);
  void lasting_change(std::size_t scheme, std::int64_t percent);
  void set_annual(std::int64_t annual);
  void review_due();
  void must(std::string kind, std::string direction = {}, std::string outcome = {});
  void finish();

  [[nodiscard]] Member& member() { return out_.people.back(); }
  [[nodiscard]] Case& own_case() { return out_.cases.back(); }
  [[nodiscard]] int latest_year() const { return tax_year_start(out_.as_of) - 1; }

  SeededRandom random_;
  Population out_;
};

std::span<const Dealer::Kind> Dealer::kinds() {
  static constexpr Kind kinds[] = {
      {"review_changed", &Dealer::review_changed},
      {"steady_monthly", &Dealer::steady_monthly},
      {"rise_monthly", &Dealer::rise_monthly},
      {"review_record_update", &Dealer::review_record_update},
      {"steady_weekly", &Dealer::steady_weekly},
      {"fall_monthly", &Dealer::fall_monthly},
      {"review_unchanged", &Dealer::review_unchanged},
      {"ten_percent", &Dealer::ten_percent},
      {"rise_weekly", &Dealer::rise_weekly},
      {"review_nil", &Dealer::review_nil},
      {"bonus_month", &Dealer::bonus_month},
      {"fall_four_weekly", &Dealer::fall_four_weekly},
      {"review_no_data", &Dealer::review_no_data},
      {"only_job_lost", &Dealer::only_job_lost},
      {"steady_four_weekly", &Dealer::steady_four_weekly},
      {"big_second_job", &Dealer::big_second_job},
      {"two_case_systems", &Dealer::two_case_systems},
      {"review_revision", &Dealer::review_revision},
      {"small_job_lost", &Dealer::small_job_lost},
      {"small_second_job", &Dealer::small_second_job},
      {"rise_from_second_month", &Dealer::rise_from_second_month},
      {"main_job_lost", &Dealer::main_job_lost},
      {"closed_case", &Dealer::closed_case},
      {"trading_fall", &Dealer::trading_fall},
      {"fall_weekly", &Dealer::fall_weekly},
      {"never_paid", &Dealer::never_paid},
      {"review_unknown_person", &Dealer::review_unknown_person},
  };
  return kinds;
}

void Dealer::deal(int index) {
  const auto serial = static_cast<std::uint32_t>(100'000 + index * 7);
  const auto& kind = kinds()[static_cast<std::size_t>(index) % kinds().size()];
  out_.people.push_back({invent_person("RN", serial, random_), std::string(kind.name), {}, {}, 0});
  Case first;
  first.case_system = "cms";
  first.id = fmt::format("1{:011}", index + 1);
  first.person = out_.people.size() - 1;
  // Far from review, unless review_due() says otherwise.
  first.review = out_.as_of + days{between(60, 330)};
  first.since = plus_years(first.review, -1);
  first.tax_year = tax_year_start(first.since) - 1;
  first.initial_effective = plus_years(first.review, -static_cast<int>(between(2, 7)));
  out_.cases.push_back(std::move(first));
  (this->*kind.make)();
  finish();
}

std::int64_t Dealer::period_pay(std::size_t scheme) {
  switch (out_.schemes[scheme].rhythm) {
    case Rhythm::monthly:
      return monthly_pay();
    case Rhythm::weekly:
      return between(350, 800) * 100;
    case Rhythm::four_weekly:
      return between(1'400, 3'200) * 100;
  }
  core::base::require(false, "a rhythm is one of three");
  return 0;
}

Job& Dealer::add_job(std::size_t scheme, std::int64_t before, std::int64_t now) {
  Job job;
  job.scheme = scheme;
  job.payroll_id = fmt::format("E{}", 1'000 + out_.people.size());
  job.before = before;
  job.pay.assign(out_.schemes[scheme].paydays.size(), now);
  member().jobs.push_back(std::move(job));
  return member().jobs.back();
}

/// The job ends three days before the first payday of the history, its last one: so long ago that
/// no next job can be expected any more.
void Dealer::leave(Job& job) {
  job.left_on = out_.schemes[job.scheme].paydays.front() - days{3};
  std::fill(job.pay.begin() + 1, job.pay.end(), 0);
}

/// The job begins with the calendar month of the second payday, so that each payment is of a full
/// period.
void Dealer::start_in_second_month(Job& job) {
  const std::chrono::year_month_day second{out_.schemes[job.scheme].paydays[1]};
  job.started_on = Day{second.year() / second.month() / 1};
  job.pay[0] = 0;
  job.before = 0;
}

void Dealer::set_annual(std::int64_t annual) {
  own_case().annual = annual;
  member().yearly.tax_year = latest_year();
  member().yearly.annual = annual;
  if (random_.below(5) == 0) member().yearly.source = "SA";
}

void Dealer::must(std::string kind, std::string direction, std::string outcome) {
  own_case().must.push_back({std::move(kind), std::move(direction), std::move(outcome)});
}

void Dealer::steady(std::size_t scheme) {
  const auto pay = period_pay(scheme);
  add_job(scheme, pay, pay);
  set_annual(pay * periods_a_year(out_.schemes[scheme].rhythm));
}

void Dealer::lasting_change(std::size_t scheme, std::int64_t percent) {
  const auto old_pay = period_pay(scheme);
  add_job(scheme, old_pay, old_pay * percent / 100);
  set_annual(old_pay * periods_a_year(out_.schemes[scheme].rhythm));
  must("IN_YEAR_INCOME", percent > 100 ? "UP" : "DOWN");
}

void Dealer::review_due() {
  own_case().review = out_.as_of + days{between(3, 28)};
  own_case().since = plus_years(own_case().review, -1);
  own_case().tax_year = latest_year() - 1;
}

void Dealer::review_changed() {
  review_due();
  const auto pay = monthly_pay();
  const auto before = pay * 12 * 100 / between(105, 118);
  set_annual(before);
  member().yearly.annual = pay * 12;
  add_job(kMonthly, pay, pay);
  must("ANNUAL_REVIEW", {}, "CHANGED");
}

void Dealer::review_record_update() {
  steady(kMonthly);
  review_due();
  must("ANNUAL_REVIEW", {}, "RECORD_UPDATE");
}

/// In force since an earlier change of this year, so already of the year HMRC answers for.
void Dealer::review_unchanged() {
  steady(kMonthly);
  review_due();
  own_case().tax_year = latest_year();
  own_case().since = out_.as_of - days{100};
  must("ANNUAL_REVIEW", {}, "UNCHANGED");
}

void Dealer::review_nil() {
  review_due();
  set_annual(monthly_pay() * 12);
  member().yearly.annual = 0;
  member().yearly.status = YearlyTruth::Status::nil;
  must("ANNUAL_REVIEW", {}, "CHANGED");
}

void Dealer::review_no_data() {
  review_due();
  set_annual(monthly_pay() * 12);
  member().yearly.status = YearlyTruth::Status::no_data;
  must("ANNUAL_REVIEW", {}, "NEED_CURRENT_INCOME");
}

void Dealer::review_revision() {
  review_due();
  const auto annual = monthly_pay() * 12;
  set_annual(annual);
  own_case().tax_year = latest_year();
  own_case().since = out_.as_of - days{100};
  member().yearly.annual = annual * 104 / 100;
  must("ANNUAL_REVIEW", {}, "REVISION_CANDIDATE");
  own_case().may.push_back({"REVISION"});
}

/// Due today: until the day of the review the gateway may still ask again, after it, it may not.
void Dealer::review_unknown_person() {
  review_due();
  own_case().review = out_.as_of;
  set_annual(monthly_pay() * 12);
  member().yearly.status = YearlyTruth::Status::unknown_person;
  must("ANNUAL_REVIEW");
  own_case().may.push_back({"HMRC_UNREACHABLE"});
}

void Dealer::ten_percent() {
  const auto pay = monthly_pay();
  add_job(kMonthly, pay, pay * (random_.below(2) == 0 ? 90 : 110) / 100);
  set_annual(pay * 12);
}

/// A third more, once: over a quarter of a month's pay, and far less of three months'.
void Dealer::bonus_month() {
  steady(kMonthly);
  auto& pay = member().jobs.back().pay;
  pay[1] = pay[1] * 133 / 100;
}

void Dealer::rise_from_second_month() {
  lasting_change(kMonthly, between(160, 180));
  auto& job = member().jobs.back();
  job.pay[0] = job.before;
}

void Dealer::two_case_systems() {
  lasting_change(kMonthly, between(140, 190));
  Case second = own_case();
  second.case_system = "cms2";
  second.id[0] = '2';
  second.review = own_case().review + days{14};
  out_.cases.push_back(std::move(second));
}

void Dealer::closed_case() {
  lasting_change(kMonthly, between(140, 190));
  own_case().open = false;
  own_case().must.clear();
}

/// PAYE falls, but a third of the figure in force is of trade, which PAYE cannot see.
void Dealer::trading_fall() {
  lasting_change(kMonthly, between(35, 60));
  own_case().must.clear();
  own_case().may.push_back({"HUMAN_REVIEW"});
  own_case().trading = own_case().annual / 2;
  own_case().annual += own_case().trading;
  member().yearly.annual = own_case().annual;
  member().yearly.source = "SA";
}

void Dealer::only_job_lost() {
  steady(kMonthly);
  leave(member().jobs.back());
  must("EMPLOYMENT_ENDED");
  must("IN_YEAR_INCOME", "DOWN");
}

void Dealer::small_job_lost() {
  const auto pay = monthly_pay();
  add_job(kMonthly, pay, pay);
  leave(add_job(kSecond, pay / 10, pay / 10));
  set_annual(pay * 12 + pay / 10 * 12);
  must("EMPLOYMENT_ENDED");
}

void Dealer::main_job_lost() {
  const auto pay = monthly_pay();
  leave(add_job(kMonthly, pay, pay));
  add_job(kSecond, pay / 2, pay / 2);
  set_annual(pay * 12 + pay / 2 * 12);
  must("EMPLOYMENT_ENDED");
  must("IN_YEAR_INCOME", "DOWN");
}

void Dealer::big_second_job() {
  steady(kMonthly);
  const auto extra = member().jobs.back().before * between(45, 80) / 100;
  start_in_second_month(add_job(kSecond, 0, extra));
  must("EMPLOYMENT_STARTED");
  must("IN_YEAR_INCOME", "UP");
}

void Dealer::small_second_job() {
  steady(kMonthly);
  const auto extra = member().jobs.back().before * 8 / 100;
  start_in_second_month(add_job(kSecond, 0, extra));
  must("EMPLOYMENT_STARTED");
}

/// What the jobs pay now, and the proof that the archetype is what it says.
void Dealer::finish() {
  WeeklySum sum;
  for (const Job& job : member().jobs) {
    if (!job.left_on) sum.add(out_.schemes[job.scheme].rhythm, job.pay.back());
  }
  member().weekly_now = sum.pence();
  for (const Expected& expected : own_case().must) {
    if (expected.kind != "IN_YEAR_INCOME") continue;
    core::base::require(
        differs_by_a_quarter(member().weekly_now, weekly_of_year(own_case().annual)),
        "a change that must be seen is a quarter or more");
  }
}

}  // namespace

int periods_a_year(Rhythm rhythm) {
  switch (rhythm) {
    case Rhythm::monthly:
      return 12;
    case Rhythm::weekly:
      return 52;
    case Rhythm::four_weekly:
      return 13;
  }
  core::base::require(false, "a rhythm is one of three");
  return 0;
}

std::int64_t weekly_of_year(std::int64_t annual) { return (annual * 14 + 365) / 730; }

bool differs_by_a_quarter(std::int64_t now, std::int64_t base) {
  const auto gap = now > base ? now - base : base - now;
  return gap != 0 && 4 * gap >= base;
}

std::vector<std::string> population_kinds() {
  std::vector<std::string> out;
  for (const auto& kind : Dealer::kinds()) out.emplace_back(kind.name);
  return out;
}

core::base::Result<Population> make_population(std::uint64_t seed, int people, Day as_of) {
  if (people < 1 || people > kPeopleMax) {
    return Error{ErrorCode::USAGE, "/people",
                 fmt::format("a population has from 1 to {} people", kPeopleMax)};
  }
  const auto same_year = [&](Day day) { return tax_year_start(day) == tax_year_start(as_of); };
  for (const Scheme& scheme : make_schemes(as_of)) {
    if (tax_year_start(as_of) != 2025 || !same_year(scheme.paydays.front())) {
      return Error{ErrorCode::USAGE, "/as_of",
                   "the pay before the day must all lie in the tax year 2025-26: pick a day from "
                   "2025-07-25 to 2026-04-05"};
    }
  }
  Dealer dealer(seed, as_of);
  for (int i = 0; i < people; ++i) dealer.deal(i);
  return std::move(dealer).take();
}

}  // namespace ig::adapters::sandbox
