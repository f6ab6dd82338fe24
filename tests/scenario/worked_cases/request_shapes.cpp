#include "adapters/formats/rule_words.hpp"
#include "core/rules/assess.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/hmrc_window.hpp"
#include "core/rules/reply.hpp"
#include "tests/scenario/worked_cases/answers.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

#include <fmt/format.h>

/// Cases about asking HMRC and about its answers.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::values::Date;
using core::values::Instant;
using core::values::Money;
using core::values::TaxYear;
namespace words = adapters::formats::words;

/// An answer that lacks nothing, for a request on `asked`.
Reply whole_reply(Date asked, TaxYear year, Money annual) {
  Reply out;
  out.request_id = "request";
  out.requested_on = asked;
  out.received_at = Instant::of_millis(0);
  out.subject_matches = true;
  out.tax_year = year;
  out.annual = annual;
  out.source = FigureSource::paye;
  return out;
}

Members of_stage(const Inputs& in, const Law& law) {
  const std::string stage = in.text("reported_by_source");
  const TaxYear year = relevant_tax_years(kDecisionDay, law.on()).front();
  Reply reply = whole_reply(kDecisionDay, year, in.pence(stage + "_pence"));
  reply.stage = stage == "after_personal_allowance" ? FigureStage::after_personal_allowance
                                                    : FigureStage::charged_to_tax;
  const ReplyJudgement judged = judge(reply, {kDecisionDay, std::nullopt}, law.on());
  return {{"action", judged.action ? Json(name(*judged.action)) : Json()}};
}

/// "reg 34(2)(b), 34(3)": the citations of a decision without the instrument.
std::string short_citations(const Assessment& answer, const Law& law) {
  const std::string start = law.on().instrument + " reg ";
  std::string out;
  for (const std::string& citation : answer.citations) {
    core::base::require(citation.starts_with(start), "a decision cites the instrument");
    out += (out.empty() ? "reg " : ", ") + citation.substr(start.size());
  }
  return out;
}

Members of_window(const Inputs& in, const Law& law) {
  const Date asked = in.date("request_date").value();
  const Parameters& parameters = law.on(asked);
  std::vector<HeldYear> held;
  for (const Json& year : in.at("hmrc_holds_tax_years")) {
    held.push_back({year_of(year.get<std::string>()), FigureSource::paye, Money::pence(1)});
  }
  const LatestYear latest = latest_available(held, std::nullopt, asked, parameters);
  Json years = Json::array();
  for (const TaxYear year : relevant_tax_years(asked, parameters)) years.push_back(year.text());
  Request request = request_of(DecisionKind::initial);
  request.effective_date = asked;
  request.historic.status = latest.status;
  if (latest.used) {
    request.historic.tax_year = latest.used->tax_year;
    request.historic.annual = latest.used->annual;
  }
  const Assessment answer = answered(request, law);
  const auto basis = basis_led_to(request, law);
  return {
      {"relevant_tax_years", years},
      {"latest_available", latest.used ? Json(latest.used->tax_year.text()) : Json()},
      {"historic_available", latest.used.has_value()},
      {"status", words::word(words::kStatuses, latest.status)},
      {"stale_flag", latest.stale},
      {"next", name(answer.action)},
      {"basis", basis_word(basis)},
      {"citation2", short_citations(answer, law)},
  };
}

/// HMRC is asked on the first day on which the evidenced year can be asked for.
Members of_older_year(const Inputs& in, const Law& law) {
  const TaxYear returned = year_of(in.text("returned_tax_year"));
  const TaxYear evidenced = year_of(in.text("evidence_newer_year"));
  const Date asked = evidenced.last_day().plus_days(1);
  const Parameters& parameters = law.on(asked);
  const Money annual = in.pence("returned_annual_pence");
  const ReplyJudgement judged =
      judge(whole_reply(asked, returned, annual), {asked, evidenced}, parameters);
  return {
      {"action", judged.action ? Json(name(*judged.action)) : Json()},
      {"may_request_again", judged.action == Action::REREQUEST_HMRC},
      {"do_not_decide_on_old_figure", !judged.usable()},
      {"variance_percent_if_compared",
       percent(to_weekly(annual, parameters),
               to_weekly(in.pence("evidence_annual_pence"), parameters))},
  };
}

Members of_timing(const Inputs& in, const Law& law) {
  const RequestTiming timing =
      request_timing(in.date("request_date").value(), in.date("anchor_date").value(), law.on());
  return {{"days_before", timing.days_before}, {"in_window", timing.in_window}};
}

Members of_unlabelled(const Inputs& in, const Law& law) {
  Request request = request_of(DecisionKind::initial);
  request.historic = available(in.pence("annual_pence").in_pence());
  request.historic.tax_year.reset();
  if (!in.text("tax_year").empty()) request.historic.tax_year = year_of(in.text("tax_year"));
  return {{"action", name(answered(request, law).action)}};
}

/// The same answer so many times: one trigger, and the reply that stands is the first.
Members of_replay(const Inputs& in, const Law& law) {
  std::vector<ReplyMark> marks;
  const std::int64_t times = in.number("times").value();
  for (std::int64_t i = 0; i < times; ++i) {
    marks.push_back({in.text("request_id"), Instant::of_millis(0), Instant::of_millis(i)});
  }
  Request request = request_of(DecisionKind::initial);
  request.historic = available(in.pence("annual_pence").in_pence());
  request.historic.tax_year = year_of(in.text("tax_year"));
  const bool same = answered(request, law).explanation == answered(request, law).explanation;
  return {
      {"triggers_pushed", first_replies(marks).size()},
      {"idempotent", same && standing_reply(marks) == std::size_t{0}},
  };
}

}  // namespace

const std::vector<Shape>& request_shapes() {
  static const std::vector<Shape> shapes = {
      {"stage-of-a-figure", {"charged_to_tax_pence", "after_personal_allowance_pence"}, of_stage},
      {"years-held", {"request_date", "hmrc_holds_tax_years"}, of_window},
      {"older-year", {"returned_tax_year", "evidence_newer_year"}, of_older_year},
      {"day-of-request", {"anchor_date", "request_date"}, of_timing},
      {"year-label", {"annual_pence", "tax_year"}, of_unlabelled},
      {"replay", {"request_id", "tax_year", "annual_pence", "times"}, of_replay},
  };
  return shapes;
}

}  // namespace ig::tests::worked
