#include "adapters/cli/targets.hpp"

#include "adapters/case_system/case_system_client.hpp"
#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/token.hpp"
#include "adapters/hmrc/yearly_rest.hpp"
#include "core/base/limits.hpp"
#include "core/delivery/token_bucket.hpp"
#include "core/ports/request_budget.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

namespace ig::adapters::cli {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

Result<HttpsUrl> parse_https_url(std::string_view url) {
  const Error refused{ErrorCode::CONFIG_INVALID,
                      {},
                      "an address is https://host[:port][/path], without user, query or fragment"};
  constexpr std::string_view scheme = "https://";
  if (!url.starts_with(scheme)) return refused;
  url.remove_prefix(scheme.size());
  if (url.find_first_of("@?#\\ ") != std::string_view::npos) return refused;
  const std::size_t slash = url.find('/');
  const std::string_view authority = url.substr(0, slash);
  HttpsUrl out;
  if (slash != std::string_view::npos) out.path = url.substr(slash);
  const std::size_t colon = authority.rfind(':');
  out.host = authority.substr(0, colon);
  if (colon != std::string_view::npos) out.port = authority.substr(colon + 1);
  const bool digits = !out.port.empty() && out.port.size() <= 5 &&
                      std::ranges::all_of(out.port, [](char c) { return c >= '0' && c <= '9'; });
  if (out.host.empty() || out.host.find_first_of("[]:") != std::string::npos || !digits) {
    return refused;
  }
  return out;
}

Result<std::unique_ptr<Targets>> Targets::open(const Runtime& runtime) {
  auto out = std::make_unique<Targets>();
  for (const CaseSystemConfig& config : runtime.config.case_systems) {
    const auto url = parse_https_url(config.url);
    if (!url) return url.error();
    http::ClientOptions options;
    options.host = url->host;
    options.port = url->port;
    options.ca_file = config.ca_file;
    options.certificate_file = config.certificate_file;
    options.key_file = config.key_file;
    options.body_bytes_max = core::base::limits::receipt_bytes_max;
    auto client = http::Client::open(std::move(options));
    if (!client) return std::move(client).error();
    case_system::WebhookOptions how;
    how.target = url->path;
    how.secret_file = config.signing_secret_file;
    how.event = {runtime.config.site, runtime.config.api.public_url, config.figures};
    Target& target = out->targets_[config.name];
    target.client = *std::move(client);
    target.system =
        std::make_unique<case_system::WebhookCaseSystem>(*target.client, runtime.clock, how);
  }
  return out;
}

std::map<std::string, core::ports::CaseSystem*> Targets::all() const {
  std::map<std::string, core::ports::CaseSystem*> out;
  for (const auto& [name, target] : targets_) out[name] = target.system.get();
  return out;
}

namespace {

/// The rate of this process alone.
class LocalBudget final : public core::ports::RequestBudget {
 public:
  LocalBudget(const core::base::Clock& clock, int per_second)
      : clock_(clock), bucket_(static_cast<std::uint32_t>(per_second), 1) {}

  [[nodiscard]] Result<void> take(core::ports::Purpose, core::base::Deadline by) override {
    const auto now = clock_.steady();
    if (not_before_ > by.at) return refused(ErrorCode::THROTTLED);
    if (not_before_ > now) std::this_thread::sleep_for(not_before_ - now);
    for (auto wait = bucket_.take(clock_.steady()); wait.count() > 0;
         wait = bucket_.take(clock_.steady())) {
      if (clock_.steady() + wait >= by.at) return refused(ErrorCode::DEADLINE);
      std::this_thread::sleep_for(wait);
    }
    return {};
  }
  void throttled(std::optional<std::chrono::seconds> wait) override {
    not_before_ = clock_.steady() + wait.value_or(core::base::limits::throttled_wait);
  }

 private:
  static Error refused(ErrorCode code) { return {code, {}, "there is no place for a request"}; }

  const core::base::Clock& clock_;
  core::delivery::TokenBucket bucket_;
  std::chrono::steady_clock::time_point not_before_{};
};

hmrc::CallerOptions caller_options(const HmrcConfig& config, std::string authority) {
  hmrc::CallerOptions out;
  out.call_limit = config.call_limit;
  out.authority = std::move(authority);
  out.wait = [](std::chrono::nanoseconds wait) { std::this_thread::sleep_for(wait); };
  return out;
}

/// Both connections to HMRC and what rides on them.
class RestHmrc final : public Hmrc {
 public:
  RestHmrc(Runtime& runtime, std::unique_ptr<http::Client> token_client,
           std::unique_ptr<http::Client> client, hmrc::TokenOptions token, std::string authority)
      : token_client_(std::move(token_client)),
        client_(std::move(client)),
        tokens_(*token_client_, runtime.clock, std::move(token), &runtime.random),
        budget_(runtime.clock, runtime.config.hmrc.requests_per_second),
        caller_(*client_, tokens_, budget_, runtime.clock, runtime.random,
                caller_options(runtime.config.hmrc, std::move(authority))),
        yearly_(caller_, runtime.clock) {}
  [[nodiscard]] core::ports::YearlyFigures& yearly() override { return yearly_; }

 private:
  std::unique_ptr<http::Client> token_client_;
  std::unique_ptr<http::Client> client_;
  hmrc::TokenSource tokens_;
  LocalBudget budget_;
  hmrc::Caller caller_;
  hmrc::YearlyRest yearly_;
};

Result<std::unique_ptr<http::Client>> connect(const HmrcConfig& config, const HttpsUrl& url) {
  http::ClientOptions options;
  options.host = url.host;
  options.port = url.port;
  options.ca_file = config.ca_file;
  return http::Client::open(std::move(options));
}

}  // namespace

Result<std::unique_ptr<Hmrc>> Hmrc::open(Runtime& runtime) {
  const HmrcConfig& config = runtime.config.hmrc;
  if (config.base_url.empty()) {
    return Error{ErrorCode::CONFIG_INVALID, "/hmrc.base_url",
                 "no HMRC service is configured: set hmrc.base_url in gateway.toml"};
  }
  const auto base = parse_https_url(config.base_url);
  if (!base) return base.error();
  const auto token_url = parse_https_url(config.token_url);
  if (!token_url) return token_url.error();
  auto client = connect(config, *base);
  if (!client) return std::move(client).error();
  auto token_client = connect(config, *token_url);
  if (!token_client) return std::move(token_client).error();
  hmrc::TokenOptions token;
  token.target = token_url->path;
  token.client_id = config.client_id;
  token.client_secret_file = config.client_secret_file;
  token.scope = config.scope;
  token.call_limit = config.call_limit;
  return std::unique_ptr<Hmrc>(std::make_unique<RestHmrc>(runtime, *std::move(token_client),
                                                          *std::move(client), std::move(token),
                                                          base->host + ":" + base->port));
}

}  // namespace ig::adapters::cli
