#include "adapters/sandbox/hmrc_service.hpp"

#include "adapters/sandbox/hal.hpp"
#include "adapters/sandbox/reply.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

constexpr std::string_view kToken = "/oauth/token";
constexpr std::string_view kYearly = "/yearly-figures/v1/search";
constexpr std::chrono::minutes kSticky{15};
constexpr std::chrono::seconds kSkew{90};
constexpr std::size_t kBrokenKept = 100'000;

/// The name of a service in the report.
std::string service_of(std::string_view path) {
  if (path == kToken) return "token";
  if (path == kYearly) return "yearly";
  if (Rtii::serves(path)) return "rtii";
  constexpr std::string_view head = "/individuals/";
  if (!path.starts_with(head)) return "other";
  path.remove_prefix(head.size());
  return std::string(path.substr(0, path.find('/')));
}

HmrcOptions options_of(HmrcService::Credentials credentials) {
  HmrcOptions out;
  out.token.applications.push_back(
      {std::move(credentials.client_id), {std::move(credentials.client_secret)}});
  return out;
}

http::Response unauthorised(std::string_view code) {
  return coded(401, code, "The credentials are missing, wrong or out of date");
}

}  // namespace

HmrcService::HmrcService(const Population& population, HmrcOptions options,
                         const core::base::Clock& clock)
    : clock_(clock),
      world_(population),
      tokens_(std::move(options.token), clock),
      rate_(options.requests_per_second),
      faults_(population.seed ^ 0xFA17),
      rtii_(world_, clock),
      individuals_(world_, clock),
      yearly_(population) {
  faults_.set(std::move(options.faults));
}

HmrcService::HmrcService(const Population& population, Credentials credentials,
                         const core::base::Clock& clock)
    : HmrcService(population, options_of(std::move(credentials)), clock) {}

http::Response HmrcService::handle(const http::Request& request) {
  const std::lock_guard lock(mutex_);
  ++requests_[service_of(path_of(request.target))];
  auto out = answer(request);
  ++statuses_[out.status];
  return out;
}

http::Response HmrcService::answer(const http::Request& request) {
  if (path_of(request.target) == kToken) return token(request);
  const auto bearer = bearer_of(request);
  if (!rate_.let_through(tokens_.owner(bearer), clock_.steady())) {
    return *answer_of({Fault::MESSAGE_THROTTLED_OUT}, {});
  }
  if (bearer.empty()) return unauthorised("MISSING_CREDENTIALS");
  const Grant* grant = tokens_.find(bearer);
  if (grant == nullptr) return unauthorised("INVALID_CREDENTIALS");
  return behind_gateway(request, *grant);
}

http::Response HmrcService::token(const http::Request& request) {
  if (request.method != "POST") {
    return coded(405, "METHOD_NOT_ALLOWED", "The method is not allowed");
  }
  const ActiveFault fault = faults_.pick(request, {});
  if (fault.kind == Fault::SERVER_ERROR || fault.kind == Fault::SERVER_ERROR_ONCE) {
    return json_reply(500, R"({"error":"server_error","error_description":"try again later"})");
  }
  if (auto instead = answer_of(fault, kToken)) return *std::move(instead);
  std::chrono::seconds skew{0};
  if (fault.kind == Fault::TOTP_SKEW) skew = std::chrono::seconds{fault.number(kSkew.count())};
  auto out = tokens_.handle(request, skew);
  damage(fault, out);
  return out;
}

/// An error that was given once is given again for 15 minutes. RTII keeps its own.
bool HmrcService::still_broken(const std::string& key, ActiveFault& fault) {
  const Time now = clock_.steady();
  if (broken_.size() >= kBrokenKept) {
    std::erase_if(broken_, [&](const auto& entry) { return entry.second.until <= now; });
  }
  const auto before = broken_.find(key);
  if (before != broken_.end() && now < before->second.until) {
    fault = before->second.fault;
    return true;
  }
  if (fault.kind == Fault::SERVER_ERROR) broken_[key] = {now + kSticky, fault};
  return fault.kind == Fault::SERVER_ERROR;
}

http::Response HmrcService::behind_gateway(const http::Request& request, const Grant& grant) {
  const auto path = path_of(request.target);
  const std::string nino = individuals_.nino_of(request);
  ActiveFault fault = faults_.pick(request, nino);
  if (fault.kind == Fault::TOKEN_EXPIRED) {
    tokens_.end(bearer_of(request));
    return unauthorised("INVALID_CREDENTIALS");
  }
  const bool by_rtii = Rtii::serves(path);
  const bool own_memory =
      by_rtii && (fault.kind == Fault::NONE || fault.kind == Fault::SERVER_ERROR);
  if (!by_rtii && still_broken(request.target + " " + nino, fault)) return *answer_of(fault, path);
  if (!own_memory) {
    if (auto instead = answer_of(fault, path)) return *std::move(instead);
  }
  auto out = route(request, grant, fault);
  damage(fault, out);
  return out;
}

http::Response HmrcService::route(const http::Request& request, const Grant& grant,
                                  const ActiveFault& fault) {
  const auto path = path_of(request.target);
  if (Individuals::serves(path)) return individuals_.handle(request, grant, fault);
  const bool yearly = path == kYearly;
  if (!yearly && !Rtii::serves(path)) {
    return coded(404, "MATCHING_RESOURCE_NOT_FOUND", "There is no such resource");
  }
  if (request.method != "POST") {
    return coded(405, "METHOD_NOT_ALLOWED", "The method is not allowed");
  }
  return yearly ? yearly_.search(request) : rtii_.handle(request, grant, fault);
}

http::Response HmrcService::control(const http::Request& request) {
  if (request.target == "/control/hmrc" && request.method == "GET") {
    return json_reply(200, report());
  }
  if (request.target != "/control/faults") return problem(404, "UNKNOWN_CONTROL");
  if (request.method != "POST") return problem(405, "METHOD_NOT_ALLOWED");
  auto rules = read_fault_rules(request.body);
  if (!rules) {
    return json_reply(400, json{{"code", "BAD_RULE"},
                                {"field", rules.error().field},
                                {"message", rules.error().message}}
                               .dump());
  }
  const auto count = rules->size();
  set_faults(*std::move(rules));
  return json_reply(200, json{{"rules", count}}.dump());
}

void HmrcService::set_faults(std::vector<FaultRule> rules) {
  const std::lock_guard lock(mutex_);
  faults_.set(std::move(rules));
}

std::int64_t HmrcService::asked() const {
  const std::lock_guard lock(mutex_);
  return yearly_.asked();
}

std::map<std::string, RateCounter::Seen> HmrcService::rate() const {
  const std::lock_guard lock(mutex_);
  return rate_.seen();
}

std::string HmrcService::report() const {
  const std::lock_guard lock(mutex_);
  nlohmann::ordered_json out{{"tokens_issued", tokens_.issued()},
                             {"tokens_refused", tokens_.refused()},
                             {"limit_per_second", rate_.limit()},
                             {"applications", json::object()},
                             {"requests", requests_},
                             {"statuses", json::object()},
                             {"faults", json::object()}};
  for (const auto& [id, seen] : rate_.seen()) {
    out["applications"][id] = {
        {"arrived", seen.arrived}, {"refused", seen.refused}, {"worst_second", seen.worst_second}};
  }
  for (const auto& [status, count] : statuses_) out["statuses"][fmt::format("{}", status)] = count;
  for (const auto& [name, count] : faults_.happened()) out["faults"][name] = count;
  return out.dump();
}

}  // namespace ig::adapters::sandbox
