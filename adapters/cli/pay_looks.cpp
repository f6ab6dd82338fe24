#include "adapters/cli/pay_looks.hpp"

namespace ig::adapters::cli {

using core::base::Result;
using core::jobs::PayWatchRun;

bool asks_after_paydays(const HmrcConfig& config) {
  return config.watch_paydays && !config.base_url.empty() && config.earnings_from != "NONE";
}

core::jobs::LookPolicy look_policy(const HmrcConfig& config) {
  return {.after_days = config.watch_after_days};
}

Result<core::jobs::PayWatchSummary> look_after_paydays(Runtime& runtime, HmrcAccess& access,
                                                       const HmrcJob& job) {
  const auto context = runtime.context(job.correlation_id);
  const auto run = PayWatchRun::find(context, job.options.as_of, look_policy(runtime.config.hmrc));
  if (!run) return run.error();
  if ((*run)->due().empty()) return (*run)->summary();
  const auto done = work_through((*run)->due().size(), runtime, &access, job,
                                 [&](const auto& own, const auto& ports, const auto& options) {
                                   return (*run)->work(own, ports, options);
                                 });
  if (!done) return done.error();
  return (*run)->summary();
}

}  // namespace ig::adapters::cli
