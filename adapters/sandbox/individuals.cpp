#include "adapters/sandbox/individuals.hpp"

#include "adapters/sandbox/checks.hpp"
#include "adapters/sandbox/details.hpp"
#include "adapters/sandbox/employments.hpp"
#include "adapters/sandbox/income.hpp"
#include "adapters/sandbox/reply.hpp"
#include "adapters/sandbox/self_assessment.hpp"
#include "adapters/sandbox/tax_credits.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace ig::adapters::sandbox {
namespace {

constexpr std::string_view kHead = "/individuals/";
constexpr std::string_view kMatching = "/individuals/matching/";

http::Response not_found() {
  return coded(404, "MATCHING_RESOURCE_NOT_FOUND",
               "A resource with the name in the request can "
               "not be found in the API");
}

/// application/vnd.hmrc.<version>+json; a missing header asks for 1.0. Empty: not of that form.
std::string_view version_text(const http::Request& request) {
  constexpr std::string_view head = "application/vnd.hmrc.";
  constexpr std::string_view tail = "+json";
  const auto* accept = http::find(request.headers, "Accept");
  if (accept == nullptr) return "1.0";
  std::string_view text = *accept;
  if (!text.starts_with(head) || !text.ends_with(tail)) return {};
  if (text.size() <= head.size() + tail.size()) return {};
  text.remove_prefix(head.size());
  text.remove_suffix(tail.size());
  return text;
}

std::optional<ApiVersion> version_of(std::string_view text, Api api) {
  const bool only_1_0 = api == Api::benefits || api == Api::details;
  if (only_1_0) return text == "1.0" ? std::optional(ApiVersion::v1_0) : std::nullopt;
  if (text == "P1.0") return ApiVersion::p1_0;
  if (text == "2.0") return ApiVersion::v2_0;
  return std::nullopt;
}

/// The service of a path, and what is left of the path behind its name.
std::optional<Api> api_of(std::string_view path, std::string_view& rest) {
  for (const Api api :
       {Api::matching, Api::income, Api::employments, Api::benefits, Api::details}) {
    std::string_view own = path.substr(kHead.size());
    if (!own.starts_with(name(api))) continue;
    own.remove_prefix(name(api).size());
    if (!own.empty() && own.front() != '/') continue;
    rest = own.empty() ? own : own.substr(1);
    return api;
  }
  return std::nullopt;
}

http::Response answer_income(const Asked& asked, std::string_view rest) {
  if (rest.empty()) return income_root(asked);
  if (rest == "paye") return income_paye(asked);
  if (rest == "sa") return *self_assessment(asked, {});
  if (!rest.starts_with("sa/") || rest == "sa/") return not_found();
  return self_assessment(asked, rest.substr(3)).value_or(not_found());
}

http::Response answer(Api api, const Asked& asked, std::string_view rest) {
  if (api == Api::income) return answer_income(asked, rest);
  if (api == Api::employments && rest.empty()) return employments_root(asked);
  if (api == Api::employments && rest == "paye") return employments_paye(asked);
  if (api == Api::benefits && rest.empty()) return tax_credits_root(asked);
  if (api == Api::benefits && rest == "child-tax-credit") return tax_credits(asked, true);
  if (api == Api::benefits && rest == "working-tax-credit") return tax_credits(asked, false);
  if (api == Api::details && rest.empty()) return details_root(asked);
  if (api == Api::details && rest == "addresses") return details_addresses(asked);
  if (api == Api::details && rest == "contact-details") return details_contacts(asked);
  return not_found();
}

}  // namespace

/// The checks of the matchId. The CorrelationId comes first, but for Self Assessment.
Refusal Individuals::find_person(Asked& asked) {
  const auto path = path_of(asked.request.target);
  if (!path.starts_with("/individuals/income/sa")) {
    if (auto refused = check_correlation_id(asked)) return refused;
  }
  const auto id = asked.query("matchId");
  if (!id) return invalid("matchId is required");
  if (!is_hex_groups(*id)) return invalid("matchId format is invalid");
  if (asked.fault.kind == Fault::MATCH_EXPIRED) matching_.forget(*id);
  const auto person = matching_.person(*id);
  if (!person) return coded(404, "NOT_FOUND", "The resource can not be found");
  asked.match_id = *id;
  asked.person = *person;
  return std::nullopt;
}

http::Response Individuals::match(Asked& asked, std::string_view rest) {
  if (rest.empty()) {
    return asked.request.method == "POST"
               ? matching_.match(asked)
               : coded(405, "METHOD_NOT_ALLOWED", "The method is not allowed");
  }
  if (asked.request.method != "GET") {
    return coded(405, "METHOD_NOT_ALLOWED", "The method is not allowed");
  }
  asked.match_id = rest;
  if (asked.fault.kind == Fault::MATCH_EXPIRED) matching_.forget(asked.match_id);
  return matching_.individual(asked);
}

http::Response Individuals::handle(const http::Request& request, const Grant& grant,
                                   const ActiveFault& fault) {
  std::string_view rest;
  const auto api = api_of(path_of(request.target), rest);
  if (!api) return not_found();
  const auto wanted = version_text(request);
  if (wanted.empty()) {
    return coded(406, "ACCEPT_HEADER_INVALID", "The accept header is missing or invalid");
  }
  const auto version = version_of(wanted, *api);
  if (!version) return not_found();
  Asked asked{request, world_, grant, fault, *version};
  if (*api == Api::matching) return match(asked, rest);
  if (request.method != "GET") {
    return coded(405, "METHOD_NOT_ALLOWED", "The method is not allowed");
  }
  // Whether the token may ask at all is the first thing each service looks at.
  const Rights& rights = grant.rights(*api);
  const bool any = rights.paye != 0 || rights.sa != 0 || rights.employments != 0 ||
                   rights.credits != 0 || rights.details != 0;
  if (!asked.is_p1() && !any) return insufficient();
  if (auto refused = find_person(asked)) return *refused;
  return answer(*api, asked, rest);
}

std::string Individuals::nino_of(const http::Request& request) {
  std::string id = form_field(query_of(request.target), "matchId");
  const auto path = path_of(request.target);
  if (path.starts_with(kMatching) && path.size() > kMatching.size()) {
    id = path.substr(kMatching.size());
  }
  if (id.empty() && request.method == "POST") {
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("nino") || !body["nino"].is_string()) return {};
    auto nino = body["nino"].get<std::string>();
    std::erase(nino, ' ');
    return nino;
  }
  const auto person = matching_.person(id);
  return person ? world_.member(*person).person.nino : std::string();
}

}  // namespace ig::adapters::sandbox
