#include "adapters/sandbox/self_assessment.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxSelfAssessment : public HmrcHouse {
 protected:
  SandboxSelfAssessment() : HmrcHouse(270) {}

  http::Response sa(const std::string& part, const std::string& years, const std::string& with,
                    const std::string& version = "2.0") {
    return individuals("/individuals/income/sa" + part + "?matchId=" + id + years, with, version);
  }
  json returns(const std::string& part, const std::string& with,
               const std::string& version = "2.0") {
    const auto answer = sa(part, "&fromTaxYear=2019-20&toTaxYear=2025-26", with, version);
    EXPECT_EQ(answer.status, 200U) << part << answer.body;
    return json::parse(answer.body)["selfAssessment"]["taxReturns"];
  }
  std::string bearer = token();
  std::size_t trader = index("trading_fall");
  std::string id = match(population.people[trader].person, bearer);
};

TEST_F(SandboxSelfAssessment, ShowsTheFootprintWithLinks) {
  const auto body = json::parse(sa("", "&fromTaxYear=2023-24", bearer).body);
  EXPECT_EQ(body["_links"].size(), 14U) << "itself and 13 parts";
  EXPECT_EQ(body["_links"]["selfEmployments"]["href"],
            "/individuals/income/sa/self-employments?matchId=" + id + "{&fromTaxYear,toTaxYear}");
  EXPECT_TRUE(body["_links"].contains("source"));
  EXPECT_TRUE(body["selfAssessment"]["registrations"][0].contains("registrationDate"));
  EXPECT_EQ(body["selfAssessment"]["taxReturns"][0]["taxYear"], "2023-24");
  EXPECT_TRUE(body["selfAssessment"]["taxReturns"][0]["submissions"][0].contains("receivedDate"));
}

TEST_F(SandboxSelfAssessment, AddsUpToTheYearlyFigure) {
  const auto year = returns("/self-employments", bearer).back();
  EXPECT_EQ(year["taxYear"], "2024-25");
  const auto trade = sa("/self-employments", "&fromTaxYear=2024-25", bearer).body;
  std::int64_t trading = 0;
  for (const Case& one : population.cases) {
    if (one.person == trader) trading = one.trading;
  }
  EXPECT_NE(trade.find("\"selfEmploymentProfit\":" + amount(trading)), std::string::npos) << trade;
  const auto work = sa("/employments", "&fromTaxYear=2024-25", bearer).body;
  const auto rest = population.people[trader].yearly.annual - trading;
  EXPECT_NE(work.find("\"employmentIncome\":" + amount(rest)), std::string::npos) << work;
}

TEST_F(SandboxSelfAssessment, SortsNewestFirstInP1AndOldestFirstIn2) {
  EXPECT_EQ(returns("/summary", bearer)[0]["taxYear"], "2023-24");
  const auto p1 = returns("/summary", bearer, "P1.0");
  EXPECT_EQ(p1[0]["taxYear"], "2024-25");
  EXPECT_EQ(p1[0]["summary"][0]["utr"].get<std::string>().size(), 10U);
}

TEST_F(SandboxSelfAssessment, WritesZeroForAbsentAndForOutsideTheScope) {
  const auto trusts = returns("/trusts", bearer);
  EXPECT_EQ(trusts[0]["trusts"][0]["trustIncome"], 0) << "nobody gave it";
  const auto courts = token("read:individuals-income-hmcts-c2");
  const auto item = returns("/interests-and-dividends", courts)[0]["interestsAndDividends"][0];
  EXPECT_EQ(item["foreignDividendsIncome"], 0) << "outside the scope";
  EXPECT_EQ(item.size(), 3U);
  EXPECT_EQ(sa("/trusts", "&fromTaxYear=2024-25", courts).status, 401U);
}

TEST_F(SandboxSelfAssessment, ShowsTheUtrToSomeScopesOnly) {
  const auto home = token("read:individuals-income-ho-v2");
  EXPECT_TRUE(returns("/summary", home)[0]["summary"][0].contains("utr"));
  EXPECT_FALSE(returns("/foreign", home)[0]["foreign"][0].contains("utr"));
  const auto aid = token("read:individuals-income-laa-c1");
  EXPECT_FALSE(returns("/summary", aid)[0]["summary"][0].contains("utr"));
}

TEST_F(SandboxSelfAssessment, HasEveryPartInItsVersion) {
  for (const char* part :
       {"/summary", "/employments", "/self-employments", "/partnerships", "/trusts", "/foreign",
        "/interests-and-dividends", "/pensions-and-state-benefits", "/uk-properties",
        "/additional-information", "/other", "/source"}) {
    EXPECT_EQ(returns(part, bearer).size(), 2U) << part;
    EXPECT_EQ(returns(part, bearer, "P1.0").size(), 2U) << part;
  }
  EXPECT_EQ(returns("/further-details", bearer).size(), 2U);
  EXPECT_EQ(sa("/further-details", "&fromTaxYear=2024-25", bearer, "P1.0").status, 404U);
}

TEST_F(SandboxSelfAssessment, DescribesABusinessByVersion) {
  const auto v2 = returns("/source", bearer)[0]["sources"][0];
  EXPECT_TRUE(v2["businessAddress"].contains("postalCode"));
  const auto answer = sa("/source", "&fromTaxYear=2024-25", bearer, "P1.0");
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body["_links"]["self"]["href"],
            "/individuals/income/sa/sources?matchId=" + id + "&fromTaxYear=2024-25")
      << "a path that does not exist";
  EXPECT_TRUE(body["selfAssessment"]["taxReturns"][0]["sources"][0]["businessAddress"].contains(
      "postcode"));
}

TEST_F(SandboxSelfAssessment, KeepsTwoReturnsOfOneYearTogether) {
  const HmrcWorld world(population);
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    if (!world.find(population.people[i].person.nino) || world.returns(i).size() != 3) continue;
    id = match(population.people[i].person, bearer);
    const auto all = returns("/summary", bearer);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1]["summary"].size(), 2U);
    return;
  }
  FAIL() << "nobody amended a return";
}

TEST_F(SandboxSelfAssessment, SaysWhatIsWrongWithTheYears) {
  const auto told = [&](const char* years) { return message(sa("", years, bearer)); };
  EXPECT_EQ(told(""), "fromTaxYear is required");
  EXPECT_EQ(told("&fromTaxYear=2024-26"), "fromTaxYear: invalid tax year format");
  EXPECT_EQ(told("&fromTaxYear=2024"), "fromTaxYear: invalid tax year format");
  EXPECT_EQ(told("&fromTaxYear=2024-25&toTaxYear=25-26"), "toTaxYear: invalid tax year format");
  EXPECT_EQ(told("&fromTaxYear=2024-25&toTaxYear=2023-24"), "Invalid time period requested");
  EXPECT_EQ(told("&fromTaxYear=2018-19"), "fromTaxYear earlier than allowed (CY-6)");
  EXPECT_EQ(told("&fromTaxYear=2024-25&toTaxYear=2026-27"),
            "toTaxYear is later than the current tax year");
}

TEST_F(SandboxSelfAssessment, LooksAtTheCorrelationIdLast) {
  const auto ask = [&](const std::string& years) {
    return message(send("GET", "/individuals/income/sa?matchId=" + id + years, bearer,
                        {{"Accept", "application/vnd.hmrc.2.0+json"}}));
  };
  EXPECT_EQ(ask("&fromTaxYear=x"), "fromTaxYear: invalid tax year format");
  EXPECT_EQ(ask("&fromTaxYear=2024-25"), "CorrelationId is required");
}

TEST_F(SandboxSelfAssessment, HasAScopeForEachPartInP1) {
  const auto one = token("read:individuals-income-sa read:individuals-income-sa-summary");
  EXPECT_EQ(sa("/summary", "&fromTaxYear=2024-25", one, "P1.0").status, 200U);
  EXPECT_EQ(sa("/trusts", "&fromTaxYear=2024-25", one, "P1.0").status, 403U);
}

}  // namespace
}  // namespace ig::adapters::sandbox
