#pragma once

#include "adapters/case_system/event.hpp"
#include "adapters/case_system/signature.hpp"
#include "adapters/http/client.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/clock.hpp"
#include "core/base/sensitive.hpp"
#include "core/ports/case_system.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace ig::adapters::case_system {

struct WebhookOptions {
  std::string target = "/";   ///< path that triggers are posted to
  std::string secret_file{};  ///< one "whsec_" secret a line; read again for each push
  EventOptions event{};
  std::chrono::milliseconds call_limit = core::base::limits::http_attempt_limit;
};

/// Posts signed events to one case system (docs/webhooks.md). The id of the event is the
/// webhook-id, the same at every attempt; time stamp and signature are new each time. An answer of
/// 2xx whose body cannot be read as a receipt is a receipt without outcome, its reason says what
/// was wrong. Client and clock outlive it. One call at a time.
class WebhookCaseSystem final : public core::ports::CaseSystem {
 public:
  WebhookCaseSystem(http::Client& client, const core::base::Clock& clock, WebhookOptions options);

  /// Errors beside those of the port: UNREADABLE or CONFIG_INVALID (the signing secrets); then
  /// nothing was sent. An answer that breaks HTTP counts as none: UNAVAILABLE.
  [[nodiscard]] core::base::Result<core::ports::Receipt> push(const core::ports::Dispatch& dispatch,
                                                              core::base::Deadline by) override;

 private:
  [[nodiscard]] core::base::Result<void> load_keys();
  [[nodiscard]] core::ports::Receipt receipt_of(const http::Response& response);

  http::Client& client_;
  const core::base::Clock& clock_;
  WebhookOptions options_;
  wire::json::Reader reader_;
  core::base::Sensitive<std::string> secrets_;  ///< text the keys were read from
  std::optional<WebhookKeys> keys_;
};

/// A W3C traceparent made of ids we have: the correlation id as trace (16 or 32 lower-case hex
/// digits, else empty text), the first half of the trigger's id as span.
[[nodiscard]] std::string trace_parent(std::string_view correlation_id,
                                       std::string_view trigger_id);

}  // namespace ig::adapters::case_system
