#include "adapters/sandbox/hmrc_service.hpp"

#include "adapters/sandbox/population.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

class SandboxHmrc : public ::testing::Test {
 protected:
  SandboxHmrc() {
    const auto kinds = population_kinds();
    population_ =
        make_population(5, static_cast<int>(kinds.size()), parse_day("2026-02-10").value()).value();
    HmrcOptions options;
    options.token.applications = {{"me", {"s3cr+t/="}}};
    options.requests_per_second = 0;
    service_ = std::make_unique<HmrcService>(population_, std::move(options), clock_);
  }

  const Member& member(std::string_view archetype) const {
    for (const Member& one : population_.people) {
      if (one.archetype == archetype) return one;
    }
    throw std::out_of_range("no such archetype");
  }

  http::Response ask_token(std::string body) {
    http::Request request;
    request.method = "POST";
    request.target = "/oauth/token";
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = std::move(body);
    return service_->handle(request);
  }

  std::string token() {
    const auto answer = ask_token(
        "grant_type=client_credentials&client_id=me&client_secret=s3cr%2Bt%2F%3D&scope=read%"
        "3Ayearly-figures");
    return json::parse(answer.body)["access_token"].get<std::string>();
  }

  static json question(const Member& member, const std::string& id = "q1") {
    return {{"requestId", id},
            {"nino", member.person.nino},
            {"surname", member.person.surname},
            {"forename", member.person.forename},
            {"dateOfBirth", text(member.person.born)},
            {"purpose", "ANNUAL_REVIEW"},
            {"askedOn", "2026-02-10"}};
  }

  http::Response ask(const json& body, const std::string& bearer) {
    http::Request request;
    request.method = "POST";
    request.target = "/yearly-figures/v1/search";
    request.headers = {{"authorization", "Bearer " + bearer}};
    request.body = body.dump();
    return service_->handle(request);
  }

  core::base::ManualClock clock_{std::chrono::sys_days{std::chrono::year{2026} / 2 / 10}};
  Population population_;
  std::unique_ptr<HmrcService> service_;
};

TEST_F(SandboxHmrc, GivesATokenForTheRightSecretOnly) {
  EXPECT_EQ(ask_token("grant_type=client_credentials&client_id=me&client_secret=no").status, 401U);
  EXPECT_EQ(ask_token("grant_type=client_credentials&client_id=me").status, 400U);
  EXPECT_EQ(ask_token("client_id=me&client_secret=s3cr%2Bt%2F%3D").status, 400U);
  const auto answer =
      ask_token("grant_type=client_credentials&client_id=me&client_secret=s3cr%2Bt%2F%3D");
  ASSERT_EQ(answer.status, 200U);
  EXPECT_EQ(json::parse(answer.body)["expires_in"], 14'400);
  EXPECT_EQ(json::parse(answer.body)["token_type"], "bearer");
}

TEST_F(SandboxHmrc, TakesATokenUntilItsEnd) {
  const auto bearer = token();
  EXPECT_EQ(ask(question(population_.people[0]), bearer).status, 200U);
  EXPECT_EQ(ask(question(population_.people[0]), "made up").status, 401U);
  clock_.advance(std::chrono::hours{4});
  EXPECT_EQ(ask(question(population_.people[0]), bearer).status, 401U);
}

TEST_F(SandboxHmrc, AnswersWithTheTruthOfThePopulation) {
  const auto bearer = token();
  const auto changed = json::parse(ask(question(member("review_changed")), bearer).body);
  EXPECT_EQ(changed["status"], "AVAILABLE");
  EXPECT_EQ(changed["taxYear"], "2024-25");
  auto amount = changed["annualAmount"].get<std::string>();
  std::erase(amount, '.');
  EXPECT_EQ(amount, std::to_string(member("review_changed").yearly.annual));
  const auto nil = json::parse(ask(question(member("review_nil"), "q2"), bearer).body);
  EXPECT_EQ(nil["status"], "NIL");
  EXPECT_EQ(nil["annualAmount"], "0.00");
  const auto none = json::parse(ask(question(member("review_no_data"), "q3"), bearer).body);
  EXPECT_EQ(none["status"], "NO_DATA");
  EXPECT_FALSE(none.contains("annualAmount"));
}

TEST_F(SandboxHmrc, KnowsNobodyByHalf) {
  const auto bearer = token();
  auto other_name = question(population_.people[0]);
  other_name["surname"] = "Nobody";
  EXPECT_EQ(ask(other_name, bearer).status, 404U);
  auto other_birth = question(population_.people[0], "q2");
  other_birth["dateOfBirth"] = "1950-01-01";
  EXPECT_EQ(ask(other_birth, bearer).status, 404U);
  auto stranger = question(population_.people[0], "q3");
  stranger["nino"] = "JG999999A";
  EXPECT_EQ(json::parse(ask(stranger, bearer).body)["code"], "UNKNOWN_PERSON");
  EXPECT_EQ(ask(question(member("review_unknown_person"), "q4"), bearer).status, 404U);
}

TEST_F(SandboxHmrc, GivesTheSameAnswerToTheSameRequest) {
  const auto bearer = token();
  const auto first = ask(question(population_.people[0]), bearer);
  EXPECT_EQ(ask(question(population_.people[0]), bearer).body, first.body);
  EXPECT_EQ(ask(question(population_.people[1]), bearer).status, 409U);
  EXPECT_EQ(service_->asked(), 3);
}

TEST_F(SandboxHmrc, IsUnavailableForWhomItIsToldTo) {
  population_.people[0].yearly.status = YearlyTruth::Status::unavailable;
  EXPECT_EQ(ask(question(population_.people[0]), token()).status, 503U);
}

TEST_F(SandboxHmrc, RefusesQuestionsThatAreNone) {
  const auto bearer = token();
  for (const char* name : {"requestId", "nino", "surname", "dateOfBirth", "purpose", "askedOn"}) {
    auto half = question(population_.people[0]);
    half.erase(name);
    EXPECT_EQ(ask(half, bearer).status, 400U) << name;
    half[name] = 7;
    EXPECT_EQ(ask(half, bearer).status, 400U) << name;
  }
  EXPECT_EQ(ask(json::array(), bearer).status, 400U);
  http::Request wrong;
  wrong.target = "/oauth/token";
  EXPECT_EQ(service_->handle(wrong).status, 405U);
  wrong.target = "/elsewhere";
  EXPECT_EQ(service_->handle(wrong).status, 401U) << "the gateway looks at tokens first";
  wrong.headers = {{"Authorization", "Bearer " + bearer}};
  EXPECT_EQ(service_->handle(wrong).status, 404U);
}

}  // namespace
}  // namespace ig::adapters::sandbox
