#include "core/jobs/hmrc_run.hpp"

#include "core/jobs/hmrc_desk.hpp"

#include <string>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::FetchResult;
using ports::NextMove;

bool is_outage(FetchResult result) {
  switch (result) {
    case FetchResult::throttled:
    case FetchResult::transient:
    case FetchResult::config_fault:
    case FetchResult::not_permitted:
      return true;
    case FetchResult::matched:
    case FetchResult::matched_no_data:
    case FetchResult::not_matched:
    case FetchResult::unknown_person:
    case FetchResult::poison:
      return false;
  }
  IG_UNREACHABLE("a result is one of nine");
}

}  // namespace

void alone(const HmrcRunOptions& options, const std::function<void()>& work) {
  if (options.alone) return options.alone(work);
  work();
}

Result<void> HmrcRunHealth::note(const JobContext& context, ports::UnitOfWork& unit,
                                 const ports::HmrcRequest& request, const HmrcRunOptions& options) {
  const ports::Fetched& fetched = request.fetched;
  const bool outage = is_outage(fetched.result);
  alone(options, [&] {
    failures_in_a_row_ = outage ? failures_in_a_row_ + 1 : 0;
    const bool down = failures_in_a_row_ >= options.failures_in_a_row_max;
    if (down) upstream_down_ = true;
    if (fetched.next == NextMove::park) parked_ = true;
    if (down || fetched.next == NextMove::park) ended_ = true;
  });
  const std::string code =
      fetched.code.empty() ? std::string(ports::name(fetched.result)) : fetched.code;
  switch (fetched.next) {
    case NextMove::use:
    case NextMove::retry:
    case NextMove::retry_new:
      return {};
    case NextMove::park:
      return hold_once(context, unit, "HMRC", fetched.interface, code,
                       "no more is asked in this run: put the configuration or the access right, "
                       "then run again (`hmrc check` says what is wrong)");
    case NextMove::alarm:
      return hold_once(context, unit, "HMRC", fetched.interface, code,
                       "an answer that should not come: look at the reply that was kept");
    case NextMove::task:
      return hold_once(context, unit, "PULL", values::text(request.person), code,
                       "this one record cannot be had by asking: a person looks at it");
  }
  IG_UNREACHABLE("a move is one of six");
}

}  // namespace ig::core::jobs
