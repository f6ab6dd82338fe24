#include "core/jobs/initial.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/hmrc_access.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::jobs::Clocked;
using core::jobs::InitialReport;

struct Options {
  std::string case_id;
  std::string case_system;
  std::string paying_parent;
  std::string as_of;
  bool json = false;
};

/// The one case the options name.
Result<core::values::CaseKey> find_case(const Runtime& runtime, const Options& options) {
  const auto cases = runtime.store->cases_named(options.case_id);
  if (!cases) return cases.error();
  const core::ports::RegisteredCase* found = nullptr;
  for (const auto& one : *cases) {
    const auto& key = one.record.key;
    if (!options.case_system.empty() && key.case_system != options.case_system) continue;
    if (!options.paying_parent.empty() && key.paying_parent != options.paying_parent) continue;
    if (found != nullptr) {
      return core::base::fail(ErrorCode::USAGE, "--case",
                              "several cases fit: name --case-system or --paying-parent too");
    }
    found = &one;
  }
  if (found == nullptr) {
    return core::base::fail(ErrorCode::NOT_FOUND, "--case", "the register has no such case");
  }
  return found->record.key;
}

void write_figure(wire::json::Writer& out, const InitialReport& report) {
  if (!report.yearly) return;
  const auto& figure = *report.yearly;
  using core::facts::FigureStatus;
  out.key("yearly").begin_object();
  out.member("status", figure.status == FigureStatus::available ? "AVAILABLE"
                       : figure.status == FigureStatus::nil     ? "NIL"
                                                                : "NO_DATA");
  if (figure.tax_year) out.member("tax_year", figure.tax_year->text());
  if (figure.annual) out.member("annual_pence", figure.annual->in_pence());
  out.member_if("source", figure.source_of_figure);
  out.end_object();
}

void write_clock(wire::json::Writer& out, const std::vector<Clocked>& clock) {
  out.key("requests").begin_array();
  for (const Clocked& one : clock) {
    out.begin_object()
        .member("interface", one.interface)
        .member("asked_at", one.asked_at.text())
        .member("answered_at", one.answered_at.text())
        .member("result", one.result)
        .member("calls", static_cast<std::int64_t>(one.calls));
    out.key("delays").begin_array();
    for (const auto& delay : one.delays) {
      out.begin_object().member("cause", delay.cause);
      out.member("ms", static_cast<std::int64_t>(delay.took.count())).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

std::string as_json(const InitialReport& report) {
  std::string text;
  wire::json::Writer out(text);
  out.begin_object()
      .member("case_system", report.case_key.case_system)
      .member("case", report.case_key.case_id)
      .member("paying_parent", report.case_key.paying_parent)
      .member("trace", report.trace);
  if (report.match_pattern) {
    out.member("match_pattern", static_cast<std::int64_t>(*report.match_pattern));
  }
  write_figure(out, report);
  out.key("real_time").begin_object();
  out.member("payments", static_cast<std::int64_t>(report.payments));
  if (report.weekly) out.member("weekly_pence", report.weekly->in_pence());
  out.end_object();
  out.member("action", core::rules::name(report.assessment.action));
  if (report.assessment.gross_weekly_income) {
    out.member("gross_weekly_income_pence", report.assessment.gross_weekly_income->in_pence());
  }
  out.member("explanation", report.assessment.explanation);
  out.member("triggers", static_cast<std::int64_t>(report.triggers));
  write_clock(out, report.clock);
  out.end_object();
  return text;
}

void print(const InitialReport& report) {
  fmt::print("case {} ({}): the person is {}", report.case_key.case_id, report.case_key.case_system,
             report.trace);
  if (report.match_pattern) fmt::print(" (pattern {})", *report.match_pattern);
  fmt::print("\n{}: {}\n", core::rules::name(report.assessment.action),
             report.assessment.explanation);
  if (report.weekly) {
    fmt::print("real-time pay: {} payment(s), \xc2\xa3{} a week\n", report.payments,
               report.weekly->text());
  }
  for (const Clocked& one : report.clock) {
    fmt::print("{:<12} {}  asked {}  answered {} ", one.interface, one.result, one.asked_at.text(),
               one.answered_at.text());
    for (const auto& delay : one.delays) fmt::print(" {} {} ms", delay.cause, delay.took.count());
    fmt::print("\n");
  }
  fmt::print("{} trigger(s)\n", report.triggers);
}

int run(const std::string& config_file, const Options& options) {
  auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  warn_held_back(**runtime);
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const auto key = find_case(**runtime, options);
  if (!key) return report(key.error());
  const Wait wait = sleep();
  const auto access = HmrcAccess::open((*runtime)->config.hmrc, wait);
  if (!access) return report(access.error());
  const auto hmrc = Hmrc::open(**access, **runtime, wait);
  if (!hmrc) return report(hmrc.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  const auto ports = (*hmrc)->ports();
  const auto done = core::jobs::run_initial(
      context, ports, *key,
      {.as_of = *as_of, .call_limit = (*runtime)->config.hmrc.question_limit});
  if (!done) return report(done.error());
  if (options.json) {
    fmt::print("{}\n", as_json(*done));
  } else {
    print(*done);
  }
  return kDone;
}

}  // namespace

void add_initial(CLI::App& root, Invocation& invocation) {
  auto* initial = root.add_subcommand(
      "initial", "Trace the person of a new case, ask for both incomes, test them");
  const auto options = std::make_shared<Options>();
  initial->add_option("--case", options->case_id, "the case's id")->required();
  initial->add_option("--case-system", options->case_system, "where the id is not the only one");
  initial->add_option("--paying-parent", options->paying_parent, "where a case has several");
  initial->add_option("--as-of", options->as_of, "the day of the request; default today in London");
  initial->add_flag("--json", options->json, "one JSON object");
  initial->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
