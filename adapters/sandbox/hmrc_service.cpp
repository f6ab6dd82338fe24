#include "adapters/sandbox/hmrc_service.hpp"

#include "adapters/sandbox/names.hpp"
#include "adapters/sandbox/reply.hpp"
#include "adapters/wire/crypto/hmac.hpp"

#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kTokenLife{14'400};
constexpr std::size_t kAnswersKept = 1'000'000;

bool is_text(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() &&
         !member->get_ref<const std::string&>().empty();
}

}  // namespace

HmrcService::HmrcService(const Population& population, Credentials credentials,
                         const core::base::Clock& clock)
    : population_(population), credentials_(std::move(credentials)), clock_(clock) {
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    by_number_.emplace(population.people[i].person.nino.substr(0, 8), i);
  }
}

http::Response HmrcService::handle(const http::Request& request) {
  if (request.target == "/oauth/token") {
    return request.method == "POST" ? token(request) : problem(405, "METHOD_NOT_ALLOWED");
  }
  if (request.target == "/yearly-figures/v1/search") {
    if (request.method != "POST") return problem(405, "METHOD_NOT_ALLOWED");
    return allowed(request) ? search(request) : problem(401, "INVALID_CREDENTIALS");
  }
  return problem(404, "MATCHING_RESOURCE_NOT_FOUND");
}

http::Response HmrcService::token(const http::Request& request) {
  const auto* type = http::find(request.headers, "Content-Type");
  if (type == nullptr || !type->starts_with("application/x-www-form-urlencoded")) {
    return json_reply(415, R"({"error":"invalid_request"})");
  }
  if (form_field(request.body, "grant_type") != "client_credentials") {
    return json_reply(400, R"({"error":"unsupported_grant_type"})");
  }
  if (form_field(request.body, "client_id") != credentials_.client_id ||
      !wire::crypto::equal_in_constant_time(form_field(request.body, "client_secret"),
                                            credentials_.client_secret)) {
    return json_reply(401, R"({"error":"invalid_client"})");
  }
  const auto now = clock_.steady();
  std::erase_if(tokens_, [&](const auto& entry) { return entry.second <= now; });
  std::string token;
  for (const char c : wire::crypto::random_bytes(24)) {
    token += "0123456789abcdef"[static_cast<unsigned char>(c) % 16];
  }
  tokens_.emplace(token, now + kTokenLife);
  return json_reply(200, json{{"access_token", token},
                              {"token_type", "bearer"},
                              {"expires_in", kTokenLife.count()},
                              {"scope", form_field(request.body, "scope")}}
                             .dump());
}

bool HmrcService::allowed(const http::Request& request) const {
  const auto* header = http::find(request.headers, "Authorization");
  if (header == nullptr || header->size() < 7 || !same_letters(header->substr(0, 7), "Bearer ")) {
    return false;
  }
  const auto known = tokens_.find(header->substr(7));
  return known != tokens_.end() && clock_.steady() < known->second;
}

http::Response HmrcService::search(const http::Request& request) {
  ++asked_;
  const json question = json::parse(request.body, nullptr, false);
  if (!question.is_object()) return problem(400, "INVALID_JSON");
  for (const char* name : {"requestId", "nino", "surname", "dateOfBirth", "purpose", "askedOn"}) {
    if (!is_text(question, name)) return problem(400, "INVALID_REQUEST");
  }
  if (!parse_day(question["dateOfBirth"].get<std::string>()) ||
      !parse_day(question["askedOn"].get<std::string>())) {
    return problem(400, "INVALID_REQUEST");
  }
  const auto id = question["requestId"].get<std::string>();
  const std::string whole = question.dump();
  if (const auto before = answered_.find(id); before != answered_.end()) {
    if (before->second.question != whole) return problem(409, "REQUEST_ID_REUSED");
    return before->second.answer;
  }
  const auto found = by_number_.find(question["nino"].get<std::string>().substr(0, 8));
  if (found == by_number_.end()) return problem(404, "UNKNOWN_PERSON");
  const Member& member = population_.people[found->second];
  if (member.yearly.status == YearlyTruth::Status::unavailable) {
    return problem(503, "SERVER_ERROR");
  }
  if (!same_letters(question["surname"].get<std::string>(), member.person.surname) ||
      question["dateOfBirth"] != text(member.person.born)) {
    return problem(404, "UNKNOWN_PERSON");
  }
  auto answer = figure(id, member);
  if (answered_.size() < kAnswersKept) answered_.emplace(id, Answered{whole, answer});
  return answer;
}

http::Response HmrcService::figure(const std::string& request_id, const Member& member) const {
  json answer{{"requestId", request_id}};
  switch (member.yearly.status) {
    case YearlyTruth::Status::unknown_person:
      return problem(404, "UNKNOWN_PERSON");
    case YearlyTruth::Status::unavailable:
      return problem(503, "SERVER_ERROR");
    case YearlyTruth::Status::no_data:
      answer["status"] = "NO_DATA";
      break;
    case YearlyTruth::Status::nil:
    case YearlyTruth::Status::available:
      answer["status"] = member.yearly.annual == 0 ? "NIL" : "AVAILABLE";
      answer["taxYear"] = tax_year_text(member.yearly.tax_year);
      answer["annualAmount"] = decimal(member.yearly.annual);
      answer["source"] = member.yearly.source;
      answer["parts"] = json{{"employment", decimal(member.yearly.annual)}};
      answer["unearned"] = json::object();
      break;
  }
  return json_reply(200, answer.dump());
}

}  // namespace ig::adapters::sandbox
