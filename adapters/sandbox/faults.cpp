#include "adapters/sandbox/faults.hpp"

#include "adapters/sandbox/hal.hpp"
#include "adapters/sandbox/reply.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace ig::adapters::sandbox {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using nlohmann::json;

constexpr std::size_t kNumber = 8;  ///< characters of a NINO without its suffix
constexpr std::string_view kToken = "/oauth/token";
constexpr std::string_view kRtii = "/real-time-income-information/";

struct Named {
  Fault fault;
  std::string_view name;
};
constexpr std::array<Named, 26> kNames = {{
    {Fault::NONE, "NONE"},
    {Fault::MESSAGE_THROTTLED_OUT, "MESSAGE_THROTTLED_OUT"},
    {Fault::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS"},
    {Fault::THROTTLED_NOT_JSON, "THROTTLED_NOT_JSON"},
    {Fault::SERVER_ERROR, "SERVER_ERROR"},
    {Fault::SERVER_ERROR_ONCE, "SERVER_ERROR_ONCE"},
    {Fault::TWO_FAILURES, "TWO_FAILURES"},
    {Fault::PROXY_403, "PROXY_403"},
    {Fault::PROXY_200, "PROXY_200"},
    {Fault::TOKEN_EXPIRED, "TOKEN_EXPIRED"},
    {Fault::TOTP_SKEW, "TOTP_SKEW"},
    {Fault::DRIP, "DRIP"},
    {Fault::TRUNCATED, "TRUNCATED"},
    {Fault::RESET, "RESET"},
    {Fault::UNANSWERED, "UNANSWERED"},
    {Fault::POISON_ROW, "POISON_ROW"},
    {Fault::MATCH_EXPIRED, "MATCH_EXPIRED"},
    {Fault::LINK_MISSING, "LINK_MISSING"},
    {Fault::LINK_ELSEWHERE, "LINK_ELSEWHERE"},
    {Fault::REDIRECT_PATH, "REDIRECT_PATH"},
    {Fault::REDIRECT_HOST, "REDIRECT_HOST"},
    {Fault::DUPLICATE_PAYMENT, "DUPLICATE_PAYMENT"},
    {Fault::TWIN_PAYMENT, "TWIN_PAYMENT"},
    {Fault::CORRECTION, "CORRECTION"},
    {Fault::YEAR_TO_DATE, "YEAR_TO_DATE"},
    {Fault::FIELD_ABSENT, "FIELD_ABSENT"},
}};

std::optional<Fault> fault_named(std::string_view text) {
  for (const auto& [fault, name] : kNames) {
    if (name == text && fault != Fault::NONE) return fault;
  }
  return std::nullopt;
}

/// Can the fault happen there at all?
bool fits(Fault fault, std::string_view path) {
  switch (fault) {
    case Fault::TOTP_SKEW:
      return path == kToken;
    case Fault::POISON_ROW:
    case Fault::DUPLICATE_PAYMENT:
    case Fault::TWIN_PAYMENT:
    case Fault::CORRECTION:
    case Fault::YEAR_TO_DATE:
    case Fault::FIELD_ABSENT:
      return path.starts_with(kRtii) || path.ends_with("/paye");
    case Fault::TWO_FAILURES:
      return path.starts_with(kRtii);
    case Fault::MATCH_EXPIRED:
    case Fault::LINK_MISSING:
    case Fault::LINK_ELSEWHERE:
      return path.starts_with("/individuals/");
    case Fault::TOKEN_EXPIRED:
      return path != kToken;
    default:
      return true;
  }
}

http::Response page(unsigned status, std::string_view title) {
  http::Response out;
  out.status = status;
  out.headers.push_back({"Content-Type", "text/html"});
  out.body.append("<!DOCTYPE html><html><head><title>").append(title);
  out.body.append("</title></head><body><h1>").append(title).append("</h1></body></html>\n");
  return out;
}

http::Response redirect(std::string location) {
  http::Response out;
  out.status = 302;
  out.headers.push_back({"Location", std::move(location)});
  return out;
}

http::Response broken(const ActiveFault& fault, std::string_view path) {
  const auto told = fault.number(503);
  const unsigned status = told >= 500 && told <= 599 ? static_cast<unsigned>(told) : 503;
  const std::string_view code = status == 500 ? "INTERNAL_SERVER_ERROR" : "SERVER_ERROR";
  if (path.starts_with(kRtii)) {
    return reasoned(status, status == 503 ? "SERVICE_UNAVAILABLE" : code,
                    "Dependent systems are currently not responding.");
  }
  return coded(status, code, "Something went wrong.");
}

Error wrong(ErrorCode code, std::size_t index, std::string_view name, std::string_view rule) {
  return {code, "/faults/" + std::to_string(index) + "/" + std::string(name), std::string(rule)};
}

Result<FaultRule> read_rule(const json& value, std::size_t index) {
  FaultRule out;
  if (!value.is_object() || !value.contains("fault") || !value["fault"].is_string()) {
    return wrong(ErrorCode::WRONG_TYPE, index, "fault", "a rule names its fault");
  }
  const auto fault = fault_named(value["fault"].get<std::string>());
  if (!fault) return wrong(ErrorCode::UNKNOWN_CODE, index, "fault", "no such fault");
  out.fault.kind = *fault;
  for (const auto& [name, place] : {std::pair{"argument", &out.fault.argument},
                                    std::pair{"nino", &out.nino}, std::pair{"under", &out.under}}) {
    if (!value.contains(name)) continue;
    if (!value[name].is_string()) return wrong(ErrorCode::WRONG_TYPE, index, name, "it is text");
    *place = value[name].get<std::string>();
  }
  for (const auto& [name, place] :
       {std::pair{"per_mille", &out.per_mille}, std::pair{"times", &out.times}}) {
    if (!value.contains(name)) continue;
    if (!value[name].is_number_integer()) {
      return wrong(ErrorCode::WRONG_TYPE, index, name, "it is a whole number");
    }
    *place = value[name].get<int>();
  }
  return out;
}

}  // namespace

std::string_view name(Fault fault) {
  const auto known = std::find_if(kNames.begin(), kNames.end(),
                                  [&](const Named& one) { return one.fault == fault; });
  return known == kNames.end() ? std::string_view() : known->name;
}

std::vector<Fault> all_faults() {
  std::vector<Fault> out;
  for (const auto& [fault, name] : std::span(kNames).subspan(1)) out.push_back(fault);
  return out;
}

std::int64_t ActiveFault::number(std::int64_t otherwise) const {
  std::int64_t out = 0;
  const char* const end = argument.data() + argument.size();
  const auto read = std::from_chars(argument.data(), end, out);
  return read.ec == std::errc() && read.ptr == end ? out : otherwise;
}

Result<std::vector<FaultRule>> read_fault_rules(std::string_view text) {
  const json body = json::parse(text, nullptr, false);
  if (!body.is_object() || !body.contains("faults") || !body["faults"].is_array()) {
    return Error{ErrorCode::MALFORMED_JSON, "/faults",
                 "an object with a list of faults is expected"};
  }
  std::vector<FaultRule> out;
  for (const json& value : body["faults"]) {
    auto rule = read_rule(value, out.size());
    if (!rule) return rule.error();
    out.push_back(*std::move(rule));
  }
  return out;
}

void FaultBook::set(std::vector<FaultRule> rules) {
  anybody_.clear();
  by_number_.clear();
  for (FaultRule& rule : rules) add(std::move(rule));
}

void FaultBook::add(FaultRule rule) {
  const std::string number = rule.nino.substr(0, kNumber);
  (number.empty() ? anybody_ : by_number_[number]).push_back(std::move(rule));
}

bool FaultBook::happens(FaultRule& rule, std::string_view path) {
  if (rule.times == 0 || !path.starts_with(rule.under) || !fits(rule.fault.kind, path)) {
    return false;
  }
  // Rules for everything mean the services; the token service fails when it is named.
  if (path == kToken && rule.under.empty() && rule.fault.kind != Fault::TOTP_SKEW) return false;
  if (rule.per_mille < 1'000 &&
      random_.below(1'000) >= static_cast<std::uint64_t>(std::max(rule.per_mille, 0))) {
    return false;
  }
  if (rule.times > 0) --rule.times;
  return true;
}

ActiveFault FaultBook::pick(const http::Request& request, std::string_view nino) {
  ActiveFault out;
  const auto path = path_of(request.target);
  if (const auto* header = http::find(request.headers, "Sandbox-Fault")) {
    const auto equals = std::min(header->find('='), header->size());
    const auto told = fault_named(std::string_view(*header).substr(0, equals));
    if (told) out = {*told, header->substr(std::min(equals + 1, header->size()))};
  } else {
    const auto own =
        nino.empty() ? by_number_.end() : by_number_.find(std::string(nino.substr(0, kNumber)));
    for (auto* rules : {own == by_number_.end() ? nullptr : &own->second, &anybody_}) {
      if (rules == nullptr || out.kind != Fault::NONE) continue;
      const auto first = std::find_if(rules->begin(), rules->end(),
                                      [&](FaultRule& rule) { return happens(rule, path); });
      if (first != rules->end()) out = first->fault;
    }
  }
  if (out.kind != Fault::NONE) ++happened_[std::string(name(out.kind))];
  return out;
}

std::optional<http::Response> answer_of(const ActiveFault& fault, std::string_view path) {
  switch (fault.kind) {
    case Fault::MESSAGE_THROTTLED_OUT:
      return coded(429, "MESSAGE_THROTTLED_OUT", "The request rate is above the limit");
    case Fault::TOO_MANY_REQUESTS:
      return coded(429, "TOO_MANY_REQUESTS", "Rate limit exceeded");
    case Fault::THROTTLED_NOT_JSON:
      return json_reply(429, R"({"code", "MESSAGE_THROTTLED_OUT", "message": "Slow down"})");
    case Fault::SERVER_ERROR:
    case Fault::SERVER_ERROR_ONCE:
      return broken(fault, path);
    case Fault::TWO_FAILURES:
      return json_reply(400, R"({"failures":[{"code":"INVALID_DATE_RANGE","reason":"The dates"},)"
                             R"({"code":"INVALID_PAYLOAD","reason":"The body"}]})");
    case Fault::PROXY_403:
      return page(403, "Access denied");
    case Fault::PROXY_200:
      return page(200, "Please wait");
    case Fault::REDIRECT_PATH:
      return redirect("/moved" + std::string(path));
    case Fault::REDIRECT_HOST:
      return redirect("https://elsewhere.invalid" + std::string(path));
    default:
      return std::nullopt;
  }
}

void damage(const ActiveFault& fault, http::Response& answer) {
  using std::chrono_literals::operator""ms;
  const auto bytes = [&](std::size_t otherwise) {
    return static_cast<std::size_t>(
        std::max<std::int64_t>(1, fault.number(static_cast<std::int64_t>(otherwise))));
  };
  if (fault.kind == Fault::DRIP) {
    answer.mishap.drip_bytes = bytes(16);
    answer.mishap.drip_pause = 50ms;
  } else if (fault.kind == Fault::TRUNCATED) {
    answer.mishap.withheld = bytes(answer.body.size() / 2);
  } else if (fault.kind == Fault::RESET) {
    answer.mishap.sent_at_most = bytes(40);
    answer.mishap.reset = true;
  } else if (fault.kind == Fault::UNANSWERED) {
    answer.unanswered = true;
  }
}

}  // namespace ig::adapters::sandbox
