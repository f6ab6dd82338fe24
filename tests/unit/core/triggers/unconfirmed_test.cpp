#include "core/triggers/unconfirmed.hpp"

#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::triggers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using values::Date;

std::vector<std::string> found(Kind kind, const std::vector<std::string>& allowed = {},
                               Date day = tests::kDecisionDay) {
  return unconfirmed(kind, tests::law(), day, allowed);
}

TEST(Unconfirmed, NamesWhatATriggerRestsOnAndNobodyHasConfirmed) {
  EXPECT_THAT(found(Kind::ANNUAL_REVIEW),
              ElementsAre("hmrc.window_years", "pension.ras_gross", "periodic.months",
                          "report.days", "review.feb29"));
  EXPECT_THAT(found(Kind::IN_YEAR_INCOME), Contains("employee.window_months"));
  EXPECT_THAT(found(Kind::ANNUAL_REVIEW), Not(Contains("employee.window_months")));
}

TEST(Unconfirmed, LeavesOutWhatIsAllowedByName) {
  EXPECT_THAT(found(Kind::ANNUAL_REVIEW, {"hmrc.window_years", "review.feb29", "periodic.months"}),
              ElementsAre("pension.ras_gross", "report.days"));
}

TEST(Unconfirmed, LooksAtTheAreaOfEachKind) {
  EXPECT_THAT(found(Kind::EMPLOYMENT_ENDED), Not(Contains("hmrc.window_years")));
  EXPECT_THAT(found(Kind::EMPLOYMENT_STARTED), Contains("silence.monthly_days"));
  EXPECT_THAT(found(Kind::BENEFIT_STATUS), Contains("benefit.needs_decision"));
  EXPECT_THAT(found(Kind::BENEFIT_STATUS), Not(Contains("dfb.uc_month")));
  EXPECT_THAT(found(Kind::DEDUCTION), Contains("dfb.uc_month"));
  EXPECT_THAT(found(Kind::VARIATION_INCOME), Contains("variation.reg70_min"));
  EXPECT_THAT(found(Kind::PERSON_STATUS), IsEmpty());
  for (const Kind kind : {Kind::INITIAL_FIGURE, Kind::PERIODIC_CURRENT_CHECK, Kind::REVISION,
                          Kind::NEED_CURRENT_INCOME, Kind::HMRC_UNREACHABLE, Kind::HUMAN_REVIEW}) {
    EXPECT_THAT(found(kind), Contains("hmrc.window_years")) << name(kind);
  }
}

TEST(Unconfirmed, ForgetsRowsThatAreOver) {
  // The front place of maintenance in universal credit ended on 30 April 2026.
  auto rows = tests::law_rows();
  for (auto& row : rows) {
    if (row.name == "uc.priority_table" && !row.until) {
      row.status = rules::ParameterStatus::in_force;
    }
  }
  const auto set = rules::ParameterSet::make(std::move(rows), "v");
  ASSERT_TRUE(set.has_value());
  EXPECT_THAT(unconfirmed(Kind::DEDUCTION, *set, Date::of(2026, 4, 30), {}),
              Contains("uc.priority_table"));
  EXPECT_THAT(unconfirmed(Kind::DEDUCTION, *set, Date::of(2026, 5, 1), {}),
              Not(Contains("uc.priority_table")));
}

}  // namespace
}  // namespace ig::core::triggers
