#include "adapters/cli/intake_receipt.hpp"

#include "adapters/wire/json/writer.hpp"

namespace ig::adapters::cli {
namespace {

void write_tally(wire::json::Writer& writer, const char* name, const core::jobs::Tally& tally) {
  writer.key(name)
      .begin_object()
      .member("in", tally.in)
      .member("kept", tally.kept)
      .member("unmatched", tally.unmatched)
      .member("duplicate", tally.duplicate)
      .member("refused", tally.refused)
      .member("held", tally.held)
      .end_object();
}

}  // namespace

std::string intake_receipt_json(const core::jobs::IntakeReceipt& receipt) {
  std::string out;
  wire::json::Writer writer(out);
  writer.begin_object()
      .member("files", static_cast<std::int64_t>(receipt.files))
      .member("messages", static_cast<std::int64_t>(receipt.messages))
      .member("employees", static_cast<std::int64_t>(receipt.employees));
  write_tally(writer, "payments", receipt.payments);
  write_tally(writer, "taxable_pay_pence", receipt.pence);
  if (receipt.nil_periods != 0) {
    writer.member("nil_periods", static_cast<std::int64_t>(receipt.nil_periods));
  }
  writer.member("triggers", static_cast<std::int64_t>(receipt.triggers));
  writer.key("refusals").begin_array();
  for (const auto& [code, count] : receipt.refusals) {
    writer.begin_object()
        .member("code", code)
        .member("count", static_cast<std::int64_t>(count))
        .end_object();
  }
  writer.end_array().end_object();
  return out;
}

}  // namespace ig::adapters::cli
