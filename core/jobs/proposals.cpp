#include "core/jobs/proposals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ig::core::jobs {

ledger::LedgerPolicy ledger_policy(const rules::Parameters& parameters) {
  ledger::LedgerPolicy out;
  out.window_months = parameters.window_months;
  out.window_weeks = parameters.window_weeks;
  out.settled_periods = parameters.settled_periods;
  out.month_to_week = {parameters.month_to_week.numerator, parameters.month_to_week.denominator};
  out.silence_weekly_days = parameters.lapse_weekly_days;
  out.silence_fortnightly_days = parameters.lapse_fortnightly_days;
  out.silence_four_weekly_days = parameters.lapse_four_weekly_days;
  out.silence_monthly_days = parameters.lapse_monthly_days;
  out.silence_irregular_days = parameters.lapse_irregular_days;
  out.sick_pay_weekly = parameters.sick_pay;
  return out;
}

triggers::ProposePolicy propose_policy(const rules::Parameters& parameters) {
  triggers::ProposePolicy out;
  out.settle_days = parameters.propose_settle_days;
  out.level_days = parameters.detect_level_days;
  out.fall_days = parameters.detect_fall_days;
  out.leaver_days = parameters.detect_leaver_days;
  out.varying_threshold = {parameters.detect_varying.numerator,
                           parameters.detect_varying.denominator};
  out.look_threshold = {parameters.threshold_historic.numerator,
                        parameters.threshold_historic.denominator};
  return out;
}

rules::Historic historic_of(const facts::YearlyFigure& figure) {
  rules::Historic out;
  out.status = figure.status;
  out.tax_year = figure.tax_year;
  out.annual = figure.annual;
  out.source = figure.source_of_figure;
  return out;
}

namespace {

/// What every request about one case has.
triggers::Proposal proposal_of(const ports::RegisteredCase& of, rules::DecisionKind kind,
                               std::string_view kind_name, values::Date effective,
                               values::Date as_of) {
  const facts::CaseRecord& record = of.record;
  triggers::Proposal out;
  out.request.id = fmt::format("{}/{}/{}/{}/{}", record.key.case_system, record.key.case_id,
                               record.key.paying_parent, kind_name, effective.text());
  out.request.kind = kind;
  out.request.effective_date = effective;
  out.request.anchor_date = effective;
  out.request.as_of = as_of;
  out.request.jurisdiction = record.jurisdiction;
  out.request.variation_in_force = record.variation_in_force;
  out.context.case_key = record.key;
  out.context.person = values::text(of.person);
  out.context.as_of = as_of;
  out.context.review_date = record.review_date;
  out.context.reg9a_notified_on = record.reg9a_notified_on;
  out.context.confidence = ledger::Confidence::high;
  return out;
}

/// The figure in force as rules need it; the case has one.
rules::FigureInForce in_force_of(const facts::CaseRecord& record) {
  return {record.in_force->basis,  *record.in_force->weekly, record.in_force->tax_year,
          record.in_force->annual, record.in_force->since,   record.review_date};
}

}  // namespace

triggers::Proposal review_proposal(const ports::RegisteredCase& of, const rules::Historic& historic,
                                   values::Date as_of, std::vector<std::string> reasons,
                                   std::vector<triggers::Attempt> attempts) {
  auto out = proposal_of(of, rules::DecisionKind::annual_review, "ANNUAL_REVIEW",
                         *of.record.review_date, as_of);
  out.request.historic = historic;
  out.request.in_force = in_force_of(of.record);
  out.context.base = of.record.in_force->weekly;
  out.context.reasons = std::move(reasons);
  out.context.attempts = std::move(attempts);
  return out;
}

triggers::Proposal initial_proposal(const ports::RegisteredCase& of,
                                    const rules::Historic& historic,
                                    const std::optional<rules::Current>& current,
                                    values::Date as_of, std::vector<std::string> reasons,
                                    std::vector<triggers::Attempt> attempts) {
  auto out = proposal_of(of, rules::DecisionKind::initial, "INITIAL",
                         *of.record.initial_effective_date, as_of);
  out.request.historic = historic;
  out.request.current = current;
  out.context.reasons = std::move(reasons);
  out.context.attempts = std::move(attempts);
  return out;
}

triggers::Proposal periodic_proposal(const ports::RegisteredCase& of, values::Date due,
                                     values::Date as_of) {
  auto out = proposal_of(of, rules::DecisionKind::periodic_current_check, "PERIODIC_CURRENT_CHECK",
                         due, as_of);
  out.request.in_force = in_force_of(of.record);
  out.context.base = of.record.in_force->weekly;
  return out;
}

base::Result<IncomeProposals> income_proposals(const JobContext& context,
                                               std::span<const ports::RegisteredCase> cases,
                                               values::PersonId person, values::Date as_of,
                                               std::int64_t accepted_until) {
  IncomeProposals out;
  auto payments = context.store.payments_of(person, context.known_before(as_of), accepted_until);
  if (!payments) return std::move(payments).error();
  out.payments = *std::move(payments);
  const rules::Parameters* law = context.parameters.find(as_of, facts::Jurisdiction::gb);
  if (law == nullptr) return context.parameters.on(as_of, facts::Jurisdiction::gb).error();
  const auto income = ledger::weigh(out.payments, {}, as_of, ledger_policy(*law));
  std::vector<facts::CaseRecord> records;
  records.reserve(cases.size());
  for (const ports::RegisteredCase& one : cases) records.push_back(one.record);
  out.proposals = triggers::propose(income, records, propose_policy(*law));
  for (triggers::Proposal& proposal : out.proposals) {
    proposal.context.person = values::text(person);
  }
  return out;
}

base::Result<WeighedPay> weighed_pay(const JobContext& context, values::PersonId person,
                                     values::Date as_of, values::Instant received_before,
                                     std::int64_t accepted_until) {
  const auto payments = context.store.payments_of(person, received_before, accepted_until);
  if (!payments) return payments.error();
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  WeighedPay out;
  out.income = ledger::weigh(*payments, {}, as_of, ledger_policy(*law));
  if (!out.income.employments.empty() && out.income.exact_weekly) {
    out.current = rules::Current{rules::Evidence::detected, out.income.exact_weekly->half_up(),
                                 out.income.exact_weekly};
  }
  for (const ledger::EmploymentIncome& job : out.income.employments) {
    if (!job.window) continue;
    for (const facts::Payment& payment : *payments) {
      const auto& used = job.window->payments;
      const bool named = std::ranges::find(used, payment.payment_id) != used.end() ||
                         std::ranges::find(used, payment.header.fact_id) != used.end();
      if (named) out.fact_ids.push_back(payment.header.fact_id);
    }
  }
  return out;
}

std::vector<std::string> fact_ids_of(const triggers::Proposal& proposal,
                                     std::span<const facts::Payment> payments) {
  std::vector<std::string> out;
  const auto& used = proposal.context.payments;
  for (const facts::Payment& payment : payments) {
    const bool named = std::ranges::find(used, payment.payment_id) != used.end() ||
                       std::ranges::find(used, payment.header.fact_id) != used.end();
    if (named) out.push_back(payment.header.fact_id);
  }
  return out;
}

}  // namespace ig::core::jobs
