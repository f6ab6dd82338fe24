#pragma once

#include "adapters/sandbox/hmrc_service.hpp"
#include "adapters/sandbox/population.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ig::adapters::sandbox {

/// HMRC of the sandbox without a socket, one person of each archetype, under a clock that the test
/// moves. No limit of requests, unless the test says otherwise.
class HmrcHouse : public ::testing::Test {
 protected:
  using json = nlohmann::json;

  static constexpr const char* kId = "7b0f7a2e-5a52-4a5e-9a43-2f7bb3f0a111";

  HmrcHouse() : HmrcHouse(static_cast<int>(population_kinds().size())) {}
  explicit HmrcHouse(int people)
      : population(make_population(5, people, parse_day("2026-02-10").value()).value()) {
    open();
  }

  static HmrcOptions options() {
    HmrcOptions out;
    out.token.applications = {{"me", {"s3cr+t/="}}};
    out.requests_per_second = 0;
    return out;
  }
  void open(std::vector<FaultRule> faults = {}) {
    auto own = options();
    own.faults = std::move(faults);
    open_as(std::move(own));
  }
  void open_as(HmrcOptions own) {
    service = std::make_unique<HmrcService>(population, std::move(own), clock);
  }

  std::size_t index(std::string_view archetype) const {
    for (std::size_t i = 0; i < population.people.size(); ++i) {
      if (population.people[i].archetype == archetype) return i;
    }
    throw std::out_of_range("no such archetype");
  }
  const Person& person(std::string_view archetype) const {
    return population.people[index(archetype)].person;
  }

  http::Response ask_token(const std::string& more) {
    http::Request request;
    request.method = "POST";
    request.target = "/oauth/token";
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = "grant_type=client_credentials&client_id=me&client_secret=s3cr%2Bt%2F%3D" + more;
    return service->handle(request);
  }
  /// A bearer token with these scopes; with all when none is named.
  std::string token(std::string scopes = {}) {
    for (char& c : scopes) c = c == ' ' ? '+' : c;
    const auto answer = ask_token(scopes.empty() ? "" : "&scope=" + scopes);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json::parse(answer.body).value("access_token", "");
  }

  http::Response send(std::string method, std::string target, const std::string& bearer,
                      std::vector<http::Header> headers, std::string body = {}) {
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.headers.push_back({"Authorization", "Bearer " + bearer});
    request.body = std::move(body);
    return service->handle(request);
  }

  /// A question to RTII about somebody, in the right form.
  static json rtii_question(const Person& person) {
    return {{"nino", person.nino},
            {"serviceName", "cmg2012"},
            {"fromDate", "2025-04-06"},
            {"toDate", "2026-02-10"},
            {"surname", person.surname},
            {"dateOfBirth", text(person.born)},
            {"filterFields", {"paymentDate", "taxablePayInPeriod", "taxablePayToDate"}}};
  }
  http::Response rtii(const json& body, const std::string& bearer, std::string id = kId,
                      std::string fault = {}) {
    std::vector<http::Header> headers;
    if (!fault.empty()) headers.push_back({"Sandbox-Fault", std::move(fault)});
    return send("POST", "/real-time-income-information/individuals/" + std::move(id) + "/income",
                bearer, std::move(headers), body.dump());
  }

  /// A GET or, with a body, a POST of the individuals family.
  http::Response individuals(std::string target, const std::string& bearer,
                             const std::string& version = "2.0", std::string body = {},
                             std::string fault = {}) {
    std::vector<http::Header> headers = {{"Accept", "application/vnd.hmrc." + version + "+json"}};
    if (version != "P1.0") headers.push_back({"CorrelationId", kId});
    if (!fault.empty()) headers.push_back({"Sandbox-Fault", std::move(fault)});
    return send(body.empty() ? "GET" : "POST", std::move(target), bearer, std::move(headers),
                std::move(body));
  }
  static json match_question(const Person& person) {
    return {{"firstName", person.forename},
            {"lastName", person.surname},
            {"nino", person.nino},
            {"dateOfBirth", text(person.born)}};
  }
  /// The matchId of somebody.
  std::string match(const Person& who, const std::string& bearer,
                    const std::string& version = "2.0") {
    const auto answer =
        individuals("/individuals/matching/", bearer, version, match_question(who).dump());
    EXPECT_EQ(answer.status, 200U) << answer.body;
    if (answer.status != 200) return {};
    const auto href = json::parse(answer.body)["_links"]["individual"]["href"].get<std::string>();
    return href.substr(href.rfind('/') + 1);
  }

  static std::string code(const http::Response& answer) {
    return json::parse(answer.body).value("code", "");
  }
  static std::string message(const http::Response& answer) {
    return json::parse(answer.body).value("message", "");
  }

  core::base::ManualClock clock{std::chrono::sys_days{std::chrono::year{2026} / 2 / 10}};
  Population population;
  std::unique_ptr<HmrcService> service;
};

}  // namespace ig::adapters::sandbox
