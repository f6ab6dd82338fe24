#include "adapters/cli/runtime.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/open_store.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/crypto/hmac.hpp"
#include "adapters/wire/zone/london.hpp"

#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <sstream>

namespace ig::adapters::cli {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

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
  const auto mode_of = [this](const std::string& case_system, core::triggers::Kind kind) {
    for (const CaseSystemConfig& target : config.case_systems) {
      if (target.name != case_system) continue;
      const auto found = target.modes.find(kind);
      return found == target.modes.end() ? target.default_mode : found->second;
    }
    return core::triggers::Mode::shadow;  // nobody is configured to take it: kept, not sent
  };
  return {*store,  *parameters, parameters_text, *zone,
          *digest, clock,       mode_of,         std::move(correlation_id)};
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

Result<std::string> read_text_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    return Error{ErrorCode::UNREADABLE, {}, "the file cannot be read: " + file};
  }
  return text.str();
}

}  // namespace ig::adapters::cli
