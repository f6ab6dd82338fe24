#include "adapters/sandbox/yearly.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxYearly : public HmrcHouse {
 protected:
  const Member& member(std::string_view archetype) const {
    return population.people[index(archetype)];
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
    return send("POST", "/yearly-figures/v1/search", bearer, {}, body.dump());
  }
};

TEST_F(SandboxYearly, TakesATokenUntilItsEnd) {
  const auto bearer = token();
  EXPECT_EQ(ask(question(population.people[0]), bearer).status, 200U);
  EXPECT_EQ(ask(question(population.people[0]), "made up").status, 401U);
  clock.advance(std::chrono::hours{4});
  EXPECT_EQ(ask(question(population.people[0]), bearer).status, 401U);
}

TEST_F(SandboxYearly, AnswersWithTheTruthOfThePopulation) {
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

TEST_F(SandboxYearly, KnowsNobodyByHalf) {
  const auto bearer = token();
  auto other_name = question(population.people[0]);
  other_name["surname"] = "Nobody";
  EXPECT_EQ(ask(other_name, bearer).status, 404U);
  auto other_birth = question(population.people[0], "q2");
  other_birth["dateOfBirth"] = "1950-01-01";
  EXPECT_EQ(ask(other_birth, bearer).status, 404U);
  auto stranger = question(population.people[0], "q3");
  stranger["nino"] = "JG999999A";
  EXPECT_EQ(json::parse(ask(stranger, bearer).body)["code"], "UNKNOWN_PERSON");
  EXPECT_EQ(ask(question(member("review_unknown_person"), "q4"), bearer).status, 404U);
}

TEST_F(SandboxYearly, GivesTheSameAnswerToTheSameRequest) {
  const auto bearer = token();
  const auto first = ask(question(population.people[0]), bearer);
  EXPECT_EQ(ask(question(population.people[0]), bearer).body, first.body);
  EXPECT_EQ(ask(question(population.people[1]), bearer).status, 409U);
  EXPECT_EQ(service->asked(), 3);
}

TEST_F(SandboxYearly, IsUnavailableForWhomItIsToldTo) {
  population.people[0].yearly.status = YearlyTruth::Status::unavailable;
  EXPECT_EQ(ask(question(population.people[0]), token()).status, 503U);
}

TEST_F(SandboxYearly, RefusesQuestionsThatAreNone) {
  const auto bearer = token();
  for (const char* name : {"requestId", "nino", "surname", "dateOfBirth", "purpose", "askedOn"}) {
    auto half = question(population.people[0]);
    half.erase(name);
    EXPECT_EQ(ask(half, bearer).status, 400U) << name;
    half[name] = 7;
    EXPECT_EQ(ask(half, bearer).status, 400U) << name;
  }
  EXPECT_EQ(ask(json::array(), bearer).status, 400U);
}

}  // namespace
}  // namespace ig::adapters::sandbox
