#include "adapters/api/service.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/hmrc_workers.hpp"
#include "adapters/cli/log.hpp"
#include "adapters/cli/pay_looks.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/cli/spool_watch.hpp"
#include "adapters/cli/targets.hpp"
#include "adapters/http/server.hpp"
#include "adapters/wire/files/lock.hpp"
#include "core/jobs/deliver.hpp"
#include "core/jobs/intake.hpp"
#include "core/jobs/periodic_check.hpp"
#include "core/jobs/review.hpp"
#include "core/jobs/watch.hpp"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Result;
using std::chrono::steady_clock;

/// Tells every thread to stop, and lets them sleep until then.
class Stop {
 public:
  [[nodiscard]] bool asked() const { return asked_.load(); }
  void ask() {
    asked_.store(true);
    const std::lock_guard lock(mutex_);
    wake_.notify_all();
  }
  /// Sleeps until `until` or until stop is asked, whichever is first.
  void sleep_until(steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    wake_.wait_until(lock, until, [this] { return asked(); });
  }

 private:
  std::atomic<bool> asked_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
};

/// What the threads of one process share. Each has a Runtime of its own.
struct Shared {
  Stop stop;
  Log& log;
  api::Metrics metrics;
  std::atomic<int> ready{0};  ///< threads that are up
};

void log_error(Shared& shared, const char* event, const std::string& correlation_id,
               const core::base::Error& error) {
  shared.log.write(Level::error, event, correlation_id,
                   {{"code", core::base::name(error.code)}, {"message", error.message}});
  shared.metrics.add("ig_errors_total", fmt::format("code=\"{}\"", core::base::name(error.code)));
}

/// Current incomes that have stood for the months of reg 22; before the reviews, which then have a
/// fresh figure to go by.
void periodic_now(Shared& shared, const core::jobs::JobContext& context) {
  const std::string& id = context.correlation_id;
  const auto checked = core::jobs::run_periodic_checks(context, context.zone.day_of(context.now()));
  if (!checked) return log_error(shared, "periodic_check_failed", id, checked.error());
  if (checked->triggers == 0) return;
  shared.log.write(Level::info, "periodic_check_done", id,
                   {{"due", checked->due}, {"triggers", checked->triggers}});
  shared.metrics.add("ig_triggers_total", "job=\"periodic\"",
                     static_cast<std::int64_t>(checked->triggers));
}

/// How long HMRC took over the last day, and what it has stopped sending.
void show_hmrc(Shared& shared, const core::jobs::JobContext& context) {
  const auto times = context.store.hmrc_times(context.now() + -std::chrono::hours{24});
  if (!times) return log_error(shared, "times_unreadable", context.correlation_id, times.error());
  for (const auto& row : *times) {
    const auto set = [&](const char* quantile, std::chrono::milliseconds value) {
      shared.metrics.set("ig_hmrc_answer_ms",
                         fmt::format("interface=\"{}\",purpose=\"{}\",quantile=\"{}\"",
                                     row.interface, core::ports::name(row.purpose), quantile),
                         static_cast<std::int64_t>(value.count()));
    };
    set("0.5", row.p50);
    set("0.95", row.p95);
  }
  const auto absent = core::jobs::hold_absent_fields(context);
  if (!absent)
    return log_error(shared, "fields_unreadable", context.correlation_id, absent.error());
  shared.metrics.set("ig_hmrc_fields_absent", {}, static_cast<std::int64_t>(*absent));
}

void log_review(Shared& shared, const std::string& id, const core::jobs::ReviewSummary& summary) {
  const bool early = summary.upstream_down || summary.parked;
  shared.log.write(early ? Level::warning : Level::info, "review_done", id,
                   {{"cases", summary.plan.cases},
                    {"asked", summary.asked},
                    {"calls", summary.calls},
                    {"unavailable", summary.unavailable},
                    {"decided", summary.decided},
                    {"waiting", summary.waiting},
                    {"untouched", summary.untouched},
                    {"triggers", summary.triggers}});
  const auto add = [&](const char* name, std::uint64_t by) {
    shared.metrics.add(name, {}, static_cast<std::int64_t>(by));
  };
  add("ig_review_requests_total", summary.asked);
  add("ig_review_calls_total", summary.calls);
  add("ig_review_unavailable_total", summary.unavailable);
  shared.metrics.add("ig_triggers_total", "job=\"review\"",
                     static_cast<std::int64_t>(summary.triggers));
}

/// Questions to HMRC as `serve` asks them, until it is told to stop.
HmrcJob job_of(Shared& shared, const Runtime& runtime, const std::string& config_file,
               const std::string& correlation_id) {
  HmrcJob job = hmrc_job(runtime, config_file, correlation_id, runtime.today(),
                         [&shared](std::chrono::nanoseconds wait) {
                           shared.stop.sleep_until(steady_clock::now() + wait);
                         });
  job.options.stop = [&shared] { return shared.stop.asked(); };
  return job;
}

/// The annual reviews of today.
void review_now(Shared& shared, Runtime& runtime, HmrcAccess* access,
                const std::string& config_file) {
  const std::string id = new_correlation_id(runtime.random);
  const auto context = runtime.context(id);
  periodic_now(shared, context);
  const auto found = core::jobs::ReviewRun::find(context, runtime.today());
  if (!found) return log_error(shared, "review_failed", id, found.error());
  auto& run = **found;
  const auto done =
      work_through(run.plan().requests, runtime, access, job_of(shared, runtime, config_file, id),
                   [&](const auto& own, const auto& ports, const auto& options) {
                     return run.work(own, ports, options);
                   });
  if (!done) return log_error(shared, "review_failed", id, done.error());
  log_review(shared, id, run.summary());
  show_hmrc(shared, context);
}

/// The daily look at everybody's pay.
void watch_now(Shared& shared, Runtime& runtime) {
  const std::string id = new_correlation_id(runtime.random);
  const auto context = runtime.context(id);
  core::jobs::WatchOptions how;
  how.as_of = runtime.today();
  how.stop = [&] { return shared.stop.asked(); };
  const auto totals = core::jobs::run_watch(context, how);
  if (!totals) return log_error(shared, "watch_failed", id, totals.error());
  shared.log.write(Level::info, "watch_done", id,
                   {{"people", totals->people}, {"triggers", totals->triggers}});
  shared.metrics.add("ig_triggers_total", "job=\"watch\"",
                     static_cast<std::int64_t>(totals->triggers));
}

/// Asks HMRC about everybody whose payday has come, until `until`. Gives whether anybody is left.
bool look_now(Shared& shared, Runtime& runtime, HmrcAccess& access, const std::string& config_file,
              steady_clock::time_point until) {
  const std::string id = new_correlation_id(runtime.random);
  auto job = job_of(shared, runtime, config_file, id);
  job.options.stop = [&] { return shared.stop.asked() || steady_clock::now() >= until; };
  const auto done = look_after_paydays(runtime, access, job);
  if (!done) {
    log_error(shared, "look_failed", id, done.error());
    return false;
  }
  const bool early = done->upstream_down || done->parked;
  shared.log.write(early ? Level::warning : Level::info, "paydays_done", id,
                   {{"people", done->people},
                    {"due", done->due},
                    {"asked", done->asked},
                    {"calls", done->calls},
                    {"with_new_pay", done->with_pay},
                    {"unavailable", done->unavailable},
                    {"untouched", done->untouched},
                    {"triggers", done->decided.triggers}});
  const auto add = [&](const char* name, std::uint64_t by) {
    shared.metrics.add(name, {}, static_cast<std::int64_t>(by));
  };
  add("ig_payday_requests_total", done->asked);
  add("ig_payday_calls_total", done->calls);
  add("ig_payday_unavailable_total", done->unavailable);
  shared.metrics.set("ig_paydays_waiting", {}, static_cast<std::int64_t>(done->untouched));
  shared.metrics.add("ig_triggers_total", "job=\"payday\"",
                     static_cast<std::int64_t>(done->decided.triggers));
  return done->untouched != 0 && !early;
}

/// Ends what a killed intake left, unless an intake is running.
void finish_now(Shared& shared, Runtime& runtime) {
  const auto lock = wire::files::Lock::take(runtime.config.store.file + ".intake.lock");
  if (!lock) return;
  const std::string id = new_correlation_id(runtime.random);
  const auto totals = core::jobs::finish_documents(runtime.context(id), runtime.today());
  if (!totals) return log_error(shared, "recovery_failed", id, totals.error());
  if (totals->people != 0) {
    shared.log.write(Level::info, "recovered", id,
                     {{"people", totals->people}, {"triggers", totals->triggers}});
  }
}

/// The credentials for HMRC, where it is configured.
std::unique_ptr<HmrcAccess> open_hmrc(Shared& shared, const Runtime& runtime) {
  if (runtime.config.hmrc.base_url.empty()) return nullptr;
  auto opened = HmrcAccess::open(runtime.config.hmrc, [&](std::chrono::nanoseconds wait) {
    shared.stop.sleep_until(steady_clock::now() + wait);
  });
  if (opened) return *std::move(opened);
  log_error(shared, "hmrc_not_configured", {}, opened.error());
  return nullptr;
}

void schedule(Shared& shared, Runtime& runtime, const std::string& config_file) {
  const auto access = open_hmrc(shared, runtime);
  if (!access && !runtime.config.hmrc.base_url.empty()) return;
  finish_now(shared, runtime);
  ++shared.ready;
  auto review_at = steady_clock::now();
  auto watch_at = steady_clock::now();
  const bool asks = access && asks_after_paydays(runtime.config.hmrc);
  bool look_due = false;
  while (!shared.stop.asked()) {
    const auto now = steady_clock::now();
    if (now >= review_at) {
      review_now(shared, runtime, access.get(), config_file);
      review_at = now + runtime.config.serve.review_every;
    }
    if (now >= watch_at && !shared.stop.asked()) {
      watch_now(shared, runtime);
      watch_at = now + runtime.config.serve.watch_every;
      look_due = asks;
    }
    // Looks take hours in a big register: a review that has come due goes between them.
    if (look_due && !shared.stop.asked()) {
      look_due = look_now(shared, runtime, *access, config_file, std::min(review_at, watch_at));
      continue;
    }
    shared.stop.sleep_until(std::min(review_at, watch_at));
  }
}

void log_intake(Shared& shared, const std::string& id, const core::jobs::IntakeReceipt& receipt) {
  shared.log.write(receipt.refusals.empty() ? Level::info : Level::warning, "spool_taken_in", id,
                   {{"files", receipt.files},
                    {"employees", receipt.employees},
                    {"kept", receipt.payments.kept},
                    {"refused", receipt.payments.refused},
                    {"held", receipt.payments.held},
                    {"triggers", receipt.triggers}});
  const auto add = [&](const char* name, std::int64_t by) { shared.metrics.add(name, {}, by); };
  add("ig_spool_files_total", static_cast<std::int64_t>(receipt.files));
  add("ig_spool_payments_kept_total", receipt.payments.kept);
  for (const auto& [code, count] : receipt.refusals) {
    shared.metrics.add("ig_spool_refused_total", fmt::format("code=\"{}\"", code),
                       static_cast<std::int64_t>(count));
  }
  shared.metrics.add("ig_triggers_total", "job=\"intake\"",
                     static_cast<std::int64_t>(receipt.triggers));
}

/// Takes bulk files in as they come. An `intake` that runs beside it goes first.
void take_in(Shared& shared, Runtime& runtime) {
  auto spool = open_spool(runtime.config.intake);
  if (!spool) return log_error(shared, "spool_not_usable", {}, spool.error());
  while (!shared.stop.asked()) {
    const auto lock = wire::files::Lock::take(runtime.config.store.file + ".intake.lock");
    if (lock) {
      const std::string id = new_correlation_id(runtime.random);
      const auto taken = take_from_spool(runtime, runtime.context(id), *spool, steady_clock::now());
      if (!taken) {
        log_error(shared, "spool_failed", id, taken.error());
      } else if (taken->files != 0) {
        log_intake(shared, id, *taken);
      }
    }
    shared.stop.sleep_until(steady_clock::now() + runtime.config.intake.spool_every);
  }
}

void count_deliveries(Shared& shared, const core::jobs::DeliverTotals& round) {
  const auto add = [&](const char* outcome, std::uint64_t number) {
    if (number != 0) {
      shared.metrics.add("ig_deliveries_total", fmt::format("outcome=\"{}\"", outcome),
                         static_cast<std::int64_t>(number));
    }
  };
  add("delivered", round.delivered);
  add("retried", round.retried);
  add("parked", round.parked);
}

void show_outbox(Shared& shared, Runtime& runtime) {
  const auto lines = runtime.store->outbox();
  if (!lines) return log_error(shared, "outbox_unreadable", {}, lines.error());
  for (const auto& line : *lines) {
    const std::string label = fmt::format("case_system=\"{}\"", line.case_system);
    shared.metrics.set("ig_outbox_pending", label, static_cast<std::int64_t>(line.pending));
    shared.metrics.set("ig_outbox_parked", label, static_cast<std::int64_t>(line.parked));
  }
}

void deliver(Shared& shared, Runtime& runtime) {
  const auto lock = wire::files::Lock::take(runtime.config.store.file + ".delivery.lock");
  if (!lock) return log_error(shared, "delivery_not_ours", {}, lock.error());
  // The lock says that nobody else delivers.
  const auto taken_over = core::jobs::take_over_claims(*runtime.store);
  if (!taken_over) return log_error(shared, "delivery_failed", {}, taken_over.error());
  const auto targets = Targets::open(runtime);
  if (!targets) return log_error(shared, "case_systems_not_usable", {}, targets.error());
  const std::string id = new_correlation_id(runtime.random);
  const auto context = runtime.context(id);
  core::jobs::DeliverOptions options;
  options.observe = [&](const core::ports::Dispatch& dispatch, const std::string& answer) {
    shared.log.write(Level::info, "trigger_sent", dispatch.correlation_id,
                     {{"trigger", dispatch.trigger.id},
                      {"case_system", dispatch.trigger.case_key.case_system},
                      {"case", dispatch.trigger.case_key.case_id},
                      {"sequence", dispatch.sequence},
                      {"answer", answer}});
  };
  core::jobs::Deliverer deliverer(context, (*targets)->all(), runtime.random, options);
  ++shared.ready;
  while (!shared.stop.asked()) {
    const auto round = deliverer.round([&] { return shared.stop.asked(); });
    if (!round) {
      log_error(shared, "delivery_failed", id, round.error());
    } else {
      count_deliveries(shared, *round);
      if (round->attempted != 0) {
        shared.log.write(Level::info, "delivered", id,
                         {{"delivered", round->delivered},
                          {"retried", round->retried},
                          {"parked", round->parked}});
        continue;
      }
    }
    show_outbox(shared, runtime);
    shared.stop.sleep_until(steady_clock::now() + runtime.config.serve.delivery_poll);
  }
}

std::vector<api::Principal> principals_of(const GatewayConfig& config) {
  std::vector<api::Principal> out;
  for (const PrincipalConfig& one : config.principals) {
    const api::Role role = one.role == "case-system" ? api::Role::case_system
                           : one.role == "auditor"   ? api::Role::auditor
                                                     : api::Role::op;
    out.push_back({one.certificate_name, one.name, role, one.case_system});
  }
  return out;
}

Result<std::unique_ptr<http::Server>> start_api(Runtime& runtime, api::Service& service) {
  http::ServerOptions options;
  options.address = runtime.config.api.address;
  options.port = runtime.config.api.port;
  options.certificate_file = runtime.config.api.certificate_file;
  options.key_file = runtime.config.api.key_file;
  options.client_ca_file = runtime.config.api.client_ca_file;
  options.require_client_certificate = true;
  return http::Server::start(options,
                             [&service](const http::Request& request, const http::Peer& peer) {
                               return service.handle(request, peer);
                             });
}

/// Waits for SIGTERM or SIGINT, which every thread has blocked.
void wait_for_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  int received = 0;
  sigwait(&signals, &received);
  // A second signal, or the end of the drain limit, ends the process where it stands: what is
  // committed stays, the rest is done again.
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  ::alarm(static_cast<unsigned>(core::base::limits::drain_limit.count()));
}

void block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int run(const std::string& config_file) {
  block_signals();
  auto scheduler = open_runtime(config_file);
  if (!scheduler) return report(scheduler.error());
  auto sender = open_runtime(config_file);
  if (!sender) return report(sender.error());
  auto reader = open_runtime(config_file);
  if (!reader) return report(reader.error());
  std::unique_ptr<Runtime> taker;
  if (!(*reader)->config.intake.spool_folder.empty()) {
    auto opened = open_runtime(config_file);
    if (!opened) return report(opened.error());
    taker = *std::move(opened);
  }

  Log log(STDERR_FILENO, (*reader)->clock);
  Shared shared{{}, log, {}, {}};
  api::Service service(*(*reader)->store, (*reader)->clock, shared.metrics,
                       principals_of((*reader)->config), [&] { return shared.ready.load() == 2; });
  std::unique_ptr<http::Server> server;
  if (!(*reader)->config.api.certificate_file.empty()) {
    auto started = start_api(**reader, service);
    if (!started) return report(started.error());
    server = *std::move(started);
  }
  log.write(Level::info, "started", {},
            {{"site", (*reader)->config.site},
             {"parameters", (*reader)->parameters->version()},
             {"api_port", server ? static_cast<int>(server->port()) : 0}});
  for (const std::string& line :
       held_back((*reader)->config, *(*reader)->parameters, (*reader)->today())) {
    log.write(Level::warning, "live_held_back", {}, {{"what", line}});
  }
  std::thread jobs([&] { schedule(shared, **scheduler, config_file); });
  std::thread delivery([&] { deliver(shared, **sender); });
  std::thread intake([&] {
    if (taker) take_in(shared, *taker);
  });
  wait_for_signal();
  log.write(Level::info, "stopping", {});
  shared.stop.ask();
  if (server) server->stop();
  jobs.join();
  delivery.join();
  intake.join();
  log.write(Level::info, "stopped", {});
  return kDone;
}

}  // namespace

void add_serve(CLI::App& root, Invocation& invocation) {
  auto* serve = root.add_subcommand("serve", "Run every job and the API until told to stop");
  serve->callback(
      [&invocation] { invocation.run = [&invocation] { return run(invocation.config_file); }; });
}

}  // namespace ig::adapters::cli
