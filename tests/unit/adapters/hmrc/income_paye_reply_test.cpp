#include "adapters/hmrc/income_paye_reply.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/employments_reply.hpp"
#include "adapters/wire/crypto/digest.hpp"

namespace ig::adapters::hmrc {
namespace {

using core::base::Result;
using core::values::Date;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

IndividualsContext context() {
  IndividualsContext out;
  out.subject.nino = core::base::Sensitive(*core::values::Nino::parse("NA000799C"));
  out.received_at = *core::values::Instant::parse("2026-01-29T10:11:12Z");
  out.document = "sha256:test";
  return out;
}

Result<IndividualsReply> read(const std::string& rows, const IndividualsContext& with = context()) {
  wire::json::Reader reader;
  const auto body = reader.read(R"({"paye":{"income":[)" + rows + "]}}");
  EXPECT_TRUE(body) << rows;
  return read_income_paye(*body, with, *wire::crypto::make_digest());
}

Result<EmploymentsReply> read_jobs(const std::string& rows) {
  wire::json::Reader reader;
  const auto body = reader.read(R"({"employments":[)" + rows + "]}");
  EXPECT_TRUE(body) << rows;
  return read_employments(*body, context(), *wire::crypto::make_digest());
}

/// Every fact and refusal as text, ids left out.
template <class Reply>
std::vector<std::string> told(const Result<Reply>& reply) {
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

const std::string kRow =
    R"({"hmrcOfficeNumber":120,"employerPayeReference":"XB4471","taxYear":"25-26",)"
    R"("employee":{"hasPartner":true},"payroll":{"id":"E17"},"payFrequency":"M1",)"
    R"("monthPayNumber":11,"paymentDate":"2026-02-27","paidHoursWorked":"D","taxCode":"S1257L",)"
    R"("taxablePayToDate":25415.5,"taxablePay":2310.5,"totalTaxToDate":2866.2,)"
    R"("employeePensionContribs":{"paidYTD":1322.75,"notPaidYTD":9,"paid":120.25,"notPaid":3},)"
    R"("statutoryPayYTD":{"maternity":1,"paternity":0,"adoption":3,"parentalBereavement":4},)"
    R"("grossEarningsForNics":{"inPayPeriod1":2000.75,"inPayPeriod3":430},"later":[{}]})";
const std::string kOldRow =
    R"({"employerPayeReference":"120/XB4471","taxablePayment":-150,"paymentDate":"2026-01-30",)"
    R"("weekPayNumber":43})";

/// What one row is refused with after one change.
std::vector<std::string> refused(const std::string& row, std::string_view from,
                                 std::string_view to) {
  std::string changed = row;
  changed.replace(changed.find(from), from.size(), to);
  const auto out = read(changed);
  EXPECT_TRUE(out && out->facts.size() + out->refused.size() == 1);
  return out->refused.empty() ? std::vector<std::string>{} : told(out);
}

TEST(IncomePaye, ReadsARowOfTwo) {
  EXPECT_THAT(
      told(read(kRow)),
      ElementsAre(
          R"({"fact":"payment","nino":"NA000799C",)"
          R"("employment":{"office":"120","reference":"XB4471","payroll_id":"E17"},)"
          R"("tax_year":"2025-26","paid_on":"2026-02-27","frequency":"M1","month":11,)"
          R"("taxable_pay_pence":231050,"taxable_pay_to_date_pence":2541550,)"
          R"("net_pay_pension_pence":12025,"other_pension_pence":300,"nic_gross_pence":243075,)"
          R"("statutory_to_date_pence":{"smp":100,"spp":0,"sap":300,"spbp":400},)"
          R"("net_pay_pension_to_date_pence":132275,"hours":"D",)"
          R"("received_at":"2026-01-29T10:11:12Z","source":{"system":"individuals-income",)"
          R"("document":"sha256:test","position":"/paye/income/0"}})"));
}

TEST(IncomePaye, ReadsARowOfP1WithPayBelowZero) {
  EXPECT_THAT(
      told(read(kOldRow)),
      ElementsAre(R"({"fact":"payment","nino":"NA000799C",)"
                  R"("employment":{"office":"120","reference":"XB4471"},"tax_year":"2025-26",)"
                  R"("paid_on":"2026-01-30","week":43,"taxable_pay_pence":-15000,)"
                  R"("received_at":"2026-01-29T10:11:12Z","source":{"system":"individuals-income",)"
                  R"("document":"sha256:test","position":"/paye/income/0"}})"));
}

TEST(IncomePaye, ReadsBothSpellingsOfNics) {
  std::string row = kRow;
  row.replace(row.find("ForNics"), 7, "ForNICs");
  EXPECT_EQ(told(read(row)), told(read(kRow)));
}

TEST(IncomePaye, ReadsMoneyAndPeriodsAsNumbersOrText) {
  std::string row = kRow;
  row.replace(row.find("2310.5"), 6, "\"2310.50\"");
  row.replace(row.find(":11,"), 4, ":\"11\",");
  row.replace(row.find(":120,"), 5, ":\"120\",");
  EXPECT_EQ(told(read(row)), told(read(kRow)));
}

TEST(IncomePaye, ReadsThreeNotationsOfATaxYear) {
  for (const char* year : {"\"2025-26\"", "\"2026\"", "2026"}) {
    std::string row = kRow;
    row.replace(row.find("\"25-26\""), 7, year);
    EXPECT_EQ(told(read(row)), told(read(kRow))) << year;
  }
  EXPECT_THAT(refused(kRow, "25-26", "25-27"),
              ElementsAre("INVALID_TAX_YEAR /paye/income/0/taxYear"));
  EXPECT_THAT(refused(kRow, "25-26", "26"), ElementsAre("INVALID_TAX_YEAR /paye/income/0/taxYear"));
}

TEST(IncomePaye, TakesFrequencyWordsAndCodes) {
  const std::vector<std::pair<std::string, std::string>> words = {
      {"WEEKLY", "W1"},           {"FORTNIGHTLY", "W2"}, {"FOUR_WEEKLY", "W4"},
      {"CALENDAR_MONTHLY", "M1"}, {"QUARTERLY", "M3"},   {"BI_ANNUALLY", "M6"},
      {"ANNUALLY", "MA"},         {"ONE_OFF", "IO"},     {"IRREGULAR", "IR"}};
  for (const auto& [word, code] : words) {
    for (const std::string& written : {word, code}) {
      std::string row = kRow;
      row.replace(row.find("\"M1\""), 4, "\"" + written + "\"");
      EXPECT_THAT(told(read(row)), ElementsAre(HasSubstr("\"frequency\":\"" + code + "\"")));
    }
  }
}

TEST(IncomePaye, KeepsOneOfWeekAndMonthByTheFrequency) {
  std::string row = kRow;
  row.replace(row.find("\"monthPayNumber\":11"), 19, "\"monthPayNumber\":11,\"weekPayNumber\":47");
  EXPECT_THAT(told(read(row)), ElementsAre(HasSubstr("\"month\":11,")));
  row.replace(row.find("\"M1\""), 4, "\"W1\"");
  EXPECT_THAT(told(read(row)), ElementsAre(HasSubstr("\"week\":47,")));
}

TEST(IncomePaye, RefusesARowThatAFigureCannotRestOn) {
  const std::string at = " /paye/income/0/";
  EXPECT_THAT(refused(kRow, "2310.5", "1e3"), ElementsAre("INVALID_MONEY" + at + "taxablePay"));
  EXPECT_THAT(refused(kRow, "2310.5", "true"), ElementsAre("WRONG_TYPE" + at + "taxablePay"));
  EXPECT_THAT(refused(kRow, "2310.5", "1000000000"),
              ElementsAre("MONEY_OUT_OF_RANGE" + at + "taxablePay"));
  EXPECT_THAT(refused(kRow, "2000.75", "0.001"),
              ElementsAre("INVALID_MONEY" + at + "grossEarningsForNics/inPayPeriod1"));
  EXPECT_THAT(refused(kRow, "2026-02-27", "2026-02-30"),
              ElementsAre("INVALID_DATE" + at + "paymentDate"));
  EXPECT_THAT(refused(kRow, R"("paymentDate":"2026-02-27",)", ""),
              ElementsAre("MISSING_MEMBER" + at + "paymentDate"));
  EXPECT_THAT(refused(kRow, "\"M1\"", "\"M2\""), ElementsAre("UNKNOWN_CODE" + at + "payFrequency"));
  EXPECT_THAT(refused(kOldRow, ":43", ":55"), ElementsAre("INVALID_NUMBER" + at + "weekPayNumber"));
  EXPECT_THAT(refused(kOldRow, ":43", ":57"), ElementsAre("INVALID_NUMBER" + at + "weekPayNumber"));
  EXPECT_THAT(refused(kOldRow, ":43", ":56"), IsEmpty());
  EXPECT_THAT(refused(kRow, ":120,", ":\"12X\","),
              ElementsAre("INVALID_TEXT" + at + "hmrcOfficeNumber"));
  EXPECT_THAT(refused(kRow, "\"XB4471\"", "\"121/XB4471\""),
              ElementsAre("CONTRADICTION" + at + "hmrcOfficeNumber"));
  EXPECT_THAT(refused(kOldRow, "120/", "1200/"),
              ElementsAre("INVALID_TEXT" + at + "employerPayeReference"));
  EXPECT_THAT(refused(kOldRow, "120/", ""),
              ElementsAre("MISSING_MEMBER" + at + "employerPayeReference"));
  EXPECT_THAT(refused(kRow, "{\"id\":\"E17\"}", "7"), ElementsAre("WRONG_TYPE" + at + "payroll"));
}

TEST(IncomePaye, TakesARowWithNothingButItsKeyAndDay) {
  EXPECT_THAT(told(read(R"({"employerPayeReference":"7/A","paymentDate":"2026-04-05"})")),
              ElementsAre(HasSubstr(R"("office":"007","reference":"A"},"tax_year":"2025-26",)"
                                    R"("paid_on":"2026-04-05","received_at")")));
}

TEST(IncomePaye, TakesTheOfficeFromTheOnlyKnownEmployment) {
  const std::string row = R"({"employerPayeReference":"XB4471","paymentDate":"2026-04-05"})";
  IndividualsContext known = context();
  known.employers = {{"120", "XB4471", {}, 0}, {"120", "XB4471", "E18", 0}, {"121", "YY", {}, 0}};
  EXPECT_THAT(told(read(row, known)), ElementsAre(HasSubstr(R"("office":"120")")));
  known.employers.push_back({"121", "XB4471", {}, 0});
  EXPECT_THAT(told(read(row, known)),
              ElementsAre("MISSING_MEMBER /paye/income/0/employerPayeReference"));
}

TEST(IncomePaye, LeavesOutRowsOfDaysThatWereNotAskedFor) {
  IndividualsContext some = context();
  some.days = formats::DateRange{Date::of(2026, 2, 1), Date::of(2026, 2, 27)};
  const auto out = read(kOldRow + "," + kRow + R"(,{"paymentDate":"?"})", some);
  EXPECT_EQ(out->facts.size(), 1U);
  EXPECT_EQ(out->refused.size(), 1U);
}

TEST(IncomePaye, GivesEqualRowsDifferentIdsThatStayTheSame) {
  const auto out = read(kRow + "," + kRow + "," + kOldRow);
  const auto id = [&](std::size_t i) { return core::facts::header(out->facts.at(i)).fact_id; };
  EXPECT_NE(id(0), id(1));
  EXPECT_EQ(core::facts::header(read(kRow)->facts.at(0)).fact_id, id(0));
}

TEST(IncomePaye, RefusesBodiesThatAreNoAnswer) {
  wire::json::Reader reader;
  const auto code = [&](std::string_view text) {
    const auto body = reader.read(text);
    return told(read_income_paye(*body, context(), *wire::crypto::make_digest())).at(0);
  };
  EXPECT_EQ(code("{}"), "MISSING_MEMBER/paye");
  EXPECT_EQ(code("[]"), "WRONG_TYPE");
  EXPECT_EQ(code(R"({"paye":[]})"), "WRONG_TYPE/paye");
  EXPECT_EQ(code(R"({"paye":{"income":7}})"), "WRONG_TYPE/paye/income");
  EXPECT_THAT(code(R"({"paye":{}})"), HasSubstr(R"("status":"NO_DATA")"));
  EXPECT_THAT(code(R"({"paye":{"income":[]}})"), HasSubstr(R"("status":"NO_DATA")"));
}

// ---- employments --------------------------------------------------------------------------------

std::string job(const std::string& more) {
  return R"({"employer":{"payeReference":"120/XB4471","name":"Harbour Tools Ltd"})" + more + "}";
}

TEST(Employments, ReadsAJobThatGoesOn) {
  const std::vector<std::string> expected = {
      R"({"fact":"employment","nino":"NA000799C",)"
      R"("employment":{"office":"120","reference":"XB4471","payroll_id":"E17"},)"
      R"("employer":"Harbour Tools Ltd","started_on":"2024-05-13","frequency":"M1",)"
      R"("received_at":"2026-01-29T10:11:12Z","source":{"system":"individuals-employments",)"
      R"("document":"sha256:test","position":"/employments/0"}})"};
  const std::string head = R"(,"payrollId":"E17","startDate":"2024-05-13",)"
                           R"("payFrequency":"CALENDAR_MONTHLY")";
  EXPECT_EQ(told(read_jobs(job(head))), expected);
  for (const char* end : {"2099-12-31", "2100-01-01", "2999-12-31", "9999-12-31"}) {
    EXPECT_EQ(told(read_jobs(job(head + R"(,"endDate":")" + end + "\""))), expected) << end;
  }
}

TEST(Employments, ReadsTheEndOfAJob) {
  EXPECT_THAT(told(read_jobs(job(R"(,"endDate":"2099-12-30")"))),
              ElementsAre(HasSubstr(R"("left_on":"2099-12-30")")));
  for (const char* end : {"2026-02-30", "9999-13-01", "9999-12-32", "31/12/2099"}) {
    EXPECT_EQ(told(read_jobs(job(R"(,"endDate":")" + std::string(end) + "\""))).at(0).substr(0, 12),
              "INVALID_DATE")
        << end;
  }
  EXPECT_THAT(told(read_jobs(job(R"(,"startDate":"2026-01-02","endDate":"2026-01-01")"))),
              ElementsAre("CONTRADICTION /employments/0/endDate"));
}

TEST(Employments, KeepsPaymentsApartUnderBothTheirNames) {
  const auto code = read_jobs(job(R"(,"payment":[{"date":"2026-01-30","paidTaxablePay":10.5}])"));
  const auto docs =
      read_jobs(job(R"(,"payments":[{"paymentDate":"2026-01-30","taxablePayment":10.5},{}])"));
  for (const auto* reply : {&code, &docs}) {
    ASSERT_EQ((*reply)->pay.size(), 1U);
    EXPECT_EQ((*reply)->pay[0].paid_on, Date::of(2026, 1, 30));
    EXPECT_EQ((*reply)->pay[0].taxable_pay.in_pence(), 1'050);
    EXPECT_EQ((*reply)->pay[0].employment.reference, "XB4471");
    EXPECT_EQ((*reply)->facts.size(), 1U) << "no payment is a fact";
  }
}

TEST(Employments, RefusesAJobWithoutItsEmployer) {
  EXPECT_THAT(told(read_jobs(R"({"startDate":"2024-05-13"})")),
              ElementsAre("MISSING_MEMBER /employments/0/employer"));
  EXPECT_THAT(told(read_jobs(R"({"employer":{"payeReference":"XB4471"}})")),
              ElementsAre("MISSING_MEMBER /employments/0/employer"));
  EXPECT_THAT(told(read_jobs(job(R"(,"payFrequency":"DAILY")"))),
              ElementsAre("UNKNOWN_CODE /employments/0/payFrequency"));
  EXPECT_THAT(told(read_jobs("7")), ElementsAre("WRONG_TYPE /employments/0"));
}

TEST(Employments, GiveNoDataForNone) {
  EXPECT_THAT(told(read_jobs("")), ElementsAre(HasSubstr(R"("status":"NO_DATA")")));
  wire::json::Reader reader;
  const auto body = reader.read("{}");
  EXPECT_THAT(told(read_employments(*body, context(), *wire::crypto::make_digest())),
              ElementsAre("MISSING_MEMBER/employments"));
}

}  // namespace
}  // namespace ig::adapters::hmrc
