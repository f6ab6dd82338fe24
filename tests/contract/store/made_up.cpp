#include "tests/contract/store/made_up.hpp"

#include "core/base/require.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ig::tests::contract::store {

using core::base::Sensitive;
using core::facts::CaseRecord;
using core::facts::InForce;
using core::facts::Payment;
using core::facts::YearlyFigure;
using core::ports::StagedFact;
using core::triggers::Mode;
using core::triggers::Trigger;
using core::values::CaseKey;
using core::values::Date;
using core::values::Instant;
using core::values::Money;
using core::values::Nino;
using core::values::PersonId;
using core::values::TaxYear;

Instant at(std::int64_t seconds) {
  return *Instant::parse("2026-02-01T00:00:00Z") + std::chrono::seconds(seconds);
}

Nino nino(int person) { return *Nino::parse(fmt::format("NA{:06}A", person)); }

CaseRecord a_case(const std::string& case_system, const std::string& case_id, int person,
                  std::int64_t version) {
  CaseRecord out;
  out.key = {case_system, case_id, "PP1"};
  out.version = version;
  out.sent_at = at(0);
  out.person.nino.emplace(nino(person));
  out.person.forename = Sensitive(std::string("Amanda"));
  out.person.surname = Sensitive(std::string("Joseph"));
  out.person.date_of_birth.emplace(Date::of(1960, 1, 15));
  out.person.gender = "F";
  out.initial_effective_date = Date::of(2023, 12, 1);
  out.review_date = Date::of(2026, 12, 1);
  out.in_force = InForce{core::facts::Basis::historic,
                         Money::pence(51781),
                         TaxYear::starting(2024),
                         Money::pence(2700000),
                         {{"employment", Money::pence(2700000)}},
                         Date::of(2025, 12, 1),
                         Date::of(2025, 12, 1)};
  return out;
}

std::string id32(int number) { return fmt::format("{:032x}", number); }

StagedFact a_payment(PersonId person, int number) {
  Payment payment;
  payment.header.fact_id = id32(number);
  payment.header.subject.nino.emplace(nino(1));
  payment.header.subject.surname = Sensitive(std::string("Joseph"));
  payment.header.received_at = at(0);
  payment.header.source = {"fps", "sha256:" + std::string(64, 'a'), "/Employee[1]"};
  payment.employment = {"120", "XB4471", "E17", 0};
  payment.tax_year = TaxYear::starting(2025);
  payment.paid_on = Date::of(2026, 1, 30);
  payment.frequency = core::values::PayFrequency::M1;
  payment.month = 10;
  payment.taxable_pay = Money::pence(231050 + number);
  payment.payment_id = fmt::format("{}", number);
  return {person, payment, "<Employee/>", 100, 111};
}

StagedFact a_yearly_figure(PersonId person, int number, Instant received_at) {
  YearlyFigure figure;
  figure.header.fact_id = id32(number);
  figure.header.received_at = received_at;
  figure.header.source = {"yearly", "sha256:" + std::string(64, 'b'), ""};
  figure.status = core::facts::FigureStatus::available;
  figure.tax_year = TaxYear::starting(2025);
  figure.annual = Money::pence(number);
  figure.source_of_figure = "PAYE";
  return {person, figure, {}, 0, 0};
}

core::ports::NewDecision a_decision(const core::ports::RegisteredCase& of,
                                    const std::string& parameters_version) {
  core::ports::NewDecision out;
  out.person = of.person;
  out.job = "watch";
  out.case_history = of.history;
  out.proposal.request.id = "1";
  out.proposal.request.kind = core::rules::DecisionKind::in_year_income;
  out.proposal.request.effective_date = Date::of(2026, 2, 1);
  out.proposal.context.case_key = of.record.key;
  out.proposal.context.as_of = Date::of(2026, 2, 1);
  out.assessment.id = "1";
  out.assessment.kind = core::rules::DecisionKind::in_year_income;
  out.assessment.parameters_version = parameters_version;
  out.assessment.explanation = "made up";
  out.fact_ids = {id32(1), id32(2)};
  out.made_at = at(1);
  out.correlation_id = "c0ffee";
  return out;
}

Trigger a_trigger(const CaseKey& key, int number) {
  Trigger out;
  out.id = id32(number);
  out.dedupe_key = fmt::format("{}/{}/{}", key.case_system, key.case_id, number);
  out.raised_on = Date::of(2026, 2, 1);
  out.case_key = key;
  out.kind = core::triggers::Kind::IN_YEAR_INCOME;
  out.direction = core::triggers::Direction::up;
  out.base = Money::pence(51781);
  out.weekly = Money::pence(70000 + number);
  out.effect = core::rules::Effect::possible;
  out.reasons = {"MADE_UP"};
  out.explanation = "made up";
  return out;
}

core::ports::Receipt applied() {
  core::ports::Receipt receipt;
  receipt.status = 200;
  receipt.outcome = core::ports::ReceiptOutcome::applied;
  return receipt;
}

void register_cases(core::ports::Store& store, const std::vector<CaseRecord>& records) {
  auto unit = store.begin();
  ASSERT_TRUE(unit.has_value());
  for (const CaseRecord& record : records) {
    const auto outcome = (*unit)->put_case(record, at(0));
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    ASSERT_EQ(*outcome, core::ports::CaseOutcome::added);
  }
  ASSERT_TRUE((*unit)->commit().has_value());
}

PersonId person(core::ports::Store& store, int number) {
  const auto found = store.person_of(nino(number));
  core::base::require(found.has_value() && found->has_value(), "the person is registered");
  return **found;
}

void raise(core::ports::Store& store, const CaseKey& key, const std::vector<int>& numbers,
           Instant when) {
  const auto of = store.case_of(key);
  ASSERT_TRUE(of.has_value() && of->has_value());
  auto unit = store.begin();
  ASSERT_TRUE(unit.has_value());
  for (const int number : numbers) {
    const auto decision = (*unit)->add_decision(a_decision(**of, "made-up"));
    ASSERT_TRUE(decision.has_value()) << decision.error().message;
    const auto added =
        (*unit)->add_trigger(a_trigger(key, number), Mode::live, *decision, when, "c0ffee");
    ASSERT_TRUE(added.has_value()) << added.error().message;
    ASSERT_TRUE(*added);
  }
  ASSERT_TRUE((*unit)->commit().has_value());
}

}  // namespace ig::tests::contract::store
