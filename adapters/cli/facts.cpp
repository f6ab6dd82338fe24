#include "adapters/formats/facts.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

struct Options {
  std::string case_system;
  std::string case_id;
  std::string paying_parent = "PP1";
  std::string as_of;
};

/// Lists the facts behind one case as lines of contracts.md, with the person id in place of the
/// identity. Each look is audited.
int list(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  core::ports::Store& store = *(*runtime)->store;
  const auto of = store.case_of({options.case_system, options.case_id, options.paying_parent});
  if (!of) return report(of.error());
  if (!*of) {
    fmt::print(stderr, "income-gateway: this case is not in the register\n");
    return kRefused;
  }
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  const auto facts = store.facts_of((*of)->person, context.known_before(*as_of));
  if (!facts) return report(facts.error());
  auto unit = store.begin();
  if (!unit) return report(unit.error());
  const auto audited = (*unit)->audit({context.now(), "operator", "FACTS_READ",
                                       options.case_system + "/" + options.case_id,
                                       fmt::format("{} fact(s)", facts->size())});
  if (!audited) return report(audited.error());
  if (const auto done = (*unit)->commit(); !done) return report(done.error());
  for (const core::facts::Fact& fact : *facts) {
    std::string line;
    formats::write_fact(line, fact);
    fmt::print("{}\n", line);
  }
  return kDone;
}

}  // namespace

void add_facts(CLI::App& root, Invocation& invocation) {
  auto* facts = root.add_subcommand("facts", "The facts behind a case; each look is audited");
  const auto options = std::make_shared<Options>();
  facts->add_option("--case-system", options->case_system, "as in the register")->required();
  facts->add_option("--case", options->case_id, "the case")->required();
  facts->add_option("--paying-parent", options->paying_parent, "default PP1");
  facts->add_option("--as-of", options->as_of, "known by the end of this day; default today");
  facts->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return list(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
