#include "adapters/cli/rules.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/rule_examples.hpp"
#include "adapters/wire/files/lines.hpp"
#include "adapters/wire/zone/london.hpp"
#include "core/rules/parameter_diff.hpp"
#include "core/rules/parameter_text.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::facts::Jurisdiction;
using core::rules::ParameterRow;
using core::rules::ParameterSet;
using core::rules::text;
using core::values::Date;

/// Prints text; false when standard output does not take it.
bool print(std::string_view text) {
  wire::files::BufferedOutput output(STDOUT_FILENO);
  output.add(text);
  return output.flush().has_value();
}

Result<Date> day_or_today(const std::string& day) {
  if (!day.empty()) {
    auto read = Date::parse(day);
    if (!read) return Error{ErrorCode::USAGE, "--on", read.error().message};
    return *read;
  }
  const SystemClock clock;
  return wire::zone::make_london()->day_of(core::values::Instant::of(clock.now()));
}

int show(const std::string& parameters_file, const std::string& on) {
  const auto day = day_or_today(on);
  if (!day) return report(day.error());
  const auto parameters = load_parameters(parameters_file);
  if (!parameters) return report(parameters.error());
  if (const auto found = parameters->on(*day, Jurisdiction::gb); !found) {
    return report({ErrorCode::USAGE, "--on", found.error().message});
  }
  return print(show_parameters(*parameters, *day)) ? kDone : kCouldNot;
}

int check(const std::string& file) {
  const auto parameters = load_parameters(file);
  if (!parameters) {
    report(parameters.error());
    return parameters.error().code == ErrorCode::PARAMETER_INVALID ? kRefused : kCouldNot;
  }
  return print(fmt::format("{}: {} rows, {}\n", file, parameters->rows().size(),
                           parameters->version()))
             ? kDone
             : kCouldNot;
}

/// The two sets and a day from the command line, then what differs.
int diff(const std::string& before_file, const std::string& after_file, const std::string& on) {
  std::optional<Date> day;
  if (!on.empty()) {
    const auto read = day_or_today(on);
    if (!read) return report(read.error());
    day = *read;
  }
  const auto before = load_parameters(before_file);
  if (!before) return report(before.error());
  const auto after = load_parameters(after_file);
  if (!after) return report(after.error());
  return print(show_differences(*before, *after, day)) ? kDone : kCouldNot;
}

Result<ExampleTotals> run_file(const std::string& file, const ParameterSet& parameters,
                               std::string& out) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{ErrorCode::UNREADABLE, {}, "cannot be opened: " + file};
  auto totals = run_examples(descriptor, file, parameters, out);
  ::close(descriptor);
  return totals;
}

int test(const std::string& parameters_file, const std::vector<std::string>& files) {
  const auto parameters = load_parameters(parameters_file);
  if (!parameters) return report(parameters.error());
  ExampleTotals all;
  std::string out;
  for (const std::string& file : files) {
    const auto totals = run_file(file, *parameters, out);
    if (!totals) return report(totals.error());
    all.agree += totals->agree;
    all.all += totals->all;
  }
  out += fmt::format("{} of {} agree\n", all.agree, all.all);
  if (!print(out)) return kCouldNot;
  return all.agree == all.all ? kDone : kRefused;
}

void append_example(const wire::files::Line& line, const std::string& name,
                    wire::json::Reader& reader, const ParameterSet& parameters,
                    ExampleTotals& totals, std::string& out) {
  ++totals.all;
  const std::string at = fmt::format("{}:{}", name, line.number);
  if (line.too_long) {
    out += fmt::format("{}: LINE_TOO_LONG\n", at);
    return;
  }
  const auto value = reader.read(line.text);
  const auto result = value ? formats::run_example(*value, parameters)
                            : Result<formats::ExampleResult>(value.error());
  if (!result) {
    out += fmt::format("{}: {} {}: {}\n", at, core::base::name(result.error().code),
                       result.error().field, result.error().message);
    return;
  }
  for (const auto& one : result->disagreements) {
    out += fmt::format("{}: {} {}: expected {}, found {}\n", at, result->id, one.pointer,
                       one.expected, one.found);
  }
  if (result->disagreements.empty()) ++totals.agree;
}

}  // namespace

std::string show_parameters(const ParameterSet& parameters, Date day) {
  std::string out = fmt::format("{} on {}\n", parameters.version(), day.text());
  for (const ParameterRow& row : parameters.rows()) {
    if (!row.covers(day)) continue;
    out += fmt::format("{:32} {:5} {} ({}); {}; {}\n", row.name, text(row.jurisdiction),
                       text(row.value), row.unit, row.citation, text(row.status));
  }
  return out;
}

std::string show_differences(const ParameterSet& before, const ParameterSet& after,
                             std::optional<Date> day) {
  std::string out;
  const auto line = [&](char sign, const ParameterRow& row) {
    out += fmt::format("{} {} {} from {} until {}: {} ({}); {}; {}\n", sign, row.name,
                       text(row.jurisdiction), row.from.text(),
                       row.until ? row.until->text() : "further notice", text(row.value), row.unit,
                       row.citation, text(row.status));
  };
  const auto found = core::rules::differences(before, after, day);
  for (const auto& one : found) {
    if (one.before != nullptr) line('-', *one.before);
    if (one.after != nullptr) line('+', *one.after);
  }
  return out + fmt::format("{} rows differ\n", found.size());
}

Result<ExampleTotals> run_examples(int in, const std::string& name, const ParameterSet& parameters,
                                   std::string& out) {
  ExampleTotals totals;
  wire::files::LineReader lines(in);
  wire::json::Reader reader;
  while (true) {
    const auto line = lines.next();
    if (!line) return line.error();
    if (!*line) return totals;
    append_example(**line, name, reader, parameters, totals, out);
  }
}

void add_rules(CLI::App& root, Invocation& invocation) {
  auto* rules = root.add_subcommand("rules", "Look at the law's numbers and try the rules");
  rules->require_subcommand(1);
  const auto parameters = std::make_shared<std::string>();
  const auto on = std::make_shared<std::string>();
  const auto file = std::make_shared<std::string>();
  const auto files = std::make_shared<std::vector<std::string>>();

  auto* one = rules->add_subcommand("show", "Print what is in force on a day, with citations");
  one->add_option("--on", *on, "the day; default: today");
  one->add_option("--parameters", *parameters, "parameter file; default: the one built in");
  one->callback([&invocation, parameters, on] {
    invocation.run = [parameters, on] { return show(*parameters, *on); };
  });

  auto* two = rules->add_subcommand("check", "Say whether a parameter file keeps its own rules");
  two->add_option("file", *file, "the parameter file")->required();
  two->callback([&invocation, file] { invocation.run = [file] { return check(*file); }; });

  const auto other = std::make_shared<std::string>();
  auto* four = rules->add_subcommand("diff", "Say what one parameter file has otherwise");
  four->add_option("before", *file, "the one file")->required();
  four->add_option("after", *other, "the other file")->required();
  four->add_option("--on", *on, "compare what is in force on this day only");
  four->callback([&invocation, file, other, on] {
    invocation.run = [file, other, on] { return diff(*file, *other, *on); };
  });

  auto* three = rules->add_subcommand("test", "Run examples (NDJSON) and count what agrees");
  three->add_option("files", *files, "files of {\"id\",\"request\",\"expected\"}")->required();
  three->add_option("--parameters", *parameters, "parameter file; default: the one built in");
  three->callback([&invocation, parameters, files] {
    invocation.run = [parameters, files] { return test(*parameters, *files); };
  });
}

}  // namespace ig::adapters::cli
