#include "adapters/hmrc/rtii.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::hmrc {
namespace {

using core::base::Result;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kRow =
    R"({"taxYear":"25-26","hmrcOfficeNumber":"120","employerPayeRef":"XB4471",)"
    R"("employerName1":"Harbour Tools Ltd","nationalInsuranceNumber":"NA000799C",)"
    R"("uniqueEmploymentSequenceNumber":2,"payrollId":"E17","payFrequency":"M1",)"
    R"("monthlyPeriodNumber":10,"earningsPeriodsCovered":1,"paymentDate":"2026-01-30",)"
    R"("taxablePayInPeriod":2310.5,"taxablePayToDate":23105,"employeePensionContributions":0.0,)"
    R"("employeePensionContributionsNotPaid":120.25,"employmentStartDate":"2024-05-13",)"
    R"("uniquePaymentId":4100237781,"hmrcReceiptTimestamp":"2026-01-28T17:02:00Z"})";

Result<RtiiReply> read(std::string_view body, std::string_view nino = {}) {
  RtiiContext context;
  context.received_at = *core::values::Instant::parse("2026-01-29T10:11:12Z");
  context.document = "sha256:test";
  if (!nino.empty()) context.nino = *core::values::Nino::parse(nino);
  wire::json::Reader reader;
  return read_rtii(body, context, reader, *wire::crypto::make_digest());
}

std::string reply(const std::string& rows) {
  return R"({"matchPattern":63,"taxYears":[)" + rows + "]}";
}

/// Every fact and refusal as text, ids left out.
std::vector<std::string> told(const Result<RtiiReply>& reply) {
  std::vector<std::string> out;
  if (!reply) return {std::string(core::base::name(reply.error().code)) + reply.error().field};
  for (core::facts::Fact fact : reply->facts) {
    core::facts::header(fact).fact_id.clear();
    out.emplace_back();
    formats::write_fact(out.back(), fact);
  }
  for (const core::base::Error& error : reply->refused) {
    out.push_back(std::string(core::base::name(error.code)) + " " + error.field);
  }
  return out;
}

/// What one row is refused with after one change.
std::vector<std::string> refused(std::string_view from, std::string_view to) {
  std::string row = kRow;
  row.replace(row.find(from), from.size(), to);
  const auto out = read(reply(row));
  EXPECT_TRUE(out);
  std::vector<std::string> codes;
  for (const core::base::Error& error : out->refused) {
    codes.push_back(std::string(core::base::name(error.code)) + " " + error.field);
  }
  EXPECT_EQ(out->facts.size() + codes.size(), 1U);
  return codes;
}

TEST(Rtii, GivesAPaymentForEachRow) {
  EXPECT_THAT(
      told(read(reply(kRow))),
      ElementsAre(
          R"({"fact":"payment","nino":"NA000799C",)"
          R"("employment":{"office":"120","reference":"XB4471","sequence":2,"payroll_id":"E17"},)"
          R"("employer":"Harbour Tools Ltd","tax_year":"2025-26","paid_on":"2026-01-30",)"
          R"("frequency":"M1","month":10,"periods_covered":1,"taxable_pay_pence":231050,)"
          R"("taxable_pay_to_date_pence":2310500,"net_pay_pension_pence":0,)"
          R"("other_pension_pence":12025,"payment_id":"4100237781","started_on":"2024-05-13",)"
          R"("received_at":"2026-01-29T10:11:12Z","reported_at":"2026-01-28T17:02:00Z",)"
          R"("source":{"system":"rtii","document":"sha256:test","position":"/taxYears/0"}})"));
}

TEST(Rtii, RefusesARowThatCannotBeUsedAndTakesTheRest) {
  std::string bad = kRow;
  bad.replace(bad.find("2310.5"), 6, "2310.555");
  const auto out = read(reply(kRow + "," + bad + "," + kRow));
  ASSERT_TRUE(out);
  EXPECT_EQ(out->facts.size(), 2U);
  ASSERT_EQ(out->refused.size(), 1U);
  EXPECT_EQ(out->refused[0].field, "/taxYears/1/taxablePayInPeriod");
}

TEST(Rtii, RefusesTheValuesThatAFigureRestsOn) {
  EXPECT_THAT(refused("2310.5", "1e3"),
              ElementsAre("INVALID_MONEY /taxYears/0/taxablePayInPeriod"));
  EXPECT_THAT(refused("2310.5", "\"2310.5\""),
              ElementsAre("WRONG_TYPE /taxYears/0/taxablePayInPeriod"));
  EXPECT_THAT(refused("2310.5", "1000000000.00"),
              ElementsAre("MONEY_OUT_OF_RANGE /taxYears/0/taxablePayInPeriod"));
  EXPECT_THAT(refused("2026-01-30", "2026-13-30"),
              ElementsAre("INVALID_DATE /taxYears/0/paymentDate"));
  EXPECT_THAT(refused(R"("paymentDate":"2026-01-30",)", ""),
              ElementsAre("MISSING_MEMBER /taxYears/0/paymentDate"));
  EXPECT_THAT(refused("\"M1\"", "\"M2\""), ElementsAre("UNKNOWN_CODE /taxYears/0/payFrequency"));
  EXPECT_THAT(refused("25-26", "25-27"), ElementsAre("INVALID_TAX_YEAR /taxYears/0/taxYear"));
  EXPECT_THAT(refused("4100237781", "1.5"),
              ElementsAre("INVALID_NUMBER /taxYears/0/uniquePaymentId"));
  EXPECT_THAT(refused(R"("monthlyPeriodNumber":10)", R"("weeklyPeriodNumber":55)"),
              ElementsAre("INVALID_NUMBER /taxYears/0/weeklyPeriodNumber"));
  EXPECT_THAT(refused(R"("hmrcOfficeNumber":"120",)", ""),
              ElementsAre("MISSING_MEMBER /taxYears/0/hmrcOfficeNumber"));
  EXPECT_THAT(refused("NA000799C", "QQ123456C"),
              ElementsAre("INVALID_NINO /taxYears/0/nationalInsuranceNumber"));
}

TEST(Rtii, KeepsPaymentIdsOfThirtyEightDigits) {
  const std::string id = "12345678901234567890123456789012345678";
  std::string row = kRow;
  row.replace(row.find("4100237781"), 10, id);
  const auto out = read(reply(row));
  ASSERT_TRUE(out);
  EXPECT_EQ(std::get<core::facts::Payment>(out->facts.at(0)).payment_id, id);
  EXPECT_THAT(refused("4100237781", id + "9"),
              ElementsAre("INVALID_NUMBER /taxYears/0/uniquePaymentId"));
}

TEST(Rtii, TakesTheAskedNinoWhereARowHasNone) {
  std::string row = kRow;
  const std::string member = R"("nationalInsuranceNumber":"NA000799C",)";
  row.erase(row.find(member), member.size());
  const auto out = read(reply(row), "AB123457C");
  ASSERT_TRUE(out);
  EXPECT_EQ(core::facts::header(out->facts.at(0)).subject.nino->reveal().reveal(), "AB123457C");
}

TEST(Rtii, KeepsFourKindsOfNothingApart) {
  const auto answer = [](std::string_view body) {
    const auto out = read(body, "NA000799C");
    if (!out || out->facts.size() != 1 || !out->refused.empty()) return std::string("?");
    std::string text = told(out).at(0);
    return text.substr(0, text.find(",\"received_at\""));
  };
  const std::string head = R"({"fact":"answer","nino":"NA000799C","status":)";
  EXPECT_EQ(answer(R"({"matchPattern":9})"), head + R"("NOT_MATCHED","match_pattern":9)");
  EXPECT_EQ(answer(R"({"matchPattern":63,"taxYears":[]})"),
            head + R"("NO_DATA","match_pattern":63)");
  EXPECT_EQ(answer(R"({"code":"NOT_FOUND","reason":"x"})"),
            head + R"("NO_DATA","code":"NOT_FOUND")");
  EXPECT_EQ(answer(R"({"code":"NOT_FOUND_NINO","reason":"x"})"),
            head + R"("UNKNOWN_PERSON","code":"NOT_FOUND_NINO")");
  EXPECT_EQ(answer(R"({"code":"SERVER_ERROR","reason":"x"})"),
            head + R"("UNAVAILABLE","code":"SERVER_ERROR")");
  EXPECT_EQ(answer(R"({"failures":[{"code":"INVALID_PAYLOAD","reason":"x"}]})"),
            head + R"("UNAVAILABLE","code":"INVALID_PAYLOAD")");
}

TEST(Rtii, RefusesBodiesThatAreNoAnswer) {
  EXPECT_THAT(told(read("{}")), ElementsAre("MISSING_MEMBER/matchPattern"));
  EXPECT_THAT(told(read("[]")), ElementsAre("WRONG_TYPE"));
  EXPECT_THAT(told(read("<html>")), ElementsAre("MALFORMED_JSON"));
  EXPECT_THAT(told(read(R"({"matchPattern":64})")), ElementsAre("INVALID_NUMBER/matchPattern"));
  EXPECT_THAT(told(read(R"({"matchPattern":63,"taxYears":{}})")),
              ElementsAre("WRONG_TYPE/taxYears"));
}

TEST(Rtii, DoesNotTakePaymentsOfSomebodyWhoDidNotMatch) {
  const auto out = read(R"({"matchPattern":62,"taxYears":[)" + kRow + "]}");
  ASSERT_TRUE(out);
  ASSERT_EQ(out->facts.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<core::facts::Answer>(out->facts[0]));
  ASSERT_EQ(out->refused.size(), 1U);
  EXPECT_EQ(out->refused[0].code, core::base::ErrorCode::CONTRADICTION);
}

TEST(Rtii, GivesIdenticalRowsDifferentIds) {
  const auto out = read(reply(kRow + "," + kRow));
  ASSERT_TRUE(out);
  EXPECT_NE(core::facts::header(out->facts.at(0)).fact_id,
            core::facts::header(out->facts.at(1)).fact_id);
  const auto again = read(reply(kRow));
  EXPECT_EQ(core::facts::header(again->facts.at(0)).fact_id,
            core::facts::header(out->facts.at(0)).fact_id);
}

}  // namespace
}  // namespace ig::adapters::hmrc
