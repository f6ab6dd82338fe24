#include "core/jobs/review.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;
using values::Date;

ReviewSummary review(World& world, FakeHmrc& hmrc, Date as_of) {
  const auto context = world.context();
  const HmrcPorts ports{.yearly = &hmrc};
  const auto summary = tests::run_review(context, ports, World::review_on(as_of));
  EXPECT_TRUE(summary.has_value()) << (summary ? "" : summary.error().message);
  EXPECT_TRUE(!summary || summary->ties());
  return summary ? *summary : ReviewSummary{};
}

std::map<std::string, std::string> outcomes_by_case(World& world) {
  std::map<std::string, std::string> out;
  const auto read = world.store().each_trigger({}, [&](const ports::StoredTrigger& stored) {
    const auto& trigger = stored.trigger;
    auto& text = out[trigger.case_key.case_system + "/" + trigger.case_key.case_id];
    text += std::string(triggers::name(trigger.kind)) + " ";
    if (trigger.outcome) text += std::string(triggers::name(*trigger.outcome)) + " ";
  });
  EXPECT_TRUE(read.has_value());
  return out;
}

class ReviewJob : public testing::Test {
 protected:
  TempFolder folder_;
  World world_{folder_.file("store.db")};
  FakeHmrc hmrc_;
};

TEST_F(ReviewJob, AsksOnceForAPersonWithCasesInTwoSystemsAndAnswersEach) {
  world_.add_case(case_of("JG103759A", "1", "cms"));
  world_.add_case(case_of("JG103759A", "2", "cms2"));
  hmrc_.annual_pence["JG103759"] = 3'000'000;
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(hmrc_.asked, 1u);
  EXPECT_EQ(summary.triggers, 2u);
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW CHANGED "},
                                                       {"cms2/2", "ANNUAL_REVIEW CHANGED "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, AnswersEachReviewDateOnlyOnceHoweverOftenItRuns) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.annual_pence["JG103759"] = 2'600'000;
  review(world_, hmrc_, Date::of(2026, 2, 10));
  const auto again = review(world_, hmrc_, Date::of(2026, 2, 11));
  EXPECT_EQ(hmrc_.asked, 1u);
  EXPECT_EQ(again.triggers, 0u);
  EXPECT_EQ(again.plan.answered, 1u);
}

TEST_F(ReviewJob, LeavesAReviewDateThirtyOneDaysOffForLater) {
  auto record = case_of("JG103759A", "1");
  record.review_date = Date::of(2026, 3, 13);
  world_.add_case(record);
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 10)).plan.cases, 0u);
  EXPECT_EQ(hmrc_.asked, 0u);
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 11)).plan.cases, 1u);
}

TEST_F(ReviewJob, SaysNothingWhileHmrcIsDownAndUnreachableOnTheReviewDate) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.down = true;
  const auto early = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(early.triggers, 0u);
  EXPECT_EQ(early.waiting, 1u);
  review(world_, hmrc_, Date::of(2026, 3, 1));
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW UNREACHABLE "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, GivesUpARunWhenHmrcGivesNoAnswerSeveralTimesInARow) {
  const char* ninos[] = {"JG100001A", "JG100002A", "JG100003A", "JG100004A",
                         "JG100005A", "JG100006A", "JG100007A", "JG100008A"};
  for (const char* nino : ninos) world_.add_case(case_of(nino, nino));
  hmrc_.down = true;
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_TRUE(summary.upstream_down);
  EXPECT_EQ(hmrc_.asked, 5u);
}

TEST_F(ReviewJob, AsksForCurrentIncomeWhenHmrcHoldsNothing) {
  world_.add_case(case_of("JG103759A", "1"));
  review(world_, hmrc_, Date::of(2026, 2, 10));
  const std::map<std::string, std::string> expected = {
      {"cms/1", "ANNUAL_REVIEW NEED_CURRENT_INCOME "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, LeavesCasesWithoutIncomeInForceAlone) {
  auto record = case_of("JG103759A", "1");
  record.in_force->basis = facts::Basis::not_income_based;
  record.in_force->weekly.reset();
  world_.add_case(record);
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(summary.plan.not_tested, 1u);
  EXPECT_EQ(hmrc_.asked, 0u);
}

TEST_F(ReviewJob, PlansWithoutAsking) {
  world_.add_case(case_of("JG103759A", "1"));
  const auto context = world_.context();
  const auto plan = tests::plan_review(context, Date::of(2026, 2, 10));
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->cases, 1u);
  EXPECT_EQ(plan->requests, 1u);
  EXPECT_EQ(hmrc_.asked, 0u);
}

TEST_F(ReviewJob, AsksAgainAtFallingIntervalsAndNotOnTheDaysBetween) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.down = true;
  for (Date day = Date::of(2026, 1, 30); day <= Date::of(2026, 3, 1); day = day.plus_days(1)) {
    review(world_, hmrc_, day);
  }
  EXPECT_EQ(hmrc_.asked, 11u);
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW UNREACHABLE "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, ReportsUnreachableWithEveryAttemptThatWasMade) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.down = true;
  review(world_, hmrc_, Date::of(2026, 2, 10));
  review(world_, hmrc_, Date::of(2026, 3, 1));
  const auto last = world_.store().last_decision({"cms", "1", "PP1"});
  ASSERT_TRUE(last.has_value() && last->has_value());
  const std::string& question = (*last)->request_json;
  EXPECT_NE(question.find(R"("attempts":[{"at":)"), std::string::npos) << question;
  std::size_t attempts = 0;
  for (std::size_t at = question.find("TRANSIENT 503 SERVER_ERROR"); at != std::string::npos;
       at = question.find("TRANSIENT 503 SERVER_ERROR", at + 1)) {
    ++attempts;
  }
  EXPECT_EQ(attempts, 2u) << question;
  EXPECT_NE(question.find("HMRC_TRANSIENT"), std::string::npos);
}

TEST_F(ReviewJob, RepeatsAQuestionInVainOnceHmrcMayAnswerOtherwise) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.annual_pence["JG103759"] = 2'600'000;
  hmrc_.down = true;
  review(world_, hmrc_, Date::of(2026, 2, 10));
  hmrc_.down = false;
  world_.clock().advance(std::chrono::minutes{14});
  review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(hmrc_.asked, 1u);
  world_.clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 10)).decided, 1u);
  EXPECT_EQ(hmrc_.asked, 2u);
}

TEST_F(ReviewJob, AsksAgainForAYearOlderThanTheOneInForceAndSaysSoOnTheLastDay) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.annual_pence["JG103759"] = 2'500'000;
  hmrc_.tax_year = values::TaxYear::starting(2022);
  const auto first = review(world_, hmrc_, Date::of(2026, 2, 1));
  EXPECT_EQ(first.waiting, 1u);
  EXPECT_EQ(first.triggers, 0u);
  review(world_, hmrc_, Date::of(2026, 2, 2));
  EXPECT_EQ(hmrc_.asked, 1u);
  review(world_, hmrc_, Date::of(2026, 2, 9));
  EXPECT_EQ(hmrc_.asked, 2u);
  review(world_, hmrc_, Date::of(2026, 3, 1));
  EXPECT_EQ(hmrc_.asked, 3u);
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW REREQUESTED "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, TakesTheNewerYearWhenHmrcHasItAtTheSecondAsking) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.annual_pence["JG103759"] = 2'500'000;
  hmrc_.tax_year = values::TaxYear::starting(2022);
  review(world_, hmrc_, Date::of(2026, 2, 1));
  hmrc_.tax_year = values::TaxYear::starting(2024);
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 9)).decided, 1u);
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW CHANGED "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

/// A review that falls in the first thirty days of a tax year (A31).
class AprilReview : public ReviewJob {
 protected:
  AprilReview() {
    world_.mode = triggers::Mode::live;
    auto record = case_of("JG103759A", "1");
    record.review_date = Date::of(2026, 4, 20);
    world_.add_case(record);
    hmrc_.annual_pence["JG103759"] = 3'000'000;
  }
  [[nodiscard]] std::vector<ports::StoredTrigger> triggers() {
    std::vector<ports::StoredTrigger> out;
    const auto read = world_.store().each_trigger(
        {}, [&](const ports::StoredTrigger& stored) { out.push_back(stored); });
    EXPECT_TRUE(read.has_value());
    return out;
  }
};

TEST_F(AprilReview, KeepsTheReplyOfTheOldTaxYearAndAsksAgainInTheNew) {
  const auto first = review(world_, hmrc_, Date::of(2026, 3, 21));
  EXPECT_EQ(first.waiting, 1u);
  EXPECT_TRUE(triggers().empty());
  for (unsigned day = 22; day <= 31; ++day) review(world_, hmrc_, Date::of(2026, 3, day));
  EXPECT_EQ(hmrc_.asked, 1u);
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 4, 6)).decided, 1u);
  EXPECT_EQ(hmrc_.asked, 2u);
  ASSERT_EQ(triggers().size(), 1u);
  EXPECT_EQ(triggers()[0].mode, triggers::Mode::live);
  EXPECT_EQ(triggers()[0].trigger.reasons, std::vector<std::string>{"NOT_TESTED_NO_C"});
}

TEST_F(AprilReview, GoesToAPersonWhenTheTwoRepliesDiffer) {
  review(world_, hmrc_, Date::of(2026, 3, 21));
  hmrc_.annual_pence["JG103759"] = 3'100'000;
  review(world_, hmrc_, Date::of(2026, 4, 6));
  ASSERT_EQ(triggers().size(), 1u);
  EXPECT_EQ(triggers()[0].mode, triggers::Mode::task);
  EXPECT_EQ(triggers()[0].trigger.reasons,
            (std::vector<std::string>{"APRIL_REPLIES_DIFFER", "NOT_TESTED_NO_C"}));
}

TEST_F(AprilReview, UsesTheFirstReplyThroughAPersonWhenTheSecondNeverComes) {
  review(world_, hmrc_, Date::of(2026, 3, 21));
  hmrc_.down = true;
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 4, 6)).waiting, 1u);
  review(world_, hmrc_, Date::of(2026, 4, 20));
  ASSERT_EQ(triggers().size(), 1u);
  EXPECT_EQ(triggers()[0].mode, triggers::Mode::task);
  EXPECT_EQ(triggers()[0].trigger.reasons,
            (std::vector<std::string>{"APRIL_SECOND_REPLY_MISSING", "NOT_TESTED_NO_C"}));
}

TEST_F(ReviewJob, AsksForUnearnedIncomeOnlyWhereAVariationIsInForce) {
  world_.add_case(case_of("JG103759A", "1"));
  review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_FALSE(hmrc_.asked_for_unearned);
  auto varied = case_of("JG200001A", "2");
  varied.variation_in_force = true;
  world_.add_case(varied);
  review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_TRUE(hmrc_.asked_for_unearned);
}

TEST_F(ReviewJob, HoldsAPersonWhoseCasesHaveUnequalFiguresOnce) {
  world_.add_case(case_of("JG103759A", "1", "cms"));
  auto other = case_of("JG103759A", "2", "cms2");
  other.in_force->weekly = values::Money::pence(51'000);
  world_.add_case(other);
  hmrc_.annual_pence["JG103759"] = 3'000'000;
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 10)).differing, 1u);
  const auto held = world_.store().held(false);
  ASSERT_TRUE(held.has_value());
  ASSERT_EQ(held->size(), 1u);
  EXPECT_EQ(held->front().code, "FIGURES_UNEQUAL");
}

TEST_F(ReviewJob, EndsTheRunAndHoldsTheReasonWhenAnOperatorHasToAct) {
  for (const char* nino : {"JG100001A", "JG100002A", "JG100003A"}) {
    world_.add_case(case_of(nino, nino));
  }
  hmrc_.down = true;
  hmrc_.next_when_down = ports::NextMove::park;
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_TRUE(summary.parked);
  EXPECT_EQ(hmrc_.asked, 1u);
  EXPECT_EQ(summary.untouched, 2u);
  const auto held = world_.store().held(false);
  ASSERT_TRUE(held.has_value() && held->size() == 1);
  EXPECT_EQ(held->front().kind, "HMRC");
}

TEST_F(ReviewJob, TellsEveryCaseOnItsDateThoughTheRunEndedEarly) {
  for (int i = 0; i < 9; ++i) {
    const std::string nino = "JG1000" + std::to_string(10 + i) + "A";
    auto record = case_of(nino, nino);
    record.review_date = Date::of(2026, 2, i < 6 ? 20 : 10);
    world_.add_case(record);
  }
  hmrc_.down = true;
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_TRUE(summary.upstream_down);
  EXPECT_EQ(hmrc_.asked, 5u);
  EXPECT_EQ(summary.decided, 3u);
  EXPECT_EQ(summary.untouched, 1u);
}

TEST_F(ReviewJob, GivesSeveralWorkersEachPersonOnce) {
  for (int i = 0; i < 40; ++i) {
    const std::string nino = "JG1000" + std::to_string(10 + i) + "A";
    world_.add_case(case_of(nino, nino));
    hmrc_.annual_pence[nino.substr(0, 8)] = 3'000'000;
  }
  const auto context = world_.context();
  const auto run = ReviewRun::find(context, Date::of(2026, 2, 10));
  ASSERT_TRUE(run.has_value());
  World second(folder_.file("store.db"));
  const auto second_context = second.context();
  FakeHmrc second_hmrc;
  second_hmrc.annual_pence = hmrc_.annual_pence;
  const HmrcPorts first_ports{.yearly = &hmrc_};
  const HmrcPorts second_ports{.yearly = &second_hmrc};
  auto options = World::review_on(Date::of(2026, 2, 10));
  std::mutex mutex;
  options.alone = [&mutex](const std::function<void()>& piece) {
    const std::lock_guard lock(mutex);
    piece();
  };
  std::thread other(
      [&] { EXPECT_TRUE((*run)->work(second_context, second_ports, options).has_value()); });
  EXPECT_TRUE((*run)->work(context, first_ports, options).has_value());
  other.join();
  const auto summary = (*run)->summary();
  EXPECT_TRUE(summary.ties());
  EXPECT_EQ(summary.decided, 40u);
  EXPECT_EQ(summary.asked, 40u);
  EXPECT_EQ(hmrc_.asked + second_hmrc.asked, 40u);
}

TEST_F(ReviewJob, WritesEveryQuestionDownWithItsTimesAndItsReply) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.annual_pence["JG103759"] = 3'000'000;
  review(world_, hmrc_, Date::of(2026, 2, 10));
  const auto asked = world_.store().hmrc_requests(values::PersonId{1}, ports::Purpose::review, {});
  ASSERT_TRUE(asked.has_value());
  ASSERT_EQ(asked->size(), 1u);
  EXPECT_EQ(asked->front().fetched.result, ports::FetchResult::matched);
  EXPECT_EQ(asked->front().anchor, Date::of(2026, 3, 1));
  EXPECT_TRUE(asked->front().document.has_value());
  const auto times = world_.store().hmrc_times({});
  ASSERT_TRUE(times.has_value() && times->size() == 1);
  EXPECT_EQ(times->front().requests, 1u);
}

}  // namespace
}  // namespace ig::core::jobs
