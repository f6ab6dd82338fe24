#include "adapters/cli/bulk_visitors.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/file_source.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "adapters/wire/files/lines.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace ig::adapters::cli {
namespace {

using core::base::Result;
using core::ports::BulkReport;
using core::ports::MessageReport;
using wire::json::Writer;

/// What `fps check` was asked to do.
struct Check {
  std::vector<std::string> files;
  bool json = false;
};

/// A document is taken in when it is income, and no one of it is refused.
bool would_be_taken_in(const BulkReport& report) {
  if (report.refused()) return false;
  for (const MessageReport& message : report.messages) {
    if (message.test || message.employees_refused > 0) return false;
  }
  return true;
}

void write_json(std::string& out, const MessageReport& message) {
  Writer writer(out);
  writer.begin_object();
  if (message.message_class.empty()) {
    writer.member_null("message_class");
  } else {
    writer.member("message_class", message.message_class);
  }
  if (message.tax_year) {
    writer.member("tax_year", message.tax_year->text());
  } else {
    writer.member_null("tax_year");
  }
  writer.member("test", message.test).member("irmark", core::ports::name(message.irmark));
  writer.member("employees", static_cast<std::int64_t>(message.employees));
  writer.member("payments", static_cast<std::int64_t>(message.payments));
  writer.member("taxable_pay_pence", message.taxable_pay.in_pence());
  if (message.nil_period) {
    writer.key("nil_period").begin_object();
    writer.member("from", message.nil_period->from.text());
    writer.member("to", message.nil_period->to.text()).end_object();
  }
  writer.key("problems").begin_array();
  for (const core::ports::Problem& problem : message.problems) {
    writer.begin_object().member("code", problem.code).member("position", problem.position);
    writer.member("message", problem.message).end_object();
  }
  writer.end_array().end_object();
  out.push_back('\n');
}

void write_table(std::string& out, const std::string& file, const BulkReport& report) {
  for (const MessageReport& message : report.messages) {
    out +=
        fmt::format("{}\n  class        {}\n  tax year     {}\n  test         {}\n", file,
                    message.message_class.empty() ? "-" : message.message_class,
                    message.tax_year ? message.tax_year->text() : "-", message.test ? "yes" : "no");
    out += fmt::format("  IRmark       {}\n  employees    {} ({} refused)\n  payments     {}\n",
                       core::ports::name(message.irmark), message.employees,
                       message.employees_refused, message.payments);
    out += fmt::format("  taxable pay  {}\n  problems     {}\n", message.taxable_pay.text(),
                       message.problems_found);
    if (message.nil_period) {
      out += fmt::format("  paid nobody  {} to {}\n", message.nil_period->from.text(),
                         message.nil_period->to.text());
    }
    for (const core::ports::Problem& problem : message.problems) {
      out += fmt::format("    {} {}\n      {}\n", problem.code, problem.position, problem.message);
    }
    out += fmt::format("  would be taken in: {}\n", would_be_taken_in(report) ? "yes" : "no");
  }
}

Result<BulkReport> look_at(const std::string& file) {
  auto source = FileSource::open(file);
  if (!source) return source.error();
  Onlooker onlooker;
  rti::RtiReader reader;
  return reader.read(**source, onlooker, {});
}

int run(const Check& check) {
  wire::files::BufferedOutput output(STDOUT_FILENO);
  int status = kDone;
  int could_not = kDone;
  for (const std::string& file : check.files) {
    const auto report = look_at(file);
    if (!report) {
      could_not = cli::report(report.error());
      continue;
    }
    if (check.json) {
      for (const MessageReport& message : report->messages) write_json(output.buffer(), message);
    } else {
      write_table(output.buffer(), file, *report);
    }
    output.written();
    if (!would_be_taken_in(*report)) status = kRefused;
  }
  if (auto flushed = output.flush(); !flushed) return cli::report(flushed.error());
  return could_not != kDone ? could_not : status;
}

}  // namespace

void add_fps(CLI::App& root, Invocation& invocation) {
  auto* fps = root.add_subcommand("fps", "Look at HMRC RTI files without touching anything");
  fps->require_subcommand(1);
  auto* check = fps->add_subcommand("check", "Check RTI files: counts, IRmark and every problem");
  const auto asked = std::make_shared<Check>();
  check->add_flag("--json", asked->json, "one JSON object a message");
  check->add_option("FILE", asked->files, "RTI files; - is standard input")->required();
  check->callback([&invocation, asked] { invocation.run = [asked] { return run(*asked); }; });
}

}  // namespace ig::adapters::cli
