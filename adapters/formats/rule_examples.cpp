#include "adapters/formats/rule_examples.hpp"

#include "adapters/formats/assessments.hpp"
#include "adapters/formats/error_line.hpp"
#include "adapters/formats/fields.hpp"
#include "adapters/formats/requests.hpp"
#include "adapters/wire/json/write_value.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/rules/assess.hpp"

#include <fmt/format.h>

#include <utility>

namespace ig::adapters::formats {
namespace {

using core::base::Result;
using wire::json::Value;

std::string as_json(const Value* value) {
  std::string out;
  if (value == nullptr) return "null";
  wire::json::write_value(out, *value);
  return out;
}

/// A request without an id, with that of the example.
std::string with_id(const Value& request, const std::string& id) {
  std::string out;
  wire::json::Writer json(out);
  json.begin_object().member("id", id);
  for (const auto& [name, value] : request.members()) {
    if (name != "id") json.key(name).raw(as_json(&value));
  }
  json.end_object();
  return out;
}

/// The answer to a request as the line that `assess` would write.
std::string answer(const Value& request, const core::rules::ParameterSet& parameters) {
  std::string out;
  const auto read = read_request(request);
  if (!read) {
    write_error_line(out, readable_id(request), 1, read.error());
    return out;
  }
  const auto assessment = core::rules::assess(read->request, parameters);
  if (!assessment) {
    write_error_line(out, read->request.id, 1, assessment.error());
    return out;
  }
  write_assessment(out, *assessment, read->context_json);
  return out;
}

}  // namespace

void compare(const Value& expected, const Value& found, const std::string& pointer,
             std::vector<Disagreement>& out) {
  for (const auto& [name, wanted] : expected.members()) {
    const Value* got = found.find(name);
    const std::string at = fmt::format("{}/{}", pointer, name);
    if (wanted.is(Value::Kind::object) && got != nullptr && got->is(Value::Kind::object)) {
      compare(wanted, *got, at, out);
      continue;
    }
    std::string wanted_json = as_json(&wanted);
    std::string got_json = as_json(got);
    if (wanted_json != got_json) out.push_back({at, std::move(wanted_json), std::move(got_json)});
  }
}

Result<ExampleResult> run_example(const Value& line, const core::rules::ParameterSet& parameters) {
  FirstError error;
  Fields fields(line, error);
  ExampleResult out;
  out.id = fields.text("id");
  const Fields request = fields.object("request");
  const Fields expected = fields.object("expected");
  if (error.failed()) return error.take();
  wire::json::Reader reader;
  const Value* asked = &request.value();
  wire::json::Document named;
  if (asked->find("id") == nullptr) {
    auto read = reader.read(with_id(*asked, out.id));
    if (!read) return std::move(read).error();
    named = *std::move(read);
    asked = &named;
  }
  const auto found = reader.read(answer(*asked, parameters));
  if (!found) return found.error();
  compare(expected.value(), *found, {}, out.disagreements);
  return out;
}

}  // namespace ig::adapters::formats
