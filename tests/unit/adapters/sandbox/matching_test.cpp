#include "adapters/sandbox/matching.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

using namespace std::chrono_literals;

class SandboxMatching : public HmrcHouse {
 protected:
  http::Response post(const json& body, const std::string& version = "2.0") {
    return individuals("/individuals/matching/", bearer, version, body.dump());
  }
  const Person& who = person("steady_monthly");
  std::string bearer = token();
};

TEST_F(SandboxMatching, LooksAtAFewLettersOfTheNames) {
  auto question = match_question(who);
  question["firstName"] = who.forename.substr(0, 1) + "xyz";
  question["lastName"] = " " + who.surname.substr(0, 3) + "xyz ";
  EXPECT_EQ(post(question).status, 200U);
  question["lastName"] = who.surname.substr(0, 2) + "#";
  EXPECT_EQ(post(question).status, 400U);
  question["lastName"] = who.surname.substr(0, 2) + "q";
  EXPECT_EQ(post(question).status, 404U);
  question = match_question(who);
  question["firstName"] = "zzz";
  EXPECT_EQ(post(question).status, 404U);
  question = match_question(who);
  question["dateOfBirth"] = "1950-01-01";
  EXPECT_EQ(post(question).status, 404U);
  question = match_question(who);
  question["nino"] = who.nino.substr(0, 8) + (who.nino[8] == 'A' ? "B" : "A");
  EXPECT_EQ(post(question).status, 404U) << "the suffix counts";
}

TEST_F(SandboxMatching, RefusesAMatchByVersion) {
  auto question = match_question(who);
  question["dateOfBirth"] = "1950-01-01";
  EXPECT_EQ(post(question, "2.0").status, 404U);
  EXPECT_EQ(code(post(question, "2.0")), "MATCHING_FAILED");
  EXPECT_EQ(post(question, "P1.0").status, 403U);
  EXPECT_EQ(code(post(question, "P1.0")), "MATCHING_FAILED");
}

TEST_F(SandboxMatching, SaysWhichFieldIsWrong) {
  const auto with = [&](const char* field, const json& value) {
    auto out = match_question(who);
    out[field] = value;
    return message(post(out));
  };
  EXPECT_EQ(with("firstName", nullptr), "firstName is required");
  EXPECT_EQ(with("lastName", "  "), "lastName is required");
  EXPECT_EQ(with("lastName", std::string(36, 'a')), "lastName must be no more than 35 characters");
  EXPECT_EQ(with("firstName", "A1"), "firstName contains invalid characters");
  EXPECT_EQ(with("nino", "NA000799"), "Malformed nino submitted");
  EXPECT_EQ(with("nino", 7), "nino is required");
  EXPECT_EQ(with("dateOfBirth", "1960-02-30"), "dateOfBirth: invalid date format");
  EXPECT_EQ(message(individuals("/individuals/matching/", bearer, "2.0", "not json")),
            "Unable to process request");
}

TEST_F(SandboxMatching, TakesAccentsAndSpacedNumbers) {
  auto question = match_question(who);
  question["firstName"] = who.forename.substr(0, 1) + "\xC3\xAB";
  const std::string& n = who.nino;
  question["nino"] = n.substr(0, 2) + " " + n.substr(2, 2) + " " + n.substr(4, 2) + " " +
                     n.substr(6, 2) + " " + n.substr(8);
  EXPECT_EQ(post(question).status, 200U);
}

TEST_F(SandboxMatching, ChecksTokenThenBodyThenCorrelationId) {
  const std::vector<http::Header> no_id = {{"Accept", "application/vnd.hmrc.2.0+json"}};
  const auto ask = [&](const std::string& with, const std::string& body,
                       std::vector<http::Header> headers) {
    return send("POST", "/individuals/matching/", with, std::move(headers), body);
  };
  EXPECT_EQ(ask(token("read:yearly-figures"), "{}", no_id).status, 401U);
  EXPECT_EQ(message(ask(bearer, "{}", no_id)), "firstName is required");
  const auto body = match_question(who).dump();
  EXPECT_EQ(message(ask(bearer, body, no_id)), "CorrelationId is required");
  auto version_7 = no_id;
  version_7.push_back({"CorrelationId", "7b0f7a2e-5a52-7a5e-9a43-2f7bb3f0a111"});
  EXPECT_EQ(message(ask(bearer, body, version_7)), "Malformed CorrelationId");
}

TEST_F(SandboxMatching, LinksByScopeAndGivesBackTheNamesThatWereSent) {
  const auto scoped = token("read:individuals-matching-laa-c1");
  auto question = match_question(who);
  question["firstName"] = who.forename.substr(0, 1);
  const auto made =
      json::parse(individuals("/individuals/matching/", scoped, "2.0", question.dump()).body);
  const auto href = made["_links"]["individual"]["href"].get<std::string>();
  EXPECT_FALSE(made["_links"]["individual"].contains("name"));
  const auto answer = individuals(href, scoped);
  EXPECT_EQ(*http::find(answer.headers, "Content-Type"), "application/hal+json");
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body["individual"], question);
  EXPECT_TRUE(body["_links"].contains("income"));
  EXPECT_TRUE(body["_links"].contains("benefits-and-credits"));
  EXPECT_FALSE(body["_links"].contains("details"));
}

TEST_F(SandboxMatching, OffersTwoServicesInP1) {
  const auto id = match(who, bearer, "P1.0");
  const auto body = json::parse(individuals("/individuals/matching/" + id, bearer, "P1.0").body);
  EXPECT_EQ(body["_links"].size(), 3U);
  EXPECT_EQ(body["_links"]["employments"]["name"], "GET");
}

TEST_F(SandboxMatching, KeepsAMatchForFiveHours) {
  const auto first = token();
  const auto id = match(who, first);
  clock.advance(4h - 1s);
  EXPECT_EQ(individuals("/individuals/matching/" + id, first).status, 200U);
  clock.advance(1h);
  const auto later = token();
  EXPECT_EQ(individuals("/individuals/matching/" + id, later).status, 200U);
  clock.advance(1s);
  const auto gone = individuals("/individuals/matching/" + id, later);
  EXPECT_EQ(gone.status, 404U);
  EXPECT_EQ(code(gone), "NOT_FOUND");
  EXPECT_EQ(individuals("/individuals/matching/not-an-id", later).status, 404U);
}

TEST_F(SandboxMatching, MakesTheSameIdsFromTheSameSeed) {
  const auto id = match(who, bearer);
  open();
  EXPECT_EQ(match(who, token()), id);
  EXPECT_EQ(id[14], '4');
}

}  // namespace
}  // namespace ig::adapters::sandbox
