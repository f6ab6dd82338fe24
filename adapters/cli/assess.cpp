#include "adapters/cli/assess.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/assessments.hpp"
#include "adapters/formats/error_line.hpp"
#include "adapters/formats/requests.hpp"
#include "adapters/wire/files/lines.hpp"
#include "adapters/wire/files/progress.hpp"
#include "core/rules/assess.hpp"

#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

/// Answers one line into `out`; on an error `id` holds the request's id as far as it was readable.
Result<void> assess_line(const wire::files::Line& line, wire::json::Reader& reader,
                         const core::rules::ParameterSet& parameters, std::string& out,
                         std::string& id) {
  if (line.too_long) {
    return Error{ErrorCode::LINE_TOO_LONG, {}, "the line is longer than 1000000 bytes"};
  }
  const auto value = reader.read(line.text);
  if (!value) return value.error();
  id = formats::readable_id(*value);
  const auto request = formats::read_request(*value);
  if (!request) return request.error();
  const auto assessment = core::rules::assess(request->request, parameters);
  if (!assessment) return assessment.error();
  formats::write_assessment(out, *assessment, request->context_json);
  out.push_back('\n');
  return {};
}

int run(const std::string& parameters_file) {
  const auto parameters = load_parameters(parameters_file);
  if (!parameters) return report(parameters.error());
  return assess_lines(STDIN_FILENO, STDOUT_FILENO, *parameters);
}

}  // namespace

int assess_lines(int in, int out, const core::rules::ParameterSet& parameters) {
  wire::files::LineReader lines(in);
  wire::files::BufferedOutput output(out);
  wire::files::Progress progress(STDERR_FILENO, "assess", "lines");
  wire::json::Reader reader;
  std::string id;
  bool refused = false;
  while (!output.failed()) {
    if (!lines.ready() && !output.flush()) break;
    const auto line = lines.next();
    if (!line) {
      // What was answered stays answered; the rest was not read.
      static_cast<void>(output.flush());
      return report(line.error());
    }
    if (!*line) break;
    id.clear();
    if (auto done = assess_line(**line, reader, parameters, output.buffer(), id); !done) {
      formats::write_error_line(output.buffer(), id, (*line)->number, done.error());
      refused = true;
    }
    output.written();
    progress.step();
  }
  if (auto flushed = output.flush(); !flushed) return report(flushed.error());
  return refused ? kRefused : kDone;
}

void add_assess(CLI::App& root, Invocation& invocation) {
  auto* assess =
      root.add_subcommand("assess", "Answer assessment requests (NDJSON) by the rules of the law");
  const auto file = std::make_shared<std::string>();
  assess->add_option("--parameters", *file, "parameter file; default: the one built in");
  assess->callback([&invocation, file] { invocation.run = [file] { return run(*file); }; });
}

}  // namespace ig::adapters::cli
