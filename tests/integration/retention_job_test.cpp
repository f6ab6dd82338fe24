#include "adapters/formats/assessments.hpp"
#include "adapters/formats/proposals.hpp"
#include "adapters/formats/requests.hpp"
#include "adapters/wire/json/value.hpp"
#include "adapters/wire/json/write_value.hpp"
#include "core/jobs/rebuild.hpp"
#include "core/jobs/retention.hpp"
#include "core/jobs/review.hpp"
#include "tests/contract/store/faulty_vfs.hpp"
#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"
#include "tests/support/yearly_answers.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace ig::core::jobs {
namespace {

using base::ErrorCode;
using ports::DataClass;
using ports::kDataClasses;
using ports::RetentionCount;
using tests::case_of;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;
using tests::contract::store::Fault;
using tests::contract::store::FaultyVfs;
using values::Date;

constexpr std::chrono::days kYear{365};

struct Pay {
  const char* paid_on;
  const char* month;
  const char* to_date;
};
constexpr Pay kPaydays[] = {{"2025-11-28", "8", "24000.00"},
                            {"2025-12-31", "9", "27000.00"},
                            {"2026-01-30", "10", "30000.00"}};

/// A message with a payday of 3,000.00 for each of the people.
std::string fps(const Pay& pay, const std::vector<std::string>& ninos) {
  tests::FpsMessage message;
  for (const std::string& nino : ninos) {
    tests::FpsEmployee employee;
    employee.nino = nino;
    employee.payroll_id = nino;
    employee.paid_on = pay.paid_on;
    employee.pay = "3000.00";
    employee.to_date = pay.to_date;
    message.employees += employee.text();
  }
  std::string text = message.text();
  const std::string label = "<MonthNo>10<";
  const std::string month = std::string("<MonthNo>") + pay.month + "<";
  for (std::size_t at = text.find(label); at != std::string::npos; at = text.find(label, at + 1)) {
    text.replace(at, label.size(), month);
  }
  return text;
}

/// Takes a bulk file in; gives how many triggers came of it.
std::uint64_t take_in_fps(World& world, const std::string& text) {
  const IntakeReceipt receipt = tests::take_bulk(world, text);
  EXPECT_EQ(receipt.payments.kept, receipt.payments.in);
  return receipt.triggers;
}

/// A day in February 2026: two people with decisions, and one with pay that called for none. Then
/// all their cases are closed.
void live_a_day(World& world) {
  world.mode = triggers::Mode::shadow;
  world.add_case(case_of("JG103759A", "1"));
  world.add_case(case_of("JG103760B", "2"));
  auto third = case_of("JG103761C", "3");
  third.in_force.reset();
  world.add_case(third);
  const auto context = world.context();
  FakeHmrc hmrc;
  hmrc.annual_pence["JG103760"] = 3'000'000;
  const auto review =
      tests::run_review(context, {.yearly = &hmrc}, World::review_on(Date::of(2026, 2, 10)));
  ASSERT_TRUE(review.has_value());
  std::uint64_t raised = take_in_fps(world, fps(kPaydays[0], {"JG103759A", "JG103761C"}));
  raised += take_in_fps(world, fps(kPaydays[1], {"JG103759A"}));
  raised += take_in_fps(world, fps(kPaydays[2], {"JG103759A"}));
  ASSERT_GT(raised, 0u);
  const std::pair<const char*, const char*> closed[] = {
      {"JG103759A", "1"}, {"JG103760B", "2"}, {"JG103761C", "3"}};
  for (const auto& [nino, number] : closed) {
    auto record = case_of(nino, number);
    record.version = 2;
    record.status = facts::CaseStatus::closed;
    world.add_case(record);
  }
}

base::Result<RetentionReceipt> try_retention(World& world, RetentionOptions options = {}) {
  return run_retention(world.context(), options);
}

RetentionReceipt retain(World& world, RetentionOptions options = {}) {
  auto receipt = try_retention(world, std::move(options));
  EXPECT_TRUE(receipt.has_value()) << (receipt ? "" : receipt.error().message);
  if (!receipt) return {};
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    const auto of = static_cast<DataClass>(i);
    EXPECT_EQ(receipt->run.planned[i].rows + receipt->joined(of).rows,
              receipt->run.removed[i].rows + receipt->spared(of).rows);
  }
  return *std::move(receipt);
}

std::uint64_t removed(const RetentionReceipt& receipt, DataClass of) {
  return receipt.run.removed[static_cast<std::size_t>(of)].rows;
}

/// Makes a decision again as `explain` does; true when it is the same, byte for byte.
bool is_made_again(World& world, const ports::StoredDecision& decision) {
  adapters::wire::json::Reader reader;
  const auto request = reader.read(decision.request_json);
  const auto* context_value = request ? request->find("context") : nullptr;
  if (context_value == nullptr) return false;
  const auto stored = adapters::formats::read_context(*context_value);
  if (!stored) return false;
  const auto again = rebuild_decision(world.context(), decision, *stored);
  if (!again) return false;
  std::string context_json;
  adapters::wire::json::write_value(context_json, *context_value);
  std::string request_json;
  adapters::formats::write_request(request_json, again->proposal.request, context_json);
  std::string assessment_json;
  adapters::formats::write_assessment(assessment_json, again->assessment, context_json);
  return request_json == decision.request_json && assessment_json == decision.assessment_json;
}

/// How many triggers have a decision, each of which can be made again.
std::size_t explained(World& world) {
  std::vector<values::DecisionId> decisions;
  const auto read = world.store().each_trigger({}, [&](const ports::StoredTrigger& trigger) {
    if (trigger.decision.value != 0) decisions.push_back(trigger.decision);
  });
  EXPECT_TRUE(read.has_value());
  for (const values::DecisionId id : decisions) {
    const auto decision = world.store().decision(id);
    EXPECT_TRUE(decision->has_value());
    EXPECT_TRUE(decision->has_value() && is_made_again(world, **decision)) << id.value;
  }
  return decisions.size();
}

std::size_t triggers_of(World& world) {
  std::size_t count = 0;
  EXPECT_TRUE(
      world.store().each_trigger({}, [&](const ports::StoredTrigger&) { ++count; }).has_value());
  return count;
}

class RetentionJob : public testing::Test {
 protected:
  void SetUp() override { live_a_day(world_); }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
};

TEST_F(RetentionJob, WhatIsNotOldStays) {
  const auto receipt = retain(world_);
  EXPECT_TRUE(receipt.finished);
  for (const RetentionCount& count : receipt.run.removed) EXPECT_EQ(count.rows, 0u);
  EXPECT_GE(explained(world_), 2u);
}

TEST_F(RetentionJob, AKeptDecisionCanBeMadeAgainAfterEverythingElseWent) {
  const std::size_t before = explained(world_);
  world_.clock().advance(3 * kYear);
  const auto receipt = retain(world_);
  EXPECT_EQ(removed(receipt, DataClass::raw_reply), 2u);
  EXPECT_EQ(removed(receipt, DataClass::evidence), 4u);
  EXPECT_EQ(removed(receipt, DataClass::fact), 1u) << "of the person without a decision";
  EXPECT_EQ(removed(receipt, DataClass::identity), 1u);
  EXPECT_EQ(removed(receipt, DataClass::decision), 0u);
  EXPECT_EQ(explained(world_), before);
}

TEST_F(RetentionJob, AfterTheLastPeriodOnlyNumbersAndTriggersAreLeft) {
  const std::size_t before = triggers_of(world_);
  const std::string nino = "JG103759A";
  world_.clock().advance(8 * kYear);
  const auto receipt = retain(world_);
  EXPECT_TRUE(receipt.finished);
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    EXPECT_EQ(receipt.run.removed[i], receipt.run.planned[i]);
    EXPECT_EQ(receipt.left[i].removable.rows, 0u);
  }
  EXPECT_EQ(removed(receipt, DataClass::identity), 3u);
  EXPECT_EQ(triggers_of(world_), before);
  EXPECT_EQ(explained(world_), 0u);
  EXPECT_FALSE(world_.store().person_of(values::Nino::parse(nino).value())->has_value());
  const auto audit = world_.store().verify_audit();
  EXPECT_FALSE(audit->first_broken.has_value()) << audit->why;
  EXPECT_GT(audit->removed, 0u);
  EXPECT_EQ(audit->entries, 1u) << "the run itself";
  const auto again = retain(world_);
  for (const RetentionCount& count : again.run.removed) EXPECT_EQ(count.rows, 0u);
}

TEST_F(RetentionJob, ARunThatWasStoppedIsGoneOnWithAndItsCountsAddUp) {
  world_.clock().advance(8 * kYear);
  const auto plan = world_.store().retention_plan(cutoffs_at({}, world_.context().now()));
  ASSERT_TRUE(plan.has_value());
  RetentionReceipt receipt;
  int runs = 0;
  for (; runs < 200 && !receipt.finished; ++runs) {
    RetentionOptions options;
    options.batch_rows = 1;
    // Each run looks at the first rows again before it comes to new ones.
    options.stop = [left = 5 * (runs + 1)]() mutable { return left-- == 0; };
    world_.clock().advance(std::chrono::hours{1});
    receipt = retain(world_, options);
    EXPECT_EQ(receipt.resumed, runs != 0);
    EXPECT_EQ(receipt.run.id, 1);
  }
  EXPECT_TRUE(receipt.finished);
  EXPECT_GT(runs, 2);
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    EXPECT_EQ(receipt.run.removed[i], (*plan)[i].removable) << name(static_cast<DataClass>(i));
  }
  EXPECT_EQ(world_.store().verify_audit()->entries, 1u) << "one entry for the run";
}

TEST_F(RetentionJob, LongerPeriodsEndAnInterruptedRunAndBeginAnother) {
  world_.clock().advance(8 * kYear);
  RetentionOptions options;
  options.stop = [] { return true; };
  EXPECT_FALSE(retain(world_, options).finished);
  RetentionOptions longer;
  longer.periods = {0, 0, 0, 0};
  const auto receipt = retain(world_, longer);
  EXPECT_FALSE(receipt.resumed);
  EXPECT_EQ(receipt.run.id, 2);
  for (const RetentionCount& count : receipt.run.removed) EXPECT_EQ(count.rows, 0u);
  EXPECT_GE(explained(world_), 2u);
}

TEST_F(RetentionJob, AHoldThatIsPlacedWhileARunGoesOnSparesWhatItCovers) {
  world_.clock().advance(8 * kYear);
  RetentionOptions options;
  options.stop = [] { return true; };
  retain(world_, options);
  ports::LegalHold hold;
  hold.case_key = values::CaseKey{"cms", "1", "PP1"};
  hold.reason = "an appeal";
  hold.placed_by = "a.name";
  const auto id = place_hold(world_.context(), hold);
  ASSERT_TRUE(id.has_value()) << id.error().message;
  const auto receipt = retain(world_);
  EXPECT_TRUE(receipt.resumed);
  EXPECT_EQ(receipt.spared(DataClass::identity).rows, 1u);
  EXPECT_GT(receipt.spared(DataClass::audit).rows, 0u);
  EXPECT_EQ(explained(world_), 2u) << "those of the case that is held";
}

TEST_F(RetentionJob, SomebodyElseThanWhoPlacedAHoldReleasesIt) {
  ports::LegalHold hold;
  hold.case_key = values::CaseKey{"cms", "1", "PP1"};
  hold.reason = "an appeal";
  hold.placed_by = "a.name";
  const auto id = place_hold(world_.context(), hold);
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(release_hold(world_.context(), *id, "over", "a.name").error().code,
            ErrorCode::FORBIDDEN);
  EXPECT_EQ(release_hold(world_.context(), *id, "", "b.name").error().code, ErrorCode::USAGE);
  EXPECT_EQ(release_hold(world_.context(), 99, "over", "b.name").error().code,
            ErrorCode::NOT_FOUND);
  EXPECT_TRUE(release_hold(world_.context(), *id, "over", "b.name").has_value());
  hold.reason.clear();
  EXPECT_EQ(place_hold(world_.context(), hold).error().code, ErrorCode::USAGE);
}

TEST(RetentionPeriods, StandInTheirOrderAndNoughtIsTheLongest) {
  EXPECT_TRUE(in_order({}));
  EXPECT_TRUE(in_order({30, 30, 30, 30}));
  EXPECT_TRUE(in_order({30, 60, 0, 0}));
  EXPECT_FALSE(in_order({60, 30, 90, 90}));
  EXPECT_FALSE(in_order({0, 30, 60, 90}));
  EXPECT_FALSE(in_order({30, 60, 0, 90}));
  const auto now = values::Instant::parse("2026-02-10T00:00:00Z").value();
  const auto cutoffs = cutoffs_at({30, 60, 0, 0}, now);
  EXPECT_EQ(cutoffs.raw, values::Instant::parse("2026-01-11T00:00:00Z").value());
  EXPECT_FALSE(cutoffs.decisions.has_value());
}

void long_after(World& world) { world.clock().advance(8 * kYear); }

/// A run on a copy of the store `lived`, where the nth write fails, tried again until it is done.
/// False when no write was left to fail.
bool run_with_a_failing_write(const std::string& lived, const ports::RetentionPlan& plan,
                              std::int64_t nth) {
  const TempFolder folder;
  const std::string file = folder.file("store.db");
  FaultyVfs::plan(Fault::none, 0);
  std::filesystem::copy_file(lived, file);
  RetentionOptions options;
  options.batch_rows = 2;
  FaultyVfs::plan(Fault::fails_once, nth);
  std::optional<RetentionReceipt> done;
  for (int attempt = 1; attempt <= 3 && !done; ++attempt) {
    World world(file, FaultyVfs::name());
    if (!world.is_open()) continue;
    long_after(world);
    auto receipt = try_retention(world, options);
    if (receipt && receipt->finished) done = *std::move(receipt);
  }
  const bool hit = FaultyVfs::writes() >= nth;
  FaultyVfs::plan(Fault::none, 0);
  EXPECT_TRUE(done.has_value());
  if (!done) return false;
  // A run that ended with its answer lost is found ended, and another one has nothing to do.
  const bool ended_before = done->run.id == 2;
  for (std::size_t i = 0; i < kDataClasses && !ended_before; ++i) {
    EXPECT_EQ(done->run.removed[i], plan[i].removable) << name(static_cast<DataClass>(i));
  }
  World world(file, FaultyVfs::name());
  long_after(world);
  for (const auto& line : *world.store().retention_plan(cutoffs_at({}, world.context().now()))) {
    EXPECT_EQ(line.removable.rows, 0u);
  }
  EXPECT_FALSE(world.store().verify_audit()->first_broken.has_value());
  EXPECT_FALSE(world.store().open_retention_run()->has_value());
  return hit;
}

TEST(RetentionStore, WhicheverWriteFailsTheRunEndsAndItsCountsAddUp) {
  const TempFolder folder;
  const std::string lived = folder.file("lived.db");
  ports::RetentionPlan plan;
  {
    World world(lived);
    live_a_day(world);
    long_after(world);
    plan = *world.store().retention_plan(cutoffs_at({}, world.context().now()));
  }
  std::int64_t nth = 1;
  while (run_with_a_failing_write(lived, plan, nth)) {
    if (testing::Test::HasFailure()) FAIL() << "write " << nth;
    ++nth;
  }
  EXPECT_GT(nth, 20);
}

}  // namespace
}  // namespace ig::core::jobs
