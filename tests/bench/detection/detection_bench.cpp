// links: core_backtest
#include "core/backtest/replay.hpp"
#include "core/base/require.hpp"
#include "tests/bench/detection/tally.hpp"
#include "tests/support/greenwich.hpp"
#include "tests/support/law.hpp"
#include "tests/unit/core/triggers/triggers_for_tests.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <string_view>
#include <thread>

/// How well changes of pay within the year are found: `bench_detection [seed] [case-years]`, and
/// with `--false` or `--missed` each case that went wrong. The
/// detector was settled on seeds 1 to 100; figures are told of another. docs/detection.md says what
/// is measured.
namespace ig::bench::detection {
namespace {

using core::triggers::Kind;
using core::triggers::Relation;

constexpr std::uint64_t kSeed = 2026;
constexpr int kCaseYears = 20'000;
constexpr int kThreads = 2;
constexpr int kAgainEvery = 5;  ///< of so many cases one is run without feedback too

core::backtest::Replayed replayed(const core::backtest::History& history,
                                  const core::backtest::Span& span,
                                  core::backtest::Feedback feedback) {
  core::triggers::testing::TextDigest digest;
  auto out = core::backtest::replay(history, span, feedback, digest);
  core::base::require(out.has_value(), "the rules take every case of the bench");
  return *std::move(out);
}

std::vector<Call> calls_of(const core::backtest::Replayed& run) {
  std::vector<Call> out;
  for (const auto& trigger : run.triggers) {
    const bool call = trigger.kind == Kind::IN_YEAR_INCOME && trigger.weekly &&
                      trigger.relation != Relation::withdraws;
    if (!call) continue;
    out.push_back({core::values::days_between(kFirstDay, trigger.raised_on),
                   static_cast<double>(trigger.weekly->in_pence())});
  }
  return out;
}

/// Of what stands when nobody takes it up: how much is raised, and how much is withdrawn.
void count_withdrawn(const core::backtest::Replayed& run, Tally& tally) {
  for (const auto& trigger : run.triggers) {
    if (trigger.kind != Kind::IN_YEAR_INCOME) continue;
    if (trigger.relation == Relation::fresh) ++tally.raised_unanswered;
    if (trigger.relation == Relation::withdraws) ++tally.withdrawn;
  }
}

/// The archetype of a case, by the weights of the population.
std::size_t draw_archetype(Dice& dice) {
  int draw = dice.below(1'000);
  const auto& all = archetypes();
  for (std::size_t i = 0; i < all.size(); ++i) {
    draw -= all[i].per_mille;
    if (draw < 0) return i;
  }
  core::base::require(false, "the weights of the archetypes come to 1,000");
  return 0;
}

void show(const Plan& plan, const core::backtest::Replayed& run, const Score& result) {
  if (result.false_calls == 0) return;
  fmt::print("-- {} {} noise {:.2f}\n", archetypes()[plan.archetype].name,
             name(plan.jobs.front().frequency), plan.jobs.front().noise);
  for (const auto& trigger : run.triggers) {
    if (trigger.kind != Kind::IN_YEAR_INCOME) continue;
    fmt::print("   {} {} {}: {} -> {} since {}", trigger.raised_on.text(),
               core::values::days_between(kFirstDay, trigger.raised_on), name(trigger.relation),
               trigger.base ? trigger.base->in_pence() : -1,
               trigger.weekly ? trigger.weekly->in_pence() : -1,
               plan.changes.empty() ? 0 : plan.changes.front());
    for (const auto& reason : trigger.reasons) fmt::print(" {}", reason);
    fmt::print("\n");
  }
}

/// What was reported around a change that was not found in time.
void show_missed(const Plan& plan, const Reports& reports, const Score& result,
                 const core::backtest::Replayed& run) {
  for (const Change& change : result.changes) {
    if (change.delay >= 0 && change.delay <= kInTime) continue;
    const Job& job = plan.jobs[plan.changed_job];
    fmt::print("-- missed {} {} noise {:.2f} level {}: first payday {} told {} delay {}\n",
               archetypes()[plan.archetype].name, name(job.frequency), job.noise, job.level,
               change.first_payday, change.was_told, change.delay);
    for (const auto& payment : reports.payments) {
      const int on = core::values::days_between(kFirstDay, payment.paid_on);
      if (on < change.first_payday - 70 || on > change.first_payday + kInTime) continue;
      const auto received = std::chrono::floor<std::chrono::days>(payment.header.received_at.at());
      const int day = core::values::days_between(kFirstDay, core::values::Date::of(received));
      fmt::print("   {} {} on {} (+{}) {} of {} {}{}{}\n", payment.employment.office,
                 payment.employment.payroll_id, on, day - on, payment.taxable_pay->in_pence(),
                 payment.taxable_pay_to_date->in_pence(), payment.left_on ? "left " : "",
                 payment.started_on ? "started " : "", payment.late_reason);
    }
    for (const auto& trigger : run.triggers) {
      fmt::print("   raised {} {} {} {}", core::values::days_between(kFirstDay, trigger.raised_on),
                 name(trigger.kind), name(trigger.relation),
                 trigger.weekly ? trigger.weekly->in_pence() : -1);
      for (const auto& reason : trigger.reasons) fmt::print(" {}", reason);
      fmt::print("\n");
    }
  }
}

/// What is printed of each case beside the table.
enum class Show : std::uint8_t { nothing, false_calls, missed };

void run_case(std::uint64_t seed, const core::backtest::Span& span, bool again, Show what,
              Tally& tally) {
  Dice dice(seed);
  const std::size_t archetype = draw_archetype(dice);
  Plan plan = archetypes()[archetype].make(dice);
  plan.archetype = archetype;
  const Truth truth(plan);
  const Reports reports = report(plan, dice);
  core::backtest::History history;
  history.payments = reports.payments;
  history.cases = {case_of(plan, truth)};
  const auto in_force = static_cast<double>(truth.last_year());
  const auto run = replayed(history, span, core::backtest::Feedback::applied);
  const Score result = score(plan, truth, reports, calls_of(run), in_force);
  if (what == Show::false_calls) show(plan, run, result);
  if (what == Show::missed) show_missed(plan, reports, result, run);
  const Score naive = score(plan, truth, reports, naive_calls(reports, in_force), in_force);
  tally.add(plan, result, naive);
  if (again) count_withdrawn(replayed(history, span, core::backtest::Feedback::none), tally);
}

std::uint64_t number(const char* text, std::uint64_t otherwise) {
  std::uint64_t out = otherwise;
  const std::string_view all = text;
  std::from_chars(all.data(), all.data() + all.size(), out);
  return out;
}

int run(std::uint64_t seed, int case_years, Show what) {
  const core::rules::ParameterSet law = ig::tests::law();
  const auto span = core::backtest::Span::make(kFirstDay, kFirstDay.plus_days(kWatchedDays - 1),
                                               law, ig::tests::Greenwich());
  core::base::require(span.has_value(), "the watched year makes a span");
  std::vector<Tally> tallies(kThreads);
  std::vector<std::jthread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = t; i < case_years; i += kThreads) {
        Dice seeds(seed * 1'000'003 + static_cast<std::uint64_t>(i));
        const auto own = static_cast<std::uint64_t>(seeds.unit() * 0x1.0p62);
        run_case(own, *span, i % kAgainEvery == 0, what, tallies[static_cast<std::size_t>(t)]);
      }
    });
  }
  threads.clear();
  for (std::size_t t = 1; t < tallies.size(); ++t) tallies.front().join(tallies[t]);
  tallies.front().print(seed, case_years);
  return 0;
}

}  // namespace
}  // namespace ig::bench::detection

int main(int argc, char** argv) {
  using namespace ig::bench::detection;
  const std::uint64_t seed = argc > 1 ? number(argv[1], kSeed) : kSeed;
  const std::uint64_t case_years = argc > 2 ? number(argv[2], kCaseYears) : kCaseYears;
  const std::string_view word = argc > 3 ? argv[3] : "";
  const Show what = word == "--false"    ? Show::false_calls
                    : word == "--missed" ? Show::missed
                                         : Show::nothing;
  return run(seed, static_cast<int>(case_years), what);
}
