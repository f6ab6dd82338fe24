#include "core/rules/parameter_diff.hpp"

#include "tests/support/law.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace ig::core::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using values::Date;

ParameterSet changed(const std::function<void(std::vector<ParameterRow>&)>& change) {
  auto rows = tests::law_rows();
  change(rows);
  return *ParameterSet::make(std::move(rows), "sha256:changed");
}

/// 15 % from 6 April 2027.
void lower_threshold(std::vector<ParameterRow>& rows) {
  for (auto& row : rows) {
    if (row.name != "variance.reg34") continue;
    ParameterRow later = row;
    row.until = Date::of(2027, 4, 5);
    later.from = Date::of(2027, 4, 6);
    later.value = Ratio{3, 20};
    rows.push_back(later);
    return;
  }
}

TEST(ParameterDiff, IsEmptyBetweenEqualSets) {
  EXPECT_THAT(differences(tests::law(), tests::law(), std::nullopt), IsEmpty());
  EXPECT_THAT(
      differences(tests::law(), changed([](auto& rows) { rows[0].note = "other"; }), std::nullopt),
      IsEmpty());
}

TEST(ParameterDiff, NamesTheFieldsThatDiffer) {
  const auto other = changed([](auto& rows) {
    for (auto& row : rows) {
      if (row.name == "hmrc.window_years") {
        row.value = std::int64_t{7};
        row.status = ParameterStatus::in_force;
        row.citation = "SI 2027/1";
      }
    }
  });
  const ParameterSet law = tests::law();
  const auto found = differences(law, other, std::nullopt);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].before->name, "hmrc.window_years");
  EXPECT_THAT(found[0].fields, ElementsAre("value", "status", "citation"));
}

TEST(ParameterDiff, SeesAddedRowsAndEndedOnes) {
  const ParameterSet law = tests::law();
  const ParameterSet other = changed(lower_threshold);
  const auto found = differences(law, other, std::nullopt);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[0].fields, ElementsAre("until"));
  EXPECT_EQ(found[1].before, nullptr);
  EXPECT_EQ(found[1].after->from, Date::of(2027, 4, 6));
  const auto back = differences(other, law, std::nullopt);
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[1].after, nullptr);
}

TEST(ParameterDiff, LooksAtOneDayWhereItIsGiven) {
  const ParameterSet law = tests::law();
  const ParameterSet other = changed(lower_threshold);
  const auto before = differences(law, other, Date::of(2027, 4, 5));
  ASSERT_EQ(before.size(), 1U);
  EXPECT_THAT(before[0].fields, ElementsAre("until"));
  const auto after = differences(law, other, Date::of(2027, 4, 6));
  ASSERT_EQ(after.size(), 1U);
  EXPECT_THAT(after[0].fields, ElementsAre("value", "from"));
}

TEST(ParameterDiff, KeepsWhatIsProposedApartFromWhatIsInForce) {
  const ParameterSet law = tests::law();
  const ParameterSet other = changed([](auto& rows) {
    for (const auto& row : rows) {
      if (row.name != "fee.payer" || row.until) continue;
      ParameterRow proposed = row;
      proposed.status = ParameterStatus::proposed;
      proposed.value = std::int64_t{20};
      rows.push_back(proposed);
      return;
    }
  });
  const auto found = differences(law, other, std::nullopt);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].before, nullptr);
  EXPECT_EQ(found[0].after->status, ParameterStatus::proposed);
  EXPECT_THAT(differences(law, other, Date::of(2026, 12, 1)), IsEmpty());
}

TEST(ParameterDiff, KeepsTheJurisdictionsApart) {
  const ParameterSet law = tests::law();
  const ParameterSet other = changed([](auto& rows) {
    for (auto& row : rows) {
      if (row.name == "hmrc.unable_action" && row.jurisdiction == facts::Jurisdiction::ni) {
        row.value = std::string("HUMAN_34_2_C");
      }
    }
  });
  const auto found = differences(law, other, std::nullopt);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].after->jurisdiction, facts::Jurisdiction::ni);
}

}  // namespace
}  // namespace ig::core::rules
