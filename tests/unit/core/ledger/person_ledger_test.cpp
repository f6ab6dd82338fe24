#include "core/ledger/ledger.hpp"
#include "tests/support/messy_pay.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>

namespace ig::core::ledger {
namespace {

using testing::day;
using testing::Payments;
using values::Date;

std::string exact(const std::optional<values::Fraction>& figure) {
  if (!figure) return "-";
  return values::text(figure->numerator()) + "/" + values::text(figure->denominator());
}

std::string date(const std::optional<Date>& on) { return on ? on->text() : "-"; }

/// Everything the ledger says, as text, but for when to ask again.
std::string said(const PersonIncome& person) {
  std::string out =
      fmt::format("{} {}", exact(person.exact_weekly), static_cast<int>(person.confidence));
  for (const std::string& note : person.notes) out += " " + note;
  for (const EmploymentIncome& job : person.employments) {
    out += fmt::format("|{} {} {} {} {} {} {} {}", job.employment.payroll_id,
                       static_cast<int>(job.status), exact(job.exact_weekly),
                       static_cast<int>(job.confidence), date(job.started_on), date(job.left_on),
                       date(job.last_paid_on), date(job.level_since));
    for (const std::string& note : job.notes) out += " " + note;
    if (!job.window) continue;
    out += " " + job.window->from.text() + job.window->to.text();
    for (const std::string& id : job.window->payments) out += "," + id;
  }
  return out;
}

/// The facts by arrival, and how many are known by the end of a day.
struct Known {
  explicit Known(Payments all) : payments(std::move(all)) {
    std::ranges::sort(payments, {}, [](const facts::Payment& payment) {
      return std::pair(payment.header.received_at, payment.header.fact_id);
    });
  }
  [[nodiscard]] std::span<const facts::Payment> on(Date day) const {
    const auto end = std::ranges::lower_bound(
        payments, testing::noon(day.plus_days(1)), {},
        [](const facts::Payment& payment) { return payment.header.received_at; });
    return {payments.begin(), end};
  }
  Payments payments;
};

TEST(PersonLedger, SaysEachDayWhatAFreshLedgerSays) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    base::SeededRandom random(seed);
    const Known known(ig::tests::messy_pay(random));
    PersonLedger kept(LedgerPolicy{});
    for (Date on = day(2025, 5, 20); on <= day(2026, 7, 1); on = on.plus_days(1)) {
      kept.know(known.on(on), {});
      ASSERT_EQ(said(kept.income(on)), said(weigh(known.on(on), {}, on, LedgerPolicy{})))
          << "seed " << seed << " on " << on.text();
    }
  }
}

TEST(PersonLedger, SaysTheSameUntilTheDayItNames) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    base::SeededRandom random(seed);
    const Known known(ig::tests::messy_pay(random));
    std::string before;
    std::optional<Date> until;
    std::size_t facts = 0;
    for (Date on = day(2025, 5, 20); on <= day(2026, 7, 1); on = on.plus_days(1)) {
      const auto now = known.on(on);
      const PersonIncome income = weigh(now, {}, on, LedgerPolicy{});
      const bool promised = now.size() == facts && (!until || on < *until) && !before.empty();
      if (promised) {
        ASSERT_EQ(said(income), before) << "seed " << seed << " on " << on.text();
      }
      before = said(income);
      until = income.until;
      facts = now.size();
    }
  }
}

TEST(PersonLedger, ReadsPayByANewPolicyAtOnce) {
  const Payments payments = testing::three_months();
  PersonLedger kept(LedgerPolicy{});
  kept.know(payments, {});
  const auto before = kept.income(day(2026, 2, 10));
  LedgerPolicy other;
  other.month_to_week = {12, 52};
  kept.use(other);
  const auto after = kept.income(day(2026, 2, 10));
  EXPECT_NE(exact(before.exact_weekly), exact(after.exact_weekly));
  EXPECT_EQ(said(after), said(weigh(payments, {}, day(2026, 2, 10), other)));
}

TEST(PersonLedger, GoesBackToAnEarlierDay) {
  const Payments payments = testing::three_months();
  PersonLedger kept(LedgerPolicy{});
  kept.know(payments, {});
  static_cast<void>(kept.income(day(2026, 6, 30)));
  EXPECT_EQ(said(kept.income(day(2026, 1, 2))),
            said(weigh(payments, {}, day(2026, 1, 2), LedgerPolicy{})));
}

}  // namespace
}  // namespace ig::core::ledger
