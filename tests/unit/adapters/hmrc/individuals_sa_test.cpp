#include "tests/unit/adapters/hmrc/individuals_fixture.hpp"

namespace ig::adapters::hmrc::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class IndividualsSaTest : public IndividualsClientTest {
 protected:
  IndividualsSaTest() {
    offer(
        {"summary", "employments", "selfEmployments", "partnerships", "pensionsAndStateBenefits"});
    kind("summary", R"("summary":[{"totalIncome":99.99}])");
    kind("employments", R"("employments":[{"employmentIncome":12000}])");
    kind("selfEmployments",
         R"("selfEmployments":[{"selfEmploymentProfit":18240.75},{"selfEmploymentProfit":0.25}])");
    kind("partnerships", R"("partnerships":[{"partnershipProfit":0}])");
    kind("pensionsAndStateBenefits", R"("pensionsAndStateBenefits":[{"totalIncome":0}])");
    options_.sa_scope = every_sa_field();
  }
  void offer(const std::vector<std::string>& kinds) {
    std::string links;
    for (const std::string& kind : kinds) {
      links += (links.empty() ? "\"" : ",\"") + kind + R"(":{"href":"/individuals/income/sa/)" +
               kind + R"(?matchId=@{&fromTaxYear,toTaxYear}"})";
    }
    service_.bodies["/individuals/income/sa"] =
        R"({"_links":{)" + links +
        R"(},"selfAssessment":{"taxReturns":)"
        R"([{"taxYear":"2024-25","submissions":[{"receivedDate":"2026-01-29"}]}]}})";
  }
  void kind(const std::string& path, const std::string& items) {
    service_.bodies["/individuals/income/sa/" + path] =
        R"({"selfAssessment":{"taxReturns":[{"taxYear":"2024-25",)" + items + "}]}}";
  }
};

TEST_F(IndividualsSaTest, ComposesAYearFromTheKindsItIsOffered) {
  const PartReply part = one(RecordPart::income_sa);
  EXPECT_EQ(part.fetched.result, FetchResult::matched);
  EXPECT_EQ(part.fetched.calls, 7U) << "root, footprint, five kinds";
  ASSERT_EQ(part.facts.size(), 1U);
  EXPECT_THAT(line(part.facts[0]),
              HasSubstr(R"("status":"AVAILABLE","tax_year":"2024-25","annual_pence":3024100,)"
                        R"("source_of_figure":"SA","parts":{"employment":1200000,"pension":0,)"
                        R"("trading":1824100})"));
  EXPECT_THAT(part.refused, IsEmpty());
}

TEST_F(IndividualsSaTest, KnowsNoZeroOutsideItsScope) {
  options_.sa_scope.erase(SaField::partnership_profit);
  const PartReply part = one(RecordPart::income_sa);
  ASSERT_EQ(part.facts.size(), 1U);
  EXPECT_THAT(line(part.facts[0]),
              HasSubstr(R"("status":"UNAVAILABLE","tax_year":"2024-25","source_of_figure":"SA",)"
                        R"("parts":{"employment":1200000,"pension":0})"));
}

TEST_F(IndividualsSaTest, GoesOnWithoutTheKindThatFails) {
  service_.faults["/individuals/income/sa/employments"] = [](const http::Request&) {
    return http::Response{500, {}, R"({"code":"INTERNAL_SERVER_ERROR"})"};
  };
  const PartReply part = one(RecordPart::income_sa);
  EXPECT_EQ(part.fetched.result, FetchResult::matched);
  EXPECT_THAT(errors(part), ElementsAre("REFUSED_BY_PEER/_links/employments"));
  ASSERT_EQ(part.facts.size(), 1U);
  EXPECT_THAT(line(part.facts[0]), HasSubstr(R"("parts":{"pension":0,"trading":1824100})"));
}

TEST_F(IndividualsSaTest, GivesNoFigureWhenTheWalkIsCutShort) {
  service_.faults["/individuals/income/sa/partnerships"] = [](const http::Request&) {
    return http::Response{429, {}, R"({"code":"TOO_MANY_REQUESTS"})"};
  };
  const PartReply part = one(RecordPart::income_sa);
  EXPECT_EQ(part.fetched.result, FetchResult::throttled);
  EXPECT_THAT(part.facts, IsEmpty());
}

TEST_F(IndividualsSaTest, AsksForNoKindWithoutAReturn) {
  service_.bodies["/individuals/income/sa"] = R"({"selfAssessment":{"taxReturns":[]}})";
  const PartReply part = one(RecordPart::income_sa);
  EXPECT_EQ(part.fetched.result, FetchResult::matched_no_data);
  EXPECT_EQ(part.fetched.calls, 2U);
  EXPECT_THAT(line(part.facts.at(0)), HasSubstr(R"("status":"NO_DATA")"));
}

TEST_F(IndividualsSaTest, ReadsTheLinkOfP1) {
  options_.version = Version::p1_0;
  service_.bodies["/individuals/income/"] =
      R"({"_links":{"selfAssessment":)"
      R"({"href":"/individuals/income/sa?matchId=@{&fromTaxYear,toTaxYear}"}}})";
  EXPECT_EQ(one(RecordPart::income_sa).fetched.result, FetchResult::matched);
}

}  // namespace
}  // namespace ig::adapters::hmrc::tests
