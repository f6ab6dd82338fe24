#include "adapters/case_system/event.hpp"

#include "adapters/wire/json/writer.hpp"
#include "core/base/require.hpp"

#include <fmt/format.h>

namespace ig::adapters::case_system {
namespace {

using core::triggers::Trigger;
using wire::json::Writer;

std::string_view word(core::triggers::Direction direction) noexcept {
  return direction == core::triggers::Direction::up ? "UP" : "DOWN";
}

std::string_view word(core::triggers::Relation relation) noexcept {
  constexpr std::string_view words[] = {"NEW", "REPLACES", "WITHDRAWS"};
  return words[static_cast<std::size_t>(relation)];
}

std::string_view word(core::rules::Effect effect) noexcept {
  constexpr std::string_view words[] = {"NONE", "POSSIBLE", "UNKNOWN"};
  return words[static_cast<std::size_t>(effect)];
}

void text_or_null(Writer& json, std::string_view name, std::string_view text) {
  json.key(name);
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void write_candidates(Writer& json, const Trigger& trigger) {
  json.key("effective_candidates").begin_array();
  for (const auto& candidate : trigger.effective_candidates) {
    json.begin_object();
    text_or_null(json, "date", candidate.date ? candidate.date->text() : std::string());
    json.member("when", candidate.when);
    json.end_object();
  }
  json.end_array();
}

void write_data(Writer& json, const core::ports::Dispatch& dispatch, const EventOptions& options) {
  const Trigger& trigger = dispatch.trigger;
  json.key("data").begin_object();
  json.member("kind", name(trigger.kind));
  text_or_null(json, "outcome", trigger.outcome ? name(*trigger.outcome) : std::string_view());
  text_or_null(json, "direction",
               trigger.direction ? word(*trigger.direction) : std::string_view());
  json.member("mode", name(dispatch.mode));
  json.member("effect", word(trigger.effect));
  write_candidates(json, trigger);
  json.member("relation", word(trigger.relation));
  text_or_null(json, "refers_to", trigger.refers_to);
  text_or_null(json, "link",
               options.link_base.empty()
                   ? std::string()
                   : fmt::format("{}/v1/triggers/{}", options.link_base, trigger.id));
  if (options.figures && !dispatch.assessment_json.empty()) {
    json.key("assessment").raw(dispatch.assessment_json);
  }
  json.end_object();
}

}  // namespace

void write_event(std::string& out, const core::ports::Dispatch& dispatch,
                 const EventOptions& options) {
  core::base::require(dispatch.sequence >= 1, "a trigger that is sent has its place in its case");
  Writer json(out);
  json.begin_object();
  json.member("specversion", "1.0").member("id", dispatch.trigger.id);
  json.member("source", "urn:income-gateway:" + options.site);
  json.member("type", "uk.income-gateway.trigger.v1");
  json.member("subject", dispatch.trigger.case_key.case_id);
  json.member("time", dispatch.time.text());
  json.member("datacontenttype", "application/json");
  json.member("sequence", fmt::format("{:019}", dispatch.sequence));
  write_data(json, dispatch, options);
  json.end_object();
}

}  // namespace ig::adapters::case_system
