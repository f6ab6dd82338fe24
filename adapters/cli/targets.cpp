#include "adapters/cli/targets.hpp"

#include "adapters/case_system/case_system_client.hpp"
#include "core/base/limits.hpp"

#include <algorithm>
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

}  // namespace ig::adapters::cli
