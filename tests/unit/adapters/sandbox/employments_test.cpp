#include "adapters/sandbox/employments.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxEmployments : public HmrcHouse {
 protected:
  http::Response paye(const std::string& more, const std::string& with,
                      const std::string& version = "2.0") {
    return individuals(
        "/individuals/employments/paye?matchId=" + id + "&fromDate=2025-04-06" + more, with,
        version);
  }
  std::string bearer = token();
  std::string id = match(person("main_job_lost"), bearer);
};

TEST_F(SandboxEmployments, ListsTheLatestEndFirst) {
  const auto all = json::parse(paye("&toDate=2026-02-10", bearer).body)["employments"];
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]["employer"]["payeReference"], "846/SJ318") << "still going on";
  EXPECT_EQ(all[1]["endDate"], "2025-11-25");
  EXPECT_EQ(all[1]["payFrequency"], "CALENDAR_MONTHLY");
  EXPECT_EQ(all[1]["employer"]["name"], "Harbour Tools Ltd");
  EXPECT_EQ(all[1]["payment"].size(), 8U);
}

TEST_F(SandboxEmployments, GivesTheFieldsOfTheScopes) {
  const auto aid = token("read:individuals-employments-laa-c1");
  const auto one = json::parse(paye("", aid).body)["employments"][1];
  EXPECT_EQ(one.size(), 2U);
  EXPECT_TRUE(one.contains("startDate"));
  const auto courts = token("read:individuals-employments-hmcts-c2");
  EXPECT_FALSE(json::parse(paye("", courts).body)["employments"][1].contains("startDate"));
}

TEST_F(SandboxEmployments, WantsTheEmployerNamedInSomeUseCases) {
  const auto one = token("read:individuals-employments-ho-rp2");
  EXPECT_EQ(message(paye("", one)),
            "payeReference is required for the scopes you have been assigned");
  const auto answer = paye("&payeReference=120%2FXB4471", one);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(json::parse(answer.body)["employments"].size(), 1U);
}

TEST_F(SandboxEmployments, HasOneLinkAndP1) {
  const auto root =
      json::parse(individuals("/individuals/employments/?matchId=" + id, bearer).body)["_links"];
  EXPECT_EQ(root["paye"]["href"],
            "/individuals/employments/paye?matchId=" + id + "{&fromDate,toDate}");
  const auto one = json::parse(paye("", bearer, "P1.0").body)["employments"][0];
  EXPECT_FALSE(one.contains("payment"));
  EXPECT_TRUE(one.contains("payrollId"));
  EXPECT_EQ(paye("", token("read:individuals-employments"), "P1.0").status, 403U);
}

TEST_F(SandboxEmployments, SometimesWritesAFarDayForNoEnd) {
  bool far = false;
  bool open = false;
  for (const Member& member : population.people) {
    if (member.archetype == "review_unknown_person") continue;
    id = match(member.person, bearer);
    const auto body = json::parse(paye("", bearer).body);
    for (const json& one : body["employments"]) {
      far = far || one.value("endDate", "") == "2099-12-31";
      open = open || !one.contains("endDate");
    }
  }
  EXPECT_TRUE(far);
  EXPECT_TRUE(open);
}

}  // namespace
}  // namespace ig::adapters::sandbox
