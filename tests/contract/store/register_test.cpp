#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

namespace ig::tests::contract::store {
namespace {

using core::base::ErrorCode;
using core::facts::Basis;
using core::facts::CaseRecord;
using core::facts::CaseStatus;
using core::facts::InForce;
using core::ports::CaseOutcome;
using core::values::Date;
using core::values::Money;

class Register : public EveryStore {
 protected:
  core::base::Result<CaseOutcome> put(const CaseRecord& record) {
    auto unit = store().begin();
    if (!unit) return unit.error();
    const auto outcome = (*unit)->put_case(record, at(5));
    if (!outcome) return outcome;
    const auto done = (*unit)->commit();
    if (!done) return done.error();
    return outcome;
  }
  core::ports::RegisteredCase held(const CaseRecord& record) {
    const auto found = store().case_of(record.key);
    core::base::require(found.has_value() && found->has_value(), "the case is registered");
    return **found;
  }
};

TEST_P(Register, GivesBackACaseAsItWasToldExceptForTheIdentity) {
  const CaseRecord told = a_case("cms", "1", 7);
  ASSERT_EQ(*put(told), CaseOutcome::added);
  reopen();
  const auto found = held(told);
  EXPECT_EQ(found.record.key, told.key);
  EXPECT_EQ(found.record.version, 1);
  EXPECT_EQ(found.record.sent_at, told.sent_at);
  EXPECT_EQ(found.record.review_date, told.review_date);
  EXPECT_EQ(found.record.initial_effective_date, told.initial_effective_date);
  EXPECT_EQ(found.record.in_force->weekly, told.in_force->weekly);
  EXPECT_EQ(found.record.in_force->tax_year, told.in_force->tax_year);
  EXPECT_EQ(found.record.in_force->parts, told.in_force->parts);
  EXPECT_EQ(found.record.in_force->since, told.in_force->since);
  EXPECT_FALSE(found.record.person.nino.has_value());
  EXPECT_TRUE(found.record.person.surname.reveal().empty());
  EXPECT_EQ(found.record.person.person, found.person);
}

TEST_P(Register, KnowsOnePersonBehindSeveralCasesInTwoSystems) {
  register_cases(store(), {a_case("cms", "1", 7), a_case("cms", "2", 7), a_case("ni", "1", 7),
                           a_case("cms", "3", 8)});
  const auto cases = store().cases_of(person(store(), 7));
  ASSERT_TRUE(cases.has_value());
  ASSERT_EQ(cases->size(), 3U);
  EXPECT_EQ((*cases)[0].record.key.case_id, "1");
  EXPECT_EQ((*cases)[2].record.key.case_system, "ni");
  EXPECT_EQ(*store().count_cases(), 4U);
}

TEST_P(Register, FindsAPersonWhateverTheSuffix) {
  register_cases(store(), {a_case("cms", "1", 7)});
  const auto other_suffix = core::values::Nino::parse("NA000007B");
  const auto no_suffix = core::values::Nino::parse("NA000007");
  EXPECT_EQ(**store().person_of(*other_suffix), person(store(), 7));
  EXPECT_EQ(**store().person_of(*no_suffix), person(store(), 7));
  EXPECT_FALSE(store().person_of(nino(8))->has_value());
}

TEST_P(Register, TheSameLineTwiceChangesNothing) {
  const CaseRecord told = a_case("cms", "1", 7);
  ASSERT_EQ(*put(told), CaseOutcome::added);
  const auto before = held(told).history;
  EXPECT_EQ(*put(told), CaseOutcome::unchanged);
  EXPECT_EQ(held(told).history, before);
}

TEST_P(Register, ANewerVersionReplacesAndAnOlderOneDoesNot) {
  CaseRecord told = a_case("cms", "1", 7, 5);
  ASSERT_EQ(*put(told), CaseOutcome::added);
  CaseRecord newer = a_case("cms", "1", 7, 6);
  newer.review_date = Date::of(2027, 1, 2);
  EXPECT_EQ(*put(newer), CaseOutcome::updated);
  EXPECT_EQ(*put(told), CaseOutcome::stale);
  EXPECT_EQ(held(told).record.review_date, Date::of(2027, 1, 2));
}

TEST_P(Register, RefusesTheSameVersionWithOtherContentAndTheUnitGoesOn) {
  ASSERT_EQ(*put(a_case("cms", "1", 7)), CaseOutcome::added);
  CaseRecord other = a_case("cms", "1", 7);
  other.variation_in_force = true;
  auto unit = store().begin();
  const auto refused = (*unit)->put_case(other, at(5));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::CONTRADICTION);
  EXPECT_EQ(*(*unit)->put_case(a_case("cms", "2", 8), at(5)), CaseOutcome::added);
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_FALSE(held(other).record.variation_in_force);
  EXPECT_EQ(*store().count_cases(), 2U);
}

TEST_P(Register, ANameToldByAnotherSystemDoesNotMakeAnOldLineContradictItself) {
  const CaseRecord told = a_case("cms", "1", 7);
  ASSERT_EQ(*put(told), CaseOutcome::added);
  CaseRecord other = a_case("ni", "9", 7);
  other.person.surname = core::base::Sensitive(std::string("Jones"));
  ASSERT_EQ(*put(other), CaseOutcome::added);
  EXPECT_EQ(*put(told), CaseOutcome::unchanged);
  EXPECT_EQ(store().identity(person(store(), 7))->surname.reveal(), "Jones");
}

TEST_P(Register, KeepsWhatALaterLineDoesNotSayOfAPerson) {
  CaseRecord whole = a_case("cms", "1", 7);
  whole.person.other_surnames = {core::base::Sensitive(std::string("Baker")),
                                 core::base::Sensitive(std::string("de la Tour"))};
  ASSERT_EQ(*put(whole), CaseOutcome::added);
  CaseRecord thin = a_case("cms", "1", 7, 2);
  thin.person = {};
  thin.person.nino.emplace(*core::values::Nino::parse("NA000007"));
  ASSERT_EQ(*put(thin), CaseOutcome::updated);
  const auto who = store().identity(person(store(), 7));
  EXPECT_EQ(who->nino->reveal().reveal(), "NA000007A");
  EXPECT_EQ(who->forename.reveal(), "Amanda");
  EXPECT_EQ(who->date_of_birth->reveal(), Date::of(1960, 1, 15));
  EXPECT_EQ(who->other_surnames, whole.person.other_surnames);
}

TEST_P(Register, ALineWithoutANumberIsRefused) {
  CaseRecord nobody = a_case("cms", "1", 7);
  nobody.person.nino.reset();
  const auto refused = put(nobody);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::NO_PERSON);
}

TEST_P(Register, AFigureMovesOnAndTheOldStateCanBeReadBack) {
  const CaseRecord told = a_case("cms", "1", 7);
  ASSERT_EQ(*put(told), CaseOutcome::added);
  const auto before = held(told);
  auto unit = store().begin();
  InForce figure;
  figure.basis = Basis::current;
  figure.weekly = Money::pence(70000);
  ASSERT_TRUE(
      (*unit)->move_figure(told.key, figure, Date::of(2027, 3, 4), id32(9), at(60)).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  const auto after = held(told);
  EXPECT_GT(after.history, before.history);
  EXPECT_EQ(after.record.in_force->basis, Basis::current);
  EXPECT_EQ(after.record.in_force->weekly, Money::pence(70000));
  EXPECT_TRUE(after.record.in_force->parts.empty());
  EXPECT_EQ(after.record.review_date, Date::of(2027, 3, 4));
  EXPECT_EQ(after.record.version, 1);
  EXPECT_EQ(*put(told), CaseOutcome::unchanged);
  const auto then = store().case_at(before.history);
  ASSERT_TRUE(then.has_value());
  EXPECT_EQ(then->record.in_force->weekly, told.in_force->weekly);
  EXPECT_EQ(then->record.key, told.key);
}

TEST_P(Register, MovingTheFigureOfAnUnknownCaseIsAnError) {
  auto unit = store().begin();
  const auto moved = (*unit)->move_figure({"cms", "404", "PP1"}, {}, std::nullopt, "", at(0));
  ASSERT_FALSE(moved.has_value());
  EXPECT_EQ(moved.error().code, ErrorCode::NOT_FOUND);
}

TEST_P(Register, ListsOpenCasesDueForReviewByPersonThenCase) {
  CaseRecord late = a_case("cms", "4", 8);
  late.review_date = Date::of(2026, 12, 2);
  CaseRecord closed = a_case("cms", "5", 8);
  closed.status = CaseStatus::closed;
  CaseRecord without = a_case("cms", "6", 8);
  without.review_date.reset();
  register_cases(store(), {a_case("cms", "2", 7), a_case("cms", "3", 8), a_case("cms", "1", 7),
                           late, closed, without});
  const auto due = store().cases_with_review_until(Date::of(2026, 12, 1));
  ASSERT_TRUE(due.has_value());
  std::vector<std::string> ids;
  for (const auto& one : *due) ids.push_back(one.record.key.case_id);
  EXPECT_EQ(ids, (std::vector<std::string>{"1", "2", "3"}));
}

TEST_P(Register, VisitsEachPersonWithAnOpenCaseOnce) {
  CaseRecord closed = a_case("cms", "5", 9);
  closed.status = CaseStatus::closed;
  register_cases(store(),
                 {a_case("cms", "1", 7), a_case("ni", "1", 7), a_case("cms", "2", 8), closed});
  std::vector<std::uint64_t> seen;
  ASSERT_TRUE(store()
                  .each_person([&](std::uint64_t packed, std::span<const std::uint64_t>,
                                   core::values::PersonId) { seen.push_back(packed); })
                  .has_value());
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{nino(7).packed(), nino(8).packed()}));
}

TEST_P(Register, ACaseThatChangesHandsFollowsItsNewPerson) {
  ASSERT_EQ(*put(a_case("cms", "1", 7)), CaseOutcome::added);
  ASSERT_EQ(*put(a_case("cms", "1", 8, 2)), CaseOutcome::updated);
  EXPECT_TRUE(store().cases_of(person(store(), 7))->empty());
  EXPECT_EQ(store().cases_of(person(store(), 8))->size(), 1U);
}

TEST_P(Register, NothingOfADroppedUnitIsKept) {
  {
    auto unit = store().begin();
    ASSERT_TRUE((*unit)->put_case(a_case("cms", "1", 7), at(0)).has_value());
    EXPECT_EQ(*store().count_cases(), 1U);
  }
  EXPECT_EQ(*store().count_cases(), 0U);
  EXPECT_FALSE(store().person_of(nino(7))->has_value());
}

IG_ON_EVERY_STORE(Register);

}  // namespace
}  // namespace ig::tests::contract::store
