#include "adapters/sandbox/hmrc_token.hpp"

#include "adapters/sandbox/reply.hpp"
#include "adapters/sandbox/totp.hpp"
#include "adapters/wire/crypto/hmac.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;
using wire::crypto::equal_in_constant_time;

constexpr std::size_t kCodeDigits = 8;
constexpr std::size_t kSecretsLive = 5;
/// Ended tokens are kept for a while, to know whose they were.
constexpr std::chrono::hours kRemembered{24};

http::Response error(unsigned status, std::string_view name, std::string_view description) {
  return json_reply(status, json{{"error", name}, {"error_description", description}}.dump());
}

std::string joined(const Scopes& scopes) {
  std::string out;
  for (const std::string& scope : scopes) {
    if (!out.empty()) out += ' ';
    out += scope;
  }
  return out;
}

std::string new_token() {
  std::string out;
  for (const char c : wire::crypto::random_bytes(24)) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) % 16];
  }
  return out;
}

}  // namespace

TokenService::TokenService(TokenOptions options, const core::base::Clock& clock)
    : options_(std::move(options)), clock_(clock) {}

http::Response TokenService::handle(const http::Request& request, std::chrono::seconds skew) {
  auto out = answer(request, skew);
  ++(out.status == 200 ? issued_ : refused_);
  return out;
}

http::Response TokenService::answer(const http::Request& request, std::chrono::seconds skew) {
  const auto* type = http::find(request.headers, "Content-Type");
  if (type == nullptr || !type->starts_with("application/x-www-form-urlencoded")) {
    return error(400, "invalid_request", "the body is a form");
  }
  const std::string id = form_field(request.body, "client_id");
  const std::string secret = form_field(request.body, "client_secret");
  if (form_field(request.body, "grant_type") != "client_credentials") {
    return error(400, "invalid_request", "grant_type is client_credentials");
  }
  if (id.empty() || secret.empty()) {
    return error(400, "invalid_request", "client_id and client_secret are required");
  }
  const auto known =
      std::find_if(options_.applications.begin(), options_.applications.end(),
                   [&](const Application& application) { return application.client_id == id; });
  if (known == options_.applications.end() || !is_secret(*known, secret, skew)) {
    return error(401, "invalid_client", "invalid client id or secret");
  }
  const Scopes& granted = known->scopes.empty() ? all_scopes() : known->scopes;
  Scopes asked = split_scopes(form_field(request.body, "scope"));
  if (asked.empty()) asked = granted;
  if (!std::includes(granted.begin(), granted.end(), asked.begin(), asked.end())) {
    return error(400, "invalid_scope", "the application does not have this scope");
  }
  return issue(*known, std::move(asked));
}

bool TokenService::is_secret(const Application& application, std::string_view sent,
                             std::chrono::seconds skew) const {
  if (!application.totp_key.empty()) {
    const auto key = from_base32(application.totp_key);
    if (!key || sent.size() < kCodeDigits) return false;
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch();
    const auto code = totp(*key, (now + options_.clock_skew + skew).count());
    if (!equal_in_constant_time(sent.substr(0, kCodeDigits), code)) return false;
    sent.remove_prefix(kCodeDigits);
  }
  const auto live = std::min(application.secrets.size(), kSecretsLive);
  return std::any_of(
      application.secrets.begin(), application.secrets.begin() + static_cast<std::ptrdiff_t>(live),
      [&](const std::string& secret) { return equal_in_constant_time(sent, secret); });
}

http::Response TokenService::issue(const Application& application, Scopes scopes) {
  const auto now = clock_.steady();
  std::erase_if(grants_, [&](const auto& entry) { return entry.second.ends + kRemembered <= now; });
  const std::string token = new_token();
  const json body{{"access_token", token},
                  {"token_type", "bearer"},
                  {"expires_in", options_.life.count()},
                  {"scope", joined(scopes)}};
  Grant grant{application.client_id, application.privileged, std::move(scopes),
              now + options_.life};
  for (const Api api : kApis) {
    grant.rights_by_api[static_cast<std::size_t>(api)] = rights_of(grant.scopes, api);
  }
  grants_.emplace(token, std::move(grant));
  return json_reply(200, body.dump());
}

const Grant* TokenService::find(std::string_view token) const {
  const auto known = grants_.find(std::string(token));
  if (known == grants_.end() || clock_.steady() >= known->second.ends) return nullptr;
  return &known->second;
}

std::string TokenService::owner(std::string_view token) const {
  const auto known = grants_.find(std::string(token));
  return known == grants_.end() ? std::string() : known->second.client_id;
}

void TokenService::end(std::string_view token) {
  const auto known = grants_.find(std::string(token));
  if (known != grants_.end()) known->second.ends = clock_.steady();
}

std::string_view bearer_of(const http::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto* header = http::find(request.headers, "Authorization");
  if (header == nullptr || !same_letters(std::string_view(*header).substr(0, 7), scheme)) return {};
  return std::string_view(*header).substr(scheme.size());
}

}  // namespace ig::adapters::sandbox
