#include "core/jobs/periodic_check.hpp"

#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::TempFolder;
using tests::World;
using values::Date;

class PeriodicCheck : public testing::Test {
 protected:
  void add(std::int64_t version, Date since) {
    auto record = case_of("JG103759A", "1");
    record.version = version;
    record.in_force->basis = facts::Basis::current;
    record.in_force->since = since;
    world_.add_case(record);
  }
  PeriodicSummary run(Date as_of) {
    const auto context = world_.context();
    const auto summary = run_periodic_checks(context, as_of);
    EXPECT_TRUE(summary.has_value()) << (summary ? "" : summary.error().message);
    return summary ? *summary : PeriodicSummary{};
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
};

TEST_F(PeriodicCheck, AsksForCurrentIncomeElevenMonthsAfterItCameIntoForce) {
  add(1, Date::of(2025, 3, 15));
  EXPECT_EQ(run(Date::of(2026, 2, 14)).due, 0u);
  EXPECT_EQ(run(Date::of(2026, 2, 15)).triggers, 1u);
}

TEST_F(PeriodicCheck, AsksOnceForOneFigureHoweverOftenItRuns) {
  add(1, Date::of(2025, 3, 15));
  run(Date::of(2026, 2, 15));
  const auto again = run(Date::of(2026, 2, 16));
  EXPECT_EQ(again.due, 1u);
  EXPECT_EQ(again.told, 1u);
  EXPECT_EQ(again.triggers, 0u);
}

TEST_F(PeriodicCheck, AsksAgainElevenMonthsAfterTheFigureWasConfirmed) {
  add(1, Date::of(2025, 3, 15));
  run(Date::of(2026, 2, 15));
  add(2, Date::of(2026, 3, 15));
  EXPECT_EQ(run(Date::of(2026, 3, 16)).due, 0u);
  EXPECT_EQ(run(Date::of(2027, 2, 15)).triggers, 1u);
}

TEST_F(PeriodicCheck, LeavesCasesOnAHistoricFigureAlone) {
  world_.add_case(case_of("JG103759A", "1"));
  EXPECT_EQ(run(Date::of(2027, 2, 15)).due, 0u);
}

}  // namespace
}  // namespace ig::core::jobs
