#include "adapters/formats/receipts.hpp"

#include "adapters/formats/cases.hpp"
#include "adapters/formats/fields.hpp"
#include "adapters/wire/json/writer.hpp"

#include <array>
#include <utility>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::Receipt;
using core::ports::ReceiptOutcome;
using wire::json::Value;

constexpr std::array<Code<ReceiptOutcome>, 3> outcomes = {{
    {"APPLIED", ReceiptOutcome::applied},
    {"NOT_APPLIED", ReceiptOutcome::not_applied},
    {"RECEIVED", ReceiptOutcome::received},
}};

/// A reason goes to an operator's screen: it is kept short and on one line.
std::string tidy_reason(std::string reason) {
  if (reason.size() > core::base::limits::id_bytes_max) {
    std::size_t cut = core::base::limits::id_bytes_max;
    while (cut > 0 && (static_cast<unsigned char>(reason[cut]) & 0xC0U) == 0x80U) --cut;
    reason.resize(cut);
  }
  for (char& c : reason) {
    if (static_cast<unsigned char>(c) < 0x20U || c == '\x7f') c = ' ';
  }
  return reason;
}

}  // namespace

std::string_view name(ReceiptOutcome outcome) noexcept {
  for (const auto& [text, value] : outcomes) {
    if (value == outcome) return text;
  }
  return {};
}

Result<Receipt> read_receipt(const Value& value) {
  if (!value.is(Value::Kind::object)) {
    return fail(ErrorCode::WRONG_TYPE, {}, "an object is expected");
  }
  FirstError error;
  Fields fields(value, error);
  Receipt receipt;
  receipt.outcome = fields.code_if("outcome", outcomes).value_or(ReceiptOutcome::none);
  receipt.duplicate = fields.boolean_if("duplicate").value_or(false);
  receipt.review_date = fields.date_if("review_date");
  if (const Value* reason = value.find("reason")) {
    if (reason->is(Value::Kind::string)) {
      receipt.reason = tidy_reason(std::string(reason->text()));
    } else {
      fields.refuse("reason", ErrorCode::WRONG_TYPE, "a string is expected");
    }
  }
  if (const Value* figure = value.find("in_force")) {
    auto in_force = read_in_force(*figure);
    if (!in_force) return core::base::under("/in_force", std::move(in_force).error());
    receipt.in_force = std::move(*in_force);
    Fields inner(*figure, error, "/in_force");
    if (const auto day = inner.date_if("review_date")) receipt.review_date = day;
  }
  if (error.failed()) return error.take();
  return receipt;
}

void write_receipt(std::string& out, const Receipt& receipt) {
  wire::json::Writer json(out);
  json.begin_object();
  json.member_if("outcome", name(receipt.outcome));
  json.member_if("reason", receipt.reason);
  if (receipt.duplicate) json.member("duplicate", true);
  if (receipt.in_force) {
    std::string figure;
    write_in_force(figure, *receipt.in_force);
    json.key("in_force").raw(figure);
  }
  if (receipt.review_date) json.member("review_date", receipt.review_date->text());
  json.end_object();
}

}  // namespace ig::adapters::formats
