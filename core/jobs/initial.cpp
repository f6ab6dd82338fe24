#include "core/jobs/initial.hpp"

#include "core/jobs/decide.hpp"
#include "core/jobs/proposals.hpp"
#include "core/rules/assess.hpp"
#include "core/rules/hmrc_window.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <variant>

namespace ig::core::jobs {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using ports::FetchResult;
using ports::Purpose;
using std::chrono::milliseconds;

Clocked clocked(const ports::HmrcRequest& request) {
  Clocked out;
  out.interface = request.fetched.interface;
  out.asked_at = request.asked_at;
  out.answered_at = request.answered_at;
  out.result = ports::summary(request.fetched);
  out.calls = request.fetched.calls;
  const milliseconds whole = request.answered_at.at() - request.asked_at.at();
  const milliseconds budget = std::min(request.waited, whole);
  if (budget > milliseconds{0}) out.delays.push_back({"BUDGET", budget});
  out.delays.push_back({request.fetched.calls > 1 ? "SEVERAL_CALLS" : "HMRC", whole - budget});
  return out;
}

std::string_view trace_of(FetchResult result) {
  switch (result) {
    case FetchResult::matched:
    case FetchResult::matched_no_data:
      return "MATCHED";
    case FetchResult::not_matched:
      return "NOT_MATCHED";
    case FetchResult::unknown_person:
      return "UNKNOWN_PERSON";
    case FetchResult::not_permitted:
    case FetchResult::throttled:
    case FetchResult::transient:
    case FetchResult::poison:
    case FetchResult::config_fault:
      return "UNKNOWN";
  }
  IG_UNREACHABLE("a result is one of nine");
}

void trace(const AskedEarnings* earnings, const AskedYearly& yearly, InitialReport& report) {
  report.trace = trace_of(yearly.request.fetched.result);
  if (earnings == nullptr) return;
  const std::string_view by_pay = trace_of(earnings->request.fetched.result);
  if (by_pay != "UNKNOWN") report.trace = by_pay;
  for (const facts::Fact& fact : earnings->facts) {
    if (const auto* answer = std::get_if<facts::Answer>(&fact)) {
      report.match_pattern = answer->match_pattern;
    }
    if (std::holds_alternative<facts::Payment>(fact)) ++report.payments;
  }
}

/// The case, when it is one that HMRC may be asked about on the day.
Result<ports::RegisteredCase> case_to_ask(const JobContext& context, const values::CaseKey& key,
                                          values::Date as_of, const rules::Parameters& law) {
  const auto of = context.store.case_of(key);
  if (!of) return of.error();
  if (!*of || (*of)->record.status != facts::CaseStatus::open) {
    return fail(ErrorCode::NOT_FOUND, {}, "the register has no such open case");
  }
  const auto anchor = (*of)->record.initial_effective_date;
  if (!anchor) {
    return fail(ErrorCode::MISSING_MEMBER, "/initial_effective_date",
                "the first request is counted from the initial effective date (reg 35(2))");
  }
  if (!rules::request_timing(as_of, *anchor, law).in_window) {
    return fail(ErrorCode::DATE_OUT_OF_RANGE, "/initial_effective_date",
                fmt::format("HMRC may be asked from {} on (reg 35(2))",
                            rules::earliest_request(*anchor, law).text()));
  }
  return **of;
}

struct Asked {
  AskedYearly yearly;
  std::optional<AskedEarnings> earnings;
};

Result<Asked> ask(const JobContext& context, const HmrcPorts& hmrc, const ports::RegisteredCase& of,
                  const InitialOptions& options, const rules::Parameters& law) {
  const Asking asking{.person = of.person,
                      .purpose = Purpose::initial,
                      .anchor = *of.record.initial_effective_date,
                      .asked_on = options.as_of,
                      .limit = options.call_limit};
  Asked out;
  if (hmrc.earnings != nullptr) {
    auto earnings =
        ask_earnings(context, hmrc, asking, earliest_pay(options.as_of, law), options.as_of);
    if (!earnings) return earnings.error();
    out.earnings = *std::move(earnings);
  }
  auto yearly = ask_yearly(context, hmrc, asking, of.record.variation_in_force);
  if (!yearly) return yearly.error();
  out.yearly = *std::move(yearly);
  return out;
}

Result<void> note_pull(ports::UnitOfWork& unit, const JobContext& context,
                       const ports::HmrcRequest& request, bool answered, values::Date as_of) {
  const auto before = context.store.pull(request.person, std::string(ports::name(Purpose::initial)),
                                         *request.anchor);
  if (!before) return before.error();
  ports::Pull pull;
  pull.person = request.person;
  pull.purpose = ports::name(Purpose::initial);
  pull.anchor = *request.anchor;
  pull.attempts = (*before ? (*before)->attempts : 0) + 1;
  if (!answered) pull.last_code = ports::name(request.fetched.result);
  pull.last_at = context.now();
  pull.answered = answered;
  pull.last_on = as_of;
  return unit.put_pull(pull);
}

}  // namespace

Result<InitialReport> run_initial(const JobContext& context, const HmrcPorts& hmrc,
                                  const values::CaseKey& key, const InitialOptions& options) {
  const auto law = context.parameters.on(options.as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const auto of = case_to_ask(context, key, options.as_of, *law);
  if (!of) return of.error();
  auto asked = ask(context, hmrc, *of, options, *law);
  if (!asked) return asked.error();

  auto unit = context.store.begin();
  if (!unit) return unit.error();
  const auto parameters =
      (*unit)->keep_parameters(context.parameters.version(), context.parameters_text);
  if (!parameters) return parameters.error();
  InitialReport report;
  report.case_key = key;
  report.person = of->person;
  if (asked->earnings) {
    if (const auto kept = keep(context, **unit, *asked->earnings); !kept) return kept.error();
    report.clock.push_back(clocked(asked->earnings->request));
  }
  if (const auto kept = keep(context, **unit, asked->yearly); !kept) return kept.error();
  report.clock.push_back(clocked(asked->yearly.request));
  report.yearly = asked->yearly.figure;
  trace(asked->earnings ? &*asked->earnings : nullptr, asked->yearly, report);
  const bool answered = asked->yearly.figure.has_value();
  const auto noted = note_pull(**unit, context, asked->yearly.request, answered, options.as_of);
  if (!noted) return noted.error();

  const auto pay = weighed_pay(context, of->person, options.as_of, context.now() + milliseconds{1},
                               ports::Store::kAllAccepted);
  if (!pay) return pay.error();
  if (pay->current) report.weekly = pay->current->weekly;
  rules::Historic historic;
  historic.status = facts::FigureStatus::unavailable;
  std::vector<std::string> fact_ids = pay->fact_ids;
  std::vector<std::string> reasons;
  if (answered) {
    historic = historic_of(*asked->yearly.figure);
    fact_ids.insert(fact_ids.begin(), asked->yearly.figure->header.fact_id);
  } else {
    const auto result = asked->yearly.request.fetched.result;
    reasons.push_back(fmt::format("HMRC_{}", ports::name(result)));
  }
  auto proposal = initial_proposal(*of, historic, pay->current, options.as_of, reasons, {});
  auto assessment = rules::assess(proposal.request, context.parameters);
  if (!assessment) return assessment.error();
  report.assessment = *std::move(assessment);
  const auto decided = record_decision(context, **unit, *of, std::move(proposal),
                                       std::move(fact_ids), "initial", Keep::always);
  if (!decided) return decided.error();
  report.triggers = decided->triggers;
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return report;
}

}  // namespace ig::core::jobs
