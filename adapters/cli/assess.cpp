#include "adapters/cli/assess.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/assessments.hpp"
#include "adapters/formats/requests.hpp"
#include "core/rules/assess.hpp"

#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Result;

int run(const std::string& parameters_file) {
  const auto parameters = load_parameters(parameters_file);
  if (!parameters) return report(parameters.error());
  return assess_lines(STDIN_FILENO, STDOUT_FILENO, *parameters);
}

}  // namespace

int assess_lines(int in, int out, const core::rules::ParameterSet& parameters) {
  return answer_each(in, out, "assess", [&](const wire::json::Value& value, std::string& answer) {
    const auto request = formats::read_request(value);
    if (!request) return Result<void>(request.error());
    const auto assessment = core::rules::assess(request->request, parameters);
    if (!assessment) return Result<void>(assessment.error());
    formats::write_assessment(answer, *assessment, request->context_json);
    answer.push_back('\n');
    return Result<void>();
  });
}

void add_assess(CLI::App& root, Invocation& invocation) {
  auto* assess =
      root.add_subcommand("assess", "Answer assessment requests (NDJSON) by the rules of the law");
  const auto file = std::make_shared<std::string>();
  assess->add_option("--parameters", *file, "parameter file; default: the one built in");
  assess->callback([&invocation, file] { invocation.run = [file] { return run(*file); }; });
}

}  // namespace ig::adapters::cli
