#include "core/ledger/ledger.hpp"

#include "adapters/cli/chain.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/facts_by_person.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/facts.hpp"
#include "adapters/formats/ledger_lines.hpp"
#include "adapters/wire/zone/london.hpp"
#include "core/jobs/proposals.hpp"

#include <memory>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

namespace facts = core::facts;
using core::base::Result;
using core::values::Date;

struct Options {
  std::string as_of;
  std::string parameters;
  std::string refused;
};

int run(const Options& options) {
  const auto as_of = day_option(options.as_of);
  if (!as_of) return report(as_of.error());
  const auto parameters = load_parameters(options.parameters);
  if (!parameters) return report(parameters.error());
  RefusedFile refused;
  if (const auto opened = refused.open(options.refused); !opened) return report(opened.error());
  const auto zone = wire::zone::make_london();
  return ledger_stage({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, refused.descriptor()}, *as_of,
                      *parameters, *zone);
}

}  // namespace

int ledger_stage(const Pipes& pipes, Date as_of, const core::rules::ParameterSet& parameters,
                 const core::ports::CivilZone& zone) {
  const auto rules = parameters.on(as_of, facts::Jurisdiction::gb);
  if (!rules) return report(rules.error());
  const core::ledger::LedgerPolicy policy = core::jobs::ledger_policy(*rules);
  FactsByPerson all(zone.start_of(as_of.plus_days(1)));
  Refusals refusals(pipes);
  const auto read = each_record(pipes.in, refusals, [&](const wire::json::Value& value, auto) {
    auto fact = formats::read_fact(value);
    return fact ? all.take(*std::move(fact)) : Result<void>(std::move(fact).error());
  });
  if (!read) return report(read.error());
  wire::files::BufferedOutput output(pipes.out);
  for (const auto& [key, person] : all.people()) {
    formats::LedgerLine line;
    line.income = core::ledger::weigh(person.payments, person.employments, as_of, policy);
    if (line.income.employments.empty()) continue;
    line.subject = person.subject;
    formats::write_ledger_line(output.buffer(), line);
    output.buffer().push_back('\n');
    output.written();
  }
  return end_stage(output, refusals);
}

void add_ledger(CLI::App& root, Invocation& invocation) {
  auto* ledger = root.add_subcommand("ledger", "Weigh payment facts (NDJSON): a line a person");
  const auto options = std::make_shared<Options>();
  ledger->add_option("--as-of", options->as_of, "the day: what was known at its end")->required();
  ledger->add_option("--parameters", options->parameters,
                     "parameter file; default: the one built in");
  ledger->add_option("--refused", options->refused, "file for a copy of the error lines");
  ledger->callback(
      [&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace ig::adapters::cli
