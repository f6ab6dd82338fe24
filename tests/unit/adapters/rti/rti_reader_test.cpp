#include "adapters/rti/rti_reader.hpp"

#include "core/base/limits.hpp"
#include "tests/support/fps_text.hpp"
#include "tests/unit/adapters/rti/reading.hpp"

namespace ig::adapters::rti {
namespace {

using core::base::ErrorCode;
using core::ports::IrmarkState;
using ig::tests::FpsEmployee;
using ig::tests::FpsMessage;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::Outcome;
using tests::read_text;

constexpr std::string_view kForm = "/GovTalkMessage/Body/IRenvelope/FullPaymentSubmission";

std::string at(std::string_view rest) { return std::string(kForm) + std::string(rest); }

FpsMessage with(std::string employees) {
  FpsMessage message;
  message.employees = std::move(employees);
  return message;
}

/// The one code and position a lone Employee is refused with; "" when it is taken.
std::string refusal_of(const FpsEmployee& employee) {
  const Outcome out = read_text(with(employee.text()).text());
  EXPECT_EQ(out.seen.pieces.size(), 1U);
  if (out.seen.pieces.empty() || !out.seen.pieces[0].refused) return {};
  EXPECT_EQ(out.seen.pieces[0].payments.size(), 0U);
  EXPECT_FALSE(out.report.refused());
  const core::ports::Problem& problem = *out.seen.pieces[0].refused;
  return problem.code + " " + problem.position.substr(kForm.size());
}

TEST(FpsReader, GivesThePaymentOfEachJobAsAFact) {
  const Outcome out = read_text(with(FpsEmployee{}.text()).text());
  EXPECT_THAT(out.problems(), IsEmpty());
  EXPECT_FALSE(out.report.refused());
  EXPECT_EQ(out.message().message_class, "HMRC-PAYE-RTI-FPS");
  EXPECT_EQ(out.message().tax_year->text(), "2025-26");
  EXPECT_EQ(out.message().irmark, IrmarkState::absent);
  EXPECT_EQ(out.message().taxable_pay.in_pence(), 231'050);
  const std::string id = out.seen.pieces.at(0).payments.at(0).header.fact_id;
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(
      out.seen.facts(),
      R"({"fact":"payment","fact_id":")" + id +
          R"(","nino":"NA000799C","date_of_birth":"1960-01-15","gender":"F",)"
          R"("employment":{"office":"120","reference":"XB4471","payroll_id":"E17"},)"
          R"("tax_year":"2025-26","paid_on":"2026-01-30","frequency":"M1","month":10,)"
          R"("periods_covered":1,"taxable_pay_pence":231050,"taxable_pay_to_date_pence":2310500,)"
          R"("irregular":false,"after_leaving":false,"on_strike":false,"unpaid_absence":false,)"
          R"("occupational_pension":false,"non_individual":false,"hours":"D",)"
          R"("aggregated_earnings":false,"received_at":"2026-01-29T10:11:12Z",)"
          R"("reported_at":"2026-01-28T17:02:00Z",)"
          R"("source":{"system":"fps","document":"sha256:test","position":")" +
          at("/Employee[1]/Employment[1]") + "\"}}\n");
}

TEST(FpsReader, GivesTheSameFactsWhereverTheBytesAreCut) {
  FpsEmployee second;
  second.nino = "NA000800A";
  second.surname = "O'Dare";
  const std::string text = with(FpsEmployee{}.text() + second.text()).text();
  const Outcome whole = read_text(text);
  ASSERT_EQ(whole.seen.pieces.size(), 2U);
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    const Outcome pieces = read_text(text, cut);
    ASSERT_EQ(pieces.seen.facts(), whole.seen.facts()) << cut;
    ASSERT_EQ(pieces.report.sha256, whole.report.sha256) << cut;
    ASSERT_EQ(pieces.seen.pieces[1].raw, second.text().substr(0, second.text().size() - 1)) << cut;
  }
}

TEST(FpsReader, NeverTakesADocumentThatIsCutShort) {
  const std::string text = with(FpsEmployee{}.text()).text();
  for (std::size_t length = 0; length + 1 < text.size(); ++length) {
    const Outcome out = read_text(std::string_view(text).substr(0, length));
    ASSERT_TRUE(out.report.refused()) << length;
    ASSERT_TRUE(out.report.document_error.has_value()) << length;
    const ErrorCode expected = length == 0 ? ErrorCode::NOT_XML : ErrorCode::TRUNCATED;
    ASSERT_EQ(out.report.document_error->code, expected) << length;
    ASSERT_EQ(out.message().problems.back().code, core::base::name(expected)) << length;
  }
}

TEST(FpsReader, KeepsTheExactBytesAndOnlyOfWhomItWants) {
  FpsEmployee other;
  other.nino = "NA000800A";
  const std::string text = with(FpsEmployee{}.text() + other.text()).text();
  const Outcome out = read_text(text, 100, "NA000800");
  ASSERT_EQ(out.seen.pieces.size(), 2U);
  EXPECT_THAT(out.seen.asked, ElementsAre("NA000799", "NA000800"));
  const core::ports::EmployeePiece& unwanted = out.seen.pieces[0];
  EXPECT_FALSE(unwanted.wanted);
  EXPECT_TRUE(unwanted.payments.empty());
  EXPECT_TRUE(unwanted.raw.empty());
  EXPECT_TRUE(unwanted.subject.surname.reveal().empty());
  EXPECT_EQ(unwanted.payment_count, 1U);
  EXPECT_EQ(unwanted.taxable_pay.in_pence(), 231'050);
  const core::ports::EmployeePiece& kept = out.seen.pieces[1];
  EXPECT_TRUE(kept.wanted);
  EXPECT_EQ(kept.raw, text.substr(kept.byte_from, kept.byte_to - kept.byte_from));
  EXPECT_TRUE(kept.raw.starts_with("<Employee>"));
  EXPECT_TRUE(kept.raw.ends_with("</Employee>"));
}

TEST(FpsReader, RefusesABadEmployeeAndTakesTheRest) {
  FpsEmployee bad;
  bad.nino = "NA000800A";
  bad.pay = "1e3";
  const Outcome out =
      read_text(with(FpsEmployee{}.text() + bad.text() + FpsEmployee{}.text()).text());
  EXPECT_FALSE(out.report.refused());
  EXPECT_EQ(out.message().employees, 3U);
  EXPECT_EQ(out.message().employees_refused, 1U);
  EXPECT_EQ(out.message().payments, 3U);
  EXPECT_EQ(out.message().taxable_pay.in_pence(), 2 * 231'050);
  EXPECT_THAT(out.problems(),
              ElementsAre("INVALID_MONEY " + at("/Employee[2]/Employment[1]/Payment/TaxablePay")));
  EXPECT_TRUE(out.seen.pieces[1].refused.has_value());
  EXPECT_EQ(out.seen.pieces[2].payments.size(), 1U);
}

TEST(FpsReader, RefusesMoneyOfEveryWrongForm) {
  for (const char* money : {"1e3", "NaN", "12.345", "12", "12.3", "+1.00", "01.00", "1,000.00", "",
                            "INF", "0x10.00", "1000000000.00",
                            "\xc2\xa3"
                            "5.00"}) {
    FpsEmployee employee;
    employee.pay = money;
    const std::string code =
        std::string_view(money) == "1000000000.00" ? "MONEY_OUT_OF_RANGE" : "INVALID_MONEY";
    EXPECT_EQ(refusal_of(employee), code + " /Employee[1]/Employment[1]/Payment/TaxablePay")
        << money;
  }
  for (const char* money : {"-0.00", "-1.00", "0.00", " 5.00 ", "999999999.99"}) {
    FpsEmployee employee;
    employee.pay = money;
    EXPECT_EQ(refusal_of(employee), "") << money;
  }
}

TEST(FpsReader, RefusesIdentitiesAndDatesThatBreakTheirRule) {
  for (const char* nino : {"QQ123456C", "TN310855M", "NA000799", "na000799c", "NA000799E",
                           "BG123456A", "OO123456A", "DA123456A", "AO123456A"}) {
    FpsEmployee employee;
    employee.nino = nino;
    EXPECT_EQ(refusal_of(employee), "INVALID_NINO /Employee[1]/EmployeeDetails/NINO") << nino;
  }
  FpsEmployee blank_suffix;
  blank_suffix.nino = "NA000799 ";
  EXPECT_EQ(refusal_of(blank_suffix), "");
  FpsEmployee named;
  named.surname = "Zo\xc3\xab";
  EXPECT_EQ(refusal_of(named), "INVALID_TEXT /Employee[1]/EmployeeDetails/Name/Sur");
  FpsEmployee dated;
  dated.paid_on = "2026-02-30";
  EXPECT_EQ(refusal_of(dated), "INVALID_DATE /Employee[1]/Employment[1]/Payment/PmtDate");
  dated.paid_on = "2026-04-06";
  EXPECT_EQ(refusal_of(dated), "WRONG_TAX_YEAR /Employee[1]/Employment[1]/Payment/PmtDate");
  dated.paid_on = "2026-04-05";
  EXPECT_EQ(refusal_of(dated), "");
}

TEST(FpsReader, ChecksOrderNumberAndChoice) {
  FpsEmployee employee;
  employee.before_payment = "<LeavingDate>2018-01-01</LeavingDate>";
  EXPECT_EQ(refusal_of(employee), "DATE_OUT_OF_RANGE /Employee[1]/Employment[1]/LeavingDate");
  employee.before_payment = "<Bonus>1.00</Bonus>";
  EXPECT_EQ(refusal_of(employee), "UNEXPECTED_ELEMENT /Employee[1]/Employment[1]/Bonus");
  employee.before_payment = "<LeavingDate>2026-01-01</LeavingDate><IrrEmp>yes</IrrEmp>";
  EXPECT_EQ(refusal_of(employee), "UNEXPECTED_ELEMENT /Employee[1]/Employment[1]/IrrEmp");
  employee.before_payment = "<IrrEmp>no</IrrEmp>";
  EXPECT_EQ(refusal_of(employee), "UNKNOWN_CODE /Employee[1]/Employment[1]/IrrEmp");
  employee.before_payment = "stray";
  EXPECT_EQ(refusal_of(employee), "INVALID_TEXT /Employee[1]/Employment[1]");
  employee.before_payment.clear();
  employee.in_payment = "<StudentLoanRecovered>5.00</StudentLoanRecovered>";
  EXPECT_EQ(refusal_of(employee),
            "MISSING_ELEMENT /Employee[1]/Employment[1]/Payment/StudentLoanRecovered/@PlanType");
  employee.in_payment = "<StudentLoanRecovered PlanType=\"03\">5.00</StudentLoanRecovered>";
  EXPECT_EQ(refusal_of(employee),
            "UNKNOWN_CODE /Employee[1]/Employment[1]/Payment/StudentLoanRecovered/@PlanType");
  employee.in_payment.clear();
  employee.after_tax = "<FlexibleDrawdown><TaxablePayment>1.00</TaxablePayment></FlexibleDrawdown>";
  EXPECT_EQ(refusal_of(employee),
            "MISSING_ELEMENT /Employee[1]/Employment[1]/Payment/FlexibleDrawdown/"
            "FlexiblyAccessingPensionRights");
}

TEST(FpsReader, MissesWhatIsNeededOnce) {
  std::string text = FpsEmployee{}.text();
  const std::string month = "<MonthNo>10</MonthNo>";
  text.replace(text.find(month), month.size(), "");
  EXPECT_THAT(read_text(with(text).text()).problems(),
              ElementsAre("MISSING_ELEMENT " + at("/Employee[1]/Employment[1]/Payment/WeekNo")));
  text = FpsEmployee{}.text();
  text.insert(text.find(month), "<WeekNo>43</WeekNo>");
  EXPECT_THAT(
      read_text(with(text).text()).problems(),
      ElementsAre("UNEXPECTED_ELEMENT " + at("/Employee[1]/Employment[1]/Payment/MonthNo")));
}

TEST(FpsReader, ReadsUpToFifteenJobs) {
  const auto jobs = [](int count) {
    std::string text = FpsEmployee{}.text();
    const std::size_t where = text.find("</Employee>");
    std::string more;
    for (int i = 1; i < count; ++i) more += FpsEmployee{}.job();
    return text.insert(where, more);
  };
  const Outcome most = read_text(with(jobs(15)).text());
  EXPECT_EQ(most.message().payments, 15U);
  EXPECT_THAT(most.problems(), IsEmpty());
  const Outcome more = read_text(with(jobs(16)).text());
  EXPECT_THAT(more.problems(), ElementsAre("TOO_MANY " + at("/Employee[1]/Employment")));
}

TEST(FpsReader, GivesIdenticalRowsDifferentIdsAndTheSameOnesAgain) {
  const std::string text = with(FpsEmployee{}.text() + FpsEmployee{}.text()).text();
  const Outcome first = read_text(text);
  const auto id = [](const Outcome& out, std::size_t i) {
    return out.seen.pieces.at(i).payments.at(0).header.fact_id;
  };
  EXPECT_NE(id(first, 0), id(first, 1));
  FpsMessage other = with("  " + FpsEmployee{}.text());
  other.period_end = "2026-03-05";
  EXPECT_EQ(id(read_text(other.text()), 0), id(first, 0));
}

TEST(FpsReader, ReadsTestMessagesAndMarksThem) {
  FpsMessage message = with(FpsEmployee{}.text());
  message.message_class = "HMRC-PAYE-RTI-FPS-TIL";
  Outcome out = read_text(message.text());
  EXPECT_TRUE(out.message().test);
  EXPECT_TRUE(out.seen.pieces.at(0).payments.at(0).header.test);
  EXPECT_THAT(out.problems(),
              ElementsAre("TEST_MESSAGE /GovTalkMessage/Header/MessageDetails/Class"));
  message.message_class = "HMRC-PAYE-RTI-FPS";
  message.gateway_test = "1";
  out = read_text(message.text());
  EXPECT_TRUE(out.seen.pieces.at(0).test);
  EXPECT_THAT(out.problems(),
              ElementsAre("TEST_MESSAGE /GovTalkMessage/Header/MessageDetails/GatewayTest"));
}

TEST(FpsReader, NotesKeysAndYearsThatDisagree) {
  FpsMessage message = with(FpsEmployee{}.text());
  message.office = "121";
  message.related_year = "24-25";
  message.period_end = "2025-04-05";
  const Outcome out = read_text(message.text());
  EXPECT_FALSE(out.report.refused());
  EXPECT_THAT(out.problems(),
              ElementsAre("WRONG_TAX_YEAR /GovTalkMessage/Body/IRenvelope/IRheader/PeriodEnd",
                          "KEYS_DISAGREE " + at("/EmpRefs/OfficeNo"),
                          "WRONG_TAX_YEAR " + at("/RelatedTaxYear")));
}

TEST(FpsReader, TakesABareEnvelopeWhoseMarkCannotBeChecked) {
  const Outcome out = read_text(with(FpsEmployee{}.text()).envelope());
  EXPECT_FALSE(out.report.refused());
  EXPECT_EQ(out.message().irmark, IrmarkState::not_checkable);
  EXPECT_EQ(out.message().message_class, "");
  EXPECT_EQ(out.seen.pieces.at(0).position, "/IRenvelope/FullPaymentSubmission/Employee[1]");
}

TEST(FpsReader, RefusesUnknownNamespacesAndOtherForms) {
  FpsMessage message = with(FpsEmployee{}.text());
  message.suffix = "2";
  EXPECT_EQ(read_text(message.text()).report.document_error->code, ErrorCode::UNKNOWN_NAMESPACE);
  EXPECT_EQ(read_text("<payroll/>").report.document_error->code, ErrorCode::UNKNOWN_NAMESPACE);
  EXPECT_EQ(read_text("<GovTalkMessage/>").report.document_error->code,
            ErrorCode::UNKNOWN_NAMESPACE);
  std::string nvr = with("").text();
  const std::string stem = "FullPaymentSubmission/25-26";
  nvr.replace(nvr.find(stem), stem.size(), "NINOverificationRequest/25-26");
  const Outcome out = read_text(nvr);
  EXPECT_TRUE(out.report.refused());
  EXPECT_FALSE(out.report.document_error.has_value());
  EXPECT_EQ(out.message().refused_code, "WRONG_CLASS");
}

TEST(FpsReader, TakesOtherYearsByWhatTheyHaveInCommon) {
  FpsMessage message = with(FpsEmployee{}.text());
  message.year = "26-27";
  message.related_year = "26-27";
  message.period_end = "2027-04-05";
  std::string text = message.text();
  text.replace(text.find("2026-01-30"), 10, "2027-01-29");
  const std::string tax = "<TaxDeductedOrRefunded>";
  text.insert(text.find(tax), "<SPBPNIREYTD>1.00</SPBPNIREYTD>");
  const Outcome out = read_text(text);
  EXPECT_FALSE(out.report.refused());
  EXPECT_EQ(out.seen.pieces.at(0).payments.size(), 1U);
  EXPECT_THAT(out.problems(), ElementsAre("YEAR_NOT_VERIFIED /GovTalkMessage/Body/IRenvelope"));
}

TEST(FpsReader, RefusesACompressedPartRatherThanReadItAsEmpty) {
  const Outcome out =
      read_text(with("<CompressedPart Type=\"gzip\">H4sIAAAA</CompressedPart>").text());
  EXPECT_TRUE(out.report.refused());
  EXPECT_EQ(out.message().problems.back().position, at("/CompressedPart"));
}

TEST(FpsReader, RefusesAnEmployeeLongerThanItsLimit) {
  std::string padding;
  while (padding.size() < core::base::limits::employee_bytes_max) {
    padding += "<!-- " + std::string(1000, '.') + " -->";
  }
  FpsEmployee employee;
  employee.before_payment = padding;
  const Outcome out = read_text(with(employee.text()).text());
  ASSERT_TRUE(out.report.document_error.has_value());
  EXPECT_EQ(out.report.document_error->code, ErrorCode::LIMIT_EXCEEDED);
}

TEST(FpsReader, ListsNoMoreProblemsThanItsLimitAndCountsAll) {
  FpsEmployee bad;
  bad.pay = "NaN";
  std::string employees;
  const std::size_t count = core::base::limits::problems_kept_max + 5;
  for (std::size_t i = 0; i < count; ++i) employees += bad.text();
  const Outcome out = read_text(with(employees).text());
  EXPECT_EQ(out.message().problems.size(), core::base::limits::problems_kept_max);
  EXPECT_EQ(out.message().problems_found, count);
  EXPECT_EQ(out.message().employees_refused, count);
}

TEST(FpsReader, HandsOnWhatTheVisitorOrTheSourceGives) {
  const std::string text = with(FpsEmployee{}.text() + FpsEmployee{}.text()).text();
  for (std::size_t n = 1; n <= 2; ++n) {
    ig::tests::support::TextSource source(text, 4096);
    tests::Collector visitor;
    visitor.fail_at = n;
    RtiReader reader;
    const auto report = reader.read(source, visitor, {});
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().code, ErrorCode::STORE_FAILED);
    EXPECT_EQ(visitor.pieces.size(), n - 1);
  }
  struct Broken final : core::ports::ByteSource {
    core::base::Result<std::size_t> read(char*, std::size_t) override {
      return core::base::fail(ErrorCode::UNREADABLE, {}, "broken on purpose");
    }
  };
  Broken broken;
  tests::Collector visitor;
  RtiReader reader;
  EXPECT_EQ(reader.read(broken, visitor, {}).error().code, ErrorCode::UNREADABLE);
}

TEST(FpsReader, NeverLetsCredentialsOut) {
  FpsMessage message = with(FpsEmployee{}.text());
  message.office = "121";
  const Outcome out = read_text(message.text());
  std::string all = out.seen.facts();
  for (const core::ports::EmployeePiece& piece : out.seen.pieces) all += piece.raw;
  for (const core::ports::Problem& problem : out.message().problems) {
    all += problem.position + problem.message;
  }
  EXPECT_EQ(all.find("opensesame"), std::string::npos);
  EXPECT_EQ(all.find("SenderID"), std::string::npos);
}

}  // namespace
}  // namespace ig::adapters::rti
