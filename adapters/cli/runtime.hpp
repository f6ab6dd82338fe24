#pragma once

#include "adapters/cli/config.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/jobs/context.hpp"
#include "core/ports/civil_zone.hpp"
#include "core/ports/digest.hpp"
#include "core/ports/store.hpp"
#include "core/rules/parameters.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ig::adapters::cli {

/// The real clock.
class SystemClock final : public core::base::Clock {
 public:
  [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now() const override;
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
};

/// The system's random numbers.
class SystemRandom final : public core::base::Random {
 public:
  [[nodiscard]] std::uint64_t next() override;
};

/// What a command that works on the store needs: configuration, store, parameters, zone, clock.
/// One for each thread.
struct Runtime {
  GatewayConfig config;
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<core::ports::Digest> digest;
  std::unique_ptr<core::ports::CivilZone> zone;
  std::string parameters_text;
  std::unique_ptr<core::rules::ParameterSet> parameters;
  std::unique_ptr<core::ports::Store> store;

  /// The context a job runs in; the Runtime outlives it.
  [[nodiscard]] core::jobs::JobContext context(std::string correlation_id) const;
  [[nodiscard]] core::values::Date today() const;
};

/// What keeps triggers from being pushed LIVE: a line for each case system and kind that is
/// configured LIVE and sent as TASK while it rests on a parameter that nobody has confirmed and
/// `allow_unconfirmed` does not name.
[[nodiscard]] std::vector<std::string> held_back(const GatewayConfig& config,
                                                 const core::rules::ParameterSet& parameters,
                                                 core::values::Date today);

/// Prints those lines for an operator on standard error: for commands that raise triggers.
void warn_held_back(const Runtime& runtime);

/// Reads the configuration and opens everything. Errors: CONFIG_INVALID, UNREADABLE,
/// PARAMETER_INVALID, STORE_FAILED, INTEGRITY_BROKEN.
[[nodiscard]] core::base::Result<std::unique_ptr<Runtime>> open_runtime(
    const std::string& config_file);

/// 16 hex digits that tie the lines and rows of one run together.
[[nodiscard]] std::string new_correlation_id(core::base::Random& random);

/// Prints an error for an operator on standard error and gives the exit status that fits:
/// kMisuse for USAGE, kCouldNot for the rest.
int report(const core::base::Error& error);

/// The day of a `--as-of` option. Errors: USAGE.
[[nodiscard]] core::base::Result<core::values::Date> day_option(const std::string& text);

/// The same, or today where the option is not given. Errors: USAGE.
[[nodiscard]] core::base::Result<core::values::Date> day_or_today(const std::string& text,
                                                                  const Runtime& runtime);

/// The moment of a `--received-at` option; nothing where the option is not given. Errors: USAGE.
[[nodiscard]] core::base::Result<std::optional<core::values::Instant>> received_at_option(
    const std::string& text);

/// The text of a file. Errors: UNREADABLE, without a personal path part.
[[nodiscard]] core::base::Result<std::string> read_text_file(const std::string& file);

}  // namespace ig::adapters::cli
