#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

namespace ig::tests::contract::store {
namespace {

using core::base::ErrorCode;
using core::ports::DocumentState;
using core::ports::StagedFact;
using core::values::DocumentId;
using core::values::PersonId;

class Documents : public EveryStore {
 protected:
  void SetUp() override {
    register_cases(store(), {a_case("cms", "1", 1), a_case("cms", "2", 2), a_case("cms", "3", 3)});
    first_ = person(store(), 1);
    second_ = person(store(), 2);
  }

  /// Adds a document and stages facts in one unit; gives which were new.
  std::vector<bool> stage(DocumentId& document, const std::vector<StagedFact>& facts) {
    auto unit = store().begin();
    const auto added = (*unit)->add_document("fps", "june.xml", at(0));
    core::base::require(added.has_value(), "a document is added");
    document = *added;
    const auto fresh = (*unit)->stage(document, facts);
    EXPECT_TRUE(fresh.has_value()) << (fresh ? "" : fresh.error().message);
    EXPECT_TRUE((*unit)->commit().has_value());
    return fresh ? *fresh : std::vector<bool>{};
  }
  core::base::Result<void> accept(DocumentId document, const std::string& sha256) {
    auto unit = store().begin();
    const auto done = (*unit)->accept(document, sha256, 1234, "{}");
    if (!done) return done;
    return (*unit)->commit();
  }
  core::base::Result<void> refuse(DocumentId document, const std::string& sha256) {
    auto unit = store().begin();
    const auto done = (*unit)->refuse(document, sha256, 1234, "{}");
    if (!done) return done;
    return (*unit)->commit();
  }
  std::size_t seen(PersonId person, std::int64_t until = core::ports::Store::kAllAccepted) {
    return store().facts_of(person, at(1), until)->size();
  }

  PersonId first_, second_;
};

TEST_P(Documents, AreSeenToBeCommittedByOthersOnly) {
  const auto before = store().commits_of_others();
  ASSERT_TRUE(before.has_value());
  DocumentId document;
  stage(document, {});
  EXPECT_EQ(store().commits_of_others().value(), *before) << "its own commit is not another's";
  const auto other = memory().open();
  auto theirs = other->begin();
  ASSERT_TRUE((*theirs)->add_document("fps", "july.xml", at(0)).has_value());
  EXPECT_EQ(store().commits_of_others().value(), *before) << "nor is what is not committed";
  ASSERT_TRUE((*theirs)->commit().has_value());
  const auto unit = store().begin();
  EXPECT_NE(store().commits_of_others().value(), *before);
}

TEST_P(Documents, StagedFactsAreSeenByNobodyUntilTheDocumentIsAccepted) {
  DocumentId document;
  EXPECT_EQ(stage(document, {a_payment(first_, 1), a_payment(first_, 2)}),
            (std::vector<bool>{true, true}));
  EXPECT_EQ(seen(first_), 0U);
  EXPECT_TRUE(store().payments_of(first_, at(1))->empty());
  EXPECT_FALSE(store().fact(id32(1))->has_value());
  EXPECT_TRUE(store().people_of(document, {}, 10)->empty());
  EXPECT_TRUE(store().people_with_payments({}, 10)->empty());
  ASSERT_TRUE(accept(document, "aa").has_value());
  EXPECT_EQ(seen(first_), 2U);
  EXPECT_EQ(store().payments_of(first_, at(1))->size(), 2U);
  EXPECT_TRUE(store().fact(id32(1))->has_value());
  EXPECT_EQ(*store().people_of(document, {}, 10), std::vector<PersonId>{first_});
  EXPECT_EQ(*store().people_with_payments({}, 10), std::vector<PersonId>{first_});
}

TEST_P(Documents, AFactComesBackAsItWasWithThePersonInPlaceOfTheIdentity) {
  DocumentId document;
  stage(document, {a_payment(first_, 1)});
  ASSERT_TRUE(accept(document, "aa").has_value());
  reopen();
  const auto payments = store().payments_of(first_, at(1));
  ASSERT_EQ(payments->size(), 1U);
  const StagedFact staged = a_payment(first_, 1);
  const auto& told = std::get<core::facts::Payment>(staged.fact);
  const auto& got = payments->front();
  EXPECT_EQ(got.header.fact_id, told.header.fact_id);
  EXPECT_EQ(got.header.received_at, told.header.received_at);
  EXPECT_EQ(got.header.source.position, told.header.source.position);
  EXPECT_EQ(got.employment, told.employment);
  EXPECT_EQ(got.taxable_pay, told.taxable_pay);
  EXPECT_EQ(got.paid_on, told.paid_on);
  EXPECT_EQ(got.header.subject.person, first_);
  EXPECT_FALSE(got.header.subject.nino.has_value());
  EXPECT_TRUE(got.header.subject.surname.reveal().empty());
}

TEST_P(Documents, ARefusedDocumentLeavesItsReceiptAndNoFact) {
  DocumentId document;
  stage(document, {a_payment(first_, 1)});
  ASSERT_TRUE(refuse(document, "aa").has_value());
  EXPECT_EQ(seen(first_), 0U);
  const auto kept = store().document_by_hash("aa");
  ASSERT_TRUE(kept.has_value() && kept->has_value());
  EXPECT_EQ((*kept)->state, DocumentState::refused);
  EXPECT_EQ((*kept)->receipt, "{}");
  EXPECT_TRUE(store().unfinished_documents()->empty());
  DocumentId again;
  EXPECT_EQ(stage(again, {a_payment(first_, 1)}), std::vector<bool>{true});
}

TEST_P(Documents, AFactThatIsThereIsNotStoredAgain) {
  DocumentId first;
  stage(first, {a_payment(first_, 1)});
  ASSERT_TRUE(accept(first, "aa").has_value());
  DocumentId second;
  EXPECT_EQ(stage(second, {a_payment(first_, 1), a_payment(first_, 2), a_payment(first_, 2)}),
            (std::vector<bool>{false, true, false}));
  ASSERT_TRUE(accept(second, "bb").has_value());
  EXPECT_EQ(seen(first_), 2U);
}

TEST_P(Documents, FactsOfADocumentThatNobodyFinishedDoNotHideTheSameFactsOfAnother) {
  DocumentId left;
  stage(left, {a_payment(first_, 1)});
  DocumentId again;
  EXPECT_EQ(stage(again, {a_payment(first_, 1)}), std::vector<bool>{true});
  ASSERT_TRUE(accept(again, "aa").has_value());
  EXPECT_EQ(seen(first_), 1U);
  ASSERT_TRUE(refuse(left, "aa").has_value());
  EXPECT_EQ(seen(first_), 1U);
}

TEST_P(Documents, TwoDocumentsWithOneFactBothAcceptedGiveItOnce) {
  DocumentId one;
  DocumentId other;
  stage(one, {a_payment(first_, 1), a_payment(first_, 2)});
  stage(other, {a_payment(first_, 2), a_payment(first_, 3)});
  ASSERT_TRUE(accept(one, "aa").has_value());
  ASSERT_TRUE(accept(other, "bb").has_value());
  EXPECT_EQ(seen(first_), 3U);
}

TEST_P(Documents, TheSameBytesAreAcceptedOnce) {
  DocumentId one;
  DocumentId other;
  stage(one, {a_payment(first_, 1)});
  stage(other, {a_payment(first_, 2)});
  ASSERT_TRUE(accept(one, "aa").has_value());
  const auto again = accept(other, "aa");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::DUPLICATE_DOCUMENT);
  ASSERT_TRUE(refuse(other, "aa").has_value());
  EXPECT_EQ((*store().document_by_hash("aa"))->id, one);
}

TEST_P(Documents, TheSameBytesAreAcceptedAgainForWhatIsNewInThem) {
  DocumentId one;
  stage(one, {a_payment(first_, 1)});
  ASSERT_TRUE(accept(one, "aa").has_value());
  for (int time = 2; time <= 3; ++time) {
    DocumentId again;
    stage(again, {a_payment(second_, time)});
    auto unit = store().begin();
    ASSERT_TRUE((*unit)->accept_again(again, "aa", 1234, "{}").has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
    EXPECT_EQ(seen(second_), static_cast<std::size_t>(time - 1));
  }
}

TEST_P(Documents, ADocumentIsAcceptedOrRefusedOnce) {
  DocumentId document;
  stage(document, {a_payment(first_, 1)});
  ASSERT_TRUE(accept(document, "aa").has_value());
  EXPECT_EQ(refuse(document, "aa").error().code, ErrorCode::NOT_FOUND);
  auto unit = store().begin();
  const std::vector<StagedFact> more{a_payment(first_, 2)};
  EXPECT_EQ((*unit)->stage(document, more).error().code, ErrorCode::NOT_FOUND);
}

TEST_P(Documents, UnfinishedOnesAreFoundAfterARestartWithHowFarTheyCame) {
  DocumentId staged;
  DocumentId accepted;
  stage(staged, {a_payment(first_, 1)});
  stage(accepted, {a_payment(first_, 2), a_payment(second_, 3)});
  ASSERT_TRUE(accept(accepted, "aa").has_value());
  auto unit = store().begin();
  ASSERT_TRUE((*unit)->worked_through(accepted, first_, false).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  reopen();
  const auto open = store().unfinished_documents();
  ASSERT_EQ(open->size(), 2U);
  EXPECT_EQ((*open)[0].state, DocumentState::staged);
  EXPECT_EQ((*open)[1].state, DocumentState::accepted);
  EXPECT_EQ((*open)[1].worked_through, first_);
  EXPECT_EQ((*open)[1].sha256, "aa");
  EXPECT_EQ((*open)[1].bytes, 1234U);
  EXPECT_EQ(*store().people_of(accepted, first_, 10), std::vector<PersonId>{second_});
  unit = store().begin();
  ASSERT_TRUE((*unit)->worked_through(accepted, second_, true).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_EQ(store().unfinished_documents()->size(), 1U);
}

TEST_P(Documents, FactsCanBeReadAsTheyStoodWhenADecisionWasMade) {
  DocumentId one;
  stage(one, {a_payment(first_, 1)});
  ASSERT_TRUE(accept(one, "aa").has_value());
  const auto then = store().accepted_until();
  DocumentId other;
  stage(other, {a_payment(first_, 2)});
  ASSERT_TRUE(accept(other, "bb").has_value());
  EXPECT_GT(*store().accepted_until(), *then);
  EXPECT_EQ(seen(first_, *then), 1U);
  EXPECT_EQ(seen(first_), 2U);
  EXPECT_EQ(store().payments_of(first_, at(1), *then)->size(), 1U);
}

TEST_P(Documents, WhatWasReceivedAtOrAfterTheMomentIsNotKnownYet) {
  DocumentId document;
  stage(document, {a_payment(first_, 1)});
  ASSERT_TRUE(accept(document, "aa").has_value());
  EXPECT_TRUE(store().facts_of(first_, at(0))->empty());
  EXPECT_EQ(store().facts_of(first_, at(1))->size(), 1U);
}

TEST_P(Documents, TheLatestYearlyFigureIsTheOneReceivedLast) {
  DocumentId document;
  stage(document, {a_yearly_figure(first_, 300, at(30)), a_yearly_figure(first_, 200, at(20)),
                   a_payment(first_, 1)});
  EXPECT_FALSE(store().latest_yearly(first_)->has_value());
  ASSERT_TRUE(accept(document, "aa").has_value());
  const auto latest = store().latest_yearly(first_);
  ASSERT_TRUE(latest.has_value() && latest->has_value());
  EXPECT_EQ((*latest)->annual, core::values::Money::pence(300));
  EXPECT_FALSE(store().latest_yearly(second_)->has_value());
}

TEST_P(Documents, PagesThroughPeopleInOrder) {
  DocumentId document;
  stage(document, {a_payment(person(store(), 3), 1), a_payment(first_, 2), a_payment(second_, 3)});
  ASSERT_TRUE(accept(document, "aa").has_value());
  const auto page = store().people_of(document, {}, 2);
  EXPECT_EQ(*page, (std::vector<PersonId>{first_, second_}));
  EXPECT_EQ(*store().people_of(document, page->back(), 2),
            std::vector<PersonId>{person(store(), 3)});
  EXPECT_EQ(store().people_with_payments(second_, 9)->size(), 1U);
}

TEST_P(Documents, KeepsRawBytesAndRefusals) {
  auto unit = store().begin();
  const auto document = (*unit)->add_document("yearly", "request-1", at(0));
  ASSERT_TRUE((*unit)->keep_raw(*document, std::string_view("{\0}", 3)).has_value());
  const std::vector<core::ports::Refused> refused{
      {"/Employee[2]", "INVALID_MONEY", "/Pay", "not money"},
      {"/Employee[5]", "AMBIGUOUS_PERSON", "Name", "no NINO"}};
  EXPECT_TRUE((*unit)->add_refused(*document, refused).has_value());
  EXPECT_TRUE((*unit)->refuse(*document, "ab", 3, "{}").has_value());
  EXPECT_TRUE((*unit)->commit().has_value());
  const auto kept = store().refused_of("ab", 10);
  ASSERT_EQ(kept->size(), 2U);
  EXPECT_EQ((*kept)[0].position, "/Employee[2]");
  EXPECT_EQ((*kept)[1].code, "AMBIGUOUS_PERSON");
  EXPECT_EQ((*kept)[1].field, "Name");
  EXPECT_EQ((*kept)[1].message, "no NINO");
  EXPECT_EQ(store().refused_of("ab", 1)->size(), 1U);
  EXPECT_TRUE(store().refused_of("cd", 10)->empty());
}

TEST_P(Documents, AFactWithoutAProperIdIsRefused) {
  auto unit = store().begin();
  const auto document = (*unit)->add_document("fps", "x", at(0));
  std::vector<StagedFact> bad{a_payment(first_, 1)};
  core::facts::header(bad[0].fact).fact_id = "not hex";
  EXPECT_EQ((*unit)->stage(*document, bad).error().code, ErrorCode::INVALID_TEXT);
}

IG_ON_EVERY_STORE(Documents);

}  // namespace
}  // namespace ig::tests::contract::store
