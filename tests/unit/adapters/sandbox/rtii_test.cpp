#include "adapters/sandbox/rtii.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

#include <set>

namespace ig::adapters::sandbox {
namespace {

using namespace std::chrono_literals;

class SandboxRtii : public HmrcHouse {
 protected:
  std::string bearer = token();
};

TEST_F(SandboxRtii, AnswersWithAFlatListOfTheFieldsAskedFor) {
  const auto answer = rtii(rtii_question(person("steady_monthly")), bearer);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body["matchPattern"], 63);
  ASSERT_EQ(body["taxYears"].size(), 10U);
  for (const json& row : body["taxYears"]) EXPECT_EQ(row.size(), 3U);
  const auto& job = population.people[index("steady_monthly")].jobs[0];
  EXPECT_EQ(body["taxYears"].back()["paymentDate"], "2026-01-30");
  EXPECT_NE(answer.body.find("\"taxablePayInPeriod\":" + amount(job.pay.back())),
            std::string::npos);
}

TEST_F(SandboxRtii, GivesTheCompulsoryFieldsOfItsBackEnd) {
  auto question = rtii_question(person("steady_weekly"));
  question["filterFields"] = json::array();
  for (const auto& field : rtii_fields()) question["filterFields"].push_back(field);
  ASSERT_EQ(question["filterFields"].size(), 83U);
  const auto answer = rtii(question, bearer);
  const auto row = json::parse(answer.body)["taxYears"][0];
  for (const char* name : {"taxYear",
                           "taxYearIndicator",
                           "hmrcOfficeNumber",
                           "employerPayeRef",
                           "employerName1",
                           "nationalInsuranceNumber",
                           "surname",
                           "gender",
                           "uniqueEmploymentSequenceNumber",
                           "taxablePayInPeriod",
                           "taxDeductedOrRefunded",
                           "grossEarningsForNICs",
                           "taxablePayToDate",
                           "totalTaxToDate",
                           "numberOfNormalHoursWorked",
                           "payFrequency",
                           "paymentDate",
                           "earningsPeriodsCovered",
                           "uniquePaymentId",
                           "paymentConfidenceStatus",
                           "taxCode",
                           "hmrcReceiptTimestamp",
                           "rtiReceivedDate",
                           "apiAvailableTimestamp"}) {
    EXPECT_TRUE(row.contains(name)) << name;
  }
  for (const auto& [name, value] : row.items()) {
    EXPECT_TRUE(rtii_fields().contains(name)) << name << " is not one of the 83";
  }
  EXPECT_EQ(row["taxYear"], "25-26");
  EXPECT_EQ(row["weeklyPeriodNumber"], 1);
}

TEST_F(SandboxRtii, WritesPaymentIdsAsDigitsHoweverMany) {
  std::set<std::size_t> lengths;
  for (const Member& member : population.people) {
    auto question = rtii_question(member.person);
    question["filterFields"] = {"uniquePaymentId"};
    const auto answer = rtii(question, bearer);
    std::string_view rest = answer.body;
    constexpr std::string_view mark = "\"uniquePaymentId\":";
    for (auto at = rest.find(mark); at != std::string_view::npos; at = rest.find(mark)) {
      rest.remove_prefix(at + mark.size());
      lengths.insert(std::min(rest.find_first_not_of("0123456789"), rest.size()));
    }
  }
  EXPECT_EQ(lengths, (std::set<std::size_t>{10, 38}));
}

TEST_F(SandboxRtii, ChecksInTheOrderOfTheService) {
  auto wrong = rtii_question(person("steady_monthly"));
  wrong["fromDate"] = wrong["toDate"];
  wrong["filterFields"] = {"nonsense"};
  const auto no_scope = token("filter:real-time-income-information-full");
  EXPECT_EQ(code(rtii(wrong, no_scope, "bad-id")), "FORBIDDEN");
  EXPECT_EQ(code(rtii(wrong, bearer, "bad-id")), "INVALID_CORRELATION_ID");
  EXPECT_EQ(code(rtii(wrong, bearer)), "INVALID_PAYLOAD") << "fields before dates";
  wrong["filterFields"] = {"paymentDate"};
  EXPECT_EQ(code(rtii(wrong, bearer)), "INVALID_DATES_EQUAL");
  wrong["fromDate"] = "2026-02-11";
  EXPECT_EQ(code(rtii(wrong, bearer)), "INVALID_DATE_RANGE");
  EXPECT_EQ(rtii(wrong, bearer).status, 400U);
}

TEST_F(SandboxRtii, TakesCorrelationIdsOfAnyVersion) {
  const auto question = rtii_question(person("steady_monthly"));
  EXPECT_EQ(rtii(question, bearer, "7b0f7a2e-5a52-7a5e-9a43-2f7bb3f0a111").status, 200U);
}

TEST_F(SandboxRtii, RefusesEveryFieldThatBreaksItsRule) {
  const auto right = rtii_question(person("steady_monthly"));
  const std::vector<std::pair<const char*, json>> breaks = {
      {"nino", "NA000799"},
      {"nino", "BG000799A"},
      {"nino", nullptr},
      {"serviceName", "somebody"},
      {"fromDate", "2025-02-29"},
      {"toDate", "10-02-2026"},
      {"fromDate", "1899-12-31"},
      {"surname", "Sm1th"},
      {"surname", ""},
      {"firstName", std::string(36, 'a')},
      {"gender", "X"},
      {"dateOfBirth", "1960-13-01"},
      {"filterFields", json::array()},
      {"filterFields", {"paymentDate", "paymentDate"}},
      {"filterFields", {""}},
      {"filterFields", "paymentDate"}};
  for (const auto& [field, value] : breaks) {
    auto wrong = right;
    wrong[field] = value;
    const auto answer = rtii(wrong, bearer);
    EXPECT_EQ(answer.status, 400U) << field << value;
    EXPECT_EQ(code(answer), "INVALID_PAYLOAD") << field << value;
  }
  for (const char* field :
       {"nino", "serviceName", "fromDate", "toDate", "surname", "filterFields"}) {
    auto wrong = right;
    wrong.erase(field);
    EXPECT_EQ(rtii(wrong, bearer).status, 400U) << field;
  }
  auto more = right;
  more["unknown"] = 1;
  EXPECT_EQ(rtii(more, bearer).status, 200U) << "what it does not know it ignores";
}

TEST_F(SandboxRtii, DropsFieldsOutsideTheScopeAndRefusesWhenNoneIsLeft) {
  const auto scottish =
      token("write:real-time-income-information filter:real-time-income-information-sg");
  const auto question = rtii_question(person("steady_monthly"));
  const auto body = json::parse(rtii(question, scottish).body);
  EXPECT_TRUE(body["taxYears"][0].contains("taxablePayInPeriod"));
  EXPECT_FALSE(body["taxYears"][0].contains("taxablePayToDate"));
  auto outside = question;
  outside["filterFields"] = {"taxablePayToDate"};
  EXPECT_EQ(code(rtii(outside, scottish)), "INVALID_PAYLOAD");
}

TEST_F(SandboxRtii, SaysByBitsWhatAgreed) {
  const Person& who = person("steady_monthly");
  auto question = rtii_question(who);
  question["gender"] = std::string(1, who.gender);
  question["surname"] = "Nobody";
  const auto answer = rtii(question, bearer);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, R"({"matchPattern":40})") << "gender and birth date";
  question["surname"] = who.surname;
  question["firstName"] = "Nobody";
  EXPECT_EQ(json::parse(rtii(question, bearer).body)["matchPattern"], 41);
  question["firstName"] = who.forename;
  EXPECT_EQ(json::parse(rtii(question, bearer).body)["matchPattern"], 63);
}

TEST_F(SandboxRtii, HasFourKindsOfNothing) {
  EXPECT_EQ(code(rtii(rtii_question(person("review_unknown_person")), bearer)), "NOT_FOUND_NINO");
  const auto none = rtii(rtii_question(person("never_paid")), bearer);
  EXPECT_EQ(none.status, 404U);
  EXPECT_EQ(code(none), "NOT_FOUND");
  auto early = rtii_question(person("steady_monthly"));
  early["fromDate"] = "2024-04-06";
  early["toDate"] = "2024-05-06";
  EXPECT_EQ(rtii(early, bearer).body, R"({"matchPattern":63,"taxYears":[]})");
}

TEST_F(SandboxRtii, RepeatsEveryOutcomeForFifteenMinutes) {
  const auto question = rtii_question(person("steady_monthly"));
  const auto broken = rtii(question, bearer, kId, "SERVER_ERROR");
  EXPECT_EQ(broken.status, 503U);
  auto other_fields = question;
  other_fields["filterFields"] = {"payFrequency"};
  EXPECT_EQ(rtii(other_fields, bearer).body, broken.body) << "whatever fields are asked for";
  auto next_day = question;
  next_day["toDate"] = "2026-02-11";
  EXPECT_EQ(rtii(next_day, bearer).status, 200U) << "another question";
  clock.advance(15min - 1ms);
  EXPECT_EQ(rtii(question, bearer).status, 503U);
  clock.advance(1ms);
  EXPECT_EQ(rtii(question, bearer).status, 200U);
}

TEST_F(SandboxRtii, RefusesApplicationsWithoutPrivilege) {
  auto own = options();
  own.token.applications[0].privileged = false;
  open_as(std::move(own));
  const auto answer = rtii(rtii_question(person("steady_monthly")), token());
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(code(answer), "NON_PRIVILEGED_APPLICATION");
}

TEST_F(SandboxRtii, SpoilsPaymentsByFault) {
  auto question = rtii_question(person("steady_monthly"));
  question["toDate"] = "2026-02-01";
  question["filterFields"] = {"paymentDate", "paymentNoLongerValid", "latePayeReportingReason",
                              "taxablePayToDate"};
  const auto corrected = json::parse(rtii(question, bearer, kId, "CORRECTION").body);
  ASSERT_EQ(corrected["taxYears"].size(), 11U);
  EXPECT_TRUE(corrected["taxYears"][9].contains("paymentNoLongerValid"));
  EXPECT_EQ(corrected["taxYears"][10]["latePayeReportingReason"], "H");
  question["toDate"] = "2026-02-02";
  const auto absent = json::parse(rtii(question, bearer, kId, "FIELD_ABSENT").body);
  for (const json& row : absent["taxYears"]) EXPECT_FALSE(row.contains("taxablePayToDate"));
  question["toDate"] = "2026-02-03";
  const auto poisoned = rtii(question, bearer, kId, "POISON_ROW");
  EXPECT_EQ(poisoned.status, 500U);
  EXPECT_EQ(code(poisoned), "INTERNAL_SERVER_ERROR");
  question["toDate"] = "2026-02-04";
  EXPECT_TRUE(json::parse(rtii(question, bearer, kId, "TWO_FAILURES").body)["failures"].is_array());
}

}  // namespace
}  // namespace ig::adapters::sandbox
