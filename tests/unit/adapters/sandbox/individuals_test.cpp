#include "adapters/sandbox/individuals.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxIndividuals : public HmrcHouse {
 protected:
  std::string bearer = token();
  std::string id = match(person("steady_monthly"), bearer);
};

TEST_F(SandboxIndividuals, PicksTheVersionByTheAcceptHeader) {
  const std::string root = "/individuals/income/?matchId=" + id;
  EXPECT_EQ(individuals(root, bearer, "2.0").status, 200U);
  EXPECT_EQ(individuals(root, bearer, "P1.0").status, 200U);
  const auto newer = individuals(root, bearer, "3.0");
  EXPECT_EQ(newer.status, 404U);
  EXPECT_EQ(code(newer), "MATCHING_RESOURCE_NOT_FOUND");
  EXPECT_EQ(individuals(root, bearer, "1.0").status, 404U);
  EXPECT_EQ(send("GET", root, bearer, {}).status, 404U) << "without a header it is 1.0";
  const auto other = send("GET", root, bearer, {{"Accept", "application/json"}});
  EXPECT_EQ(other.status, 406U);
  EXPECT_EQ(code(other), "ACCEPT_HEADER_INVALID");
  const std::string credits = "/individuals/benefits-and-credits/?matchId=" + id;
  EXPECT_EQ(individuals(credits, bearer, "1.0").status, 200U);
  EXPECT_EQ(individuals(credits, bearer, "2.0").status, 404U);
}

TEST_F(SandboxIndividuals, ChecksTheMatchId) {
  EXPECT_EQ(message(individuals("/individuals/income/", bearer)), "matchId is required");
  EXPECT_EQ(message(individuals("/individuals/income/?matchId=7", bearer)),
            "matchId format is invalid");
  const auto unknown = individuals(std::string("/individuals/income/?matchId=") + kId, bearer);
  EXPECT_EQ(unknown.status, 404U);
  EXPECT_EQ(code(unknown), "NOT_FOUND");
}

TEST_F(SandboxIndividuals, WantsACorrelationIdIn2AndNotInP1) {
  const std::string root = "/individuals/income/?matchId=" + id;
  const auto ask = [&](const char* version) {
    return send("GET", root, bearer, {{"Accept", version}});
  };
  EXPECT_EQ(message(ask("application/vnd.hmrc.2.0+json")), "CorrelationId is required");
  EXPECT_EQ(ask("application/vnd.hmrc.P1.0+json").status, 200U);
}

TEST_F(SandboxIndividuals, LooksAtTheTokenFirst) {
  const auto other = token("read:individuals-employments-laa-c1");
  const auto answer = individuals("/individuals/income/", other);
  EXPECT_EQ(answer.status, 401U);
  EXPECT_EQ(message(answer), "Insufficient Enrolments");
}

TEST_F(SandboxIndividuals, ForgetsAMatchByFault) {
  const std::string root = "/individuals/income/?matchId=" + id;
  EXPECT_EQ(individuals(root, bearer, "2.0", {}, "MATCH_EXPIRED").status, 404U);
  EXPECT_EQ(individuals(root, bearer).status, 404U) << "for good";
}

TEST_F(SandboxIndividuals, HasNothingElse) {
  for (const char* path :
       {"/individuals/incomes/", "/individuals/income/else", "/individuals/income/sa/",
        "/individuals/details/else", "/individuals/"}) {
    EXPECT_EQ(individuals(std::string(path) + "?matchId=" + id, bearer).status, 404U) << path;
  }
  EXPECT_EQ(individuals("/individuals/income/paye?matchId=" + id, bearer, "2.0", "{}").status,
            405U);
}

TEST_F(SandboxIndividuals, FindsThePersonWhomAFaultIsFor) {
  const Person& who = person("steady_monthly");
  open({{{Fault::TOO_MANY_REQUESTS}, who.nino, "/individuals/income"}});
  const auto fresh = token();
  const auto own = match(who, fresh);
  EXPECT_EQ(individuals("/individuals/income/?matchId=" + own, fresh).status, 429U);
  const auto other = match(person("steady_weekly"), fresh);
  EXPECT_EQ(individuals("/individuals/income/?matchId=" + other, fresh).status, 200U);
}

}  // namespace
}  // namespace ig::adapters::sandbox
