#include "adapters/hmrc/token.hpp"

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

bool is_bearer(std::string_view type) {
  constexpr std::string_view bearer = "bearer";
  return std::equal(type.begin(), type.end(), bearer.begin(), bearer.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

}  // namespace

TokenSource::TokenSource(http::Client& client, const core::base::Clock& clock, TokenOptions options)
    : client_(client),
      clock_(clock),
      options_(std::move(options)),
      last_(fail(ErrorCode::UNAVAILABLE, {}, "no token was asked for yet")) {}

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
  wire::files::wipe(token_);
  if (grant) {
    token_ = std::move(grant->token);
    const auto by_share = grant->life * 4 / 5;
    good_until_ =
        asked_at + std::max(std::min(by_share, grant->life - skew), std::chrono::seconds{0});
    last_ = Sensitive<std::string>(token_);
  } else {
    last_ = grant.error();
  }
  done_.notify_all();
  return last_;
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
  auto secret = wire::files::read_secret_file(options_.client_secret_file, "the client secret");
  if (!secret) return std::move(secret).error();
  http::Request request;
  request.method = "POST";
  request.target = options_.target;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  append_form(request.body, "grant_type", "client_credentials");
  append_form(request.body, "client_id", options_.client_id);
  append_form(request.body, "client_secret", secret->reveal());
  if (!options_.scope.empty()) append_form(request.body, "scope", options_.scope);
  const Deadline call{std::min(by.at, Deadline::in(options_.call_limit).at)};
  auto response = client_.send(request, call);
  wire::files::wipe(request.body);
  if (!response) return std::move(response).error();
  if (response->status != 200) return refused(response->status);
  auto grant = read_grant(response->body);
  wire::files::wipe(response->body);
  return grant;
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
  const std::string& lexeme = life->text();
  const auto [end, error] = std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), seconds);
  if (error != std::errc{} || end != lexeme.data() + lexeme.size() || seconds < 1 ||
      seconds > longest_life.count()) {
    return bad_reply("/expires_in", "a whole number from 1 to 86400 is expected");
  }
  return Grant{token->text(), std::chrono::seconds{seconds}};
}

}  // namespace ig::adapters::hmrc
