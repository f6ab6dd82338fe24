#include "adapters/sandbox/sandbox.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/sandbox/big_files.hpp"
#include "adapters/sandbox/files.hpp"

#include <fmt/format.h>

#include <csignal>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace ig::adapters::cli {
namespace {

/// SIGINT and SIGTERM come to wait() instead of ending the process. Made before any thread is, so
/// that all of them leave the signals alone.
class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void wait() const {
    int received = 0;
    sigwait(&set_, &received);
  }

 private:
  sigset_t set_{};
};

struct RunArguments {
  sandbox::SandboxOptions options;
  std::string as_of = "2026-02-10";
  std::string ready_file;
  std::string faults_file;
  int slow_ms = 0;
};

/// The rules of a file, as the control side of the sandbox takes them.
core::base::Result<std::vector<sandbox::FaultRule>> faults_of(const std::string& file) {
  if (file.empty()) return std::vector<sandbox::FaultRule>();
  const auto text = sandbox::read_file(file);
  if (!text) return text.error();
  return sandbox::read_fault_rules(*text);
}

int run_sandbox(RunArguments arguments) {
  const auto as_of = sandbox::parse_day(arguments.as_of);
  if (!as_of) {
    return report({core::base::ErrorCode::USAGE, "/as_of", "--as-of is a day, written YYYY-MM-DD"});
  }
  arguments.options.as_of = *as_of;
  arguments.options.slow = std::chrono::milliseconds{arguments.slow_ms};
  auto faults = faults_of(arguments.faults_file);
  if (!faults) return report(faults.error());
  arguments.options.faults = *std::move(faults);
  const StopSignal stop;
  const SystemClock clock;
  const auto running = sandbox::Sandbox::start(arguments.options, clock);
  if (!running) return report(running.error());
  const auto ports = (*running)->ports();
  fmt::print(
      "sandbox: HMRC on port {}, case systems on port {}; configuration in {}/gateway.toml\n",
      ports.hmrc, ports.cases, arguments.options.folder);
  std::fflush(stdout);
  if (!arguments.ready_file.empty()) {
    const auto done = sandbox::write_file(arguments.ready_file, fmt::format("{}\n", getpid()));
    if (!done) return report(done.error());
  }
  stop.wait();
  (*running)->stop();
  return kDone;
}

struct ReportArguments {
  std::string folder;
  bool json = false;
  std::string label = "sandbox";
};

int print_report(const ReportArguments& arguments) {
  using namespace std::chrono_literals;
  const auto text = sandbox::fetch_report(arguments.folder, core::base::Deadline::in(10s));
  if (!text) return report(text.error());
  if (arguments.json) {
    fmt::print("{}\n", *text);
  } else {
    fmt::print("{}{}: {}\n", sandbox::report_table(*text), arguments.label,
               sandbox::report_summary(*text));
  }
  return sandbox::report_is_good(*text) ? kDone : kRefused;
}

int write_fps(const sandbox::BigFileOptions& options) {
  const auto counts = sandbox::write_big_files(options);
  if (!counts) return report(counts.error());
  fmt::print(
      R"({{"employees":{},"registered":{},"fire":{},"cases":{},"taxable_pay_pence":{},"bytes":{}}})"
      "\n",
      counts->employees, counts->registered, counts->fire, counts->cases, counts->pay,
      counts->bytes);
  return kDone;
}

void add_run(CLI::App& sandbox, Invocation& invocation) {
  auto* run = sandbox.add_subcommand("run", "Play HMRC and two case systems until told to stop");
  const auto arguments = std::make_shared<RunArguments>();
  auto& options = arguments->options;
  run->add_option("--dir", options.folder, "folder that gets everything needed")->required();
  run->add_option("--seed", options.seed, "the same people from the same seed");
  run->add_option("--people", options.people, "people with a case")->check(CLI::Range(1, 50'000));
  run->add_option("--as-of", arguments->as_of, "the day the gateway looks at its cases");
  run->add_option("--ready-file", arguments->ready_file, "written when all ports listen");
  run->add_option("--drop-answers", options.drop_permille, "deliveries, in 1000, left unanswered")
      ->check(CLI::Range(0, 1'000));
  run->add_option("--unavailable", options.unavailable_permille,
                  "people due for review, in 1000, for whom HMRC does not answer")
      ->check(CLI::Range(0, 1'000));
  run->add_option("--slow-ms", arguments->slow_ms, "what each delivery takes at least")
      ->check(CLI::Range(0, 60'000));
  run->add_option("--rate-limit", options.requests_per_second,
                  "requests a second that HMRC takes of an application; 0: any number")
      ->check(CLI::Range(0, 100'000));
  run->add_flag("--totp", options.totp, "HMRC wants a code of totp_key before the client secret");
  run->add_option("--faults", arguments->faults_file,
                  "JSON of what goes wrong at HMRC, as POST /control/faults takes it");
  run->callback([&invocation, arguments] {
    invocation.run = [arguments] { return run_sandbox(*arguments); };
  });
}

void add_report(CLI::App& sandbox, Invocation& invocation) {
  auto* command =
      sandbox.add_subcommand("report", "What a running sandbox got, and what is missing");
  const auto arguments = std::make_shared<ReportArguments>();
  command->add_option("--dir", arguments->folder, "folder of the running sandbox")->required();
  command->add_flag("--json", arguments->json, "the report as JSON");
  command->add_option("--label", arguments->label, "what the last line starts with");
  command->callback([&invocation, arguments] {
    invocation.run = [arguments] { return print_report(*arguments); };
  });
}

void add_big_fps(CLI::App& sandbox, Invocation& invocation) {
  auto* fps = sandbox.add_subcommand("fps", "Write a large FPS file and cases for it");
  const auto options = std::make_shared<sandbox::BigFileOptions>();
  fps->add_option("--employees", options->employees, "employees, one payment each");
  fps->add_option("--registered-permille", options->registered_permille, "employees with a case");
  fps->add_option("--fire-permille", options->fire_permille,
                  "employees with a case whose pay is up by half");
  fps->add_option("--seed", options->seed, "the same bytes from the same seed");
  fps->add_option("--out", options->out, "the FPS file")->required();
  fps->add_option("--cases-out", options->cases_out, "the cases, a line each");
  fps->add_option("--cases", options->cases, "how many cases");
  fps->callback(
      [&invocation, options] { invocation.run = [options] { return write_fps(*options); }; });
}

}  // namespace

void add_sandbox(CLI::App& root, Invocation& invocation) {
  auto* sandbox =
      root.add_subcommand("sandbox", "HMRC and a case system on loopback, for trying out");
  sandbox->require_subcommand(1);
  add_run(*sandbox, invocation);
  add_report(*sandbox, invocation);
  add_big_fps(*sandbox, invocation);
}

}  // namespace ig::adapters::cli
