#include "adapters/case_system/case_system_client.hpp"

#include "adapters/formats/receipts.hpp"
#include "adapters/wire/files/secret_file.hpp"
#include "core/base/limits.hpp"
#include "core/delivery/retry_after.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ig::adapters::case_system {

using core::base::Deadline;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;
using core::ports::Dispatch;
using core::ports::Receipt;

namespace {

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_header_safe(std::string_view text) {
  return !text.empty() && text.size() <= core::base::limits::id_bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// The port knows one way to get no answer for each cause; an answer that is no HTTP is none.
Error no_answer(Error error) {
  if (error.code == ErrorCode::BAD_REPLY || error.code == ErrorCode::LIMIT_EXCEEDED) {
    error.message = fmt::format("the case system's answer could not be read ({}): {}",
                                core::base::name(error.code), error.message);
    error.code = ErrorCode::UNAVAILABLE;
  }
  return error;
}

}  // namespace

std::string trace_parent(std::string_view correlation_id, std::string_view trigger_id) {
  constexpr std::size_t trace_digits = 32;
  constexpr std::size_t span_digits = 16;
  const auto usable = [](std::string_view id) {
    return is_hex(id) && id.find_first_not_of('0') != std::string_view::npos;
  };
  const std::size_t size = correlation_id.size();
  if ((size != trace_digits && size != trace_digits / 2) || !usable(correlation_id)) return {};
  const std::string_view span = trigger_id.substr(0, span_digits);
  if (span.size() != span_digits || !usable(span)) return {};
  return fmt::format("00-{:0>32}-{}-01", correlation_id, span);
}

WebhookCaseSystem::WebhookCaseSystem(http::Client& client, const core::base::Clock& clock,
                                     WebhookOptions options)
    : client_(client), clock_(clock), options_(std::move(options)) {}

Result<void> WebhookCaseSystem::load_keys() {
  auto text = wire::files::read_secret_file(options_.secret_file, "the signing secrets");
  if (!text) return std::move(text).error();
  if (keys_ && *text == secrets_) return {};
  auto keys = WebhookKeys::parse(text->reveal());
  if (!keys) return std::move(keys).error();
  keys_ = std::move(*keys);
  secrets_ = std::move(*text);
  return {};
}

Result<Receipt> WebhookCaseSystem::push(const Dispatch& dispatch, Deadline by) {
  if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "no time is left to push the trigger");
  if (const auto loaded = load_keys(); !loaded) return loaded.error();
  http::Request request;
  request.method = "POST";
  request.target = options_.target;
  write_event(request.body, dispatch, options_.event);
  const std::string& id = dispatch.trigger.id;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(clock_.now().time_since_epoch());
  request.headers = {
      {"Content-Type", event_content_type},
      {"Accept", "application/json"},
      {id_header, id},
      {timestamp_header, fmt::format("{}", seconds.count())},
      {signature_header, keys_->sign(id, seconds.count(), request.body)},
  };
  const std::string trace = trace_parent(dispatch.correlation_id, id);
  if (!trace.empty()) request.headers.push_back({"traceparent", trace});
  if (is_header_safe(dispatch.correlation_id)) {
    request.headers.push_back({"X-Correlation-Id", dispatch.correlation_id});
  }
  const Deadline call_by{std::min(by.at, Deadline::in(options_.call_limit).at)};
  auto response = client_.send(request, call_by);
  if (!response) return no_answer(std::move(response).error());
  return receipt_of(*response);
}

Receipt WebhookCaseSystem::receipt_of(const http::Response& response) {
  Receipt receipt;
  receipt.status = static_cast<int>(response.status);
  if (const std::string* wait = http::find(response.headers, "Retry-After")) {
    receipt.retry_after = core::delivery::parse_retry_after(*wait);
  }
  if (response.body.empty()) return receipt;
  const bool taken = receipt.status >= 200 && receipt.status <= 299;
  const auto not_read = [&](const Error& why) {
    if (taken) {
      receipt.reason =
          fmt::format("the receipt was not read: {} {}", core::base::name(why.code), why.field);
    }
    return receipt;
  };
  if (response.body.size() > core::base::limits::receipt_bytes_max) {
    return not_read(fail(ErrorCode::LIMIT_EXCEEDED, {}, {}));
  }
  const auto value = reader_.read(response.body);
  if (!value) return not_read(value.error());
  auto said = formats::read_receipt(*value);
  if (!said) return not_read(said.error());
  receipt.reason = std::move(said->reason);
  if (!taken) return receipt;  // only a success says what became of the trigger
  receipt.outcome = said->outcome;
  receipt.duplicate = said->duplicate;
  receipt.in_force = std::move(said->in_force);
  receipt.review_date = said->review_date;
  return receipt;
}

}  // namespace ig::adapters::case_system
