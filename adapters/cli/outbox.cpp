#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

std::string as_json(const core::ports::OutboxLine& line) {
  std::string out;
  wire::json::Writer writer(out);
  writer.begin_object()
      .member("case_system", line.case_system)
      .member("pending", static_cast<std::int64_t>(line.pending))
      .member("delivered", static_cast<std::int64_t>(line.delivered))
      .member("parked", static_cast<std::int64_t>(line.parked));
  if (line.oldest_pending) writer.member("oldest_pending", line.oldest_pending->text());
  writer.end_object();
  return out;
}

int show(const std::string& config_file, bool json) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto lines = (*runtime)->store->outbox();
  if (!lines) return report(lines.error());
  if (!json) {
    fmt::print("{:<16} {:>9} {:>9} {:>7}  oldest\n", "case system", "pending", "delivered",
               "parked");
  }
  for (const core::ports::OutboxLine& line : *lines) {
    if (json) {
      fmt::print("{}\n", as_json(line));
    } else {
      fmt::print("{:<16} {:>9} {:>9} {:>7}  {}\n", line.case_system, line.pending, line.delivered,
                 line.parked, line.oldest_pending ? line.oldest_pending->text() : "-");
    }
  }
  return kDone;
}

}  // namespace

void add_outbox(CLI::App& root, Invocation& invocation) {
  auto* outbox = root.add_subcommand("outbox", "How much waits, by case system");
  const auto json = std::make_shared<bool>(false);
  outbox->add_flag("--json", *json, "one JSON object a line");
  outbox->callback([&invocation, json] {
    invocation.run = [&invocation, json] { return show(invocation.config_file, *json); };
  });
}

}  // namespace ig::adapters::cli
