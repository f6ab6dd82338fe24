#include "adapters/cli/control_file.hpp"

#include "adapters/cli/runtime.hpp"
#include "adapters/formats/fields.hpp"

#include <algorithm>
#include <filesystem>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::jobs::BulkControl;

constexpr std::int64_t kMost = 1'000'000'000'000'000;
constexpr std::size_t kSha256Digits = 64;

bool is_hex(const std::string& text) {
  return text.size() == kSha256Digits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Result<BulkControl> read_control(const std::string& name) {
  const auto text = read_text_file(name);
  if (!text) return text.error();
  wire::json::Reader reader;
  const auto value = reader.read(*text);
  if (!value) return value.error();
  formats::FirstError error;
  formats::Fields fields(*value, error);
  if (error.failed()) return error.take();
  BulkControl out;
  out.sender = fields.text_if("sender").value_or("");
  out.sequence = fields.integer_if("sequence", 0, kMost);
  out.sha256 = fields.text_if("sha256", kSha256Digits);
  out.bytes = fields.integer_if("bytes", 0, kMost);
  out.employees = fields.integer_if("employees", 0, kMost);
  out.payments = fields.integer_if("payments", 0, kMost);
  out.taxable_pay_pence = fields.integer_if("taxable_pay_pence", -kMost, kMost);
  if (out.sha256 && !is_hex(*out.sha256)) {
    fields.refuse("sha256", ErrorCode::INVALID_TEXT, "a hash is 64 lower-case hex digits");
  }
  if (out.sequence && out.sender.empty()) {
    fields.refuse("sender", ErrorCode::MISSING_MEMBER, "a sequence is one sender's");
  }
  if (error.failed()) return error.take();
  return out;
}

}  // namespace

std::optional<BulkControl> control_of(const std::string& file) {
  const std::string name = file + kControlSuffix;
  std::error_code ignored;
  if (file == "-" || !std::filesystem::exists(name, ignored)) return std::nullopt;
  auto control = read_control(name);
  if (control) return *std::move(control);
  BulkControl out;
  out.unreadable = std::move(control).error();
  return out;
}

}  // namespace ig::adapters::cli
