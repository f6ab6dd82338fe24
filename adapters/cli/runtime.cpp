#include "adapters/cli/runtime.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/open_store.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/crypto/hmac.hpp"
#include "adapters/wire/zone/london.hpp"
#include "core/triggers/unconfirmed.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

namespace ig::adapters::cli {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::triggers::Kind;
using core::triggers::Mode;

namespace {

Mode configured_mode(const CaseSystemConfig& target, Kind kind) {
  const auto found = target.modes.find(kind);
  return found == target.modes.end() ? target.default_mode : found->second;
}

/// The unconfirmed parameters that keep a kind configured LIVE from being pushed so; none where it
/// is configured otherwise.
std::vector<std::string> held_by(const GatewayConfig& config, const CaseSystemConfig& target,
                                 Kind kind, const core::rules::ParameterSet& parameters,
                                 core::values::Date today) {
  if (configured_mode(target, kind) != Mode::live) return {};
  return core::triggers::unconfirmed(kind, parameters, today, config.allow_unconfirmed);
}

/// The mode of each kind, by case system: as configured, but TASK where LIVE is held back.
using Modes = std::map<std::string, std::array<Mode, core::triggers::kKindCount>>;

Modes modes_of(const GatewayConfig& config, const core::rules::ParameterSet& parameters,
               core::values::Date today) {
  Modes out;
  for (const CaseSystemConfig& target : config.case_systems) {
    auto& modes = out[target.name];
    for (int i = 0; i < core::triggers::kKindCount; ++i) {
      const auto kind = static_cast<Kind>(i);
      const bool held = !held_by(config, target, kind, parameters, today).empty();
      modes[static_cast<std::size_t>(i)] = held ? Mode::task : configured_mode(target, kind);
    }
  }
  return out;
}

}  // namespace

std::chrono::sys_time<std::chrono::milliseconds> SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::steady() const {
  return std::chrono::steady_clock::now();
}

std::uint64_t SystemRandom::next() {
  const std::string bytes = wire::crypto::random_bytes(8);
  std::uint64_t out = 0;
  std::memcpy(&out, bytes.data(), 8);
  return out;
}

core::jobs::JobContext Runtime::context(std::string correlation_id) const {
  const auto mode = [targets = modes_of(config, *parameters, today())](
                        const std::string& case_system, Kind kind) {
    const auto found = targets.find(case_system);
    // Nobody is configured to take it: kept, not sent.
    return found == targets.end() ? Mode::shadow : found->second[static_cast<std::size_t>(kind)];
  };
  return {*store, *parameters, parameters_text,          *zone, *digest,
          clock,  mode,        std::move(correlation_id)};
}

std::vector<std::string> held_back(const GatewayConfig& config,
                                   const core::rules::ParameterSet& parameters,
                                   core::values::Date today) {
  std::vector<std::string> out;
  for (const CaseSystemConfig& target : config.case_systems) {
    for (int i = 0; i < core::triggers::kKindCount; ++i) {
      const auto kind = static_cast<Kind>(i);
      const auto open = held_by(config, target, kind, parameters, today);
      if (open.empty()) continue;
      out.push_back(
          fmt::format("{} {} is sent as TASK, not LIVE: unconfirmed and not allowed by "
                      "name (allow_unconfirmed): {}",
                      target.name, core::triggers::name(kind), fmt::join(open, ", ")));
    }
  }
  return out;
}

core::values::Date Runtime::today() const {
  return zone->day_of(core::values::Instant::of(clock.now()));
}

Result<std::unique_ptr<Runtime>> open_runtime(const std::string& config_file) {
  auto config = load_config(config_file);
  if (!config) return std::move(config).error();
  auto out = std::make_unique<Runtime>();
  out->config = *std::move(config);
  out->digest = wire::crypto::make_digest();
  out->zone = wire::zone::make_london();
  out->parameters_text = std::string(embedded::parameters_toml);
  if (!out->config.parameters_file.empty()) {
    auto text = read_text_file(out->config.parameters_file);
    if (!text) return std::move(text).error();
    out->parameters_text = *std::move(text);
  }
  auto parameters = formats::read_parameters(out->parameters_text, *out->digest);
  if (!parameters) return std::move(parameters).error();
  out->parameters = std::make_unique<core::rules::ParameterSet>(*std::move(parameters));
  auto store = open_store(out->config);
  if (!store) return std::move(store).error();
  out->store = *std::move(store);
  return out;
}

std::string new_correlation_id(core::base::Random& random) {
  return fmt::format("{:016x}", random.next());
}

void warn_held_back(const Runtime& runtime) {
  for (const std::string& line : held_back(runtime.config, *runtime.parameters, runtime.today())) {
    fmt::print(stderr, "income-gateway: {}\n", line);
  }
}

int report(const Error& error) {
  fmt::print(stderr, "income-gateway: {}{}{}: {}\n", core::base::name(error.code),
             error.field.empty() ? "" : " ", error.field, error.message);
  return error.code == ErrorCode::USAGE ? kMisuse : kCouldNot;
}

Result<core::values::Date> day_option(const std::string& text) {
  const auto day = core::values::Date::parse(text);
  if (!day) return Error{ErrorCode::USAGE, "--as-of", day.error().message};
  return *day;
}

Result<core::values::Date> day_or_today(const std::string& text, const Runtime& runtime) {
  return text.empty() ? runtime.today() : day_option(text);
}

Result<std::optional<core::values::Instant>> received_at_option(const std::string& text) {
  std::optional<core::values::Instant> out;
  if (text.empty()) return out;
  const auto at = core::values::Instant::parse(text);
  if (!at) return Error{ErrorCode::USAGE, "--received-at", at.error().message};
  out = *at;
  return out;
}

Result<std::string> read_text_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    return Error{ErrorCode::UNREADABLE, {}, "the file cannot be read: " + file};
  }
  return text.str();
}

}  // namespace ig::adapters::cli
