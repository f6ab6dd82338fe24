#include "tests/bench/detection/plan.hpp"

#include <utility>

namespace ig::bench::detection {
namespace {

using core::values::PayFrequency;

constexpr double kOvertime = 0.10;   ///< sigma of a week with overtime
constexpr double kZeroHours = 0.35;  ///< sigma of a week of zero hours

/// How often people are paid: mostly by the month.
PayFrequency any_frequency(Dice& dice) {
  const int draw = dice.below(100);
  if (draw < 65) return PayFrequency::M1;
  if (draw < 83) return PayFrequency::W1;
  return draw < 88 ? PayFrequency::W2 : PayFrequency::W4;
}

Job job_paid(PayFrequency frequency, Dice& dice) {
  Job out;
  out.frequency = frequency;
  out.level = 15'000 + 100 * dice.below(850);
  set_paydays(out, dice);
  return out;
}

/// A job whose pay is mostly steady, sometimes with overtime.
Job any_job(Dice& dice) {
  Job out = job_paid(any_frequency(dice), dice);
  const int draw = dice.below(100);
  if (draw >= 70) out.noise = draw >= 85 ? kOvertime : 0.03;
  return out;
}

Plan plan_of(Job job) {
  Plan out;
  out.jobs.push_back(std::move(job));
  return out;
}

Plan steady_monthly(Dice& dice) { return plan_of(job_paid(PayFrequency::M1, dice)); }

Plan steady_weekly(Dice& dice) { return plan_of(job_paid(PayFrequency::W1, dice)); }

Plan four_weekly(Dice& dice) {
  return plan_of(job_paid(dice.per_mille(300) ? PayFrequency::W2 : PayFrequency::W4, dice));
}

Plan weekly_overtime(Dice& dice) {
  Job job = job_paid(PayFrequency::W1, dice);
  job.noise = kOvertime;
  return plan_of(std::move(job));
}

Plan other_overtime(Dice& dice) {
  Job job = any_job(dice);
  job.noise = kOvertime;
  return plan_of(std::move(job));
}

Plan zero_hours(Dice& dice) {
  Job job = job_paid(dice.per_mille(600) ? PayFrequency::W1 : any_frequency(dice), dice);
  job.noise = kZeroHours;
  return plan_of(std::move(job));
}

int change_day(const Job& job, Dice& dice) { return job.period_start(dice.between(10, 310)); }

/// A job whose pay moves to so many thousandths for good.
Plan moves(Job job, int thousandths, Dice& dice) {
  const int day = change_day(job, dice);
  job.steps.push_back({.from = day, .thousandths = thousandths});
  Plan out = plan_of(std::move(job));
  out.changes = {day};
  return out;
}

Plan rise_10(Dice& dice) { return moves(any_job(dice), dice.between(1'020, 1'120), dice); }
Plan rise_20(Dice& dice) { return moves(any_job(dice), dice.between(1'120, 1'200), dice); }
Plan rise_24(Dice& dice) { return moves(any_job(dice), 1'240, dice); }
Plan rise_25(Dice& dice) { return moves(any_job(dice), 1'250, dice); }
Plan rise_25_30(Dice& dice) { return moves(any_job(dice), dice.between(1'250, 1'299), dice); }
Plan rise_30(Dice& dice) { return moves(any_job(dice), dice.between(1'300, 1'500), dice); }
Plan rise_60(Dice& dice) { return moves(any_job(dice), dice.between(1'500, 2'200), dice); }
Plan cut(Dice& dice) { return moves(any_job(dice), dice.between(300, 699), dice); }
Plan cut_small(Dice& dice) { return moves(any_job(dice), dice.between(800, 950), dice); }

Plan zero_hours_change(Dice& dice) {
  Job job = job_paid(PayFrequency::W1, dice);
  job.noise = kZeroHours;
  return moves(std::move(job), dice.per_mille(500) ? 500 : 1'600, dice);
}

Plan bonus(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  const std::int64_t size = job.level * dice.between(1, 8);
  job.extras[job.payday_from(dice.between(0, 360))] = size;
  return out;
}

Plan annual_bonus(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  const int day = dice.between(0, 364);
  const std::int64_t size = job.level * dice.between(3, 10);
  job.extras[job.payday_from(day)] = size;
  job.extras[job.payday_from(day - 365)] = size * dice.between(80, 120) / 100;
  return out;
}

Plan commission(Dice& dice) {
  Job job = job_paid(any_frequency(dice), dice);
  job.commission = 0.15;
  return plan_of(std::move(job));
}

Plan job_loss(Dice& dice) {
  Job job = any_job(dice);
  job.ends = dice.between(10, 310);
  Plan out = plan_of(std::move(job));
  out.changes = {*out.jobs.front().ends};
  return out;
}

Plan silent_leaver(Dice& dice) {
  Plan out = job_loss(dice);
  out.jobs.front().end_reported = false;
  return out;
}

/// Another job by another employer, from a day on.
Job next_job(int starts, std::int64_t level, Dice& dice) {
  Job out = any_job(dice);
  out.office = "951";
  out.level = level;
  // Who starts after the month's payday starts with the next month.
  const int payday = out.payday_from(starts);
  out.starts = payday < starts ? out.pays_until(payday) + 1 : starts;
  return out;
}

Plan job_change(Dice& dice) {
  Plan out = job_loss(dice);
  const int day = out.changes.front();
  const std::int64_t level = out.jobs.front().level * dice.between(70, 150) / 100;
  out.jobs.push_back(next_job(day, level, dice));
  out.changes = {*out.jobs.back().starts};
  out.changed_job = 1;
  return out;
}

Plan gap_new_job(Dice& dice) {
  Plan out = job_loss(dice);
  const int day = out.changes.front() + dice.between(14, 90);
  const std::int64_t level = out.jobs.front().level * dice.between(70, 140) / 100;
  out.jobs.push_back(next_job(day, level, dice));
  out.changes.push_back(*out.jobs.back().starts);
  out.changed_job = 1;
  return out;
}

Plan second_job(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  const int day = dice.between(10, 310);
  out.jobs.push_back(next_job(day, out.jobs.front().level * dice.between(15, 70) / 100, dice));
  out.changes = {*out.jobs.back().starts};
  out.changed_job = 1;
  return out;
}

Plan maternity(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  const int day = change_day(job, dice);
  const int flat = job.period_start(day + 42);
  const int back = job.period_start(day + 39 * 7);
  job.steps.push_back({.from = day, .to = flat, .thousandths = 900, .statutory = true});
  if (job.level > 20'800) {
    job.steps.push_back({.from = flat, .to = back, .fixed = 18'718, .statutory = true});
  }
  out.changes = {day, flat, back};
  return out;
}

Plan sick_pay(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  const int day = dice.between(10, 340);
  const std::int64_t fixed = dice.per_mille(300) ? 11'875 : job.level / 2;  // SSP, or half pay
  job.steps.push_back({.from = day, .to = day + dice.between(5, 49), .fixed = fixed});
  return out;
}

Plan strike(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  const int day = dice.between(10, 340);
  job.steps.push_back(
      {.from = day, .to = day + dice.between(3, 20), .thousandths = 100, .on_strike = true});
  return out;
}

/// One short period: unpaid leave that nobody flags.
Plan short_period(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  const int day = dice.between(0, 350);
  out.jobs.front().steps.push_back(
      {.from = day, .to = day + dice.between(3, 14), .thousandths = 0});
  return out;
}

/// Each summer, and the summer before.
Plan seasonal(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  job.noise = 0.05;
  const int from = dice.between(20, 60);
  const int length = dice.between(70, 100);
  const int thousandths = dice.between(1'200, 1'450);
  for (const int year : {-365, 0, 365}) {
    job.steps.push_back(
        {.from = from + year, .to = from + year + length, .thousandths = thousandths});
  }
  out.changes = {from, from + length};
  return out;
}

/// A small salary, the rest as dividends, which no figure of income holds.
Plan director(Dice& dice) {
  Job job = job_paid(PayFrequency::M1, dice);
  job.level = 24'173;
  job.director = true;
  if (dice.per_mille(200)) job.extras[job.payday_from(330)] = 500'000;
  return plan_of(std::move(job));
}

Plan pension_start(Dice& dice) {
  Plan out = dice.per_mille(500) ? job_loss(dice) : plan_of(any_job(dice));
  const bool retires = !out.changes.empty();
  const int day = retires ? out.changes.front() : dice.between(10, 310);
  Job pension = next_job(day, out.jobs.front().level * dice.between(20, 60) / 100, dice);
  pension.frequency = PayFrequency::M1;
  set_paydays(pension, dice);
  pension.noise = 0;
  pension.pension = true;
  out.jobs.push_back(std::move(pension));
  out.changes = {day};
  out.changed_job = 1;
  return out;
}

Plan leaver_final_pay(Dice& dice) {
  Plan out = job_loss(dice);
  Job& job = out.jobs.front();
  job.termination = job.level * dice.between(2, 60);
  job.extras[job.payday_from(*job.ends - 1)] = job.level * dice.between(0, 3);
  return out;
}

Plan several_jobs(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  const int more = dice.between(1, 2);
  for (int i = 0; i < more; ++i) {
    Job job = any_job(dice);
    job.office = i == 0 ? "475" : "846";
    job.level /= 2;
    out.jobs.push_back(std::move(job));
  }
  if (dice.per_mille(700)) return out;
  Job& first = out.jobs.front();
  const int day = change_day(first, dice);
  first.steps.push_back({.from = day, .thousandths = dice.between(1'400, 2'500)});
  out.changes = {day};
  return out;
}

Plan sole_trader(Dice& dice) {
  Plan out = dice.per_mille(300) ? cut(dice) : plan_of(any_job(dice));
  out.trading = out.jobs.front().level * dice.between(1, 4);
  return out;
}

Plan company_car(Dice& dice) {
  Plan out = dice.per_mille(200) ? rise_30(dice) : plan_of(any_job(dice));
  out.benefits = out.jobs.front().level * dice.between(10, 30) / 100;
  if (dice.per_mille(400)) out.jobs.front().benefit = out.benefits;
  return out;
}

/// A little more every few weeks: it may reach the threshold in the end.
Plan creep(Dice& dice) {
  Plan out = plan_of(any_job(dice));
  Job& job = out.jobs.front();
  const int each = dice.between(1'010, 1'025);
  for (int day = 20; day < kWatchedDays; day += 35) {
    const int from = job.period_start(day);
    job.steps.push_back({.from = from, .thousandths = each});
    out.changes.push_back(from);
  }
  return out;
}

/// Overpaid for two months and more, then put right payday by payday.
Plan corrected_rise(Dice& dice) {
  Job job = job_paid(PayFrequency::M1, dice);
  const int day = change_day(job, dice);
  job.steps.push_back({.from = day, .to = job.period_start(day + 62), .thousandths = 1'400});
  job.corrected_later = true;
  return plan_of(std::move(job));
}

}  // namespace

const std::vector<Archetype>& archetypes() {
  static const std::vector<Archetype> all = {
      {"steady_monthly", 210, true, steady_monthly},
      {"steady_weekly", 40, true, steady_weekly},
      {"steady_2_4_weekly", 40, true, four_weekly},
      {"weekly_overtime", 50, true, weekly_overtime},
      {"other_overtime", 60, true, other_overtime},
      {"zero_hours", 40, false, zero_hours},
      {"zero_hours_change", 4, false, zero_hours_change},
      {"bonus", 50, true, bonus},
      {"annual_bonus", 40, true, annual_bonus},
      {"commission", 30, false, commission},
      {"rise_2_to_12", 110, true, rise_10},
      {"rise_12_to_20", 12, true, rise_20},
      {"cut_5_to_20", 15, true, cut_small},
      {"rise_24", 6, true, rise_24},
      {"rise_25", 6, true, rise_25},
      {"rise_25_to_30", 8, true, rise_25_30},
      {"rise_30_to_50", 30, true, rise_30},
      {"rise_50_to_120", 25, true, rise_60},
      {"cut_30_to_70", 30, true, cut},
      {"job_loss", 35, true, job_loss},
      {"silent_leaver", 4, false, silent_leaver},
      {"job_change", 20, true, job_change},
      {"gap_new_job", 20, true, gap_new_job},
      {"second_job", 15, true, second_job},
      {"maternity", 10, true, maternity},
      {"sick_pay", 15, true, sick_pay},
      {"strike", 5, true, strike},
      {"short_period", 15, true, short_period},
      {"seasonal", 4, false, seasonal},
      {"director", 12, true, director},
      {"pension_start", 6, true, pension_start},
      {"leaver_final_pay", 8, true, leaver_final_pay},
      {"several_jobs", 12, true, several_jobs},
      {"sole_trader", 6, true, sole_trader},
      {"company_car", 4, true, company_car},
      {"creep", 2, true, creep},
      {"corrected_rise", 1, true, corrected_rise},
  };
  return all;
}

}  // namespace ig::bench::detection
