#pragma once

#include "adapters/sandbox/faults.hpp"
#include "adapters/sandbox/layout.hpp"
#include "adapters/sandbox/report.hpp"
#include "core/base/clock.hpp"
#include "core/base/deadline.hpp"
#include "core/base/result.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace ig::adapters::sandbox {

struct SandboxOptions {
  std::string folder;  ///< made when absent; what is in it from an earlier start is replaced
  std::uint64_t seed = 1;
  int people = 270;
  Day as_of;                          ///< the day the gateway looks at its cases
  int drop_permille = 0;              ///< deliveries whose answer is lost after they were applied
  int unavailable_permille = 0;       ///< people due for review for whom HMRC answers 503
  std::chrono::milliseconds slow{0};  ///< what each delivery takes at least
  int requests_per_second = 0;        ///< HMRC's limit of an application; 0: none
  bool totp = false;                  ///< HMRC wants a code before the client secret
  std::vector<FaultRule> faults;      ///< of HMRC
};

/// HMRC and two case systems on loopback, each on a server thread of its own, from start() until
/// stop() or the end of the object. The case systems' port has the control side too:
/// /control/report of the case systems, /control/hmrc and /control/faults of HMRC. The clock
/// outlives it.
class Sandbox {
 public:
  /// Writes everything into the folder; when it returns, all ports listen. Errors: USAGE (a
  /// population that cannot be made), UNREADABLE, CONFIG_INVALID, UNAVAILABLE.
  [[nodiscard]] static core::base::Result<std::unique_ptr<Sandbox>> start(
      const SandboxOptions& options, const core::base::Clock& clock);
  virtual ~Sandbox() = default;
  virtual void stop() = 0;
  [[nodiscard]] virtual Ports ports() const = 0;
  [[nodiscard]] virtual Report report() const = 0;
};

/// Asks the running sandbox of a folder for its report: the JSON text. Errors: UNREADABLE, and
/// those of a call (UNAVAILABLE, DEADLINE, TLS_FAILED, BAD_REPLY).
[[nodiscard]] core::base::Result<std::string> fetch_report(const std::string& folder,
                                                           core::base::Deadline by);

}  // namespace ig::adapters::sandbox
