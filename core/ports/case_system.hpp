#pragma once

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/facts/case_record.hpp"
#include "core/triggers/trigger.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace ig::core::ports {

/// A trigger as it goes on the wire: its place in the case's sequence and the mode it goes in.
struct Dispatch {
  triggers::Trigger trigger;
  std::int64_t sequence = 0;  ///< 1, 2, 3 and so on of its case, without gaps
  triggers::Mode mode = triggers::Mode::task;
  values::Instant time;         ///< when it was raised
  std::string assessment_json;  ///< for consumers configured for figures; else empty
  std::string correlation_id;
};

enum class ReceiptOutcome : std::uint8_t { applied, not_applied, received, none };

/// What the case system answered.
struct Receipt {
  int status = 0;  ///< HTTP status
  ReceiptOutcome outcome = ReceiptOutcome::none;
  std::string reason;
  bool duplicate = false;
  std::optional<facts::InForce> in_force;  ///< the new figure, when it took the trigger up
  std::optional<values::Date> review_date;
  std::optional<std::chrono::seconds> retry_after;
};

/// Pushes one signed trigger to one case system.
/// Contract: any HTTP answer is a Receipt; only no answer at all is an Error (UNAVAILABLE,
/// DEADLINE, TLS_FAILED). The receiver may have applied a trigger whose answer was lost: sending
/// it again with the same id is safe. One call at a time.
class CaseSystem {
 public:
  virtual ~CaseSystem() = default;
  [[nodiscard]] virtual base::Result<Receipt> push(const Dispatch& dispatch, base::Deadline by) = 0;
};

}  // namespace ig::core::ports
