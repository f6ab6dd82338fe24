#include "core/jobs/look_plan.hpp"

#include <algorithm>
#include <deque>

namespace ig::core::jobs {
namespace {

using values::Date;
using values::PayFrequency;

constexpr int kHours = 24;

/// Looks that became due together.
struct Cohort {
  std::optional<Date> payday;  ///< absent: no pay is expected
  std::uint64_t people = 0;
  std::uint64_t late = 0;  ///< of them: not reported yet, so that a second look is needed
};

/// Plays one stretch of days.
class Player {
 public:
  Player(const LookPlanTerms& terms, LookPlan& out) : terms_(terms), out_(out) {}

  void add(const Paydays& one) {
    const Date end = terms_.from.plus_days(terms_.days);
    for (Date day = one.next; day < end; day = next_of(one, day)) {
      Cohort cohort{{}, one.people, 0};
      if (one.rhythm) {
        cohort.payday = day;
        // Spread over cohorts, so that small ones have their share too.
        late_left_ += one.people * static_cast<std::uint64_t>(terms_.late_per_mille);
        cohort.late = std::min(one.people, late_left_ / 1'000);
        late_left_ -= cohort.late * 1'000;
      }
      const Date on = one.rhythm ? day.plus_days(terms_.policy.after_days) : day;
      if (on < end) due_[std::max(on, terms_.from)].push_back(cohort);
    }
  }

  void play() {
    const std::uint64_t others = (terms_.others_a_day + kHours - 1) / kHours;
    const std::uint64_t whole = std::uint64_t{terms_.per_second} * 3'600;
    const std::uint64_t an_hour = whole > others ? whole - others : 0;
    out_.capacity_a_day = an_hour * kHours;
    for (int hour = 0; hour < terms_.days * kHours; ++hour) {
      const Date day = terms_.from.plus_days(hour / kHours);
      if (hour % kHours == 0) begin(day);
      serve(day, hour % kHours, an_hour);
    }
    for (const Cohort& cohort : queue_) out_.waiting += cohort.people;
    sum_up();
  }

 private:
  static Date next_of(const Paydays& one, Date day) {
    return one.rhythm ? payday_after(day, *one.rhythm) : day.plus_days(kLookAnyway);
  }

  void begin(Date day) {
    std::uint64_t due = 0;
    for (const Cohort& cohort : due_[day]) {
      due += cohort.people;
      queue_.push_back(cohort);
    }
    due_.erase(day);
    out_.most_in_a_day = std::max(out_.most_in_a_day, due);
  }

  void serve(Date day, int hour, std::uint64_t places) {
    while (places > 0 && !queue_.empty()) {
      Cohort& first = queue_.front();
      const std::uint64_t count = std::min(places, first.people);
      places -= count;
      out_.calls += count;
      const std::uint64_t late = first.late * count / first.people;
      if (first.payday) {
        const int hours = values::days_between(*first.payday, day) * kHours + hour + 1;
        seen_[hours] += count - late;
        if (late > 0) due_[day.plus_days(kLookAgainAfter[0])].push_back({first.payday, late, 0});
      }
      first.people -= count;
      first.late -= late;
      if (first.people == 0) queue_.pop_front();
    }
  }

  void sum_up() {
    std::uint64_t all = 0;
    for (const auto& [hours, count] : seen_) all += count;
    if (all == 0) return;
    std::uint64_t so_far = 0;
    for (const auto& [hours, count] : seen_) {
      if (count == 0) continue;
      so_far += count;
      if (!out_.half && so_far * 2 >= all) out_.half = hours;
      if (!out_.nineteen_in_twenty && so_far * 20 >= all * 19) out_.nineteen_in_twenty = hours;
      out_.worst = hours;
    }
  }

  const LookPlanTerms& terms_;
  LookPlan& out_;
  std::map<Date, std::vector<Cohort>> due_;
  std::deque<Cohort> queue_;
  std::map<int, std::uint64_t> seen_;  ///< paydays, by the hours it took to see them
  std::uint64_t late_left_ = 0;
};

/// The last day of a month or before it that is no Saturday or Sunday.
Date last_weekday(Date day) {
  while (std::chrono::weekday{day.days()}.iso_encoding() > 5) day = day.plus_days(-1);
  return day;
}

Date next_friday(Date from) {
  while (std::chrono::weekday{from.days()} != std::chrono::Friday) from = from.plus_days(1);
  return from;
}

}  // namespace

LookPlan plan_looks(std::span<const Paydays> paydays, const LookPlanTerms& terms) {
  base::require(terms.days > 0 && terms.per_second > 0, "a plan has days and requests");
  LookPlan out;
  Player player(terms, out);
  for (const Paydays& one : paydays) {
    out.people += one.people;
    out.by_rhythm[one.rhythm ? std::string(values::name(*one.rhythm)) : "NONE"] += one.people;
    player.add(one);
  }
  player.play();
  return out;
}

std::vector<Paydays> made_up_paydays(std::uint64_t people, Date from) {
  std::vector<Paydays> out;
  std::uint64_t given = 0;
  const auto add = [&](PayFrequency rhythm, Date next, std::uint64_t per_mille) {
    const std::uint64_t count = people * per_mille / 1'000;
    given += count;
    out.push_back({rhythm, next, count});
  };
  const auto ymd = from.ymd();
  const Date first = Date::of(std::chrono::sys_days{ymd.year() / ymd.month() / 1});
  const auto in_month = [&](int day) {
    const Date this_month = first.plus_days(day - 1);
    return this_month < from ? this_month.plus_months(1) : this_month;
  };
  const auto last = std::chrono::sys_days{ymd.year() / ymd.month() / std::chrono::last};
  add(PayFrequency::M1, last_weekday(Date::of(last)), 290);
  add(PayFrequency::M1, in_month(28), 130);
  add(PayFrequency::M1, in_month(25), 100);
  add(PayFrequency::M1, in_month(20), 40);
  add(PayFrequency::M1, in_month(15), 90);
  const Date friday = next_friday(from);
  add(PayFrequency::W1, friday, 126);
  add(PayFrequency::W1, friday.plus_days(-1) < from ? friday.plus_days(6) : friday.plus_days(-1),
      54);
  for (int week = 0; week < 4; ++week) add(PayFrequency::W4, friday.plus_days(7 * week), 30);
  for (int week = 0; week < 2; ++week) add(PayFrequency::W2, friday.plus_days(7 * week), 25);
  out.front().people += people - given;
  return out;
}

}  // namespace ig::core::jobs
