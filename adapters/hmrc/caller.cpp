#include "adapters/hmrc/caller.hpp"

#include "adapters/http/grammar.hpp"
#include "adapters/wire/files/secret_file.hpp"
#include "core/base/limits.hpp"
#include "core/base/require.hpp"
#include "core/delivery/retry_after.hpp"

#include <algorithm>
#include <utility>

namespace ig::adapters::hmrc {

using core::base::Deadline;
using core::base::ErrorCode;
using core::base::Sensitive;
using core::delivery::Health;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::NextMove;

namespace {

namespace limits = core::base::limits;

void mean(Meaning meaning, Fetched& out) {
  out.result = meaning.result;
  out.next = meaning.next;
}

bool is_html(const http::Response& response) {
  constexpr std::string_view html = "text/html";
  const std::string* type = http::find(response.headers, "Content-Type");
  return type != nullptr && http::equal_without_case(type->substr(0, html.size()), html);
}

bool is_redirect(unsigned status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string_view without_default_port(std::string_view authority) {
  constexpr std::string_view port = ":443";
  return authority.ends_with(port) ? authority.substr(0, authority.size() - port.size())
                                   : authority;
}

}  // namespace

/// What is left of the caller's time, by the real clock or by the clock it was given, whichever has
/// gone further: a test's waits move the one, a slow peer the other.
class Caller::TimeLeft {
 public:
  TimeLeft(const core::base::Clock& clock, Deadline by)
      : clock_(clock), real_(std::chrono::steady_clock::now()), told_(clock.steady()) {
    if (by.at > real_) whole_ = by.at - real_;
  }
  [[nodiscard]] std::chrono::nanoseconds left() const {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::nanoseconds gone = std::max(now - real_, clock_.steady() - told_);
    return gone < whole_ ? whole_ - gone : std::chrono::nanoseconds{0};
  }
  [[nodiscard]] Deadline deadline() const { return {std::chrono::steady_clock::now() + left()}; }
  [[nodiscard]] Deadline deadline(std::chrono::milliseconds limit) const {
    return {std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(left(), limit)};
  }

 private:
  const core::base::Clock& clock_;
  std::chrono::steady_clock::time_point real_;
  std::chrono::steady_clock::time_point told_;
  std::chrono::nanoseconds whole_{0};
};

/// What one call() may do once.
struct Caller::Run {
  bool refreshed = false;
  bool redirected = false;
};

Caller::Caller(http::Client& client, TokenSource& tokens, core::ports::RequestBudget& budget,
               const core::base::Clock& clock, core::base::Random& random, CallerOptions options)
    : client_(client),
      tokens_(tokens),
      budget_(budget),
      clock_(clock),
      random_(random),
      options_(std::move(options)),
      breaker_(options_.breaker) {
  core::base::require(options_.attempts_max >= 1 && options_.wait != nullptr,
                      "a caller makes an attempt and can wait");
}

Fetched Caller::call(const Call& call, Deadline by) {
  const TimeLeft time(clock_, by);
  Fetched out;
  out.interface = label(call.interface, call.version);
  out.correlation_id = call.correlation_id;
  if (time.left().count() == 0) {
    unanswered(ErrorCode::DEADLINE, out);
    return out;
  }
  Run run;
  const std::uint32_t most = call.attempts_max == 0 ? options_.attempts_max : call.attempts_max;
  for (std::uint32_t attempt = 1;; ++attempt) {
    Fetched held = out;
    if (held_back(time, held)) return attempt == 1 ? held : out;
    once(call, time, run, out);
    if (out.next != NextMove::retry || attempt >= most) return out;
    if (!retries_.may_retry()) return out;
    const auto wait = wait_after(attempt, out);
    if (wait >= time.left()) return out;
    options_.wait(wait);
  }
}

bool Caller::held_back(const TimeLeft& time, Fetched& out) {
  using std::chrono::ceil;
  using std::chrono::seconds;
  const auto now = clock_.steady();
  mean({FetchResult::transient, NextMove::retry}, out);
  if (breaker_.state() != core::delivery::BreakerState::closed && now < breaker_.next_call_at()) {
    out.code = "BREAKER_OPEN";
    out.retry_after = ceil<seconds>(breaker_.next_call_at() - now);
    return true;
  }
  if (!not_before_ || now >= *not_before_) return false;
  const std::chrono::nanoseconds wait = *not_before_ - now;
  if (wait >= time.left()) {
    out.code = "RETRY_AFTER";
    out.retry_after = ceil<seconds>(wait);
    return true;
  }
  options_.wait(wait);
  return false;
}

void Caller::once(const Call& call, const TimeLeft& time, Run& run, Fetched& out) {
  http::Request request = call.request;
  request.headers.push_back({"Authorization", {}});
  for (;;) {
    const auto token = ready(call, time, out);
    if (!token) return;
    std::string& bearer = request.headers.back().value;
    bearer = "Bearer ";
    bearer.append(token->reveal());
    auto response = client_.send(request, time.deadline(options_.call_limit));
    wire::files::wipe(bearer);
    ++out.calls;
    if (!response) {
      report(Health::failing);
      unanswered(response.error().code, out);
      return;
    }
    report(core::delivery::health_of_status(static_cast<int>(response->status)));
    if (once_more(*response, *token, run, request)) continue;
    take_in(*std::move(response), call, out);
    return;
  }
}

std::optional<Sensitive<std::string>> Caller::ready(const Call& call, const TimeLeft& time,
                                                    Fetched& out) {
  const auto token = tokens_.token(time.deadline());
  if (!token) {
    unanswered(token.error().code, out);
    // The service that gives tokens broke its contract: the address is wrong, not the moment.
    if (token.error().code == ErrorCode::BAD_REPLY)
      mean(meaning_of(ErrorCode::CONFIG_INVALID), out);
    return std::nullopt;
  }
  const auto stands = client_.prepare(time.deadline(options_.call_limit));
  if (!stands) {
    report(Health::failing);
    unanswered(stands.error().code, out);
    return std::nullopt;
  }
  const auto place = budget_.take(call.purpose, time.deadline());
  if (!place) {
    unanswered(place.error().code, out);
    return std::nullopt;
  }
  if (time.left().count() == 0) {
    unanswered(ErrorCode::DEADLINE, out);
    return std::nullopt;
  }
  return *token;
}

bool Caller::once_more(const http::Response& response, const Sensitive<std::string>& token,
                       Run& run, http::Request& request) {
  if (response.status == 401 && !run.refreshed) {
    tokens_.report_rejected(token);
    run.refreshed = true;
    return true;
  }
  if (!is_redirect(response.status) || request.method != "GET" || run.redirected) return false;
  const std::string* location = http::find(response.headers, "Location");
  const auto target = location == nullptr ? std::nullopt : same_origin(*location);
  if (!target) return false;
  request.target = *target;
  run.redirected = true;
  return true;
}

std::optional<std::string> Caller::same_origin(std::string_view location) const {
  constexpr std::string_view scheme = "https://";
  if (http::equal_without_case(location.substr(0, scheme.size()), scheme)) {
    location.remove_prefix(scheme.size());
    const std::string_view authority = location.substr(0, location.find('/'));
    const bool ours = !options_.authority.empty() &&
                      http::equal_without_case(without_default_port(authority),
                                               without_default_port(options_.authority));
    if (!ours) return std::nullopt;
    location.remove_prefix(authority.size());
  }
  if (!http::is_origin_form(location)) return std::nullopt;
  return std::string(location);
}

void Caller::take_in(http::Response response, const Call& call, Fetched& out) {
  const unsigned status = response.status;
  out.status = static_cast<int>(status);
  out.code = status == 200 ? std::string() : answer_code(response.body);
  out.retry_after.reset();
  if (status == 429 || status == 503) {
    const std::string* header = http::find(response.headers, "Retry-After");
    if (header != nullptr) out.retry_after = core::delivery::parse_retry_after(*header);
    if (out.retry_after) out.retry_after = std::min(*out.retry_after, limits::retry_after_max);
  }
  mean(meaning_of(call.interface, call.version, status, out.code), out);
  if (is_html(response) && (status / 100 == 2 || status == 403)) {
    mean({FetchResult::config_fault, NextMove::alarm}, out);
    out.code = core::base::name(ErrorCode::BAD_REPLY);
  }
  if (status == 429) budget_.throttled(out.retry_after);
  if (status == 503 && out.retry_after) not_before_ = clock_.steady() + *out.retry_after;
  if (core::delivery::health_of_status(out.status) == Health::well) retries_.on_success();
  out.raw = std::move(response.body);
}

void Caller::unanswered(ErrorCode error, Fetched& out) const {
  mean(meaning_of(error), out);
  out.status = 0;
  out.code = core::base::name(error);
  out.retry_after.reset();
  out.raw.clear();
}

/// One call at a time: the result that is reported is that of the one probe.
void Caller::report(Health health) {
  const auto now = clock_.steady();
  if (breaker_.may_call(now)) breaker_.on_result(health, now);
  if (health == Health::failing) retries_.on_failure();
}

std::chrono::nanoseconds Caller::wait_after(std::uint32_t attempt, const Fetched& out) {
  auto asked = out.retry_after;
  if (out.result == FetchResult::throttled && !asked) asked = limits::throttled_wait;
  return core::delivery::backoff(attempt, asked, random_, options_.backoff);
}

}  // namespace ig::adapters::hmrc
