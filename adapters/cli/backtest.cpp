#include "adapters/cli/backtest_report.hpp"
#include "adapters/cli/backtest_run.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/cases.hpp"
#include "adapters/formats/error_line.hpp"
#include "adapters/wire/files/replace_file.hpp"
#include "adapters/wire/zone/london.hpp"

#include <algorithm>
#include <memory>
#include <thread>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

namespace backtest = core::backtest;
using core::base::ErrorCode;
using core::base::Result;

constexpr unsigned kThreadsMax = 16;

struct Options {
  std::string cases;
  std::string facts;
  std::string from;
  std::string to;
  std::string parameters;
  std::string feedback = "applied";
  std::string summary;
  std::string html;
  std::string refused;
};

unsigned threads_here() { return std::clamp(std::thread::hardware_concurrency(), 1U, kThreadsMax); }

/// What the days of the run are replayed under, and what that is compared with.
struct Law {
  core::rules::ParameterSet tried;
  core::rules::ParameterSet today;
  [[nodiscard]] bool differ() const { return tried.version() != today.version(); }
};

Result<Law> law_of(const Options& options) {
  auto tried = load_parameters(options.parameters);
  if (!tried) return std::move(tried).error();
  auto today = load_parameters({});
  if (!today) return std::move(today).error();
  return Law{*std::move(tried), *std::move(today)};
}

Result<BacktestPeople> people_of(const Options& options, Refusals& refusals) {
  BacktestPeople people;
  const auto read =
      each_record_of(options.cases, refusals, [&](const wire::json::Value& value, auto) {
        auto record = formats::read_case(value);
        if (!record) return Result<void>(std::move(record).error());
        return people.take(*std::move(record));
      });
  if (!read) return read.error();
  return people;
}

/// The trigger lines, the error lines, and the reports that were asked for.
int put_out(const Options& options, const BacktestAbout& about, const BacktestResult& result,
            Refusals& refusals) {
  wire::files::BufferedOutput output(STDOUT_FILENO);
  for (const TriggerLine& line : result.lines) output.add(line.text);
  for (const auto& [number, line] : result.refused) refusals.refuse(line.id, number, line.error);
  if (!options.summary.empty()) {
    const auto put = wire::files::replace_file(options.summary, summary_json(about, result));
    if (!put) return report(put.error());
  }
  if (!options.html.empty()) {
    const auto put = wire::files::replace_file(options.html, comparison_page(about, result));
    if (!put) return report(put.error());
  }
  if (!about.today_version.empty()) {
    wire::files::BufferedOutput table(STDERR_FILENO);
    table.add(comparison_table(about, result));
    if (const auto put = table.flush(); !put) return report(put.error());
  }
  return end_stage(output, refusals);
}

int run(const Options& options) {
  const auto from = day_option(options.from);
  if (!from) return report(from.error());
  const auto to = day_option(options.to);
  if (!to) return report(to.error());
  const auto law = law_of(options);
  if (!law) return report(law.error());
  const auto zone = wire::zone::make_london();
  const auto tried = backtest::Span::make(*from, *to, law->tried, *zone);
  if (!tried) return report(tried.error());
  const auto today = backtest::Span::make(*from, *to, law->today, *zone);
  if (!today) return report(today.error());
  RefusedFile refused;
  if (const auto opened = refused.open(options.refused); !opened) return report(opened.error());
  Refusals refusals({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, refused.descriptor()});
  const auto people = people_of(options, refusals);
  if (!people) return report(people.error());
  const auto feedback =
      options.feedback == "none" ? backtest::Feedback::none : backtest::Feedback::applied;
  const auto result = run_backtest(*people, *tried, law->differ() ? &*today : nullptr,
                                   {options.facts, feedback, threads_here()});
  if (!result) return report(result.error());
  const BacktestAbout about{.from = *from,
                            .to = *to,
                            .feedback = feedback,
                            .tried_version = law->tried.version(),
                            .today_version = law->differ() ? law->today.version() : "",
                            .cases = people->case_count,
                            .people = people->cases.size()};
  return put_out(options, about, *result, refusals);
}

}  // namespace

void add_backtest(CLI::App& root, Invocation& invocation) {
  auto* command = root.add_subcommand(
      "backtest", "Replay history day by day: what would these parameters have raised?");
  const auto options = std::make_shared<Options>();
  command->add_option("--cases", options->cases, "case lines (NDJSON)")->required();
  command->add_option("--facts", options->facts, "fact lines (NDJSON), in any order")->required();
  command->add_option("--from", options->from, "first day")->required();
  command->add_option("--to", options->to, "last day, included")->required();
  command->add_option(
      "--parameters", options->parameters,
      "parameter file to try; compared with the one built in, which is the default");
  command
      ->add_option("--feedback", options->feedback,
                   "applied: each income trigger is taken up at once; none: the figure stays")
      ->check(CLI::IsMember({"applied", "none"}));
  command->add_option("--summary", options->summary, "file for the counts (JSON)");
  command->add_option("--html", options->html, "file for one page with plots and tables");
  command->add_option("--refused", options->refused, "file for a copy of the error lines");
  command->callback(
      [&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace ig::adapters::cli
