#include "adapters/sandbox/income.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxIncome : public HmrcHouse {
 protected:
  http::Response paye(const std::string& range, const std::string& with,
                      const std::string& version = "2.0", std::string fault = {}) {
    return individuals("/individuals/income/paye?matchId=" + id + range, with, version, {},
                       std::move(fault));
  }
  std::string bearer = token();
  std::string id = match(person("steady_monthly"), bearer);
};

TEST_F(SandboxIncome, LinksByTemplatesAndNamesThatDifferByVersion) {
  const std::string root = "/individuals/income/?matchId=" + id;
  const auto v2 = json::parse(individuals(root, bearer).body)["_links"];
  EXPECT_EQ(v2["paye"]["href"], "/individuals/income/paye?matchId=" + id + "{&fromDate,toDate}");
  EXPECT_EQ(v2["sa"]["href"], "/individuals/income/sa?matchId=" + id + "{&fromTaxYear,toTaxYear}");
  const auto p1 = json::parse(individuals(root, bearer, "P1.0").body)["_links"];
  EXPECT_TRUE(p1.contains("selfAssessment"));
  EXPECT_FALSE(p1.contains("sa"));
  const auto no_paye = token("read:individuals-income-ho-ecp");
  EXPECT_FALSE(json::parse(individuals(root, no_paye).body)["_links"].contains("paye"));
}

TEST_F(SandboxIncome, GivesPaymentsNewestFirst) {
  const auto body = json::parse(paye("&fromDate=2025-10-01&toDate=2026-02-10", bearer).body);
  EXPECT_EQ(body["_links"]["self"]["href"],
            "/individuals/income/paye?matchId=" + id + "&fromDate=2025-10-01&toDate=2026-02-10");
  const auto& rows = body["paye"]["income"];
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0]["paymentDate"], "2026-01-30");
  EXPECT_EQ(rows[3]["paymentDate"], "2025-10-31");
  EXPECT_EQ(rows[0]["employerPayeReference"], "XB4471");
  EXPECT_EQ(rows[0]["payFrequency"], "M1");
  EXPECT_TRUE(rows[0]["grossEarningsForNics"].contains("inPayPeriod1"));
}

TEST_F(SandboxIncome, LeavesOutWhatTheScopesDoNotHave) {
  const auto scoped = token("read:individuals-income-laa-c2");
  const auto row = json::parse(paye("&fromDate=2025-10-01", scoped).body)["paye"]["income"][0];
  EXPECT_FALSE(row.contains("taxablePay"));
  EXPECT_TRUE(row.contains("taxablePayToDate"));
  EXPECT_TRUE(row.contains("dednsFromNetPay"));
  EXPECT_FALSE(row.contains("employerPayeReference"));
  const auto scottish = token("read:individuals-income-scts");
  const auto other = json::parse(paye("&fromDate=2025-10-01", scottish).body)["paye"]["income"][0];
  EXPECT_EQ(other["hmrcOfficeNumber"], "120");
  EXPECT_FALSE(other.contains("paymentDate"));
  EXPECT_EQ(paye("&fromDate=2025-10-01", token("read:individuals-income-ho-ecp")).status, 401U);
}

TEST_F(SandboxIncome, JoinsOfficeAndReferenceInP1) {
  const auto row =
      json::parse(paye("&fromDate=2025-10-01", bearer, "P1.0").body)["paye"]["income"][0];
  EXPECT_EQ(row["employerPayeReference"], "120/XB4471");
  EXPECT_EQ(row["monthPayNumber"], 10);
  EXPECT_EQ(row.size(), 4U);
  const auto root_only = token("read:individuals-income");
  EXPECT_EQ(paye("&fromDate=2025-10-01", root_only, "P1.0").status, 403U);
  EXPECT_EQ(code(paye("&fromDate=2025-10-01", root_only, "P1.0")), "INVALID_SCOPE");
}

TEST_F(SandboxIncome, SaysWhatIsWrongWithTheDates) {
  EXPECT_EQ(message(paye("", bearer)), "fromDate is required");
  EXPECT_EQ(message(paye("&fromDate=1-1-2026", bearer)), "fromDate: invalid date format");
  EXPECT_EQ(message(paye("&fromDate=2026-01-01&toDate=x", bearer)), "toDate: invalid date format");
  EXPECT_EQ(message(paye("&fromDate=2026-01-01&toDate=2026-01-01", bearer)),
            "Invalid time period requested");
  EXPECT_EQ(message(paye("&fromDate=2013-03-30", bearer)), "fromDate earlier than 31st March 2013");
  EXPECT_EQ(paye("&fromDate=2013-03-31", bearer).status, 200U);
}

TEST_F(SandboxIncome, HasEmptyListsForNoData) {
  const auto nobody = match(person("never_paid"), bearer);
  const auto answer =
      individuals("/individuals/income/paye?matchId=" + nobody + "&fromDate=2025-04-06", bearer);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(json::parse(answer.body)["paye"]["income"], json::array());
}

TEST_F(SandboxIncome, FailsForEveryRangeWithThePoisonedRow) {
  const std::string poison = "POISON_ROW=2025-12-31";
  EXPECT_EQ(paye("&fromDate=2025-12-01&toDate=2026-01-31", bearer, "2.0", poison).status, 500U);
  EXPECT_EQ(paye("&fromDate=2026-01-01&toDate=2026-01-31", bearer, "2.0", poison).status, 200U);
}

TEST_F(SandboxIncome, RepeatsPaymentsAndLosesFieldsByFault) {
  const std::string range = "&fromDate=2025-12-01&toDate=2026-02-01";
  const auto rows = [&](const char* fault) {
    return json::parse(paye(range, bearer, "2.0", fault).body)["paye"]["income"];
  };
  const auto plain = json::parse(paye(range, bearer).body)["paye"]["income"];
  ASSERT_EQ(rows("DUPLICATE_PAYMENT=4").size(), plain.size() + 4);
  EXPECT_EQ(rows("DUPLICATE_PAYMENT=4")[0], rows("DUPLICATE_PAYMENT=4")[4]);
  EXPECT_FALSE(rows("FIELD_ABSENT=paymentDate")[0].contains("paymentDate"));
  EXPECT_NE(rows("YEAR_TO_DATE")[0]["taxablePayToDate"], plain[0]["taxablePayToDate"]);
}

}  // namespace
}  // namespace ig::adapters::sandbox
