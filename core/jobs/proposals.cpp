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
  return out;
}

triggers::ProposePolicy propose_policy(const rules::Parameters& parameters) {
  triggers::ProposePolicy out;
  out.settle_days = parameters.propose_settle_days;
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

triggers::Proposal review_proposal(const ports::RegisteredCase& of, const rules::Historic& historic,
                                   values::Date as_of, std::string reason) {
  const facts::CaseRecord& record = of.record;
  triggers::Proposal out;
  out.request.id =
      fmt::format("{}/{}/{}/{}/{}", record.key.case_system, record.key.case_id,
                  record.key.paying_parent, "ANNUAL_REVIEW", record.review_date->text());
  out.request.kind = rules::DecisionKind::annual_review;
  out.request.effective_date = *record.review_date;
  out.request.anchor_date = record.review_date;
  out.request.as_of = as_of;
  out.request.jurisdiction = record.jurisdiction;
  out.request.historic = historic;
  out.request.variation_in_force = record.variation_in_force;
  out.request.in_force = rules::FigureInForce{record.in_force->basis,    *record.in_force->weekly,
                                              record.in_force->tax_year, record.in_force->annual,
                                              record.in_force->since,    record.review_date};
  out.context.case_key = record.key;
  out.context.person = values::text(of.person);
  out.context.as_of = as_of;
  out.context.review_date = record.review_date;
  out.context.reg9a_notified_on = record.reg9a_notified_on;
  out.context.base = record.in_force->weekly;
  out.context.confidence = ledger::Confidence::high;
  if (!reason.empty()) out.context.reasons.push_back(std::move(reason));
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
  const auto rules = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!rules) return rules.error();
  const auto income = ledger::weigh(out.payments, {}, as_of, ledger_policy(*rules));
  std::vector<facts::CaseRecord> records;
  records.reserve(cases.size());
  for (const ports::RegisteredCase& one : cases) records.push_back(one.record);
  out.proposals = triggers::propose(income, records, propose_policy(*rules));
  for (triggers::Proposal& proposal : out.proposals) {
    proposal.context.person = values::text(person);
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
