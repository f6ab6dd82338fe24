#include "adapters/hmrc/yearly_rest.hpp"

#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/base/limits.hpp"
#include "core/delivery/retry_after.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ig::adapters::hmrc {

using core::base::Deadline;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;
using core::ports::YearlyAnswer;
using core::ports::YearlyQuestion;

namespace {

constexpr std::chrono::seconds wait_when_throttled{1};

/// The question as the service reads it. Personal: it goes into the body of a request only.
std::string question_json(const YearlyQuestion& question) {
  std::string out;
  wire::json::Writer json(out);
  json.begin_object().member("requestId", question.request_id);
  json.member("nino", question.person.nino->reveal().reveal());
  json.member_if("surname", question.person.surname.reveal());
  json.member_if("forename", question.person.forename.reveal());
  if (question.person.date_of_birth) {
    json.member("dateOfBirth", question.person.date_of_birth->reveal().text());
  }
  json.member("purpose", question.purpose).member("askedOn", question.asked_on.text());
  json.end_object();
  return out;
}

/// A code of the problem body; empty when there is none to read. A 4xx or 5xx may come from
/// anything between the service and us: the status decides, the body only explains.
std::string problem_code(wire::json::Reader& reader, std::string_view body) {
  const auto value = reader.read(body);
  using Kind = wire::json::Value::Kind;
  if (!value || !value->is(Kind::object)) return {};
  const auto* code = value->find("code");
  return code != nullptr && code->is(Kind::string) ? code->text() : std::string();
}

Error as_bad_reply(const Error& why) {
  return fail(ErrorCode::BAD_REPLY, why.field,
              fmt::format("the yearly-figure service breaks its contract ({}): {}",
                          core::base::name(why.code), why.message));
}

}  // namespace

YearlyRest::YearlyRest(http::Client& client, TokenSource& tokens, const core::base::Clock& clock,
                       YearlyRestOptions options)
    : client_(client),
      tokens_(tokens),
      clock_(clock),
      options_(std::move(options)),
      digest_(wire::crypto::make_digest()) {}

YearlyRest::~YearlyRest() = default;

Result<YearlyAnswer> YearlyRest::fetch(const YearlyQuestion& question, Deadline by) {
  if (!question.person.nino) {
    return fail(ErrorCode::NO_PERSON, "/nino", "a yearly figure is asked for by NINO");
  }
  if (not_before_ && clock_.steady() < *not_before_) {
    return fail(ErrorCode::THROTTLED, {},
                "the yearly-figure service asked to be left alone; no call was made");
  }
  not_before_.reset();
  auto response = call(question_json(question), question, by);
  if (!response) return std::move(response).error();
  if (response->status != 200) return refusal(*response);
  const YearlyContext context{.subject = question.person,
                              .received_at = core::values::Instant::of(clock_.now()),
                              .requested_on = question.asked_on,
                              .request_id = question.request_id};
  auto figure = read_yearly(response->body, context, reader_, *digest_);
  if (!figure) return as_bad_reply(figure.error());
  return YearlyAnswer{std::move(*figure), std::move(response->body)};
}

Result<http::Response> YearlyRest::call(const std::string& body, const YearlyQuestion& question,
                                        Deadline by) {
  for (int attempt = 1;; ++attempt) {
    const auto token = tokens_.token(by);
    if (!token) return token.error();
    if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "no time is left to ask");
    http::Request request;
    request.method = "POST";
    request.target = options_.target;
    request.headers = {{"Authorization", "Bearer " + token->reveal()},
                       {"Content-Type", "application/json"},
                       {"Accept", "application/json"},
                       {"X-Request-Id", question.request_id}};
    request.body = body;
    const Deadline call_by{std::min(by.at, Deadline::in(options_.call_limit).at)};
    auto response = client_.send(request, call_by);
    if (!response || response->status != 401 || attempt == 2) return response;
    tokens_.report_rejected(*token);
  }
}

Error YearlyRest::refusal(const http::Response& response) {
  const unsigned status = response.status;
  const auto say = [&](ErrorCode code, std::string_view what) {
    return fail(code, {}, fmt::format("the yearly-figure service answered {}: {}", status, what));
  };
  if (status == 429 || status == 503) {
    const std::string* header = http::find(response.headers, "Retry-After");
    auto wait = header == nullptr ? std::nullopt : core::delivery::parse_retry_after(*header);
    if (!wait && status == 429) wait = wait_when_throttled;
    if (wait) {
      not_before_ = clock_.steady() + std::min(*wait, core::base::limits::retry_after_max);
    }
  }
  if (status == 429) return say(ErrorCode::THROTTLED, "fewer requests are asked for");
  if (status == 401) return say(ErrorCode::UNAUTHORISED, "a new token was refused too");
  if (status == 403) return say(ErrorCode::FORBIDDEN, "this application may not ask");
  if (status == 404) {
    return problem_code(reader_, response.body) == "UNKNOWN_PERSON"
               ? say(ErrorCode::NOT_FOUND, "it does not know the person")
               : say(ErrorCode::BAD_REPLY, "not about a person; check the base URL");
  }
  if (status == 408 || status == 425 || (status >= 500 && status <= 599)) {
    return say(ErrorCode::UNAVAILABLE, "try again later");
  }
  if (status == 400 || status == 409 || status == 410 || status == 413 || status == 415 ||
      status == 422) {
    return say(ErrorCode::REFUSED_BY_PEER, "it refuses the question for good");
  }
  return say(ErrorCode::BAD_REPLY, "this status is not in its contract");
}

}  // namespace ig::adapters::hmrc
