#include "adapters/formats/raised.hpp"

#include "adapters/formats/trigger_words.hpp"

namespace ig::adapters::formats {

using core::base::Result;
using core::triggers::Raised;
using wire::json::Value;
using wire::json::Writer;

void write_raised(std::string& text, const Raised& raised) {
  Writer out(text);
  out.begin_object().member("case_system", raised.case_key.case_system);
  out.member("case", raised.case_key.case_id);
  out.member("paying_parent", raised.case_key.paying_parent);
  out.member("kind", core::triggers::name(raised.kind));
  out.member_if("subject", raised.subject);
  out.member("trigger_id", raised.trigger_id);
  out.member("raised_on", raised.raised_on.text());
  if (raised.direction) out.member("direction", core::triggers::name(*raised.direction));
  if (raised.base) out.member("base_pence", raised.base->in_pence());
  if (raised.weekly) out.member("weekly_pence", raised.weekly->in_pence());
  out.end_object();
}

Result<Raised> read_raised(const Value& value) {
  FirstError error;
  Fields fields(value, error);
  Raised out;
  out.case_key.case_system = fields.text("case_system");
  out.case_key.case_id = fields.text("case");
  out.case_key.paying_parent = fields.text("paying_parent");
  out.kind = words::read_name(fields, "kind", &core::triggers::parse_kind).value_or(out.kind);
  out.subject = fields.text_if("subject").value_or("");
  out.trigger_id = fields.text("trigger_id");
  out.raised_on = fields.date("raised_on");
  out.direction = words::read_name_if(fields, "direction", &core::triggers::parse_direction);
  out.base = fields.pence_if("base_pence");
  out.weekly = fields.pence_if("weekly_pence");
  if (error.failed()) return error.take();
  return out;
}

}  // namespace ig::adapters::formats
