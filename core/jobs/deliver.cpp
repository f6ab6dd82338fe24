#include "core/jobs/deliver.hpp"

#include "core/delivery/backoff.hpp"

#include <fmt/format.h>

#include <utility>

namespace ig::core::jobs {

using base::Error;
using base::Result;

namespace {

std::string said_by(const Result<ports::Receipt>& receipt) {
  if (!receipt) return std::string(base::name(receipt.error().code));
  switch (receipt->outcome) {
    case ports::ReceiptOutcome::applied:
      return fmt::format("{} APPLIED", receipt->status);
    case ports::ReceiptOutcome::not_applied:
      return fmt::format("{} NOT_APPLIED", receipt->status);
    case ports::ReceiptOutcome::received:
      return fmt::format("{} RECEIVED", receipt->status);
    case ports::ReceiptOutcome::none:
      return fmt::format("{}", receipt->status);
  }
  IG_UNREACHABLE("a receipt has one of four outcomes");
}

delivery::Happened happened(const Result<ports::Receipt>& receipt) {
  if (!receipt) return receipt.error().code;
  return delivery::Answered{receipt->status, receipt->duplicate, receipt->retry_after};
}

}  // namespace

Result<void> take_over_claims(ports::Store& store) {
  auto unit = store.begin();
  if (!unit) return std::move(unit).error();
  if (const auto released = (*unit)->release_leases(); !released) return released;
  return (*unit)->commit();
}

void DeliverTotals::add(const DeliverTotals& other) {
  attempted += other.attempted;
  delivered += other.delivered;
  duplicates += other.duplicates;
  retried += other.retried;
  parked += other.parked;
  postponed += other.postponed;
  figures_moved += other.figures_moved;
}

Deliverer::Deliverer(const JobContext& context, std::map<std::string, ports::CaseSystem*> targets,
                     base::Random& random, DeliverOptions options)
    : context_(context), random_(random), options_(std::move(options)) {
  for (const auto& [name, system] : targets) targets_[name].system = system;
}

Result<std::vector<ports::Claimed>> Deliverer::claim() {
  auto unit = context_.store.begin();
  if (!unit) return std::move(unit).error();
  auto claimed =
      (*unit)->claim(context_.now(), base::limits::outbox_claim_max, base::limits::outbox_lease);
  if (!claimed) return claimed;
  if (claimed->empty()) return claimed;  // the unit is dropped: nothing was leased
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return claimed;
}

Deliverer::Answer Deliverer::send(ports::Claimed claimed) {
  const auto now = context_.clock.steady();
  const auto found = targets_.find(claimed.dispatch.trigger.case_key.case_system);
  const auto later = [&](std::chrono::milliseconds wait) {
    return Answer{std::move(claimed), base::fail(base::ErrorCode::UNAVAILABLE, {}, "resting"),
                  false, context_.now() + wait};
  };
  if (found == targets_.end()) return later(std::chrono::minutes{5});
  Target& target = found->second;
  if (now < target.resting_until) {
    return later(std::chrono::duration_cast<std::chrono::milliseconds>(target.resting_until - now));
  }
  if (!target.breaker.may_call(now)) {
    return later(
        std::chrono::duration_cast<std::chrono::milliseconds>(target.breaker.next_call_at() - now));
  }
  if (context_.now() + options_.attempt_limit >= claimed.leased_until) {
    return later(std::chrono::milliseconds{0});  // the lease would not outlive the attempt
  }
  auto receipt =
      target.system->push(claimed.dispatch, base::Deadline{now + options_.attempt_limit});
  const auto health =
      receipt ? delivery::health_of_status(receipt->status) : delivery::Health::failing;
  target.breaker.on_result(health, context_.clock.steady());
  if (receipt) {
    target.silent_in_a_row = 0;
    return Answer{std::move(claimed), std::move(receipt), true, {}};
  }
  ++target.silent_in_a_row;
  const delivery::BackoffOptions resting{options_.rest, std::chrono::minutes{15}};
  const auto wait =
      options_.rest / 5 + delivery::backoff(target.silent_in_a_row, std::nullopt, random_, resting);
  target.resting_until = context_.clock.steady() + wait;
  return Answer{std::move(claimed), std::move(receipt), false, context_.now() + wait};
}

Result<DeliverTotals> Deliverer::round(const std::function<bool()>& stop) {
  DeliverTotals totals;
  auto claimed = claim();
  if (!claimed) return std::move(claimed).error();
  std::vector<Answer> answers;
  for (ports::Claimed& one : *claimed) {
    if (stop()) {
      answers.push_back({std::move(one), base::fail(base::ErrorCode::UNAVAILABLE, {}, "stopping"),
                         false, context_.now()});
      continue;
    }
    answers.push_back(send(std::move(one)));
    if (answers.size() >= options_.answers_in_a_unit) {
      if (const auto written = write_down(answers, totals); !written) return written.error();
      answers.clear();
    }
  }
  if (const auto written = write_down(answers, totals); !written) return written.error();
  return totals;
}

Result<void> Deliverer::write_down(const std::vector<Answer>& answers, DeliverTotals& totals) {
  if (answers.empty()) return {};
  auto unit = context_.store.begin();
  if (!unit) return std::move(unit).error();
  for (const Answer& answer : answers) {
    if (const auto written = write_one(**unit, answer, totals); !written) return written;
  }
  return (*unit)->commit();
}

Result<void> Deliverer::write_one(ports::UnitOfWork& unit, const Answer& answer,
                                  DeliverTotals& totals) {
  const std::string& id = answer.claimed.dispatch.trigger.id;
  if (!answer.attempted) {
    ++totals.postponed;
    return unit.retry(id, answer.claimed.attempts, answer.not_before, said_by(answer.receipt));
  }
  ++totals.attempted;
  if (options_.observe) options_.observe(answer.claimed.dispatch, said_by(answer.receipt));
  const auto step = delivery::next_step(answer.claimed.attempts, happened(answer.receipt),
                                        context_.now(), random_);
  if (const auto* done = std::get_if<delivery::Delivered>(&step)) {
    ++totals.delivered;
    if (done->duplicate) ++totals.duplicates;
    return on_receipt(unit, answer, totals);
  }
  if (const auto* again = std::get_if<delivery::Retry>(&step)) {
    ++totals.retried;
    return unit.retry(id, answer.claimed.attempts + 1, again->at, said_by(answer.receipt));
  }
  ++totals.parked;
  return park(unit, answer, std::get<delivery::Park>(step), said_by(answer.receipt));
}

Result<void> Deliverer::on_receipt(ports::UnitOfWork& unit, const Answer& answer,
                                   DeliverTotals& totals) {
  const triggers::Trigger& trigger = answer.claimed.dispatch.trigger;
  const ports::Receipt& receipt = *answer.receipt;
  if (const auto marked = unit.delivered(trigger.id, receipt, context_.now()); !marked) {
    return marked;
  }
  if (receipt.in_force) {
    const auto moved = unit.move_figure(trigger.case_key, *receipt.in_force, receipt.review_date,
                                        trigger.id, context_.now());
    if (!moved) return moved;
    ++totals.figures_moved;
  }
  return unit.audit(
      {context_.now(), "system", "TRIGGER_DELIVERED", trigger.id, said_by(answer.receipt)});
}

Result<void> Deliverer::park(ports::UnitOfWork& unit, const Answer& answer,
                             const delivery::Park& why, const std::string& said) {
  const triggers::Trigger& trigger = answer.claimed.dispatch.trigger;
  const auto parked = unit.park(trigger.id, answer.claimed.attempts + 1, said, context_.now());
  if (!parked) return parked;
  const auto held = unit.hold(ports::Held::fresh(
      "DELIVERY", trigger.id, delivery::name(why.reason),
      fmt::format("case system {} answered {}; the case waits until it is resolved",
                  trigger.case_key.case_system, said),
      context_.now()));
  if (!held) return held.error();
  return unit.audit({context_.now(), "system", why.alarm ? "DELIVERY_CONFLICT" : "DELIVERY_PARKED",
                     trigger.id, said});
}

}  // namespace ig::core::jobs
