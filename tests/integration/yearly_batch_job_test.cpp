#include "adapters/cli/yearly_receipt.hpp"
#include "adapters/hmrc/yearly_batch.hpp"
#include "core/jobs/review.hpp"
#include "core/jobs/yearly_batch.hpp"
#include "tests/contract/store/faulty_vfs.hpp"
#include "tests/support/world.hpp"
#include "tests/support/yearly_answers.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ig::core::jobs {
namespace {

using base::ErrorCode;

using tests::answer_file;
using tests::available;
using tests::case_of;
using tests::TempFolder;
using tests::texts_of;
using tests::with_status;
using tests::World;
using tests::contract::store::Fault;
using tests::contract::store::FaultyVfs;
using values::Date;

/// The folder files are put into, and what may go wrong there.
struct Folder {
  std::map<std::string, std::string> files;
  std::uint64_t placed = 0;
  bool killed_before = false;  ///< the run ends before the file is in its place
  bool killed_after = false;   ///< the file is in its place; the run ends before that is noted

  base::Result<void> place(const std::string& name, std::string_view text) {
    if (killed_before) return base::fail(ErrorCode::UNREADABLE, {}, "killed");
    files[name] = text;
    ++placed;
    if (killed_after) return base::fail(ErrorCode::UNREADABLE, {}, "killed");
    return {};
  }
};

constexpr auto kToday = Date::of(2026, 2, 10);

base::Result<ExportSummary> try_export(World& world, Folder& folder, Date as_of = kToday) {
  const auto context = world.context();
  adapters::hmrc::YearlyBatchXml files;
  return run_yearly_export(context, files,
                           {as_of, "local", [&](const std::string& name, std::string_view text) {
                              return folder.place(name, text);
                            }});
}

ExportSummary run_export(World& world, Folder& folder, Date as_of = kToday) {
  auto summary = try_export(world, folder, as_of);
  EXPECT_TRUE(summary.has_value()) << (summary ? "" : summary.error().message);
  return summary ? *summary : ExportSummary{};
}

base::Result<BatchReceipt> try_import(World& world, const std::string& text) {
  const auto context = world.context();
  if (auto dropped = drop_interrupted_imports(context); !dropped) return dropped.error();
  adapters::hmrc::YearlyBatchXml files;
  ImportOptions options;
  options.site = "local";
  options.encode = adapters::cli::yearly_receipt_json;
  const auto open = [&]() -> base::Result<std::unique_ptr<ports::ByteSource>> {
    return std::unique_ptr<ports::ByteSource>(std::make_unique<tests::support::TextSource>(text));
  };
  return import_yearly_answers(context, files, "answers.xml", open, options);
}

BatchReceipt import(World& world, const std::string& text) {
  auto receipt = try_import(world, text);
  EXPECT_TRUE(receipt.has_value()) << (receipt ? "" : receipt.error().message);
  if (!receipt) return {};
  for (const BatchTally& tally : {receipt->answers, receipt->pence}) {
    EXPECT_EQ(tally.in, tally.kept + tally.duplicate + tally.unavailable + tally.not_needed +
                            tally.refused + tally.held);
  }
  return *receipt;
}

std::optional<facts::YearlyFigure> figure_of(World& world, const char* nino) {
  const auto person = world.store().person_of(values::Nino::parse(nino).value());
  EXPECT_TRUE(person.has_value() && person->has_value());
  return world.store().latest_yearly(**person).value();
}

std::size_t held_items(World& world) { return world.store().held(false)->size(); }

std::size_t audit_entries(World& world) {
  const auto report = world.store().verify_audit();
  EXPECT_TRUE(report.has_value() && !report->first_broken);
  return static_cast<std::size_t>(report->entries);
}

class YearlyBatchJob : public testing::Test {
 protected:
  /// Registers people with these NINOs, exports, and gives the request ids in order.
  std::vector<std::string> ask(const std::vector<const char*>& ninos) {
    for (const char* nino : ninos) world_.add_case(case_of(nino, nino));
    const auto summary = run_export(world_, folder_);
    return texts_of(folder_.files[summary.file], "RequestId");
  }

  TempFolder temp_;
  World world_{temp_.file("store.db")};
  Folder folder_;
};

// ---- questions out ----------------------------------------------------------------------------

TEST_F(YearlyBatchJob, AsksOnceAboutAPersonWithCasesInTwoSystems) {
  world_.add_case(case_of("JG103759A", "1", "cms"));
  world_.add_case(case_of("JG103759A", "2", "cms2"));
  const auto summary = run_export(world_, folder_);
  EXPECT_EQ(summary.file, "yearly-request-000000001.xml");
  EXPECT_EQ(summary.questions, 1u);
  const std::string& text = folder_.files[summary.file];
  EXPECT_EQ(texts_of(text, "Nino"), std::vector<std::string>{"JG103759A"});
  EXPECT_EQ(texts_of(text, "AskedOn"), std::vector<std::string>{"2026-02-10"});
  EXPECT_TRUE(texts_of(text, "Unearned").empty());
}

TEST_F(YearlyBatchJob, AsksForUnearnedIncomeOnlyWhereAVariationIsInForce) {
  auto record = case_of("JG103759A", "1");
  record.variation_in_force = true;
  world_.add_case(record);
  world_.add_case(case_of("JG103760A", "2"));
  const auto summary = run_export(world_, folder_);
  EXPECT_EQ(texts_of(folder_.files[summary.file], "Unearned").size(), 1u);
}

TEST_F(YearlyBatchJob, AsksNobodyTwiceWhileAnAnswerIsOutstanding) {
  ask({"JG103759A"});
  const auto again = run_export(world_, folder_, kToday.plus_days(1));
  EXPECT_TRUE(again.file.empty());
  EXPECT_EQ(again.plan.outstanding, 1u);
  world_.add_case(case_of("JG103760A", "2"));
  const auto third = run_export(world_, folder_, kToday.plus_days(2));
  EXPECT_EQ(third.file, "yearly-request-000000002.xml");
  EXPECT_EQ(texts_of(folder_.files[third.file], "Nino"), std::vector<std::string>{"JG103760A"});
}

TEST_F(YearlyBatchJob, AsksAgainForTheNextReviewEvenWhenTheLastFileWasNeverAnswered) {
  ask({"JG103759A"});
  auto record = case_of("JG103759A", "JG103759A");
  record.version = 2;
  record.review_date = Date::of(2027, 3, 1);
  world_.add_case(record);
  EXPECT_EQ(run_export(world_, folder_, Date::of(2027, 2, 10)).questions, 1u);
}

TEST_F(YearlyBatchJob, PlansWithoutAskingOrWriting) {
  world_.add_case(case_of("JG103759A", "1"));
  const auto before = audit_entries(world_);
  const auto context = world_.context();
  const auto plan = plan_yearly_export(context, kToday);
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->questions, 1u);
  EXPECT_EQ(audit_entries(world_), before);
  EXPECT_EQ(world_.store().count_open_file_questions().value(), 0u);
}

TEST_F(YearlyBatchJob, KilledBeforeTheFileIsInItsPlaceTheNextRunWritesTheSameFile) {
  world_.add_case(case_of("JG103759A", "1"));
  folder_.killed_before = true;
  EXPECT_FALSE(try_export(world_, folder_).has_value());
  const auto prepared = world_.store().unwritten_request_files();
  ASSERT_EQ(prepared->size(), 1u);
  folder_.killed_before = false;
  const auto next = run_export(world_, folder_, kToday.plus_days(1));
  EXPECT_EQ(next.finished, std::vector<std::string>{"yearly-request-000000001.xml"});
  EXPECT_TRUE(next.file.empty());
  EXPECT_EQ(folder_.files["yearly-request-000000001.xml"], prepared->front().text);
  EXPECT_TRUE(world_.store().unwritten_request_files()->empty());
}

TEST_F(YearlyBatchJob, KilledAfterTheFileIsInItsPlaceTheNextRunPutsTheSameBytesThere) {
  world_.add_case(case_of("JG103759A", "1"));
  folder_.killed_after = true;
  EXPECT_FALSE(try_export(world_, folder_).has_value());
  const auto first = folder_.files;
  auto renamed = case_of("JG103759A", "1");
  renamed.version = 2;
  renamed.person.surname = base::Sensitive<std::string>("Josephine");
  world_.add_case(renamed);
  folder_.killed_after = false;
  run_export(world_, folder_, kToday.plus_days(1));
  EXPECT_EQ(folder_.files, first);
  EXPECT_EQ(folder_.placed, 2u);
}

// ---- answers in -------------------------------------------------------------------------------

TEST_F(YearlyBatchJob, TakesInFiguresThatTheReviewThenUses) {
  const auto ids = ask({"JG103759A"});
  const auto receipt = import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}}));
  EXPECT_EQ(receipt.outcome, FileOutcome::accepted);
  EXPECT_EQ(receipt.answers.kept, 1);
  EXPECT_EQ(receipt.pence.kept, 3'000'000);
  const auto figure = figure_of(world_, "JG103759A");
  ASSERT_TRUE(figure.has_value());
  EXPECT_EQ(figure->requested_on, kToday);
  EXPECT_EQ(figure->annual, values::Money::pence(3'000'000));
  EXPECT_EQ(world_.store().count_open_file_questions().value(), 0u);
  const auto plan = plan_yearly_export(world_.context(), kToday.plus_days(1));
  EXPECT_EQ(plan->held, 1u);
  EXPECT_EQ(plan->questions, 0u);
  const auto review = tests::plan_review(world_.context(), kToday.plus_days(1));
  EXPECT_EQ(review->cases, 1u);
  EXPECT_EQ(review->requests, 0u);
}

TEST_F(YearlyBatchJob, TheSameFileAgainChangesNothing) {
  const auto ids = ask({"JG103759A"});
  const std::string text = answer_file({.answers = {available(ids[0], 3'000'000)}});
  import(world_, text);
  const auto entries = audit_entries(world_);
  const auto again = import(world_, text);
  EXPECT_EQ(again.outcome, FileOutcome::duplicate);
  EXPECT_EQ(again.answers.duplicate, 1);
  EXPECT_EQ(audit_entries(world_), entries);
  EXPECT_TRUE(world_.store().unfinished_documents()->empty());
}

TEST_F(YearlyBatchJob, OtherBytesUnderAUsedControlNumberAreHeldWithAnAlarmOnce) {
  const auto ids = ask({"JG103759A"});
  import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}}));
  const std::string other = answer_file({.answers = {available(ids[0], 4'000'000)}});
  const auto receipt = import(world_, other);
  EXPECT_EQ(receipt.outcome, FileOutcome::held);
  EXPECT_EQ(receipt.pence.held, 4'000'000);
  EXPECT_EQ(held_items(world_), 1u);
  EXPECT_EQ(import(world_, other).outcome, FileOutcome::held);
  EXPECT_EQ(held_items(world_), 1u);
  EXPECT_EQ(figure_of(world_, "JG103759A")->annual, values::Money::pence(3'000'000));
}

TEST_F(YearlyBatchJob, APartialFileChangesNothingAndIsTakenInOnceItIsWhole) {
  const auto ids = ask({"JG103759A"});
  const std::string text = answer_file({.answers = {available(ids[0], 3'000'000)}});
  const auto entries = audit_entries(world_);
  const auto partial = import(world_, text.substr(0, text.find("<Trailer>")));
  EXPECT_EQ(partial.outcome, FileOutcome::partial);
  EXPECT_EQ(
      import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}, .total_pence = 1}))
          .outcome,
      FileOutcome::partial);
  EXPECT_EQ(audit_entries(world_), entries);
  EXPECT_FALSE(figure_of(world_, "JG103759A").has_value());
  EXPECT_EQ(import(world_, text).outcome, FileOutcome::accepted);
}

TEST_F(YearlyBatchJob, RefusesAnAnswerToAQuestionNeverAskedAndTakesTheOthers) {
  const auto ids = ask({"JG103759A"});
  const auto receipt =
      import(world_,
             answer_file({.answers = {available(std::string(32, '0'), 777),
                                      available(ids[0], 3'000'000), available("NA000799C", 888)}}));
  EXPECT_EQ(receipt.outcome, FileOutcome::accepted);
  EXPECT_EQ(receipt.answers.refused, 2);
  EXPECT_EQ(receipt.pence.refused, 1665);
  EXPECT_EQ(receipt.pence.kept, 3'000'000);
  EXPECT_EQ(receipt.refusals.at("NOT_FOUND"), 2u);
}

TEST_F(YearlyBatchJob, AQuestionWithoutAnAnswerStaysOpen) {
  const auto ids = ask({"JG103759A", "JG103760A"});
  import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}}));
  EXPECT_EQ(world_.store().count_open_file_questions().value(), 1u);
  EXPECT_EQ(run_export(world_, folder_, kToday.plus_days(1)).plan.outstanding, 1u);
  const auto late =
      import(world_, answer_file({.control = "HMRC-2", .answers = {available(ids[1], 2'000'000)}}));
  EXPECT_EQ(late.answers.kept, 1);
  EXPECT_EQ(world_.store().count_open_file_questions().value(), 0u);
}

TEST_F(YearlyBatchJob, ASecondAnswerIsADuplicateOrAContradictionAndTheFirstStands) {
  const auto ids = ask({"JG103759A"});
  import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}}));
  const auto same =
      import(world_, answer_file({.control = "HMRC-2", .answers = {available(ids[0], 3'000'000)}}));
  EXPECT_EQ(same.answers.duplicate, 1);
  EXPECT_EQ(held_items(world_), 0u);
  const auto other =
      import(world_, answer_file({.control = "HMRC-3", .answers = {available(ids[0], 4'000'000)}}));
  EXPECT_EQ(other.refusals.at("CONTRADICTION"), 1u);
  EXPECT_EQ(held_items(world_), 1u);
  const auto twice = import(
      world_, answer_file({.control = "HMRC-4",
                           .answers = {available(ids[0], 3'000'000), available(ids[0], 1)}}));
  EXPECT_EQ(twice.answers.duplicate, 1);
  EXPECT_EQ(twice.answers.refused, 1);
  EXPECT_EQ(figure_of(world_, "JG103759A")->annual, values::Money::pence(3'000'000));
}

TEST_F(YearlyBatchJob, ALateAnswerToAnOlderQuestionNeverTakesThePlaceOfANewerFigure) {
  const auto first = ask({"JG103759A"});
  auto record = case_of("JG103759A", "JG103759A");
  record.version = 2;
  record.review_date = Date::of(2027, 3, 1);
  world_.add_case(record);
  const auto summary = run_export(world_, folder_, Date::of(2027, 2, 10));
  const auto second = texts_of(folder_.files[summary.file], "RequestId");
  ASSERT_EQ(second.size(), 1u);
  import(world_, answer_file({.answers = {available(second[0], 4'000'000)}}));
  const auto late = import(
      world_, answer_file({.control = "HMRC-2", .answers = {available(first[0], 3'000'000)}}));
  EXPECT_EQ(late.refusals.at("STALE_VERSION"), 1u);
  EXPECT_EQ(figure_of(world_, "JG103759A")->annual, values::Money::pence(4'000'000));
}

TEST_F(YearlyBatchJob, WhatHmrcCouldNotSayMayBeAskedAgainAndAnUnknownPersonIsNot) {
  const auto ids = ask({"JG103759A", "JG103760A"});
  const auto receipt =
      import(world_, answer_file({.answers = {with_status(ids[0], "UNAVAILABLE"),
                                              with_status(ids[1], "UNKNOWN_PERSON")}}));
  EXPECT_EQ(receipt.answers.unavailable, 1);
  EXPECT_EQ(receipt.answers.kept, 1);
  const auto next = run_export(world_, folder_, kToday.plus_days(1));
  EXPECT_EQ(next.questions, 1u);
  EXPECT_EQ(next.plan.answered, 1u);
  const auto again = texts_of(folder_.files[next.file], "RequestId");
  EXPECT_NE(again, std::vector<std::string>{ids[0]});
}

TEST_F(YearlyBatchJob, UnearnedIncomeNobodyAskedForIsNotKept) {
  const auto ids = ask({"JG103759A"});
  auto answer = available(ids[0], 3'000'000);
  answer.inner += "<Unearned><Property>100.00</Property></Unearned>";
  const auto receipt = import(world_, answer_file({.answers = {answer}}));
  EXPECT_EQ(receipt.unearned_dropped, 1u);
  EXPECT_EQ(receipt.answers.kept, 1);
  EXPECT_TRUE(figure_of(world_, "JG103759A")->unearned.empty());
}

TEST_F(YearlyBatchJob, KeepsNothingOfAPersonWithoutAnOpenCase) {
  const auto ids = ask({"JG103759A"});
  auto closed = case_of("JG103759A", "JG103759A");
  closed.version = 2;
  closed.status = facts::CaseStatus::closed;
  world_.add_case(closed);
  const auto receipt = import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}}));
  EXPECT_EQ(receipt.answers.not_needed, 1);
  EXPECT_FALSE(figure_of(world_, "JG103759A").has_value());
  EXPECT_EQ(world_.store().count_open_file_questions().value(), 0u);
}

TEST_F(YearlyBatchJob, RefusesAFileOfAnotherSiteAndAFileOfNoForm) {
  const auto ids = ask({"JG103759A"});
  const auto other =
      import(world_, answer_file({.site = "elsewhere", .answers = {available(ids[0], 3'000'000)}}));
  EXPECT_EQ(other.outcome, FileOutcome::refused);
  EXPECT_EQ(other.why->field, "/YearlyAnswer/Header/Site");
  const auto entries = audit_entries(world_);
  import(world_, answer_file({.site = "elsewhere", .answers = {available(ids[0], 3'000'000)}}));
  EXPECT_EQ(audit_entries(world_), entries) << "refused once, noted once";
  EXPECT_EQ(import(world_, "<x/>").outcome, FileOutcome::refused);
  EXPECT_EQ(import(world_, answer_file({.answers = {available(ids[0], 3'000'000)}})).outcome,
            FileOutcome::accepted);
}

// ---- a store that fails -----------------------------------------------------------------------

/// Export, answer, import, each tried again until it is done, with the nth write failing. Gives
/// false when no write was left to fail.
bool day_with_a_failing_write(std::int64_t nth, Fault fault) {
  const TempFolder temp;
  const std::string file = temp.file("store.db");
  Folder folder;
  FaultyVfs::plan(Fault::none, 0);
  {
    World world(file, FaultyVfs::name());
    world.add_case(case_of("JG103759A", "1"));
    world.add_case(case_of("JG103760A", "2"));
  }
  FaultyVfs::plan(fault, nth);
  bool hit = false;
  const auto until_done = [&](const auto& work) {
    for (int attempt = 1; attempt <= 3; ++attempt) {
      World world(file, FaultyVfs::name());
      const bool done = world.is_open() && work(world);
      hit = hit || FaultyVfs::writes() >= nth;
      if (hit) FaultyVfs::plan(Fault::none, 0);
      if (done) return;
    }
    ADD_FAILURE() << "not done in three attempts";
  };
  until_done([&](World& world) { return try_export(world, folder).has_value(); });
  until_done([&](World& world) { return try_export(world, folder).has_value(); });
  EXPECT_EQ(folder.files.size(), 1u) << "nobody is asked twice";
  const auto ids = texts_of(folder.files.begin()->second, "RequestId");
  EXPECT_EQ(ids.size(), 2u);
  if (ids.size() != 2) return false;
  const std::string answers =
      answer_file({.answers = {available(ids[0], 3'000'000), available(ids[1], 2'000'000)}});
  until_done([&](World& world) {
    const auto receipt = try_import(world, answers);
    return receipt.has_value() && (receipt->outcome == FileOutcome::accepted ||
                                   receipt->outcome == FileOutcome::duplicate);
  });
  FaultyVfs::plan(Fault::none, 0);
  World world(file, FaultyVfs::name());
  EXPECT_EQ(figure_of(world, "JG103759A")->annual, values::Money::pence(3'000'000));
  EXPECT_EQ(figure_of(world, "JG103760A")->annual, values::Money::pence(2'000'000));
  EXPECT_EQ(world.store().count_open_file_questions().value(), 0u);
  EXPECT_TRUE(world.store().unfinished_documents()->empty());
  EXPECT_EQ(import(world, answers).outcome, FileOutcome::duplicate);
  return hit;
}

TEST(YearlyBatchStore, WhicheverWriteFailsNobodyIsAskedTwiceAndNoAnswerIsLost) {
  for (const Fault fault : {Fault::fails_once, Fault::fails_on}) {
    std::int64_t nth = 1;
    while (day_with_a_failing_write(nth, fault)) {
      if (testing::Test::HasFailure()) {
        FAIL() << "write " << nth;
      }
      ++nth;
    }
    EXPECT_GT(nth, 20);
  }
}

}  // namespace
}  // namespace ig::core::jobs
