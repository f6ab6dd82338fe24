#pragma once

#include "adapters/http/message.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ig::tests::support {

/// The individuals-* services as HMRC runs them, as far as a client can see: match ids, links,
/// headers that must be there. Test by test bodies are set, and faults planted, by path.
class FakeIndividuals {
 public:
  using Request = adapters::http::Request;
  using Response = adapters::http::Response;

  [[nodiscard]] Response answer(const Request& request) {
    const std::size_t mark = std::min(request.target.find('?'), request.target.size());
    const std::string path = request.target.substr(0, mark);
    asked.push_back(request.target);
    if (request.method == "POST") return match(request, path);
    const auto fault = faults.find(path);
    if (fault != faults.end()) {
      if (const auto planted = fault->second(request)) return *planted;
    }
    const std::string individual = "/individuals/matching/" + match_id();
    const bool by_path = path == individual;
    const bool by_query = request.target.find("matchId=" + match_id()) != std::string::npos;
    if (!by_path && !by_query) return {404, {}, R"({"code":"NOT_FOUND","message":"x"})"};
    const auto body = bodies.find(by_path ? "individual" : path);
    if (body == bodies.end()) return {404, {}, R"({"code":"MATCHING_RESOURCE_NOT_FOUND"})"};
    return {200, {}, with_id(body->second)};
  }

  [[nodiscard]] std::string match_id() const {
    return "0f0c8f0e-5a52-4a5e-9a43-2f7bb3f0a" + std::to_string(100 + matches);
  }

  /// `@` in a body stands for the match id.
  std::map<std::string, std::string> bodies = {
      {"individual",
       R"({"_links":{"self":{"href":"/individuals/matching/@"},)"
       R"("income":{"href":"/individuals/income/?matchId=@"},)"
       R"("employments":{"href":"/individuals/employments/?matchId=@"},)"
       R"("benefits-and-credits":{"href":"/individuals/benefits-and-credits/?matchId=@"},)"
       R"("details":{"href":"/individuals/details/?matchId=@"}},)"
       R"("individual":{"firstName":"Amanda","lastName":"Joseph","nino":"NA000799C",)"
       R"("dateOfBirth":"1960-01-15"}})"},
      {"/individuals/income/",
       R"({"_links":{"paye":{"href":"/individuals/income/paye?matchId=@{&fromDate,toDate}"},)"
       R"("sa":{"href":"/individuals/income/sa?matchId=@{&fromTaxYear,toTaxYear}"}}})"},
      {"/individuals/employments/",
       R"({"_links":{"paye":)"
       R"({"href":"/individuals/employments/paye?matchId=@{&fromDate,toDate,payeReference}"}}})"},
      {"/individuals/benefits-and-credits/",
       R"({"_links":{"childTaxCredit":)"
       R"({"href":"/individuals/benefits-and-credits/child-tax-credit)"
       R"(?matchId=@{&fromDate,toDate}"}}})"},
      {"/individuals/details/",
       R"({"_links":{"addresses":{"href":"/individuals/details/addresses?matchId=@"},)"
       R"("contactDetails":{"href":"/individuals/details/contact-details?matchId=@"}}})"},
  };
  /// By path: what is answered in place of the body, or nothing to let it through.
  std::map<std::string, std::function<std::optional<Response>(const Request&)>> faults;
  /// Pairs "A/Jos" of first letter and three letters that match; none: each does.
  std::set<std::string> matching;
  int refusal = 404;  ///< status of no match: 403 in P1.0
  int matches = 0;    ///< made so far; each gives another id, and forgets the one before
  std::vector<std::string> asked;

 private:
  [[nodiscard]] static std::string member(const std::string& body, const std::string& name) {
    const std::string key = "\"" + name + "\":\"";
    const std::size_t at = body.find(key);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + key.size();
    return body.substr(begin, body.find('"', begin) - begin);
  }
  [[nodiscard]] Response match(const Request& request, const std::string& path) {
    if (path != "/individuals/matching/") return {404, {}, R"({"code":"NOT_FOUND"})"};
    const std::string pair = member(request.body, "firstName").substr(0, 1) + "/" +
                             member(request.body, "lastName").substr(0, 3);
    const auto refused = static_cast<unsigned>(refusal);
    if (!matching.empty() && !matching.contains(pair)) {
      return {refused, {}, R"({"code":"MATCHING_FAILED","message":"no match"})"};
    }
    ++matches;
    return {200, {}, with_id(R"({"_links":{"individual":{"href":"/individuals/matching/@"}}})")};
  }
  [[nodiscard]] std::string with_id(std::string text) const {
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@')) {
      text.replace(at, 1, match_id());
    }
    return text;
  }
};

}  // namespace ig::tests::support
