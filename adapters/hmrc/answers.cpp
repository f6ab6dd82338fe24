#include "adapters/hmrc/answers.hpp"

#include "adapters/wire/json/value.hpp"
#include "core/base/require.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::ports::FetchResult;
using core::ports::NextMove;

constexpr std::size_t code_bytes_max = 100;

// What is said of answers, one name for each pair of a result and a next move.
constexpr Meaning kUse{FetchResult::matched, NextMove::use};
constexpr Meaning kNoData{FetchResult::matched_no_data, NextMove::use};
constexpr Meaning kNotMatched{FetchResult::not_matched, NextMove::use};
constexpr Meaning kUnknown{FetchResult::unknown_person, NextMove::use};
constexpr Meaning kNotPermitted{FetchResult::not_permitted, NextMove::park};
constexpr Meaning kThrottled{FetchResult::throttled, NextMove::retry};
constexpr Meaning kAgain{FetchResult::transient, NextMove::retry};
constexpr Meaning kOtherwise{FetchResult::transient, NextMove::retry_new};
constexpr Meaning kStop{FetchResult::config_fault, NextMove::park};
constexpr Meaning kTell{FetchResult::config_fault, NextMove::alarm};
constexpr Meaning kAside{FetchResult::config_fault, NextMove::task};

/// A row of a list that is written once and holds for several interfaces.
struct SharedRow {
  unsigned status;
  std::string_view code;
  Meaning meaning;
  std::string_view why;
};

/// What the API gateway says before a service is reached. For every interface but the token's.
constexpr SharedRow kGateway[] = {
    {401, "MISSING_CREDENTIALS", kNotPermitted, "no token was sent"},
    {401, "INVALID_CREDENTIALS", kNotPermitted, "a new token was refused too"},
    {401, "UNAUTHORIZED", kNotPermitted, "the application is not allowed to ask"},
    {401, "INCORRECT_ACCESS_TOKEN_TYPE", kStop, "the token is of another kind"},
    {403, "HTTPS_REQUIRED", kStop, "the address is not https"},
    {403, "RESOURCE_FORBIDDEN", kNotPermitted, "the application does not subscribe to the API"},
    {403, "INVALID_SCOPE", kNotPermitted, "the token lacks the scope"},
    {403, "FORBIDDEN", kNotPermitted, "authorisation is refused"},
    {404, "MATCHING_RESOURCE_NOT_FOUND", kStop, "no such path or version: check the base URL"},
    {405, "METHOD_NOT_ALLOWED", kStop, "the path takes another method"},
    {406, "ACCEPT_HEADER_INVALID", kStop, "the Accept header names no version"},
    {429, "MESSAGE_THROTTLED_OUT", kThrottled, "the gateway wants fewer requests"},
    {429, "TOO_MANY_REQUESTS", kThrottled, "the service behind the gateway is throttled"},
    {501, "NOT_IMPLEMENTED", kStop, "the gateway does not know the request"},
    {503, "SERVER_ERROR", kAgain, "the gateway does not reach the service"},
    {503, "SCHEDULED_MAINTENANCE", kAgain, "planned work"},
    {504, "GATEWAY_TIMEOUT", kAgain, "the service did not answer the gateway in time"},
};

/// What the individuals-* services share.
constexpr SharedRow kIndividuals[] = {
    {200, "", kUse, "an answer; an empty list is no data"},
    {400, "INVALID_REQUEST", kTell, "our request is wrong: field, dates, match id or correlation"},
    {404, "NOT_FOUND", kOtherwise, "the match id is unknown or older than 5 hours: match again"},
    {500, "INTERNAL_SERVER_ERROR", kAgain, "may heal; the same again and again is a poison record"},
};

/// What only one interface says. Later lines never count before earlier ones: the most particular
/// row does.
constexpr AnswerRow kOwn[] = {
    {Interface::token, Version::any, 200, "", kUse, "a token"},
    {Interface::token, Version::any, 400, "invalid_request", kStop, "a form field is wrong"},
    {Interface::token, Version::any, 400, "invalid_scope", kNotPermitted, "the scope is not ours"},
    {Interface::token, Version::any, 401, "invalid_client", kNotPermitted,
     "id, secret or one-time code is refused"},
    {Interface::token, Version::any, 500, "server_error", kAgain, "the token service fails"},

    {Interface::rtii, Version::any, 200, "", kUse, "an answer; the match pattern tells whose"},
    {Interface::rtii, Version::any, 400, "INVALID_CORRELATION_ID", kTell, "the id in the path"},
    {Interface::rtii, Version::any, 400, "INVALID_CORRELATIONID", kTell, "the same, as DES spells"},
    {Interface::rtii, Version::any, 400, "INVALID_PAYLOAD", kTell,
     "a field, our service name, or no field inside our scope"},
    {Interface::rtii, Version::any, 400, "INVALID_DATE_RANGE", kTell, "from is after to"},
    {Interface::rtii, Version::any, 400, "INVALID_DATES_EQUAL", kTell, "from equals to"},
    {Interface::rtii, Version::any, 403, "NON_PRIVILEGED_APPLICATION", kNotPermitted,
     "the application is of the wrong kind"},
    {Interface::rtii, Version::any, 404, "NOT_FOUND_NINO", kUnknown, "HMRC does not know the NINO"},
    {Interface::rtii, Version::any, 404, "NOT_FOUND", kNoData, "the NINO is known, without data"},
    {Interface::rtii, Version::any, 500, "SERVER_ERROR", kOtherwise, "DES is down; kept 15 min"},
    {Interface::rtii, Version::any, 500, "INTERNAL_SERVER_ERROR", kOtherwise,
     "the reply of DES cannot be read; kept 15 min"},
    {Interface::rtii, Version::any, 500, "SERVICE_UNAVAILABLE", kOtherwise,
     "their authorisation fails; kept 15 min"},
    {Interface::rtii, Version::any, 500, "", kOtherwise, "every outcome is kept 15 min"},
    {Interface::rtii, Version::any, 503, "SERVICE_UNAVAILABLE", kOtherwise,
     "DES is unavailable; kept 15 min"},
    {Interface::rtii, Version::any, 503, "BAD_GATEWAY", kOtherwise, "DES timed out; kept 15 min"},
    {Interface::rtii, Version::any, 503, "", kOtherwise, "every outcome is kept 15 min"},

    {Interface::matching, Version::p1_0, 403, "MATCHING_FAILED", kNotMatched, "no match in P1.0"},
    {Interface::matching, Version::v2_0, 404, "MATCHING_FAILED", kNotMatched, "no match in 2.0"},
    {Interface::matching, Version::any, 403, "", kTell, "a proxy's page, never a no-match"},
    {Interface::matching, Version::v1_0, 400, "BAD_REQUEST", kTell, "the pension providers' API"},
    {Interface::matching, Version::v1_0, 403, "INVALID_UUID", kTell, "the pension providers' API"},

    {Interface::yearly, Version::any, 200, "", kUse, "a figure, NIL or NO_DATA"},
    {Interface::yearly, Version::any, 400, "", kAside, "the question is refused for good"},
    {Interface::yearly, Version::any, 404, "UNKNOWN_PERSON", kUnknown, "no such person is known"},
    {Interface::yearly, Version::any, 404, "", kStop, "not about a person: check the base URL"},
    {Interface::yearly, Version::any, 409, "", kAside, "the same request id with other content"},
    {Interface::yearly, Version::any, 422, "", kAside, "the question is refused for good"},
    {Interface::yearly, Version::any, 429, "THROTTLED", kThrottled, "fewer requests are asked for"},
    {Interface::yearly, Version::any, 503, "UNAVAILABLE", kAgain, "not now"},
};

constexpr Interface kBehindGateway[] = {
    Interface::rtii,        Interface::matching, Interface::income, Interface::employments,
    Interface::tax_credits, Interface::details,  Interface::yearly,
};
constexpr Interface kFamily[] = {
    Interface::matching,    Interface::income,  Interface::employments,
    Interface::tax_credits, Interface::details,
};

constexpr std::size_t kRows = std::size(kOwn) + std::size(kBehindGateway) * std::size(kGateway) +
                              std::size(kFamily) * std::size(kIndividuals);

/// All rows, each list written out for each interface it holds for.
constexpr std::array<AnswerRow, kRows> written_out() {
  std::array<AnswerRow, kRows> out{};
  std::size_t n = 0;
  for (const AnswerRow& row : kOwn) out[n++] = row;
  const auto share = [&](const auto& interfaces, const auto& rows) {
    for (const Interface interface : interfaces) {
      for (const SharedRow& row : rows) {
        out[n++] = {interface, Version::any, row.status, row.code, row.meaning, row.why};
      }
    }
  };
  share(kFamily, kIndividuals);
  share(kBehindGateway, kGateway);
  return out;
}
constexpr auto kTable = written_out();

constexpr bool same_place(const AnswerRow& a, const AnswerRow& b) {
  return a.interface == b.interface && a.version == b.version && a.status == b.status &&
         a.code == b.code;
}

/// Two rows in one place would leave one of them without effect.
constexpr bool each_place_once() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    for (std::size_t j = i + 1; j < kTable.size(); ++j) {
      if (same_place(kTable[i], kTable[j])) return false;
    }
  }
  return true;
}
static_assert(each_place_once());

/// How particular a row is for an answer; 0: it does not fit.
int fit(const AnswerRow& row, Interface interface, Version version, unsigned status,
        std::string_view code) noexcept {
  const bool fits = row.interface == interface && row.status == status &&
                    (row.version == Version::any || row.version == version) &&
                    (row.code.empty() || row.code == code);
  if (!fits) return 0;
  return 1 + (row.code.empty() ? 0 : 2) + (row.version == Version::any ? 0 : 1);
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= code_bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '_' || c == '-' || c == '.';
         });
}

std::string code_in(const wire::json::Value& object) {
  using Kind = wire::json::Value::Kind;
  for (const std::string_view name : {"code", "error"}) {
    const wire::json::Value* value = object.find(name);
    if (value != nullptr && value->is(Kind::string) && is_code(value->text())) {
      return std::string(value->text());
    }
  }
  for (const std::string_view name : {"failures", "errors"}) {
    const wire::json::Value* list = object.find(name);
    if (list == nullptr || !list->is(Kind::array) || list->items().empty()) continue;
    const wire::json::Value& first = list->items().front();
    if (first.is(Kind::object) && first.find(name) == nullptr) return code_in(first);
  }
  return {};
}

/// The word after "code" in a text that opens like JSON and is none: a gateway's template writes a
/// comma where the colon belongs.
std::string code_near(std::string_view body) {
  constexpr std::string_view name = "\"code\"";
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t opens = body.find_first_not_of(blank);
  if (opens == std::string_view::npos || body[opens] != '{') return {};
  const std::size_t at = body.find(name);
  if (at == std::string_view::npos) return {};
  const std::size_t begins = body.find_first_not_of(" \t\r\n:,", at + name.size());
  if (begins == std::string_view::npos || body[begins] != '"') return {};
  const std::size_t ends = body.find('"', begins + 1);
  if (ends == std::string_view::npos) return {};
  const std::string_view word = body.substr(begins + 1, ends - begins - 1);
  return is_code(word) ? std::string(word) : std::string();
}

}  // namespace

std::string_view name(Interface interface) noexcept {
  constexpr std::string_view names[] = {"token",       "rtii",        "matching", "income",
                                        "employments", "tax-credits", "details",  "yearly"};
  return names[static_cast<std::size_t>(interface)];
}

std::string_view name(Version version) noexcept {
  constexpr std::string_view names[] = {"any", "1.0", "P1.0", "2.0"};
  return names[static_cast<std::size_t>(version)];
}

std::string label(Interface interface, Version version) {
  std::string out(name(interface));
  if (version != Version::any) out.append("-").append(name(version));
  return out;
}

std::span<const AnswerRow> answer_table() noexcept { return kTable; }

const AnswerRow* answer_row(Interface interface, Version version, unsigned status,
                            std::string_view code) noexcept {
  const AnswerRow* best = nullptr;
  int best_fit = 0;
  for (const AnswerRow& row : kTable) {
    const int now = fit(row, interface, version, status, code);
    if (now <= best_fit) continue;
    best = &row;
    best_fit = now;
  }
  return best;
}

Meaning meaning_of(Interface interface, Version version, unsigned status,
                   std::string_view code) noexcept {
  if (const AnswerRow* row = answer_row(interface, version, status, code)) return row->meaning;
  if (status == 429) return kThrottled;
  if (status == 401 || status == 403) return kNotPermitted;
  if (status == 408 || status == 425 || (status >= 500 && status <= 599)) return kAgain;
  return kTell;
}

Meaning meaning_of(ErrorCode error) noexcept {
  switch (error) {
    case ErrorCode::UNAVAILABLE:
    case ErrorCode::DEADLINE:
    case ErrorCode::BAD_REPLY:  // cut short, or not proper HTTP: the next one may be whole
      return kAgain;
    case ErrorCode::THROTTLED:
      return kThrottled;
    case ErrorCode::UNAUTHORISED:
    case ErrorCode::FORBIDDEN:
      return kNotPermitted;
    case ErrorCode::LIMIT_EXCEEDED:  // the same question gives the same too long answer
      return {FetchResult::poison, NextMove::task};
    case ErrorCode::NO_PERSON:
    case ErrorCode::INVALID_NINO:
      return kAside;
    case ErrorCode::TLS_FAILED:  // with every later call too: an operator looks at certificates
    case ErrorCode::UNREADABLE:
    case ErrorCode::PARSER_FAILED:
    case ErrorCode::CONFIG_INVALID:
    case ErrorCode::STORE_FAILED:
      return kStop;
    default:
      return kTell;
  }
}

std::string answer_code(std::string_view body) {
  wire::json::Reader reader;
  const auto value = reader.read(body);
  if (!value) return code_near(body);
  if (!value->is(wire::json::Value::Kind::object)) return {};
  return code_in(*value);
}

}  // namespace ig::adapters::hmrc
