#include "core/jobs/review.hpp"

#include "core/jobs/review_worker.hpp"

#include <algorithm>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::RegisteredCase;

bool income_based(const facts::CaseRecord& record) {
  if (!record.in_force || !record.in_force->weekly) return false;
  switch (record.in_force->basis) {
    case facts::Basis::historic:
    case facts::Basis::current:
    case facts::Basis::current_estimate:
      return true;
    case facts::Basis::default_rate:
    case facts::Basis::not_income_based:
      return false;
  }
  IG_UNREACHABLE("a basis is one of five");
}

}  // namespace

Result<std::unique_ptr<ReviewRun>> ReviewRun::find(const JobContext& context, values::Date as_of) {
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  auto cases = context.store.cases_with_review_until(as_of.plus_days(law->request_days_before));
  if (!cases) return std::move(cases).error();
  std::unique_ptr<ReviewRun> run(new ReviewRun);
  ReviewPlan& plan = run->summary_.plan;
  for (RegisteredCase& one : *cases) {
    const auto done = is_answered(context, one);
    if (!done) return done.error();
    if (*done) {
      ++plan.answered;
      continue;
    }
    if (!income_based(one.record)) {
      ++plan.not_tested;
      continue;
    }
    ++plan.cases;
    auto& due = run->due_;
    if (due.empty() || due.back().person != one.person) due.push_back({one.person, {}, false});
    due.back().cases.push_back(std::move(one));
  }
  plan.people = run->due_.size();
  for (Due& one : run->due_) {
    const auto ask = is_to_ask(context, one, as_of, *law);
    if (!ask) return ask.error();
    one.ask = *ask;
    if (one.ask) ++plan.requests;
  }
  return run;
}

Result<void> ReviewRun::work(const JobContext& context, const HmrcPorts& hmrc,
                             const ReviewOptions& options) {
  const auto law = context.parameters.on(options.as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  ReviewWorker worker(context, hmrc, options, *law, *this);
  while (!options.stop()) {
    const Next next = take(options);
    if (next.due == nullptr) break;
    if (const auto done = worker.person(*next.due, next.ask); !done) {
      alone(options, [this] { ended_ = true; });
      return done;
    }
  }
  return {};
}

ReviewRun::Next ReviewRun::take(const ReviewOptions& options) {
  const auto is_last_day = [&](const RegisteredCase& one) {
    return *one.record.review_date <= options.as_of;
  };
  Next out;
  alone(options, [&] {
    while (out.due == nullptr && next_ < due_.size()) {
      const Due& due = due_[next_++];
      if (ended_ && std::ranges::none_of(due.cases, is_last_day)) {
        passed_over_ += due.cases.size();
      } else {
        out = {&due, due.ask && !ended_};
      }
    }
    if (options.progress) options.progress(next_);
  });
  return out;
}

ReviewSummary ReviewRun::summary() const {
  ReviewSummary out = summary_;
  out.untouched = passed_over_;
  for (std::size_t i = next_; i < due_.size(); ++i) out.untouched += due_[i].cases.size();
  return out;
}

Result<ReviewPlan> plan_review(const JobContext& context, values::Date as_of) {
  const auto run = ReviewRun::find(context, as_of);
  if (!run) return run.error();
  return (*run)->plan();
}

Result<ReviewSummary> run_review(const JobContext& context, const HmrcPorts& hmrc,
                                 const ReviewOptions& options) {
  const auto run = ReviewRun::find(context, options.as_of);
  if (!run) return run.error();
  if (const auto done = (*run)->work(context, hmrc, options); !done) return done.error();
  return (*run)->summary();
}

}  // namespace ig::core::jobs
