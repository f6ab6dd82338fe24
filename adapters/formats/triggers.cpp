#include "adapters/formats/triggers.hpp"

#include "adapters/formats/ledger_words.hpp"
#include "adapters/formats/rule_words.hpp"
#include "adapters/formats/trigger_words.hpp"

namespace ig::adapters::formats {
namespace {

using core::base::Result;
using core::triggers::EffectiveCandidate;
using core::triggers::Trigger;
using wire::json::Value;
using wire::json::Writer;

constexpr std::size_t kSentenceBytesMax = 4'000;

}  // namespace

void write_trigger(std::string& text, const Trigger& trigger) {
  Writer out(text);
  out.begin_object().member("id", trigger.id).member("raised_on", trigger.raised_on.text());
  out.member("case_system", trigger.case_key.case_system);
  out.member("case", trigger.case_key.case_id);
  out.member("paying_parent", trigger.case_key.paying_parent);
  words::write_text_or_null(out, "person", trigger.person);
  out.member("kind", core::triggers::name(trigger.kind));
  words::write_text_or_null(out, "outcome",
                            trigger.outcome ? core::triggers::name(*trigger.outcome) : "");
  words::write_text_or_null(out, "direction",
                            trigger.direction ? core::triggers::name(*trigger.direction) : "");
  words::write_pence_or_null(out, "base_pence", trigger.base);
  words::write_pence_or_null(out, "weekly_pence", trigger.weekly);
  out.member("effect", words::word(words::kEffects, trigger.effect));
  out.key("effective_candidates").begin_array();
  for (const EffectiveCandidate& candidate : trigger.effective_candidates) {
    out.begin_object();
    words::write_text_or_null(out, "date", candidate.date ? candidate.date->text() : "");
    out.member("when", candidate.when).end_object();
  }
  out.end_array();
  words::write_texts(out, "reasons", trigger.reasons);
  out.member("relation", core::triggers::name(trigger.relation));
  words::write_text_or_null(out, "refers_to", trigger.refers_to);
  out.member("explanation", trigger.explanation).end_object();
}

Result<Trigger> read_trigger(const Value& value) {
  FirstError error;
  Fields fields(value, error);
  Trigger out;
  out.id = fields.text("id");
  out.raised_on = fields.date("raised_on");
  out.case_key.case_system = fields.text("case_system");
  out.case_key.case_id = fields.text("case");
  out.case_key.paying_parent = fields.text("paying_parent");
  out.person = fields.text_if("person").value_or("");
  out.kind = words::read_name(fields, "kind", &core::triggers::parse_kind).value_or(out.kind);
  out.outcome = words::read_name_if(fields, "outcome", &core::triggers::parse_outcome);
  out.direction = words::read_name_if(fields, "direction", &core::triggers::parse_direction);
  out.base = fields.pence_if("base_pence");
  out.weekly = fields.pence_if("weekly_pence");
  out.effect = fields.code("effect", words::kEffects);
  const std::size_t candidates = fields.count("effective_candidates");
  for (std::size_t i = 0; i < candidates && !error.failed(); ++i) {
    Fields item = fields.item("effective_candidates", i);
    out.effective_candidates.push_back({item.date_if("date"), item.text("when")});
  }
  out.reasons = fields.texts("reasons");
  out.relation =
      words::read_name(fields, "relation", &core::triggers::parse_relation).value_or(out.relation);
  out.refers_to = fields.text_if("refers_to").value_or("");
  out.explanation = fields.text("explanation", kSentenceBytesMax);
  if (error.failed()) return error.take();
  return out;
}

}  // namespace ig::adapters::formats
