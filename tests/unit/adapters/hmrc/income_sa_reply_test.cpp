#include "adapters/hmrc/income_sa_reply.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/details_reply.hpp"
#include "adapters/hmrc/tax_credits_reply.hpp"
#include "adapters/wire/crypto/digest.hpp"

namespace ig::adapters::hmrc {
namespace {

using core::values::Money;
using core::values::TaxYear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const TaxYear kYear = TaxYear::starting(2024);

wire::json::Document json(const std::string& text) {
  wire::json::Reader reader;
  auto body = reader.read(text);
  EXPECT_TRUE(body) << text;
  return *std::move(body);
}
std::string returns(const std::string& items) {
  return R"({"selfAssessment":{"taxReturns":[)" + items + "]}}";
}
std::string year(const std::string& kinds) {
  return returns(R"({"taxYear":"2024-25",)" + kinds + "}");
}

const std::string kSubmitted = R"("submissions":[{"receivedDate":"2026-01-29"}])";

/// A record of bodies that can all be read.
SaRecord record(const std::vector<std::string>& bodies) {
  SaRecord out;
  for (const std::string& body : bodies) EXPECT_TRUE(out.add(json(body)));
  return out;
}

std::vector<std::string> figures(const SaRecord& record, const SaScope& scope) {
  IndividualsContext context;
  context.received_at = *core::values::Instant::parse("2026-01-29T10:11:12Z");
  context.document = "sha256:test";
  std::vector<std::string> out;
  for (core::facts::Fact fact : record.figures(scope, context, *wire::crypto::make_digest())) {
    EXPECT_FALSE(core::facts::header(fact).fact_id.empty());
    core::facts::header(fact).fact_id.clear();
    out.emplace_back();
    formats::write_fact(out.back(), fact);
    out.back() = out.back().substr(0, out.back().find(",\"received_at\""));
  }
  return out;
}

std::vector<std::string> refusals(const SaRecord& record) {
  std::vector<std::string> out;
  for (const auto& error : record.refused()) {
    out.push_back(std::string(core::base::name(error.code)) + " " + error.field);
  }
  return out;
}

SaRecord whole_year() {
  return record(
      {year(kSubmitted), year(R"("summary":[{"totalIncome":77777.77}])"),
       year(R"("employments":[{"employmentIncome":12000.5}])"),
       year(R"("selfEmployments":[{"selfEmploymentProfit":"18240.75"}])"),
       year(R"("partnerships":[{"partnershipProfit":0}])"),
       year(R"("pensionsAndStateBenefits":[{"totalIncome":0}])"),
       year(R"("ukProperties":[{"totalProfit":1}])"),
       year(R"("interestsAndDividends":[{"ukInterestsIncome":1,"foreignDividendsIncome":2,)"
            R"("ukDividendsIncome":3}])"),
       year(R"("additionalInformation":[{"gainsOnLifePolicies":4,"sharesOptionsIncome":500}])"),
       year(R"("trusts":[{"trustIncome":10}])"), year(R"("foreign":[{"foreignIncome":20}])"),
       year(R"("other":[{"otherIncome":30}])")});
}

TEST(IncomeSa, ComposesAYear) {
  EXPECT_THAT(
      figures(whole_year(), every_sa_field()),
      ElementsAre(R"({"fact":"yearly_figure","status":"AVAILABLE","tax_year":"2024-25",)"
                  R"("annual_pence":3024125,"source_of_figure":"SA",)"
                  R"("parts":{"employment":1200050,"pension":0,"trading":1824075},)"
                  R"("unearned":{"other":6000,"property":100,"savings_and_investment":1000})"));
}

TEST(IncomeSa, KeepsTheDisputedTotalAndShareOptionsApart) {
  const SaRecord held = whole_year();
  EXPECT_EQ(held.known(kYear, SaField::summary_total_income, {}), Money::pence(7'777'777));
  EXPECT_EQ(held.known(kYear, SaField::shares_options_income, {}), Money::pence(50'000));
}

TEST(IncomeSa, TakesAZeroOnlyInScopeAndBehindASubmission) {
  const auto zero = year(R"("selfEmployments":[{"selfEmploymentProfit":0}])");
  const auto paid = year(R"("selfEmployments":[{"selfEmploymentProfit":5}])");
  const SaField field = SaField::self_employment_profit;
  EXPECT_EQ(record({year(kSubmitted), zero}).known(kYear, field, {field}), Money());
  EXPECT_EQ(record({year(kSubmitted), zero}).known(kYear, field, {}), std::nullopt);
  EXPECT_EQ(record({zero}).known(kYear, field, {field}), std::nullopt);
  EXPECT_EQ(record({year(R"("submissions":[])"), zero}).known(kYear, field, {field}), std::nullopt);
  const auto other = returns(R"({"taxYear":"2023-24",)" + kSubmitted + "}");
  EXPECT_EQ(record({other, zero}).known(kYear, field, {field}), std::nullopt);
  EXPECT_EQ(record({paid}).known(kYear, field, {}), Money::pence(500));
  EXPECT_EQ(record({year(kSubmitted)}).known(kYear, field, {field}), std::nullopt);
  EXPECT_EQ(record({}).known(kYear, field, {field}), std::nullopt);
  const auto null = year(R"("selfEmployments":[{"selfEmploymentProfit":null}])");
  EXPECT_EQ(record({year(kSubmitted), null}).known(kYear, field, {field}), std::nullopt);
}

TEST(IncomeSa, GivesNoSumWhereAPartIsNotKnown) {
  for (const SaField missing : {SaField::partnership_profit, SaField::pensions_total_income}) {
    SaScope scope = every_sa_field();
    scope.erase(missing);
    EXPECT_THAT(figures(whole_year(), scope), ElementsAre(HasSubstr(R"("status":"UNAVAILABLE")")));
    EXPECT_THAT(figures(whole_year(), scope), ElementsAre(testing::Not(HasSubstr("annual_pence"))));
  }
}

TEST(IncomeSa, GivesNoSumWhereStatePensionMayBeInside) {
  const SaRecord held = record({year(kSubmitted), year(R"("employments":[{"employmentIncome":1}])"),
                                year(R"("selfEmployments":[{"selfEmploymentProfit":1}])"),
                                year(R"("partnerships":[{"partnershipProfit":1}])"),
                                year(R"("pensionsAndStateBenefits":[{"totalIncome":52.79}])")});
  EXPECT_THAT(figures(held, every_sa_field()),
              ElementsAre(R"({"fact":"yearly_figure","status":"UNAVAILABLE","tax_year":"2024-25",)"
                          R"("source_of_figure":"SA",)"
                          R"("parts":{"employment":100,"pension":5279,"trading":200})"));
}

TEST(IncomeSa, LeavesALossToTheRules) {
  const auto with = [](const std::string& profit, const std::string& share) {
    return record({year(kSubmitted), year(R"("employments":[{"employmentIncome":0}])"),
                   year(R"("selfEmployments":[{"selfEmploymentProfit":)" + profit + "}]"),
                   year(R"("partnerships":[{"partnershipProfit":)" + share + "}]"),
                   year(R"("pensionsAndStateBenefits":[{"totalIncome":0}])")});
  };
  EXPECT_THAT(figures(with("-10", "4"), every_sa_field()),
              ElementsAre(HasSubstr(R"("parts":{"employment":0,"pension":0,"trading":-600})")));
  EXPECT_THAT(figures(with("-10", "4"), every_sa_field()),
              ElementsAre(HasSubstr(R"("status":"UNAVAILABLE")")));
  EXPECT_THAT(figures(with("-4", "4"), every_sa_field()),
              ElementsAre(HasSubstr(R"("status":"NIL","tax_year":"2024-25","annual_pence":0)")));
}

TEST(IncomeSa, SumsTheReturnsOfAYear) {
  const SaRecord held =
      record({returns(R"({"taxYear":"2024-25","selfEmployments":[{"selfEmploymentProfit":1},)"
                      R"({"utr":"1234567890","selfEmploymentProfit":2.5}]},)"
                      R"({"taxYear":"2023-24","selfEmployments":[{"selfEmploymentProfit":8}]})")});
  EXPECT_EQ(held.known(kYear, SaField::self_employment_profit, {}), Money::pence(350));
  EXPECT_EQ(held.known(kYear.previous(), SaField::self_employment_profit, {}), Money::pence(800));
}

TEST(IncomeSa, TakesAKindOfAYearOnce) {
  const auto body = year(R"("selfEmployments":[{"selfEmploymentProfit":5}])");
  const SaRecord held = record({body, body});
  EXPECT_EQ(held.known(kYear, SaField::self_employment_profit, {}), Money::pence(500));
  EXPECT_THAT(refusals(held),
              ElementsAre("CONTRADICTION /selfAssessment/taxReturns/0/selfEmployments"));
}

TEST(IncomeSa, ReadsTheFootprint) {
  const SaRecord held =
      record({R"({"selfAssessment":{"registrations":[{"utr":"3287654321",)"
              R"("registrationDate":"2018-01-06"}],)"
              R"("taxReturns":[{"taxYear":"2024-25","submissions":[{"receivedDate":"2025-10-06"},)"
              R"({"receivedDate":"2025-06-06"},{}]}]}})"});
  EXPECT_EQ(held.registrations(), 1U);
  EXPECT_EQ(held.years().at(kYear).submissions, 3U);
  EXPECT_EQ(held.years().at(kYear).received_on, core::values::Date::of(2025, 10, 6));
  EXPECT_THAT(figures(held, every_sa_field()),
              ElementsAre(R"({"fact":"yearly_figure","status":"UNAVAILABLE",)"
                          R"("tax_year":"2024-25","source_of_figure":"SA")"));
}

TEST(IncomeSa, ReadsFurtherDetailsAndSourcesForTheEvidence) {
  const SaRecord held = record(
      {year(R"("furtherDetails":[{"turnover":2,"deducts":{"totalBusExpenses":99999999999.98}},)"
            R"({"turnover":-1.5}])"),
       year(R"("sources":[{"businessDescription":"x"},{}])")});
  EXPECT_EQ(held.years().at(kYear).further.at("turnover"), Money::pence(50));
  EXPECT_EQ(held.years().at(kYear).further.at("deducts.totalBusExpenses"),
            Money::pence(9'999'999'999'998));
  EXPECT_EQ(held.years().at(kYear).businesses, 2U);
  EXPECT_THAT(figures(held, every_sa_field()), ElementsAre(HasSubstr(R"("status":"NO_DATA")")));
}

TEST(IncomeSa, RefusesOneYearOrKindAndTakesTheRest) {
  SaRecord held;
  EXPECT_TRUE(
      held.add(json(returns(R"({"taxYear":"2024-25","trusts":[{"trustIncome":1e3}],"foreign":[7],)"
                            R"("other":[{"otherIncome":1}]},{"trusts":[]},{"taxYear":"2024-26"},7,)"
                            R"({"taxYear":"2022-23","trusts":{},)"
                            R"("other":[{"otherIncome":99999999999.99},{"otherIncome":0.01}]})")),
               "/3"));
  const std::string at = " /3/selfAssessment/taxReturns/";
  EXPECT_THAT(refusals(held),
              ElementsAre("INVALID_MONEY" + at + "0/trusts/0/trustIncome",
                          "WRONG_TYPE" + at + "0/foreign/0", "MISSING_MEMBER" + at + "1/taxYear",
                          "INVALID_TAX_YEAR" + at + "2/taxYear", "WRONG_TYPE" + at + "3",
                          "WRONG_TYPE" + at + "4/trusts",
                          "MONEY_OUT_OF_RANGE" + at + "4/other/1/otherIncome"));
  EXPECT_EQ(held.known(kYear, SaField::other_income, {}), Money::pence(100));
}

TEST(IncomeSa, ReadsEveryNotationOfAYear) {
  for (const char* written : {"\"2024-25\"", "\"24-25\"", "\"2025\"", "2025"}) {
    const SaRecord held = record(
        {returns(R"({"taxYear":)" + std::string(written) + R"(,"trusts":[{"trustIncome":1}]})")});
    EXPECT_EQ(held.known(kYear, SaField::trust_income, {}), Money::pence(100)) << written;
  }
}

TEST(IncomeSa, RefusesBodiesThatAreNoAnswer) {
  for (const char* text :
       {"{}", "[]", R"({"selfAssessment":7})", R"({"selfAssessment":{"taxReturns":{}}})",
        R"({"selfAssessment":{"registrations":7}})"}) {
    SaRecord held;
    EXPECT_FALSE(held.add(json(text))) << text;
    EXPECT_TRUE(held.years().empty());
  }
  SaRecord none;
  EXPECT_TRUE(none.add(json(R"({"selfAssessment":{}})")));
  EXPECT_THAT(figures(none, {}), ElementsAre(HasSubstr(R"("status":"NO_DATA")")));
}

TEST(IncomeSa, NamesItsFieldsBothWays) {
  for (const SaField field : every_sa_field()) EXPECT_EQ(sa_field_of(name(field)), field);
  EXPECT_EQ(every_sa_field().size(), kSaFieldCount);
  EXPECT_EQ(sa_field_of("selfEmployments"), std::nullopt);
}

// ---- tax credits and details --------------------------------------------------------------------

TEST(TaxCredits, AreReadForTheEvidence) {
  const auto reply = read_tax_credits(json(
      R"({"applications":[{"id":22000000219,"awards":[{"payProfCalcDate":"2025-01-10",)"
      R"("totalEntitlement":6840,"childTaxCredit":{"ctcChildAmount":6295,"familyAmount":545,)"
      R"("childCareAmount":1,"babyAmount":2,"paidYTD":4921.3},)"
      R"("workingTaxCredit":{"amount":3,"paidYTD":4},)"
      R"("payments":[{"startDate":"2025-01-13","endDate":"2025-03-10","postedDate":"2025-03-03",)"
      R"("frequency":28,"tcType":"ICC","amount":524.6},{"tcType":"ETC","amount":1}]},)"
      R"({"totalEntitlement":"x"}]},{}]})"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->applications.size(), 2U);
  EXPECT_EQ(reply->applications[0].id, "22000000219");
  EXPECT_EQ(reply->awards(), 1U);
  EXPECT_EQ(reply->payments(), 2U);
  EXPECT_EQ(reply->paid("ICC"), Money::pence(52'460));
  EXPECT_EQ(reply->paid("ETC"), Money::pence(100));
  const TaxCreditAward& award = reply->applications[0].awards[0];
  EXPECT_EQ(award.total_entitlement, Money::pence(684'000));
  EXPECT_EQ(award.child, Money::pence(629'500));
  EXPECT_EQ(award.child_paid_to_date, Money::pence(492'130));
  EXPECT_EQ(award.working, Money::pence(300));
  EXPECT_EQ(award.payments[0].frequency_days, 28);
  ASSERT_EQ(reply->refused.size(), 1U);
  EXPECT_EQ(reply->refused[0].field, "/applications/0/awards/1/totalEntitlement");
}

TEST(TaxCredits, RefuseBodiesThatAreNoAnswer) {
  for (const char* text : {"{}", "[]", R"({"applications":{}})", R"({"applications":[7]})",
                           R"({"applications":[{"awards":7}]})"}) {
    EXPECT_FALSE(read_tax_credits(json(text))) << text;
  }
  EXPECT_EQ(read_tax_credits(json(R"({"applications":[]})"))->awards(), 0U);
}

TEST(Details, ReadResidencesByBothTheirNames) {
  for (const char* name : {"residence", "residences"}) {
    const auto reply = read_addresses(
        json("{\"" + std::string(name) +
             R"(":[{"residenceType":"BASE","inUse":true,"address":{"line1":"1 Quay Road",)"
             R"("line3":"Town","postcode":"ZZ9 9ZZ"}},{"address":{"postalCode":"ZZ8"}},{}]})"));
    ASSERT_TRUE(reply) << name;
    ASSERT_EQ(reply->size(), 3U);
    EXPECT_EQ((*reply)[0].type, "BASE");
    EXPECT_EQ((*reply)[0].in_use, true);
    EXPECT_EQ((*reply)[0].lines.size(), 2U);
    EXPECT_EQ((*reply)[0].postcode.reveal(), "ZZ9 9ZZ");
    EXPECT_EQ((*reply)[1].postcode.reveal(), "ZZ8");
    EXPECT_EQ((*reply)[2].in_use, std::nullopt);
  }
  EXPECT_FALSE(read_addresses(json("{}")));
  EXPECT_FALSE(read_addresses(json(R"({"residences":[7]})")));
}

TEST(Details, ReadContactDetails) {
  const auto reply = read_contact_details(
      json(R"({"contactDetails":{"daytimeTelephones":["1"],"mobileTelephones":["2","3"]}})"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->daytime.size(), 1U);
  EXPECT_THAT(reply->evening, IsEmpty());
  EXPECT_EQ(reply->mobile.size(), 2U);
  EXPECT_TRUE(read_contact_details(json(R"({"contactDetails":{}})"))->empty());
  EXPECT_FALSE(read_contact_details(json("{}")));
  EXPECT_FALSE(read_contact_details(json(R"({"contactDetails":{"daytimeTelephones":[7]}})")));
}

}  // namespace
}  // namespace ig::adapters::hmrc
