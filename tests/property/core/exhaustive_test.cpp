#include "core/rules/gate.hpp"
#include "tests/support/law.hpp"

#include <gtest/gtest.h>

#include <cstdint>

/// Every base from nil to 4,000.00 pounds, by the penny, at both edges of the 25 % test.
namespace ig::core::rules {
namespace {

using values::Money;

constexpr std::int64_t kMostBase = 400'000;

const Parameters& law_now() {
  static const ParameterSet set = tests::law();
  return *set.find(values::Date::of(2026, 12, 1), facts::Jurisdiction::gb);
}

/// What must come out, by whole pounds to the hundred: 125 % or more, or 75 % or less.
bool is_a_quarter_off(std::int64_t base, std::int64_t other) {
  if (base == 0) return other != 0;
  return other * 100 >= base * 125 || other * 100 <= base * 75;
}

/// Visits the edge itself and the three figures on each side of it, above and below the base.
template <class Check>
std::int64_t visit_edges(const Check& check) {
  std::int64_t count = 0;
  for (std::int64_t base = 0; base <= kMostBase; ++base) {
    const std::int64_t up = (base * 5 + 3) / 4;
    const std::int64_t down = base * 3 / 4;
    for (const std::int64_t edge : {up, down}) {
      for (std::int64_t other = edge < 3 ? 0 : edge - 3; other <= edge + 3; ++other) {
        const bool wanted = is_a_quarter_off(base, other);
        ++count;
        if (check(Money::pence(base), Money::pence(other)) != wanted) {
          ADD_FAILURE() << base << " to " << other << (wanted ? " is" : " is not") << " 25 % apart";
          return count;
        }
      }
    }
  }
  return count;
}

/// Seven figures at each of two edges; 13 of them would lie below nil.
constexpr std::int64_t kVisits = (kMostBase + 1) * 14 - 13;

TEST(EveryBase, IsJudgedRightByTheGateOfRegulation34) {
  const Parameters& law = law_now();
  HistoricFigure historic;
  historic.state = HistoricState::known;
  const std::int64_t count = visit_edges([&](Money base, Money other) {
    historic.weekly = base;
    return gate(historic, other, std::nullopt, law).met;
  });
  EXPECT_EQ(count, kVisits);
}

TEST(EveryBase, IsJudgedRightByTheTestOfRegulation23) {
  const Parameters& law = law_now();
  const std::int64_t count = visit_edges([&](Money base, Money other) {
    return in_year_test(TestBase::current_in_force, base, other, law).met;
  });
  EXPECT_EQ(count, kVisits);
}

TEST(EveryBase, IsJudgedRightInTheYearAgainstHistoricIncome) {
  const Parameters& law = law_now();
  const std::int64_t count = visit_edges([&](Money base, Money other) {
    return in_year_test(TestBase::historic, base, other, law).met;
  });
  EXPECT_EQ(count, kVisits);
}

TEST(EveryBase, IsJudgedRightByTheUnroundedGate) {
  const Ratio part = law_now().threshold_historic;
  const std::int64_t count = visit_edges([&](Money base, Money other) {
    return meets_unrounded(part, values::Int128{base.in_pence()} * 9, 9,
                           values::Fraction(other.in_pence(), 1));
  });
  EXPECT_EQ(count, kVisits);
}

}  // namespace
}  // namespace ig::core::rules
