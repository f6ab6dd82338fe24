#include "adapters/sandbox/yearly.hpp"

#include "adapters/sandbox/names.hpp"
#include "adapters/sandbox/reply.hpp"

#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

constexpr std::size_t kAnswersKept = 1'000'000;

bool is_text(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() &&
         !member->get_ref<const std::string&>().empty();
}

}  // namespace

YearlyService::YearlyService(const Population& population) : population_(population) {
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    by_number_.emplace(population.people[i].person.nino.substr(0, 8), i);
  }
}

http::Response YearlyService::search(const http::Request& request) {
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

http::Response YearlyService::figure(const std::string& request_id, const Member& member) const {
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
