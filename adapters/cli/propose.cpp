#include "core/triggers/propose.hpp"

#include "adapters/cli/chain.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/cases.hpp"
#include "adapters/formats/ledger_lines.hpp"
#include "adapters/formats/proposals.hpp"
#include "core/jobs/proposals.hpp"

#include <map>
#include <memory>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ig::adapters::cli {
namespace {

namespace facts = core::facts;
using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::values::Date;

/// The case lines of a file, by person. Of several versions of a case the newest stands.
class Cases {
 public:
  void take(facts::CaseRecord record) {
    const auto [at, fresh] = newest_.try_emplace(record.key, record);
    if (!fresh && record.version > at->second.version) at->second = std::move(record);
  }

  void index() {
    for (const auto& [key, record] : newest_) {
      if (const auto& nino = record.person.nino) {
        by_nino_[std::string(nino->reveal().first_eight())].push_back(record);
      }
    }
  }

  [[nodiscard]] std::vector<facts::CaseRecord> of(const facts::Subject& subject) const {
    if (!subject.nino) return {};
    const auto found = by_nino_.find(std::string(subject.nino->reveal().first_eight()));
    if (found == by_nino_.end()) return {};
    std::vector<facts::CaseRecord> out = found->second;
    for (facts::CaseRecord& record : out) record.person.person = subject.person;
    return out;
  }

 private:
  std::map<core::values::CaseKey, facts::CaseRecord> newest_;
  std::map<std::string, std::vector<facts::CaseRecord>> by_nino_;
};

struct Options {
  std::string cases;
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
  return propose_stage({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, refused.descriptor()},
                       options.cases, *as_of, *parameters);
}

}  // namespace

int propose_stage(const Pipes& pipes, const std::string& cases_file, Date as_of,
                  const core::rules::ParameterSet& parameters) {
  const auto rules = parameters.on(as_of, facts::Jurisdiction::gb);
  if (!rules) return report(rules.error());
  const core::triggers::ProposePolicy policy = core::jobs::propose_policy(*rules);
  Refusals refusals(pipes);
  Cases cases;
  const auto known =
      each_record_of(cases_file, refusals, [&](const wire::json::Value& value, auto) {
        auto record = formats::read_case(value);
        if (!record) return Result<void>(std::move(record).error());
        cases.take(*std::move(record));
        return Result<void>();
      });
  if (!known) return report(known.error());
  cases.index();
  wire::files::BufferedOutput output(pipes.out);
  const auto read = each_record(pipes.in, refusals, [&](const wire::json::Value& value, auto) {
    const auto line = formats::read_ledger_line(value);
    if (!line) return Result<void>(line.error());
    if (line->income.as_of != as_of) {
      return Result<void>(
          Error{ErrorCode::CONTRADICTION, "/as_of", "the ledger line is of another day"});
    }
    const auto records = cases.of(line->subject);
    for (const auto& proposal : core::triggers::propose(line->income, records, policy)) {
      formats::write_proposal(output.buffer(), proposal);
      output.buffer().push_back('\n');
      output.written();
    }
    return Result<void>();
  });
  if (!read) return report(read.error());
  return end_stage(output, refusals);
}

void add_propose(CLI::App& root, Invocation& invocation) {
  auto* propose = root.add_subcommand(
      "propose", "Find the assessments that ledger lines (NDJSON) call for, one a case");
  const auto options = std::make_shared<Options>();
  propose->add_option("--cases", options->cases, "case lines (NDJSON)")->required();
  propose->add_option("--as-of", options->as_of, "the day of the ledger")->required();
  propose->add_option("--parameters", options->parameters,
                      "parameter file; default: the one built in");
  propose->add_option("--refused", options->refused, "file for a copy of the error lines");
  propose->callback(
      [&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace ig::adapters::cli
