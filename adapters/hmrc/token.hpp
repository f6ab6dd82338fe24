#pragma once

#include "adapters/http/client.hpp"
#include "core/base/clock.hpp"
#include "core/base/deadline.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/base/sensitive.hpp"
#include "core/delivery/breaker.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::hmrc {

/// Secrets of one application that may be live at once.
inline constexpr std::size_t client_secrets_max = 5;

struct TokenOptions {
  std::string target = "/oauth/token";  ///< path of the token service on its host
  std::string client_id{};
  /// One secret a line, the preferred one first. Read at each fetch, so that a new one needs no
  /// restart: the first that is taken is used until it is refused.
  std::string client_secret_file{};
  std::string scope{};                           ///< empty: what the application is granted
  std::chrono::milliseconds call_limit{10'000};  ///< longest wait for one call
  /// Base32 key of a privileged application, whose secret goes behind an 8-digit code of the
  /// moment; empty: an ordinary application.
  std::string totp_key_file{};
  /// Sleeps, or moves a test's clock: until the next code. Empty: a refused code is not tried
  /// again.
  std::function<void(std::chrono::nanoseconds)> wait{};
};

/// OAuth 2.0 client credentials (RFC 6749 section 4.4): one token, kept in memory until 80 % of
/// its life or 60 s before its end, whichever comes first, less a chance part of a twentieth of its
/// life where there is a Random, so that many instances do not ask at once. There is no refresh
/// token: it asks again; when that fails for a passing reason, the token it has serves on to its
/// end. An application refused with its code is tried once more with the next code, 30 s on at
/// most. A breaker leaves a token service alone that mostly fails.
/// One TokenSource is the cache of one issuer, client id and scope; whoever needs several has
/// several. Safe for many threads: while one fetches, the others wait for that same answer. Token
/// and secret are in no log, error or URL, and are wiped when replaced. Client, clock and chance
/// outlive it; the client is used by no one else, and chance by no other thread.
class TokenSource {
 public:
  TokenSource(http::Client& client, const core::base::Clock& clock, TokenOptions options,
              core::base::Random* random = nullptr);
  ~TokenSource();
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;

  /// A token that was good when it was given. Errors: UNREADABLE (a secret file), CONFIG_INVALID
  /// (what it holds), UNAUTHORISED (id, secrets or code refused), THROTTLED, UNAVAILABLE, DEADLINE,
  /// TLS_FAILED, BAD_REPLY.
  [[nodiscard]] core::base::Result<core::base::Sensitive<std::string>> token(
      core::base::Deadline by);

  /// A call with this token was answered 401: the next token() fetches a new one. A token that was
  /// replaced already changes nothing.
  void report_rejected(const core::base::Sensitive<std::string>& token);

  /// Calls made to the token service so far.
  [[nodiscard]] std::uint64_t fetches() const;

 private:
  using Secret = core::base::Sensitive<std::string>;
  using Answer = core::base::Result<Secret>;
  struct Grant {
    std::string token;
    std::chrono::seconds life{0};
  };
  /// What one call came to.
  struct Asked {
    core::base::Result<Grant> grant;
    bool invalid_client = false;  ///< id, secret or code refused: another may be taken
  };

  [[nodiscard]] bool fresh() const;
  [[nodiscard]] Answer keep(core::base::Result<Grant> grant,
                            std::chrono::steady_clock::time_point asked_at);
  [[nodiscard]] core::base::Result<Grant> fetch(core::base::Deadline by);
  [[nodiscard]] Asked each_secret(const std::vector<Secret>& secrets, core::base::Deadline by);
  [[nodiscard]] Asked ask(const Secret& secret, core::base::Deadline by);
  [[nodiscard]] core::base::Result<std::string> code() const;
  [[nodiscard]] bool next_code(core::base::Deadline by) const;
  [[nodiscard]] static core::base::Result<Grant> read_grant(std::string_view body);

  http::Client& client_;
  const core::base::Clock& clock_;
  const TokenOptions options_;

  mutable std::mutex mutex_;  ///< guards all below
  std::condition_variable done_;
  bool fetching_ = false;  ///< one thread at a time; the client and `preferred_` are then its own
  std::uint64_t fetches_ = 0;
  std::uint64_t flights_ = 0;  ///< fetches that have ended
  Answer last_;                ///< what the last fetch gave
  std::string token_;          ///< empty: none
  std::chrono::steady_clock::time_point good_until_{};
  std::chrono::steady_clock::time_point expires_at_{};
  std::size_t preferred_ = 0;  ///< the secret that was taken last, by its line
  core::base::Random* random_;
  core::delivery::Breaker breaker_;
};

}  // namespace ig::adapters::hmrc
