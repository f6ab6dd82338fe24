#include "adapters/cli/hmrc_workers.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::Result;

/// One worker with everything that is its own.
struct Worker {
  Runtime* runtime = nullptr;
  std::unique_ptr<Runtime> own;
  std::unique_ptr<Hmrc> hmrc;
};

Result<Worker> open_worker(Runtime* first, HmrcAccess* access, const HmrcJob& job) {
  Worker out;
  out.runtime = first;
  if (first == nullptr) {
    auto opened = open_runtime(job.config_file);
    if (!opened) return std::move(opened).error();
    out.own = *std::move(opened);
    out.runtime = out.own.get();
  }
  if (access == nullptr) return out;
  auto hmrc = Hmrc::open(*access, *out.runtime, job.wait);
  if (!hmrc) return std::move(hmrc).error();
  out.hmrc = *std::move(hmrc);
  return out;
}

Result<void> work(Worker& worker, const HmrcJob& job, const core::jobs::HmrcRunOptions& options,
                  const WorkerPart& part) {
  const auto context = worker.runtime->context(job.correlation_id);
  const auto ports = worker.hmrc ? worker.hmrc->ports() : core::jobs::HmrcPorts{};
  return part(context, ports, options);
}

}  // namespace

HmrcJob hmrc_job(const Runtime& runtime, const std::string& config_file,
                 const std::string& correlation_id, core::values::Date as_of, Wait wait) {
  HmrcJob out{config_file, correlation_id, std::move(wait), {}};
  out.options.as_of = as_of;
  out.options.call_limit = runtime.config.hmrc.question_limit;
  out.options.stop = [] { return false; };
  return out;
}

const char* why_early(bool parked) {
  return parked ? "an operator has to put something right (`hmrc check`, `held`)"
                : "HMRC gives no answer; what was not asked is asked next time";
}

Result<void> work_through(std::uint64_t questions, Runtime& runtime, HmrcAccess* access,
                          const HmrcJob& job, const WorkerPart& part) {
  const auto wanted =
      access == nullptr ? 1 : static_cast<std::uint64_t>(runtime.config.hmrc.workers);
  const std::uint64_t count = std::clamp<std::uint64_t>(questions, 1, wanted);
  std::vector<Worker> workers;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto worker = open_worker(i == 0 ? &runtime : nullptr, access, job);
    if (!worker) return std::move(worker).error();
    workers.push_back(*std::move(worker));
  }
  std::mutex mutex;
  auto options = job.options;
  options.alone = [&mutex](const std::function<void()>& piece) {
    const std::lock_guard lock(mutex);
    piece();
  };
  std::vector<std::optional<Error>> failures(workers.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers.size(); ++i) {
    threads.emplace_back([&, i] {
      if (const auto done = work(workers[i], job, options, part); !done) failures[i] = done.error();
    });
  }
  if (const auto done = work(workers[0], job, options, part); !done) failures[0] = done.error();
  for (std::thread& thread : threads) thread.join();
  for (std::optional<Error>& failure : failures) {
    if (failure) return *std::move(failure);
  }
  return {};
}

}  // namespace ig::adapters::cli
