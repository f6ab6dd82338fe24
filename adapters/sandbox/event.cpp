#include "adapters/sandbox/event.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

/// The text of a member; nothing when it is absent or no text.
std::optional<std::string> text_of(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return std::nullopt;
  return member->get<std::string>();
}

/// The text of a member, empty for null; nothing when it is anything else.
std::optional<std::string> text_or_null(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end()) return std::nullopt;
  return member->is_null() ? std::string() : text_of(object, name);
}

bool one_of(const std::optional<std::string>& text, std::initializer_list<std::string_view> list) {
  return text && std::find(list.begin(), list.end(), *text) != list.end();
}

bool is_id(const std::optional<std::string>& text) {
  return text && text->size() == 32 && std::ranges::all_of(*text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_kind(const std::optional<std::string>& text) {
  return one_of(text, {"INITIAL_FIGURE", "ANNUAL_REVIEW", "PERIODIC_CURRENT_CHECK",
                       "IN_YEAR_INCOME", "REVISION", "EMPLOYMENT_STARTED", "EMPLOYMENT_ENDED",
                       "BENEFIT_STATUS", "VARIATION_INCOME", "NEED_CURRENT_INCOME",
                       "HMRC_UNREACHABLE", "DEDUCTION", "PERSON_STATUS", "HUMAN_REVIEW"});
}

/// A count from 1, in 19 digits.
std::optional<std::int64_t> sequence_of(const std::optional<std::string>& text) {
  if (!text || text->size() != 19) return std::nullopt;
  std::int64_t value = 0;
  const auto* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || value < 1) return std::nullopt;
  return value;
}

/// Fills the trigger from `data`; the code of what is wrong, or empty.
std::string_view read_data(const json& data, Event& out) {
  const auto kind = text_of(data, "kind");
  const auto outcome = text_or_null(data, "outcome");
  const auto direction = text_or_null(data, "direction");
  const auto mode = text_of(data, "mode");
  const auto relation = text_of(data, "relation");
  const auto refers_to = text_or_null(data, "refers_to");
  const auto link = text_of(data, "link");
  const auto candidates = data.find("effective_candidates");
  if (!is_kind(kind)) return "BAD_KIND";
  if (!outcome || ((*kind == "ANNUAL_REVIEW") == outcome->empty())) return "BAD_OUTCOME";
  if (!one_of(direction, {"", "UP", "DOWN"})) return "BAD_DIRECTION";
  if (!one_of(mode, {"TASK", "LIVE"})) return "BAD_MODE";
  if (!one_of(text_of(data, "effect"), {"NONE", "POSSIBLE", "UNKNOWN"})) return "BAD_EFFECT";
  if (!one_of(relation, {"NEW", "REPLACES", "WITHDRAWS"})) return "BAD_RELATION";
  if (!refers_to || ((*relation == "NEW") != refers_to->empty())) return "BAD_REFERENCE";
  if (candidates == data.end() || !candidates->is_array()) return "BAD_CANDIDATES";
  if (!link || !link->starts_with("https://")) return "BAD_LINK";
  out.mode = *mode;
  out.trigger.kind = *kind;
  out.trigger.outcome = *outcome;
  out.trigger.direction = *direction;
  out.trigger.relation = *relation;
  out.trigger.refers_to = *refers_to;
  return {};
}

}  // namespace

std::optional<Event> read_event(const json& event, std::string_view& fault) {
  Event out;
  const auto id = text_of(event, "id");
  const auto source = text_of(event, "source");
  const auto subject = text_of(event, "subject");
  const auto time = text_of(event, "time");
  const auto sequence = sequence_of(text_of(event, "sequence"));
  const auto data = event.find("data");
  fault = {};
  if (text_of(event, "specversion") != "1.0") fault = "BAD_SPECVERSION";
  if (!is_id(id)) fault = "BAD_ID";
  if (!source || !source->starts_with("urn:income-gateway:")) fault = "BAD_SOURCE";
  if (text_of(event, "type") != "uk.income-gateway.trigger.v1") fault = "BAD_TYPE";
  if (!subject || subject->empty()) fault = "BAD_SUBJECT";
  if (!time || time->size() < 20 || !time->ends_with('Z')) fault = "BAD_TIME";
  if (text_of(event, "datacontenttype") != "application/json") fault = "BAD_CONTENT_TYPE";
  if (!sequence) fault = "BAD_SEQUENCE";
  if (data == event.end() || !data->is_object()) fault = "BAD_DATA";
  if (fault.empty()) fault = read_data(*data, out);
  if (!fault.empty()) return std::nullopt;
  out.subject = *subject;
  out.sequence = *sequence;
  out.trigger.id = *id;
  return out;
}

}  // namespace ig::adapters::sandbox
