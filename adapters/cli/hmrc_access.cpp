#include "adapters/cli/hmrc_access.hpp"

#include "adapters/cli/targets.hpp"

#include <thread>
#include <utility>

namespace ig::adapters::cli {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::ports::Purpose;

namespace {

Result<std::unique_ptr<http::Client>> connect(const HmrcConfig& config, const HttpsUrl& url) {
  http::ClientOptions options;
  options.host = url.host;
  options.port = url.port;
  options.ca_file = config.ca_file;
  return http::Client::open(std::move(options));
}

Error not_configured() {
  return {ErrorCode::CONFIG_INVALID, "/hmrc.base_url",
          "no HMRC service is configured: set hmrc.base_url in gateway.toml"};
}

hmrc::CallerOptions caller_options(const HmrcConfig& config, const HttpsUrl& url,
                                   const Wait& wait) {
  hmrc::CallerOptions out;
  out.call_limit = config.call_limit;
  out.authority = url.host + ":" + url.port;
  out.wait = wait;
  return out;
}

hmrc::RtiiClientOptions rtii_options(const HmrcConfig& config) {
  hmrc::RtiiClientOptions out;
  out.service_name = config.service_name;
  out.fields[static_cast<std::size_t>(Purpose::initial)] = config.initial_fields;
  out.fields[static_cast<std::size_t>(Purpose::watch)] = config.watch_fields;
  return out;
}

}  // namespace

Wait sleep() {
  return [](std::chrono::nanoseconds time) { std::this_thread::sleep_for(time); };
}

Result<std::unique_ptr<HmrcAccess>> HmrcAccess::open(const HmrcConfig& config, Wait wait) {
  if (config.base_url.empty()) return not_configured();
  const auto url = parse_https_url(config.token_url);
  if (!url) return url.error();
  auto client = connect(config, *url);
  if (!client) return std::move(client).error();
  hmrc::TokenOptions options;
  options.target = url->path;
  options.client_id = config.client_id;
  options.client_secret_file = config.client_secret_file;
  options.totp_key_file = config.totp_key_file;
  options.scope = config.scope;
  options.call_limit = config.call_limit;
  options.wait = std::move(wait);
  std::unique_ptr<HmrcAccess> out(new HmrcAccess);
  out->client_ = *std::move(client);
  out->tokens_ = std::make_unique<hmrc::TokenSource>(*out->client_, out->clock_, std::move(options),
                                                     &out->random_);
  return out;
}

Result<std::unique_ptr<Hmrc>> Hmrc::open(HmrcAccess& access, Runtime& runtime, Wait wait) {
  const HmrcConfig& config = runtime.config.hmrc;
  if (config.base_url.empty()) return not_configured();
  const auto base = parse_https_url(config.base_url);
  if (!base) return base.error();
  auto client = connect(config, *base);
  if (!client) return std::move(client).error();
  std::unique_ptr<Hmrc> out(new Hmrc);
  out->client_ = *std::move(client);
  core::delivery::PaceRules rules;
  rules.per_second = static_cast<std::uint32_t>(config.requests_per_second);
  rules.headroom = config.headroom;
  out->budget_ =
      std::make_unique<core::jobs::StoreBudget>(*runtime.store, runtime.clock, rules, wait);
  const auto caller = [&](http::Client& to, const HttpsUrl& url) {
    return std::make_unique<hmrc::Caller>(to, access.tokens(), *out->budget_, runtime.clock,
                                          runtime.random, caller_options(config, url, wait));
  };
  out->caller_ = caller(*out->client_, *base);
  hmrc::YearlyRestOptions yearly;
  if (!config.yearly_url.empty()) {
    const auto url = parse_https_url(config.yearly_url);
    if (!url) return url.error();
    auto own = connect(config, *url);
    if (!own) return std::move(own).error();
    out->yearly_client_ = *std::move(own);
    out->yearly_caller_ = caller(*out->yearly_client_, *url);
    yearly.target = url->path;
  }
  out->yearly_target_ = yearly.target;
  out->yearly_ =
      std::make_unique<hmrc::YearlyRest>(out->yearly_caller(), runtime.clock, std::move(yearly));
  if (config.earnings_from == "RTII") {
    out->earnings_ = std::make_unique<hmrc::RtiiClient>(*out->caller_, runtime.clock,
                                                        runtime.random, rtii_options(config));
  } else if (config.earnings_from == "INDIVIDUALS") {
    hmrc::IndividualsOptions options;
    options.origin = "https://" + base->host + (base->port == "443" ? "" : ":" + base->port);
    out->individuals_ = std::make_unique<hmrc::IndividualsClient>(
        *out->caller_, runtime.clock, *runtime.zone, runtime.random, std::move(options));
    out->earnings_ = std::make_unique<hmrc::IndividualsEarnings>(*out->individuals_);
  }
  return out;
}

core::jobs::HmrcPorts Hmrc::ports() {
  return {.yearly = yearly_.get(), .earnings = earnings_.get(), .take_waited = [this] {
            return budget_->take_waited();
          }};
}

}  // namespace ig::adapters::cli
