#include "core/triggers/trigger.hpp"

#include <gtest/gtest.h>

namespace ig::core::triggers {
namespace {

TEST(TriggerWords, EveryNameIsReadBack) {
  for (int i = 0; i < kKindCount; ++i) {
    const auto kind = static_cast<Kind>(i);
    EXPECT_EQ(parse_kind(name(kind)), kind);
  }
  for (int i = 0; i < kOutcomeCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(parse_outcome(name(outcome)), outcome);
  }
  for (const auto mode : {Mode::off, Mode::shadow, Mode::task, Mode::live}) {
    EXPECT_EQ(parse_mode(name(mode)), mode);
  }
  for (const auto relation : {Relation::fresh, Relation::replaces, Relation::withdraws}) {
    EXPECT_EQ(parse_relation(name(relation)), relation);
  }
  for (const auto direction : {Direction::up, Direction::down}) {
    EXPECT_EQ(parse_direction(name(direction)), direction);
  }
}

TEST(TriggerWords, TheNamesAreThoseOfTheContract) {
  EXPECT_EQ(name(Kind::INITIAL_FIGURE), "INITIAL_FIGURE");
  EXPECT_EQ(name(Kind::EMPLOYMENT_STARTED), "EMPLOYMENT_STARTED");
  EXPECT_EQ(name(Kind::BENEFIT_STATUS), "BENEFIT_STATUS");
  EXPECT_EQ(name(Kind::HUMAN_REVIEW), "HUMAN_REVIEW");
  EXPECT_EQ(name(Outcome::REVISION_CANDIDATE), "REVISION_CANDIDATE");
  EXPECT_EQ(name(Relation::fresh), "NEW");
  EXPECT_EQ(name(Mode::live), "LIVE");
}

TEST(TriggerWords, OtherWordsAreNotRead) {
  EXPECT_EQ(parse_kind("in_year_income"), std::nullopt);
  EXPECT_EQ(parse_kind(""), std::nullopt);
  EXPECT_EQ(parse_outcome("CHANGED "), std::nullopt);
  EXPECT_EQ(parse_mode("On"), std::nullopt);
}

}  // namespace
}  // namespace ig::core::triggers
