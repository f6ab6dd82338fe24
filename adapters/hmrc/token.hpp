#pragma once

#include "adapters/http/client.hpp"
#include "core/base/clock.hpp"
#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/base/sensitive.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace ig::adapters::hmrc {

struct TokenOptions {
  std::string target = "/oauth/token";  ///< path of the token service on its host
  std::string client_id{};
  std::string client_secret_file{};  ///< read at each fetch, so that a new secret needs no restart
  std::string scope{};               ///< empty: what the application is granted
  std::chrono::milliseconds call_limit{10'000};  ///< longest wait for one call
};

/// OAuth 2.0 client credentials (RFC 6749 section 4.4): one token, kept in memory until 80 % of
/// its life or 60 s before its end, whichever comes first. There is no refresh token: it asks
/// again. Safe for many threads: while one fetches, the others wait for that same answer. Token
/// and secret are in no log, error or URL, and are wiped when replaced. Client and clock outlive
/// it; the client is used by no one else.
class TokenSource {
 public:
  TokenSource(http::Client& client, const core::base::Clock& clock, TokenOptions options);
  ~TokenSource();
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;

  /// A token that was good when it was given. Errors: UNREADABLE (the secret file), UNAUTHORISED
  /// (id or secret refused), THROTTLED, UNAVAILABLE, DEADLINE, TLS_FAILED, BAD_REPLY.
  [[nodiscard]] core::base::Result<core::base::Sensitive<std::string>> token(
      core::base::Deadline by);

  /// A call with this token was answered 401: the next token() fetches a new one. A token that was
  /// replaced already changes nothing.
  void report_rejected(const core::base::Sensitive<std::string>& token);

  /// Calls made to the token service so far.
  [[nodiscard]] std::uint64_t fetches() const;

 private:
  struct Grant {
    std::string token;
    std::chrono::seconds life{0};
  };
  using Answer = core::base::Result<core::base::Sensitive<std::string>>;

  [[nodiscard]] bool fresh() const;
  [[nodiscard]] core::base::Result<Grant> fetch(core::base::Deadline by);
  [[nodiscard]] static core::base::Result<Grant> read_grant(std::string_view body);

  http::Client& client_;
  const core::base::Clock& clock_;
  const TokenOptions options_;

  mutable std::mutex mutex_;  ///< guards all below
  std::condition_variable done_;
  bool fetching_ = false;
  std::uint64_t fetches_ = 0;
  std::uint64_t flights_ = 0;  ///< fetches that have ended
  Answer last_;                ///< what the last fetch gave
  std::string token_;          ///< empty: none
  std::chrono::steady_clock::time_point good_until_{};
};

}  // namespace ig::adapters::hmrc
