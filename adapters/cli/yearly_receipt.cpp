#include "adapters/cli/yearly_receipt.hpp"

#include "adapters/wire/json/writer.hpp"

namespace ig::adapters::cli {
namespace {

using core::jobs::BatchTally;

void write_tally(wire::json::Writer& json, const char* name, const BatchTally& tally) {
  json.key(name).begin_object();
  json.member("in", tally.in)
      .member("kept", tally.kept)
      .member("duplicate", tally.duplicate)
      .member("unavailable", tally.unavailable)
      .member("not_needed", tally.not_needed)
      .member("refused", tally.refused)
      .member("held", tally.held);
  json.end_object();
}

}  // namespace

std::string yearly_receipt_json(const core::jobs::BatchReceipt& receipt) {
  std::string out;
  wire::json::Writer json(out);
  json.begin_object().member("outcome", core::jobs::name(receipt.outcome));
  json.member_if("control", receipt.control);
  write_tally(json, "answers", receipt.answers);
  write_tally(json, "pence", receipt.pence);
  json.key("refusals").begin_object();
  for (const auto& [code, count] : receipt.refusals) {
    json.member(code, static_cast<std::int64_t>(count));
  }
  json.end_object();
  json.member("unearned_dropped", static_cast<std::int64_t>(receipt.unearned_dropped))
      .member("parts_differ", static_cast<std::int64_t>(receipt.parts_differ));
  if (receipt.why) {
    json.member("code", core::base::name(receipt.why->code))
        .member_if("field", receipt.why->field)
        .member("message", receipt.why->message);
  }
  json.end_object();
  return out;
}

}  // namespace ig::adapters::cli
