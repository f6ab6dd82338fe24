#include "adapters/hmrc/token.hpp"

#include "adapters/hmrc/answers.hpp"
#include "adapters/wire/crypto/totp.hpp"
#include "adapters/wire/files/secret_file.hpp"
#include "adapters/wire/json/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace ig::adapters::hmrc {

using core::base::Deadline;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;

namespace {

constexpr std::chrono::seconds longest_life{86'400};
constexpr std::chrono::seconds skew{60};
constexpr std::size_t token_bytes_max = 4'096;
/// An old token that serves on is not renewed more often than this.
constexpr std::chrono::seconds serve_on{30};

/// Percent-encodes a form value (WHATWG URL, application/x-www-form-urlencoded).
void append_form(std::string& out, std::string_view name, std::string_view value) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._";
  constexpr char digits[] = "0123456789ABCDEF";
  if (!out.empty()) out.push_back('&');
  out.append(name).push_back('=');
  for (const char c : value) {
    if (plain.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(digits[byte >> 4U]);
      out.push_back(digits[byte & 15U]);
    }
  }
}

Error bad_reply(std::string field, std::string_view rule) {
  return fail(ErrorCode::BAD_REPLY, std::move(field),
              fmt::format("the answer of the token service: {}", rule));
}

Error refused(unsigned status) {
  if (status == 400 || status == 401 || status == 403) {
    return fail(
        ErrorCode::UNAUTHORISED, {},
        fmt::format("the token service answered {}: check client id, secret and scope", status));
  }
  if (status == 429) {
    return fail(ErrorCode::THROTTLED, {}, "the token service asked for fewer requests");
  }
  if (status == 408 || status == 425 || (status >= 500 && status <= 599)) {
    return fail(ErrorCode::UNAVAILABLE, {},
                fmt::format("the token service answered {}: try again later", status));
  }
  return bad_reply({}, fmt::format("status {} is not expected; check the token URL", status));
}

/// A token goes into a header as it is (RFC 6750 b64token).
bool is_token_text(std::string_view text) {
  return !text.empty() && text.size() <= token_bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  std::string_view("-._~+/=").find(c) != std::string_view::npos;
         });
}

/// Reasons that may be over when it is asked again.
bool passes(ErrorCode code) {
  return code == ErrorCode::UNAVAILABLE || code == ErrorCode::DEADLINE ||
         code == ErrorCode::THROTTLED || code == ErrorCode::TLS_FAILED ||
         code == ErrorCode::BAD_REPLY;
}

/// The secrets of a file, one a line. Errors: CONFIG_INVALID.
Result<std::vector<Sensitive<std::string>>> split(std::string_view text) {
  std::vector<Sensitive<std::string>> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    if (out.size() == client_secrets_max) {
      return fail(ErrorCode::CONFIG_INVALID, {},
                  "the file of the client secret holds more than five secrets");
    }
    out.emplace_back(std::string(line));
  }
  return out;
}

bool is_bearer(std::string_view type) {
  constexpr std::string_view bearer = "bearer";
  return std::equal(type.begin(), type.end(), bearer.begin(), bearer.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

}  // namespace

TokenSource::TokenSource(http::Client& client, const core::base::Clock& clock, TokenOptions options,
                         core::base::Random* random)
    : client_(client),
      clock_(clock),
      options_(std::move(options)),
      last_(fail(ErrorCode::UNAVAILABLE, {}, "no token was asked for yet")),
      random_(random) {}

TokenSource::~TokenSource() { wire::files::wipe(token_); }

bool TokenSource::fresh() const { return !token_.empty() && clock_.steady() < good_until_; }

TokenSource::Answer TokenSource::token(Deadline by) {
  std::unique_lock lock(mutex_);
  if (fresh()) return Sensitive<std::string>(token_);
  while (fetching_) {
    const std::uint64_t mine = flights_;
    if (!done_.wait_until(lock, by.at, [&] { return flights_ != mine; })) {
      return fail(ErrorCode::DEADLINE, {}, "the deadline passed while a token was fetched");
    }
    const bool out_of_their_time = !last_ && last_.error().code == ErrorCode::DEADLINE;
    if (!out_of_their_time) return last_;
  }
  fetching_ = true;
  ++fetches_;
  lock.unlock();
  const auto asked_at = clock_.steady();
  Result<Grant> grant = fetch(by);
  lock.lock();
  fetching_ = false;
  ++flights_;
  last_ = keep(std::move(grant), asked_at);
  done_.notify_all();
  return last_;
}

TokenSource::Answer TokenSource::keep(Result<Grant> grant,
                                      std::chrono::steady_clock::time_point asked_at) {
  if (!grant) {
    const auto now = clock_.steady();
    const bool serves_on = !token_.empty() && now < expires_at_ && passes(grant.error().code);
    if (!serves_on) {
      wire::files::wipe(token_);
      return std::move(grant).error();
    }
    good_until_ = std::min(expires_at_, now + serve_on);
    return Sensitive<std::string>(token_);
  }
  wire::files::wipe(token_);
  token_ = std::move(grant->token);
  const auto life = grant->life;
  std::chrono::milliseconds kept = std::min(life * 4 / 5, life - skew);
  if (random_ != nullptr) {
    const auto part = static_cast<std::uint64_t>(life / std::chrono::milliseconds{20});
    kept -= std::chrono::milliseconds{static_cast<std::int64_t>(random_->below(part + 1))};
  }
  good_until_ = asked_at + std::max(kept, std::chrono::milliseconds{0});
  expires_at_ = asked_at + life;
  return Sensitive<std::string>(token_);
}

void TokenSource::report_rejected(const Sensitive<std::string>& token) {
  const std::lock_guard lock(mutex_);
  if (token_ == token.reveal()) wire::files::wipe(token_);
}

std::uint64_t TokenSource::fetches() const {
  const std::lock_guard lock(mutex_);
  return fetches_;
}

Result<TokenSource::Grant> TokenSource::fetch(Deadline by) {
  if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "no time is left to fetch a token");
  auto text = wire::files::read_secret_file(options_.client_secret_file, "the client secret");
  if (!text) return std::move(text).error();
  auto secrets = split(text->reveal());
  wire::files::wipe(*text);
  if (!secrets) return std::move(secrets).error();
  if (!breaker_.may_call(clock_.steady())) {
    return fail(ErrorCode::UNAVAILABLE, {}, "the token service mostly fails; it is left alone");
  }
  Asked asked = each_secret(*secrets, by);
  if (asked.invalid_client && next_code(by)) asked = each_secret(*secrets, by);
  for (Secret& secret : *secrets) wire::files::wipe(secret);
  return std::move(asked.grant);
}

TokenSource::Asked TokenSource::each_secret(const std::vector<Secret>& secrets, Deadline by) {
  Asked asked{fail(ErrorCode::CONFIG_INVALID, {}, "the file of the client secret holds none")};
  if (preferred_ >= secrets.size()) preferred_ = 0;
  const std::size_t first = preferred_;
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    // The one that was taken last, then the others by their lines.
    const std::size_t at = i == 0 ? first : i <= first ? i - 1 : i;
    asked = ask(secrets[at], by);
    if (asked.grant) preferred_ = at;
    if (!asked.invalid_client) return asked;
  }
  return asked;
}

/// Waits for the next one-time code. False where there is none, or no time to wait for it.
bool TokenSource::next_code(Deadline by) const {
  if (options_.totp_key_file.empty() || !options_.wait) return false;
  const auto into = clock_.now().time_since_epoch() % wire::crypto::totp_step;
  const std::chrono::milliseconds left = wire::crypto::totp_step - into;
  if (std::chrono::steady_clock::now() + left >= by.at) return false;
  options_.wait(left);
  return true;
}

/// The code of this moment; empty for an ordinary application. Never kept.
Result<std::string> TokenSource::code() const {
  if (options_.totp_key_file.empty()) return std::string();
  auto key = wire::files::read_secret_file(options_.totp_key_file, "the key of one-time codes");
  if (!key) return std::move(key).error();
  auto code = wire::crypto::totp_code(key->reveal(),
                                      std::chrono::floor<std::chrono::seconds>(clock_.now()));
  wire::files::wipe(*key);
  return code;
}

TokenSource::Asked TokenSource::ask(const Secret& secret, Deadline by) {
  if (by.passed()) return {fail(ErrorCode::DEADLINE, {}, "no time is left to fetch a token")};
  auto sent = code();
  if (!sent) return {std::move(sent).error()};
  sent->append(secret.reveal());
  http::Request request;
  request.method = "POST";
  request.target = options_.target;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  // Enough, so that no part of the secret stays behind in a buffer that was outgrown.
  request.body.reserve(100 +
                       3 * (options_.client_id.size() + sent->size() + options_.scope.size()));
  append_form(request.body, "grant_type", "client_credentials");
  append_form(request.body, "client_id", options_.client_id);
  append_form(request.body, "client_secret", *sent);
  if (!options_.scope.empty()) append_form(request.body, "scope", options_.scope);
  wire::files::wipe(*sent);
  const Deadline call{std::min(by.at, Deadline::in(options_.call_limit).at)};
  auto response = client_.send(request, call);
  wire::files::wipe(request.body);
  using core::delivery::Health;
  const Health health = response
                            ? core::delivery::health_of_status(static_cast<int>(response->status))
                            : Health::failing;
  breaker_.on_result(health, clock_.steady());
  if (!response) return {std::move(response).error()};
  if (response->status != 200) {
    const bool invalid_client =
        response->status == 401 || answer_code(response->body) == "invalid_client";
    return {refused(response->status), invalid_client};
  }
  auto grant = read_grant(response->body);
  wire::files::wipe(response->body);
  return {std::move(grant)};
}

Result<TokenSource::Grant> TokenSource::read_grant(std::string_view body) {
  wire::json::Reader reader;
  const auto value = reader.read(body);
  using Kind = wire::json::Value::Kind;
  if (!value || !value->is(Kind::object)) return bad_reply({}, "a JSON object is expected");
  const auto* token = value->find("access_token");
  if (token == nullptr || !token->is(Kind::string) || !is_token_text(token->text())) {
    return bad_reply("/access_token", "a bearer token is expected");
  }
  const auto* type = value->find("token_type");
  if (type == nullptr || !type->is(Kind::string) || !is_bearer(type->text())) {
    return bad_reply("/token_type", "bearer is expected");
  }
  const auto* life = value->find("expires_in");
  if (life == nullptr || !life->is(Kind::number)) {
    return bad_reply("/expires_in", "a whole number of seconds is expected");
  }
  std::int64_t seconds = 0;
  const std::string_view lexeme = life->text();
  const auto [end, error] = std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), seconds);
  if (error != std::errc{} || end != lexeme.data() + lexeme.size() || seconds < 1 ||
      seconds > longest_life.count()) {
    return bad_reply("/expires_in", "a whole number from 1 to 86400 is expected");
  }
  return Grant{std::string(token->text()), std::chrono::seconds{seconds}};
}

}  // namespace ig::adapters::hmrc
