#include "core/jobs/review.hpp"

#include "core/jobs/review_worker.hpp"

#include <algorithm>
#include <utility>

namespace ig::core::jobs {

using base::Result;
using ports::RegisteredCase;

Result<std::unique_ptr<ReviewRun>> ReviewRun::find(const JobContext& context, values::Date as_of) {
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  auto found = find_due_reviews(context, as_of, law->request_days_before);
  if (!found) return std::move(found).error();
  std::unique_ptr<ReviewRun> run(new ReviewRun);
  ReviewPlan& plan = run->summary_.plan;
  plan.cases = found->cases;
  plan.answered = found->answered;
  plan.not_tested = found->not_tested;
  plan.people = found->people.size();
  for (DueReview& one : found->people) {
    run->due_.push_back({std::move(one), false});
  }
  for (Due& one : run->due_) {
    const auto ask = is_to_ask(context, one, as_of, *law);
    if (!ask) return ask.error();
    one.ask = *ask;
    if (one.ask) ++plan.requests;
  }
  return run;
}

Result<void> ReviewRun::work(const JobContext& context, const HmrcPorts& hmrc,
                             const HmrcRunOptions& options) {
  const auto law = context.parameters.on(options.as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  ReviewWorker worker(context, hmrc, options, *law, *this);
  while (!options.stop()) {
    const Next next = take(options);
    if (next.due == nullptr) break;
    if (const auto done = worker.person(*next.due, next.ask); !done) {
      alone(options, [this] { health_.end(); });
      return done;
    }
  }
  return {};
}

ReviewRun::Next ReviewRun::take(const HmrcRunOptions& options) {
  const auto is_last_day = [&](const RegisteredCase& one) {
    return *one.record.review_date <= options.as_of;
  };
  Next out;
  alone(options, [&] {
    while (out.due == nullptr && next_ < due_.size()) {
      const Due& due = due_[next_++];
      if (health_.ended() && std::ranges::none_of(due.cases, is_last_day)) {
        passed_over_ += due.cases.size();
      } else {
        out = {&due, due.ask && !health_.ended()};
      }
    }
    if (options.progress) options.progress(next_);
  });
  return out;
}

ReviewSummary ReviewRun::summary() const {
  ReviewSummary out = summary_;
  out.upstream_down = health_.upstream_down();
  out.parked = health_.parked();
  out.untouched = passed_over_;
  for (std::size_t i = next_; i < due_.size(); ++i) out.untouched += due_[i].cases.size();
  return out;
}

}  // namespace ig::core::jobs
