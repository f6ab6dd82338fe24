#include "core/jobs/review_worker.hpp"

#include "core/base/limits.hpp"
#include "core/jobs/proposals.hpp"
#include "core/jobs/review_schedule.hpp"
#include "core/rules/assess.hpp"
#include "core/rules/hmrc_window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

namespace ig::core::jobs {
namespace {

using base::Result;
using facts::YearlyFigure;
using ports::FetchResult;
using ports::Purpose;
using ports::RegisteredCase;
using rules::Action;
using values::Date;

/// How a reply lies to a case.
enum class Standing : std::uint8_t {
  none,         ///< HMRC has to be asked
  provisional,  ///< kept, and asked for again from the new tax year on (A31)
  usable,
};

bool asks_again(Action action) {
  return action == Action::REREQUEST_HMRC || action == Action::REJECT_FIGURE_REREQUEST ||
         action == Action::REJECT_RESPONSE;
}

bool asked_in_window(const YearlyFigure& figure, const RegisteredCase& of, Date as_of,
                     const rules::Parameters& law) {
  return figure.requested_on && counts_for(of, *figure.requested_on, as_of, law);
}

Standing standing_of(const std::optional<YearlyFigure>& figure, const RegisteredCase& of,
                     const std::optional<ports::Pull>& pull, Date as_of,
                     const rules::Parameters& law) {
  if (!figure || !asked_in_window(*figure, of, as_of, law)) return Standing::none;
  const Date settled = settled_from(*of.record.review_date, law);
  if (*figure->requested_on < settled) {
    return as_of < settled ? Standing::provisional : Standing::none;
  }
  // An answer that HMRC has to be asked about again is none.
  const auto says = [&](Action action) { return pull->last_code == rules::name(action); };
  const bool refused = pull && pull->last_on == figure->requested_on &&
                       (says(Action::REREQUEST_HMRC) || says(Action::REJECT_RESPONSE) ||
                        says(Action::REJECT_FIGURE_REREQUEST));
  return refused ? Standing::none : Standing::usable;
}

Result<std::optional<ports::Pull>> pull_of(const JobContext& context, const RegisteredCase& of) {
  return context.store.pull(of.person, std::string(ports::name(Purpose::review)),
                            *of.record.review_date);
}

}  // namespace

Result<bool> is_to_ask(const JobContext& context, const DueReview& due, Date as_of,
                       const rules::Parameters& law) {
  const auto figure = context.store.latest_yearly(due.person);
  if (!figure) return figure.error();
  for (const RegisteredCase& one : due.cases) {
    const auto pull = pull_of(context, one);
    if (!pull) return pull.error();
    if (standing_of(*figure, one, *pull, as_of, law) != Standing::none) continue;
    const auto last = *pull ? (*pull)->last_on : std::nullopt;
    if (is_ask_day(review_ask_days(*one.record.review_date, law), as_of, last)) return true;
    const bool again_today = last == as_of &&
                             (*pull)->last_code == ports::name(FetchResult::transient) &&
                             context.now() >= (*pull)->last_at + base::limits::hmrc_sticky;
    if (again_today) return true;
  }
  return false;
}

/// One person in hand: what is asked, what is known, and what is done about it in one transaction.
struct ReviewWorker::Hand {
  const ReviewRun::Due& due;
  ports::UnitOfWork& unit;
  std::optional<YearlyFigure> figure;       ///< the latest reply
  std::vector<YearlyFigure> earlier;        ///< every reply held before this run
  std::optional<ports::HmrcRequest> asked;  ///< the question of this run
  ReviewSummary done;
};

ReviewWorker::ReviewWorker(const JobContext& context, const HmrcPorts& hmrc,
                           const HmrcRunOptions& options, const rules::Parameters& law,
                           ReviewRun& run)
    : context_(context), hmrc_(hmrc), options_(options), law_(law), run_(run) {}

Result<AskedYearly> ReviewWorker::ask(const ReviewRun::Due& due) {
  const auto earliest = std::ranges::min_element(
      due.cases, {}, [](const RegisteredCase& one) { return *one.record.review_date; });
  return ask_yearly(context_, hmrc_,
                    {.person = due.person,
                     .purpose = Purpose::review,
                     .anchor = *earliest->record.review_date,
                     .asked_on = options_.as_of,
                     .limit = options_.call_limit},
                    needs_unearned(due));
}

Result<void> ReviewWorker::person(const ReviewRun::Due& due, bool ask_hmrc) {
  std::optional<AskedYearly> asked;
  if (ask_hmrc && hmrc_.yearly != nullptr) {
    auto answer = ask(due);
    if (!answer) return answer.error();
    asked = *std::move(answer);
  }
  auto unit = context_.store.begin();
  if (!unit) return unit.error();
  const auto kept =
      (*unit)->keep_parameters(context_.parameters.version(), context_.parameters_text);
  if (!kept) return kept;
  Hand hand{.due = due, .unit = **unit, .figure = {}, .earlier = {}, .asked = {}, .done = {}};
  auto held = context_.store.yearly_figures(due.person);
  if (!held) return std::move(held).error();
  hand.earlier = *std::move(held);
  if (!hand.earlier.empty()) hand.figure = hand.earlier.back();
  if (asked) {
    if (const auto done = keep(context_, **unit, *asked); !done) return done;
    const auto noted = run_.health_.note(context_, **unit, asked->request, options_);
    if (!noted) return noted;
    if (asked->figure) hand.figure = std::move(asked->figure);
    hand.asked = std::move(asked->request);
  }
  for (const RegisteredCase& one : due.cases) {
    if (const auto done = decide(hand, one); !done) return done;
  }
  if (const auto done = compare_cases(hand); !done) return done;
  if (const auto done = (*unit)->commit(); !done) return done;
  add(hand);
  return {};
}

Result<void> ReviewWorker::decide(Hand& hand, const RegisteredCase& as_found) {
  const auto now = context_.store.case_of(as_found.record.key);
  if (!now) return now.error();
  const bool same = *now && (*now)->record.status == facts::CaseStatus::open &&
                    (*now)->record.review_date == as_found.record.review_date &&
                    (*now)->record.in_force && (*now)->record.in_force->weekly;
  const auto answered = same ? has_its_review(context_, **now) : Result<bool>(true);
  if (!answered) return answered.error();
  if (*answered) {
    ++hand.done.gone;
    return {};
  }
  const RegisteredCase& of = **now;
  const auto pull = pull_of(context_, of);
  if (!pull) return pull.error();
  switch (standing_of(hand.figure, of, *pull, options_.as_of, law_)) {
    case Standing::usable:
      break;
    case Standing::provisional:
      return wait(hand, of, {}, {});
    case Standing::none:
      return without_figure(hand, of);
  }
  std::vector<std::string> reasons;
  const Date settled = settled_from(*of.record.review_date, law_);
  for (const YearlyFigure& before : hand.earlier) {
    const bool first =
        asked_in_window(before, of, options_.as_of, law_) && *before.requested_on < settled;
    const bool differs = before.status != hand.figure->status ||
                         before.tax_year != hand.figure->tax_year ||
                         before.annual != hand.figure->annual;
    if (first && differs) reasons.emplace_back(kStraddleDiffers);
  }
  return with_figure(hand, of, *hand.figure, std::move(reasons));
}

Result<void> ReviewWorker::with_figure(Hand& hand, const RegisteredCase& of,
                                       const YearlyFigure& figure,
                                       std::vector<std::string> reasons) {
  std::ranges::sort(reasons);
  const auto repeated = std::ranges::unique(reasons);
  reasons.erase(repeated.begin(), repeated.end());
  auto proposal = review_proposal(of, historic_of(figure), options_.as_of, std::move(reasons), {});
  const auto assessment = rules::assess(proposal.request, context_.parameters);
  if (!assessment) return assessment.error();
  if (asks_again(assessment->action) && options_.as_of < *of.record.review_date) {
    return wait(hand, of, rules::name(assessment->action), figure.requested_on);
  }
  return record(hand, of, std::move(proposal), {figure.header.fact_id});
}

Result<void> ReviewWorker::without_figure(Hand& hand, const RegisteredCase& of) {
  const Date review_date = *of.record.review_date;
  const FetchResult result = hand.asked ? hand.asked->fetched.result : FetchResult::transient;
  if (options_.as_of < review_date) return wait(hand, of, ports::name(result), {});
  const std::string reason = fmt::format("HMRC_{}", ports::name(result));
  // The last day. Where an earlier reply is all there is, a person looks at it.
  for (auto before = hand.earlier.rbegin(); before != hand.earlier.rend(); ++before) {
    if (!asked_in_window(*before, of, options_.as_of, law_)) continue;
    const bool straddles = *before->requested_on < settled_from(review_date, law_);
    return with_figure(hand, of, *before, {straddles ? std::string(kStraddleUnanswered) : reason});
  }
  const auto from = context_.zone.start_of(rules::earliest_request(review_date, law_));
  const auto log = context_.store.hmrc_requests(of.person, Purpose::review, from);
  if (!log) return log.error();
  std::vector<triggers::Attempt> attempts;
  for (const ports::HmrcRequest& request : *log) {
    attempts.push_back({request.answered_at, ports::summary(request.fetched)});
  }
  rules::Historic nothing;
  nothing.status = facts::FigureStatus::unavailable;
  return record(hand, of,
                review_proposal(of, nothing, options_.as_of, {reason}, std::move(attempts)), {});
}

/// The case is asked about again. `code` says why what came cannot be used; `asked_on` when it was
/// asked for, where that was not in this run.
Result<void> ReviewWorker::wait(Hand& hand, const RegisteredCase& of, std::string_view code,
                                std::optional<Date> asked_on) {
  ++hand.done.waiting;
  if (!hand.asked && !asked_on) return {};
  const auto before = pull_of(context_, of);
  if (!before) return before.error();
  ports::Pull pull;
  pull.person = of.person;
  pull.purpose = ports::name(Purpose::review);
  pull.anchor = *of.record.review_date;
  pull.attempts = (*before ? (*before)->attempts : 0) + (hand.asked ? 1 : 0);
  pull.last_code = code;
  pull.last_at = context_.now();
  pull.answered = code.empty();
  pull.last_on = hand.asked ? options_.as_of : asked_on;
  return hand.unit.put_pull(pull);
}

Result<void> ReviewWorker::record(Hand& hand, const RegisteredCase& of, triggers::Proposal proposal,
                                  std::vector<std::string> fact_ids) {
  const auto decided = record_decision(context_, hand.unit, of, std::move(proposal),
                                       std::move(fact_ids), "review", Keep::always);
  if (!decided) return decided.error();
  ++hand.done.decided;
  hand.done.triggers += decided->triggers;
  for (const auto& [kind, number] : decided->by_kind) hand.done.outcomes[kind] += number;
  return {};
}

/// One person has one income: unequal figures in force in two cases are for an operator to see.
Result<void> ReviewWorker::compare_cases(Hand& hand) {
  const auto cases = context_.store.cases_of(hand.due.person);
  if (!cases) return cases.error();
  std::set<std::int64_t> figures;
  for (const RegisteredCase& one : *cases) {
    const facts::CaseRecord& record = one.record;
    const bool counts = record.status == facts::CaseStatus::open && record.in_force &&
                        record.in_force->weekly &&
                        record.in_force->basis != facts::Basis::default_rate &&
                        record.in_force->basis != facts::Basis::not_income_based;
    if (counts) figures.insert(record.in_force->weekly->in_pence());
  }
  if (figures.size() < 2) return {};
  ++hand.done.differing;
  return hold_once(context_, hand.unit, "CASE", values::text(hand.due.person), "FIGURES_UNEQUAL",
                   "this person's open cases have different figures in force: look at which is "
                   "right");
}

void ReviewWorker::add(const Hand& hand) {
  alone(options_, [&] { sum_up(hand); });
}

void ReviewWorker::sum_up(const Hand& hand) {
  ReviewSummary& sum = run_.summary_;
  ++sum.people;
  sum.decided += hand.done.decided;
  sum.waiting += hand.done.waiting;
  sum.gone += hand.done.gone;
  sum.differing += hand.done.differing;
  sum.triggers += hand.done.triggers;
  for (const auto& [kind, number] : hand.done.outcomes) sum.outcomes[kind] += number;
  if (!hand.asked) {
    if (hand.figure) ++sum.reused;
    return;
  }
  ++sum.asked;
  sum.calls += hand.asked->fetched.calls;
  const FetchResult result = hand.asked->fetched.result;
  if (result != FetchResult::matched && result != FetchResult::matched_no_data) ++sum.unavailable;
}

}  // namespace ig::core::jobs
