#include "core/jobs/pay_watch.hpp"

#include "core/jobs/proposals.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::FetchResult;
using ports::Purpose;
using values::Date;
using values::PersonId;

std::string purpose() { return std::string(ports::name(Purpose::watch)); }

Result<std::vector<PersonId>> people_with_open_cases(const JobContext& context) {
  std::vector<PersonId> out;
  const auto done = context.store.each_person([&](std::uint64_t, std::span<const std::uint64_t>,
                                                  PersonId person) { out.push_back(person); });
  if (!done) return done.error();
  std::ranges::sort(out);
  return out;
}

Result<std::vector<ExpectedLook>> looks_of(const JobContext& context, PersonId person, Date as_of,
                                           const ledger::LedgerPolicy& pay,
                                           const LookPolicy& policy) {
  const auto payments = context.store.payments_of(person, context.known_before(as_of));
  if (!payments) return payments.error();
  return expected_looks(ledger::weigh(*payments, {}, as_of, pay), person, policy);
}

/// The first day from today on that HMRC would be asked about a rhythm, for the plan.
Date next_payday(const ExpectedLook& look, Date as_of) {
  Date next = look.anchor;
  while (look.rhythm && next < as_of) next = payday_after(next, *look.rhythm);
  return look.rhythm ? next : next.plus_days(kLookAnyway);
}

bool is_answer(FetchResult result) {
  switch (result) {
    case FetchResult::matched:
    case FetchResult::matched_no_data:
    case FetchResult::not_matched:
    case FetchResult::unknown_person:
      return true;
    case FetchResult::not_permitted:
    case FetchResult::throttled:
    case FetchResult::transient:
    case FetchResult::poison:
    case FetchResult::config_fault:
      return false;
  }
  IG_UNREACHABLE("a result is one of nine");
}

Result<void> note_looks(const JobContext& context, ports::UnitOfWork& unit,
                        const PayWatchRun::Due& due, const ports::HmrcRequest& request,
                        Date as_of) {
  const bool answer = is_answer(request.fetched.result);
  for (const ExpectedLook& look : due.looks) {
    const auto before = context.store.pull(due.person, purpose(), look.anchor);
    if (!before) return before.error();
    ports::Pull pull;
    pull.person = due.person;
    pull.purpose = purpose();
    pull.anchor = look.anchor;
    pull.attempts = (*before ? (*before)->attempts : 0) + (answer ? 1 : 0);
    if (!answer) pull.last_code = ports::name(request.fetched.result);
    pull.last_at = context.now();
    pull.last_on = as_of;
    pull.answered = answer && !look.rhythm;
    if (const auto put = unit.put_pull(pull); !put) return put;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<PayWatchRun>> PayWatchRun::find(const JobContext& context, Date as_of,
                                                       const LookPolicy& policy) {
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const auto pay = ledger_policy(*law);
  const auto people = people_with_open_cases(context);
  if (!people) return people.error();
  std::unique_ptr<PayWatchRun> run(new PayWatchRun);
  run->summary_.people = people->size();
  std::map<std::pair<Date, std::optional<values::PayFrequency>>, std::uint64_t> next;
  for (const PersonId person : *people) {
    auto looks = looks_of(context, person, as_of, pay, policy);
    if (!looks) return std::move(looks).error();
    Due due{person, {}};
    for (const ExpectedLook& look : *looks) {
      ++next[{next_payday(look, as_of), look.rhythm}];
      if (look.on > as_of) continue;
      const auto pull = context.store.pull(person, purpose(), look.anchor);
      if (!pull) return pull.error();
      if (is_look_due(look, *pull, as_of)) due.looks.push_back(look);
    }
    if (!due.looks.empty()) run->due_.push_back(std::move(due));
  }
  for (const auto& [key, count] : next) run->paydays_.push_back({key.second, key.first, count});
  std::ranges::sort(run->due_, {},
                    [](const Due& due) { return std::pair(due.looks.front().on, due.person); });
  run->summary_.due = run->due_.size();
  return run;
}

Result<void> PayWatchRun::work(const JobContext& context, const HmrcPorts& hmrc,
                               const HmrcRunOptions& options) {
  const auto law = context.parameters.on(options.as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const Date from = earliest_pay(options.as_of, *law);
  while (!options.stop()) {
    const Due* due = take(options);
    if (due == nullptr) break;
    if (const auto done = look(context, hmrc, options, *due, from); !done) {
      alone(options, [this] { health_.end(); });
      return done;
    }
  }
  return {};
}

const PayWatchRun::Due* PayWatchRun::take(const HmrcRunOptions& options) {
  const Due* out = nullptr;
  alone(options, [&] {
    if (!health_.ended() && next_ < due_.size()) out = &due_[next_++];
    if (options.progress) options.progress(next_);
  });
  return out;
}

Result<void> PayWatchRun::look(const JobContext& context, const HmrcPorts& hmrc,
                               const HmrcRunOptions& options, const Due& due, Date from) {
  auto asked = ask_earnings(context, hmrc,
                            {.person = due.person,
                             .purpose = Purpose::watch,
                             .anchor = due.looks.front().anchor,
                             .asked_on = options.as_of,
                             .limit = options.call_limit},
                            from, options.as_of);
  if (!asked && asked.error().code == base::ErrorCode::NOT_FOUND) {
    alone(options, [this] { ++summary_.gone; });
    return {};
  }
  if (!asked) return std::move(asked).error();
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto parameters =
      (*unit)->keep_parameters(context.parameters.version(), context.parameters_text);
  if (!parameters) return parameters;
  const auto fresh = keep(context, **unit, *asked);
  if (!fresh) return fresh.error();
  const auto noted = health_.note(context, **unit, asked->request, options);
  if (!noted) return noted;
  const auto looked = note_looks(context, **unit, due, asked->request, options.as_of);
  if (!looked) return looked;
  const auto decided = decide_income(context, **unit, due.person, options.as_of, "watch",
                                     *fresh > 0 ? Keep::always : Keep::when_new);
  if (!decided) return decided.error();
  if (const auto done = (*unit)->commit(); !done) return done;
  alone(options, [&] {
    ++summary_.asked;
    summary_.calls += asked->request.fetched.calls;
    if (*fresh > 0) ++summary_.with_pay;
    if (!is_answer(asked->request.fetched.result)) ++summary_.unavailable;
    summary_.decided.add(*decided);
  });
  return {};
}

PayWatchSummary PayWatchRun::summary() const {
  PayWatchSummary out = summary_;
  out.upstream_down = health_.upstream_down();
  out.parked = health_.parked();
  out.untouched = out.due - out.asked - out.gone;
  return out;
}

}  // namespace ig::core::jobs
