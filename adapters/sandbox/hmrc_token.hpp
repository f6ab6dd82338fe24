#pragma once

#include "adapters/http/message.hpp"
#include "adapters/sandbox/scopes.hpp"
#include "core/base/clock.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ig::adapters::sandbox {

/// One application as HMRC knows it.
struct Application {
  std::string client_id;
  std::vector<std::string> secrets;  ///< five at most are live, as while one replaces another
  std::string totp_key = {};         ///< Base32; then a code of 8 digits comes before the secret
  bool privileged = true;            ///< of a department; others are refused by RTII
  Scopes scopes = {};                ///< granted; empty: all_scopes()
};

struct TokenOptions {
  std::vector<Application> applications;
  std::chrono::seconds life{14'400};
  std::chrono::seconds clock_skew{0};  ///< how far HMRC's clock runs ahead, for codes only
};

/// Whose token it is and what it allows.
struct Grant {
  std::string client_id;
  bool privileged = true;
  Scopes scopes;
  std::chrono::steady_clock::time_point ends;
  std::array<Rights, kApis.size()> rights_by_api = {};  ///< what the scopes come to

  [[nodiscard]] const Rights& rights(Api api) const {
    return rights_by_api[static_cast<std::size_t>(api)];
  }
};

/// POST /oauth/token: client credentials as a form -> a bearer token. Errors are OAuth bodies
/// (RFC 6749 section 5.2). Without a scope the token holds all that the application has.
class TokenService {
 public:
  TokenService(TokenOptions options, const core::base::Clock& clock);
  /// `skew` is added to the clock for this request alone.
  [[nodiscard]] http::Response handle(const http::Request& request, std::chrono::seconds skew);
  /// The live grant of a bearer token; nullptr for any other.
  [[nodiscard]] const Grant* find(std::string_view token) const;
  /// Whose token it is or was; empty when nobody's.
  [[nodiscard]] std::string owner(std::string_view token) const;
  /// The token counts no more from now on.
  void end(std::string_view token);
  [[nodiscard]] std::int64_t issued() const { return issued_; }
  [[nodiscard]] std::int64_t refused() const { return refused_; }

 private:
  [[nodiscard]] http::Response answer(const http::Request& request, std::chrono::seconds skew);
  [[nodiscard]] bool is_secret(const Application& application, std::string_view sent,
                               std::chrono::seconds skew) const;
  [[nodiscard]] http::Response issue(const Application& application, Scopes scopes);

  const TokenOptions options_;
  const core::base::Clock& clock_;
  std::unordered_map<std::string, Grant> grants_;  ///< by token
  std::int64_t issued_ = 0;
  std::int64_t refused_ = 0;
};

/// The bearer token of a request; empty when there is none.
[[nodiscard]] std::string_view bearer_of(const http::Request& request);

}  // namespace ig::adapters::sandbox
