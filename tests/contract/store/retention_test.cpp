#include "core/ports/retention.hpp"

#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

#include <fmt/format.h>

namespace ig::tests::contract::store {
namespace {

using core::base::ErrorCode;
using core::ports::DataClass;
using core::ports::LegalHold;
using core::ports::RetentionCount;
using core::ports::RetentionCutoffs;
using core::ports::RetentionLine;
using core::ports::RetentionRun;
using core::values::CaseKey;
using core::values::DocumentId;
using core::values::PersonId;

const CaseKey kFirst{"cms", "1", "PP1"};
const CaseKey kSecond{"cms", "2", "PP1"};

/// Everything is made at at(0); with these cutoffs all of it is old.
const RetentionCutoffs kAllOld{at(1000), at(1000), at(1000), at(1000)};

class Retention : public EveryStore {
 protected:
  void SetUp() override {
    register_cases(store(), {a_case("cms", "1", 1), a_case("cms", "2", 2)});
    first_ = person(store(), 1);
    second_ = person(store(), 2);
  }

  /// Takes in a file with a payment and its evidence for each number.
  DocumentId take_in(PersonId person, const std::vector<int>& numbers, bool finished = true) {
    auto unit = store().begin();
    const auto document = (*unit)->add_document("fps", "june.xml", at(0));
    std::vector<core::ports::StagedFact> facts;
    std::uint64_t at_byte = 0;
    for (const int number : numbers) {
      facts.push_back(a_payment(person, number));
      facts.back().evidence = fmt::format("<Employee>{}</Employee>", number);
      facts.back().byte_from = at_byte;
      facts.back().byte_to = at_byte += facts.back().evidence.size();
    }
    EXPECT_TRUE((*unit)->stage(*document, facts).has_value());
    const std::string hash = fmt::format("hash {}", numbers.front());
    EXPECT_TRUE((*unit)->accept(*document, hash, at_byte, "{}").has_value());
    EXPECT_TRUE((*unit)->worked_through(*document, person, finished).has_value());
    EXPECT_TRUE((*unit)->commit().has_value());
    return *document;
  }
  void keep_raw(DocumentId document) {
    auto unit = store().begin();
    EXPECT_TRUE((*unit)->keep_raw(document, "reply").has_value());
    EXPECT_TRUE((*unit)->commit().has_value());
  }
  void decide(const CaseKey& key) {
    auto decision = a_decision(**store().case_of(key), "made-up");
    decision.made_at = at(0);
    decision.accepted_until = *store().accepted_until();
    auto unit = store().begin();
    const auto id = (*unit)->add_decision(decision);
    EXPECT_TRUE(id.has_value());
    EXPECT_TRUE((*unit)
                    ->add_trigger(a_trigger(key, static_cast<int>(id->value)),
                                  core::triggers::Mode::shadow, *id, at(0), "c0ffee")
                    .has_value());
    EXPECT_TRUE((*unit)->commit().has_value());
  }
  void close(int number, core::values::Instant when = at(0)) {
    auto record = a_case("cms", std::to_string(number), number, 2);
    record.status = core::facts::CaseStatus::closed;
    auto unit = store().begin();
    EXPECT_TRUE((*unit)->put_case(record, when).has_value());
    EXPECT_TRUE((*unit)->commit().has_value());
  }
  std::int64_t hold(const LegalHold& hold) {
    auto unit = store().begin();
    const auto id = (*unit)->place_hold(hold);
    EXPECT_TRUE(id.has_value());
    EXPECT_TRUE((*unit)->commit().has_value());
    return id ? *id : 0;
  }
  static LegalHold hold_on(PersonId person) {
    LegalHold out;
    out.person = person;
    out.reason = "an appeal";
    out.placed_by = "a.name";
    out.placed_at = at(0);
    return out;
  }
  void say(int entries) {
    for (int i = 0; i < entries; ++i) {
      auto unit = store().begin();
      EXPECT_TRUE((*unit)->audit({at(i), "system", "SAID", "made-up", "x"}).has_value());
      EXPECT_TRUE((*unit)->commit().has_value());
    }
  }

  RetentionLine line(DataClass of, const RetentionCutoffs& cutoffs = kAllOld) {
    const auto plan = store().retention_plan(cutoffs);
    EXPECT_TRUE(plan.has_value()) << (plan ? "" : plan.error().message);
    return plan ? (*plan)[static_cast<std::size_t>(of)] : RetentionLine{};
  }
  /// Removes a class in batches of `max`; gives what went.
  RetentionCount remove(DataClass of, std::size_t max = 2,
                        const RetentionCutoffs& cutoffs = kAllOld) {
    RetentionCount out;
    std::int64_t after = 0;
    for (int batch = 0; batch < 100; ++batch) {
      auto unit = store().begin();
      const auto step = (*unit)->remove_expired(of, cutoffs, after, max, at(2000));
      EXPECT_TRUE(step.has_value()) << (step ? "" : step.error().message);
      if (!step) return out;
      EXPECT_TRUE((*unit)->commit().has_value());
      out.rows += step->removed.rows;
      out.bytes += step->removed.bytes;
      if (step->finished) return out;
      EXPECT_GT(step->after, after);
      after = step->after;
    }
    ADD_FAILURE() << "a class ends";
    return out;
  }
  /// Removes every class in order; what goes is what the plan says.
  void remove_all() {
    for (std::size_t i = 0; i < core::ports::kDataClasses; ++i) {
      const auto of = static_cast<DataClass>(i);
      const RetentionCount planned = line(of).removable;
      EXPECT_EQ(remove(of), planned) << name(of);
      EXPECT_EQ(line(of).removable, RetentionCount{}) << name(of);
    }
  }
  std::size_t facts_of(PersonId person) { return store().facts_of(person, at(1))->size(); }

  PersonId first_, second_;
};

TEST_P(Retention, OfAnOpenCaseOnlyRawBytesGo) {
  const DocumentId document = take_in(first_, {1, 2, 3});
  keep_raw(document);
  decide(kFirst);
  EXPECT_EQ(line(DataClass::raw_reply).removable, (RetentionCount{1, 5}));
  EXPECT_EQ(line(DataClass::evidence).removable.rows, 3U);
  EXPECT_EQ(line(DataClass::fact).busy.rows, 3U);
  EXPECT_EQ(line(DataClass::decision).busy.rows, 1U);
  EXPECT_EQ(line(DataClass::identity).busy.rows, 2U);
  remove_all();
  EXPECT_EQ(facts_of(first_), 3U);
  EXPECT_TRUE(store().decision({1})->has_value());
  EXPECT_TRUE(store().identity(first_).has_value());
}

TEST_P(Retention, WhatIsYoungStaysAndWithoutACutoffEverything) {
  keep_raw(take_in(first_, {1}));
  decide(kFirst);
  close(1);
  say(1);
  for (const RetentionCutoffs& cutoffs :
       {RetentionCutoffs{at(0), at(0), at(0), at(0)}, RetentionCutoffs{}}) {
    const auto plan = store().retention_plan(cutoffs);
    for (std::size_t i = 0; i < core::ports::kDataClasses; ++i) {
      EXPECT_EQ((*plan)[i].removable.rows, 0U) << name(static_cast<DataClass>(i));
      EXPECT_EQ(remove(static_cast<DataClass>(i), 2, cutoffs), RetentionCount{});
    }
    EXPECT_EQ((*plan)[static_cast<std::size_t>(DataClass::fact)].young.rows, 1U);
  }
}

TEST_P(Retention, OfAClosedCaseEverythingOldGoesAndTheTriggerStays) {
  keep_raw(take_in(first_, {1, 2, 3}));
  decide(kFirst);
  close(1);
  remove_all();
  reopen();
  EXPECT_EQ(facts_of(first_), 0U);
  EXPECT_FALSE(store().decision({1})->has_value());
  EXPECT_EQ(store().identity(first_).error().code, ErrorCode::NOT_FOUND);
  EXPECT_FALSE(store().person_of(nino(1))->has_value());
  const auto trigger = store().trigger(id32(1));
  ASSERT_TRUE(trigger->has_value());
  EXPECT_FALSE((*trigger)->trigger.weekly.has_value());
  EXPECT_EQ((*trigger)->trigger.case_key, kFirst);
  EXPECT_EQ((*trigger)->decision.value, 0);
  const auto of = store().case_of(kFirst);
  ASSERT_TRUE(of->has_value());
  EXPECT_FALSE((*of)->record.in_force.has_value());
  EXPECT_EQ((*of)->record.version, 2);
  EXPECT_TRUE(store().identity(second_).has_value());
}

TEST_P(Retention, ATriggerIdIsNotRaisedAgainAfterItsDecisionWent) {
  decide(kFirst);
  close(1);
  remove_all();
  auto unit = store().begin();
  const auto added =
      (*unit)->add_trigger(a_trigger(kFirst, 1), core::triggers::Mode::live, {}, at(0), "c0ffee");
  EXPECT_FALSE(*added);
}

TEST_P(Retention, ADocumentIsStillKnownByItsHashAfterItsFactsWent) {
  take_in(first_, {1});
  close(1);
  remove_all();
  const auto document = store().document_by_hash("hash 1");
  ASSERT_TRUE(document->has_value());
  EXPECT_EQ((*document)->state, core::ports::DocumentState::accepted);
}

TEST_P(Retention, EveryFactADecisionCouldSeeStaysAsLongAsTheDecision) {
  take_in(first_, {4, 5});
  decide(kFirst);
  take_in(first_, {6});
  close(1);
  const RetentionCutoffs cutoffs{at(1000), at(1000), at(0), at(0)};
  const RetentionLine facts = line(DataClass::fact, cutoffs);
  EXPECT_EQ(facts.needed.rows, 2U);
  EXPECT_EQ(facts.removable.rows, 1U);
  EXPECT_EQ(line(DataClass::decision, cutoffs).young.rows, 1U);
  EXPECT_EQ(line(DataClass::identity, cutoffs).needed.rows, 1U);
  EXPECT_EQ(remove(DataClass::fact, 2, cutoffs).rows, 1U);
  EXPECT_TRUE(store().fact(id32(4))->has_value());
  EXPECT_FALSE(store().fact(id32(6))->has_value());
}

TEST_P(Retention, ACaseThatWasClosedLatelyKeepsWhatItHas) {
  take_in(first_, {1});
  decide(kFirst);
  close(1, at(5000));
  EXPECT_EQ(line(DataClass::fact).young.rows, 1U);
  EXPECT_EQ(line(DataClass::decision).young.rows, 1U);
  EXPECT_EQ(line(DataClass::identity).young.rows, 1U);
}

TEST_P(Retention, ADeliveryThatWaitsKeepsItsPerson) {
  take_in(first_, {1});
  raise(store(), kFirst, {7});
  close(1);
  EXPECT_EQ(line(DataClass::fact).busy.rows, 1U);
  auto unit = store().begin();
  ASSERT_TRUE((*unit)->claim(at(1), 10, std::chrono::seconds{60}).has_value());
  ASSERT_TRUE((*unit)->delivered(id32(7), applied(), at(2)).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_EQ(line(DataClass::fact).removable.rows, 1U);
}

TEST_P(Retention, WhatIsNotWorkedThroughStays) {
  keep_raw(take_in(first_, {1}, false));
  close(1);
  for (const DataClass of : {DataClass::raw_reply, DataClass::evidence, DataClass::fact}) {
    EXPECT_EQ(line(of).busy.rows, 1U) << name(of);
    EXPECT_EQ(remove(of), RetentionCount{}) << name(of);
  }
}

TEST_P(Retention, DataUnderAHoldNeverGoesUntilItIsReleased) {
  keep_raw(take_in(first_, {1, 2}));
  keep_raw(take_in(second_, {3}));
  decide(kFirst);
  decide(kSecond);
  say(3);
  close(1);
  close(2);
  const std::int64_t id = hold(hold_on(first_));
  EXPECT_EQ(line(DataClass::raw_reply).held.rows, 1U);
  EXPECT_EQ(line(DataClass::evidence).held.rows, 2U);
  EXPECT_EQ(line(DataClass::decision).held.rows, 1U);
  EXPECT_EQ(line(DataClass::fact).held.rows, 2U);
  EXPECT_EQ(line(DataClass::identity).held.rows, 1U);
  EXPECT_EQ(line(DataClass::audit).held.rows, 3U);
  remove_all();
  EXPECT_EQ(facts_of(first_), 2U);
  EXPECT_EQ(facts_of(second_), 0U);
  EXPECT_TRUE(store().identity(first_).has_value());
  EXPECT_TRUE(store().decision({1})->has_value());
  auto unit = store().begin();
  ASSERT_TRUE((*unit)->release_hold(id, "it is over", "b.name", at(1)).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  unit->reset();
  remove_all();
  EXPECT_EQ(facts_of(first_), 0U);
  EXPECT_FALSE(store().identity(first_).has_value());
}

TEST_P(Retention, AHoldOnACaseCoversEverybodyItWasEverAbout) {
  take_in(first_, {1});
  take_in(second_, {2});
  auto corrected = a_case("cms", "1", 3, 2);
  corrected.status = core::facts::CaseStatus::closed;
  auto unit = store().begin();
  ASSERT_TRUE((*unit)->put_case(corrected, at(0)).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  unit->reset();
  LegalHold on_case = hold_on(first_);
  on_case.person.reset();
  on_case.case_key = kFirst;
  hold(on_case);
  close(2);
  EXPECT_EQ(line(DataClass::fact).held.rows, 1U);
  EXPECT_EQ(line(DataClass::identity).held.rows, 2U);
  EXPECT_EQ(line(DataClass::fact).removable.rows, 1U);
}

TEST_P(Retention, AReplyNobodyCanPlaceStaysWhileThereIsAnyHold) {
  {
    auto unit = store().begin();
    const auto document = (*unit)->add_document("yearly", "reply", at(0));
    ASSERT_TRUE((*unit)->keep_raw(*document, "nothing is known").has_value());
    ASSERT_TRUE((*unit)->accept(*document, "aa", 1, "{}").has_value());
    ASSERT_TRUE((*unit)->worked_through(*document, {}, true).has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  EXPECT_EQ(line(DataClass::raw_reply).removable.rows, 1U);
  hold(hold_on(first_));
  EXPECT_EQ(line(DataClass::raw_reply).held.rows, 1U);
}

TEST_P(Retention, HoldsComeBackAsTheyWerePlacedAndReleased) {
  LegalHold on_case = hold_on(first_);
  on_case.person.reset();
  on_case.case_key = kSecond;
  const std::int64_t one = hold(hold_on(first_));
  const std::int64_t two = hold(on_case);
  {
    auto unit = store().begin();
    ASSERT_TRUE((*unit)->release_hold(one, "over", "b.name", at(9)).has_value());
    EXPECT_EQ((*unit)->release_hold(one, "over", "b.name", at(9)).error().code,
              ErrorCode::NOT_FOUND);
    LegalHold nobody = hold_on({99});
    EXPECT_EQ((*unit)->place_hold(nobody).error().code, ErrorCode::NOT_FOUND);
    nobody.person.reset();
    nobody.case_key = CaseKey{"cms", "99", "PP1"};
    EXPECT_EQ((*unit)->place_hold(nobody).error().code, ErrorCode::NOT_FOUND);
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  reopen();
  const auto in_force = store().legal_holds(false);
  ASSERT_EQ(in_force->size(), 1U);
  EXPECT_EQ(in_force->front().id, two);
  EXPECT_EQ(in_force->front().case_key, kSecond);
  const auto all = store().legal_holds(true);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->front().person, first_);
  EXPECT_EQ(all->front().reason, "an appeal");
  EXPECT_EQ(all->front().placed_by, "a.name");
  EXPECT_EQ(all->front().released_at, at(9));
  EXPECT_EQ(all->front().released_by, "b.name");
  EXPECT_EQ(all->front().release_reason, "over");
}

TEST_P(Retention, APersonWhoComesBackIsANewOneAndTheirCaseGoesOn) {
  close(1);
  remove_all();
  const auto back = a_case("cms", "1", 1, 3);
  auto unit = store().begin();
  const auto outcome = (*unit)->put_case(back, at(3000));
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(*outcome, core::ports::CaseOutcome::updated);
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_NE(person(store(), 1), first_);
  EXPECT_TRUE((*store().case_of(kFirst))->record.in_force.has_value());
}

// ---- the audit --------------------------------------------------------------------------------

TEST_P(Retention, TheAuditGoesFromItsOldestEntryOnAndItsChainStaysWhole) {
  say(7);
  const RetentionCutoffs cutoffs{at(0), at(0), at(0), at(4)};
  EXPECT_EQ(line(DataClass::audit, cutoffs).removable.rows, 4U);
  EXPECT_EQ(line(DataClass::audit, cutoffs).young.rows, 3U);
  EXPECT_EQ(remove(DataClass::audit, 2, cutoffs).rows, 4U);
  const auto report = store().verify_audit();
  EXPECT_FALSE(report->first_broken.has_value()) << report->why;
  EXPECT_EQ(report->entries, 3U);
  EXPECT_EQ(report->removed, 4U);
  say(1);
  reopen();
  EXPECT_FALSE(store().verify_audit()->first_broken.has_value());
}

TEST_P(Retention, AnOldEntryBehindAYoungOneStays) {
  for (const int seconds : {1, 9, 2}) {
    auto unit = store().begin();
    ASSERT_TRUE((*unit)->audit({at(seconds), "system", "SAID", "made-up", ""}).has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  const RetentionCutoffs cutoffs{at(0), at(0), at(0), at(4)};
  EXPECT_EQ(line(DataClass::audit, cutoffs).removable.rows, 1U);
  EXPECT_EQ(remove(DataClass::audit, 10, cutoffs).rows, 1U);
}

TEST_P(Retention, AllOfTheAuditMayGoAndItGoesOnFromThere) {
  say(3);
  EXPECT_EQ(remove(DataClass::audit).rows, 3U);
  EXPECT_FALSE(store().verify_audit()->first_broken.has_value());
  say(2);
  const auto report = store().verify_audit();
  EXPECT_FALSE(report->first_broken.has_value()) << report->why;
  EXPECT_EQ(report->entries, 2U);
}

TEST_P(Retention, ACutThatThisStoreDidNotMakeIsFound) {
  for (const char* sql :
       {"DELETE FROM audit WHERE entry = 3", "DELETE FROM audit_start",
        "UPDATE audit_start SET entries = 3",
        "UPDATE audit_start SET (entries, hash) = (SELECT entry, hash FROM audit WHERE entry = 3)",
        "UPDATE audit_start SET seal = zeroblob(16)"}) {
    SCOPED_TRACE(sql);
    const auto memory = GetParam().make();
    {
      const auto store = memory->open();
      for (int i = 0; i < 5; ++i) {
        auto unit = store->begin();
        ASSERT_TRUE((*unit)->audit({at(i), "system", "SAID", "made-up", ""}).has_value());
        ASSERT_TRUE((*unit)->commit().has_value());
      }
      auto unit = store->begin();
      ASSERT_TRUE((*unit)
                      ->remove_expired(DataClass::audit, {at(0), at(0), at(0), at(2)}, 0, 10, at(9))
                      .has_value());
      ASSERT_TRUE((*unit)->commit().has_value());
      unit->reset();
      ASSERT_FALSE(store->verify_audit()->first_broken.has_value());
    }
    memory->tamper(sql);
    EXPECT_TRUE(memory->open()->verify_audit()->first_broken.has_value());
  }
}

// ---- runs -------------------------------------------------------------------------------------

TEST_P(Retention, ARunIsOpenUntilItIsEnded) {
  EXPECT_FALSE(store().open_retention_run()->has_value());
  RetentionRun run;
  run.started_at = at(1);
  run.cutoffs = {at(4), at(3), std::nullopt, std::nullopt};
  run.planned[3] = {5, 500};
  {
    auto unit = store().begin();
    const auto id = (*unit)->put_retention_run(run);
    ASSERT_TRUE(id.has_value());
    run.id = *id;
    run.removed[3] = {2, 200};
    ASSERT_TRUE((*unit)->put_retention_run(run).has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  reopen();
  const auto open = store().open_retention_run();
  ASSERT_TRUE(open->has_value());
  EXPECT_EQ((*open)->id, run.id);
  EXPECT_EQ((*open)->cutoffs, run.cutoffs);
  EXPECT_EQ((*open)->planned, run.planned);
  EXPECT_EQ((*open)->removed, run.removed);
  run.ended_at = at(9);
  auto unit = store().begin();
  ASSERT_TRUE((*unit)->put_retention_run(run).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_FALSE(store().open_retention_run()->has_value());
}

IG_ON_EVERY_STORE(Retention);

}  // namespace
}  // namespace ig::tests::contract::store
