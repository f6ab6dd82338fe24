#include "adapters/formats/facts.hpp"

#include "adapters/wire/crypto/digest.hpp"

#include <memory>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;

constexpr std::string_view kHead = R"("received_at":"2026-01-29T10:11:12Z",)";
constexpr std::string_view kSource =
    R"("source":{"system":"rtii","document":"sha256:00","position":"/taxYears/0"})";

/// The payment of contracts.md, with every member that a payment may have.
const std::string kPayment =
    R"({"fact":"payment","fact_id":"00112233445566778899aabbccddeeff","nino":"NA000799C",)"
    R"("employment":{"office":"120","reference":"XB4471","sequence":2,"payroll_id":"E17"},)"
    R"("employer":"Harbour Tools Ltd","tax_year":"2025-26","paid_on":"2026-01-30",)"
    R"("frequency":"M1","month":10,"periods_covered":1,"taxable_pay_pence":231050,)"
    R"("taxable_pay_to_date_pence":2310500,"net_pay_pension_pence":0,"other_pension_pence":12025,)"
    R"("payment_id":"4100237781","irregular":false,"after_leaving":false,"on_strike":false,)"
    R"("unpaid_absence":false,"occupational_pension":false,"started_on":"2024-05-13",)"
    R"("late_reason":"H","no_longer_valid_on":"2026-02-01","left_on":"2026-01-31",)"
    R"("benefits_via_payroll_pence":1,"non_taxable_pence":-2,"nic_gross_pence":3,)"
    R"("statutory_to_date_pence":{"smp":4,"spp":5,"sap":6,"shpp":7,"spbp":8,"sncp":9},)"
    R"("net_pay_pension_to_date_pence":10,"lump_sum":{"kind":"STAND_ALONE","taxable_pence":11},)"
    R"("director":"AN","payroll_id_changed_from":"E16","non_individual":false,"hours":"D",)"
    R"("aggregated_earnings":true,"confidence_status":"1",)" +
    std::string(kHead) + R"("reported_at":"2026-01-28T17:02:00Z",)" + std::string(kSource) +
    R"(,"state":"RETRACTED","supersedes":"ff","test":true,"matched_by":"NAME"})";

std::vector<std::string> every_kind() {
  const std::string tail = std::string(kHead) + std::string(kSource) + "}";
  return {
      kPayment,
      R"({"fact":"payment","person":"p-000000017","date_of_birth":"1960-01-15","gender":"F",)"
      R"("employment":{"office":"120","reference":"XB4471"},"tax_year":"2025-26",)"
      R"("paid_on":"2026-01-30","frequency":"W1","week":43,)" +
          tail,
      R"({"fact":"yearly_figure","nino":"NA000799C","status":"AVAILABLE","tax_year":"2025-26",)"
      R"("annual_pence":3640000,"source_of_figure":"SA",)"
      R"("parts":{"employment":2850000,"pension":400000},"unearned":{"other":0},)"
      R"("requested_on":"2026-11-01",)" +
          tail,
      R"({"fact":"yearly_figure","nino":"NA000799C","status":"NO_DATA",)" + tail,
      R"({"fact":"employment","name":{"forename":"Amanda","surname":"Joseph"},)"
      R"("employment":{"office":"120","reference":"XB4471"},"employer":"Harbour Tools Ltd",)"
      R"("started_on":"2024-05-13","left_on":"2026-01-31","frequency":"M1",)" +
          tail,
      R"({"fact":"nil_period","office":"120","reference":"XB4471","from":"2026-01-06",)"
      R"("to":"2026-02-05",)" +
          tail,
      R"({"fact":"answer","nino":"NA000799C","status":"NOT_MATCHED","match_pattern":9,)" + tail,
      R"({"fact":"answer","status":"UNAVAILABLE","code":"SERVER_ERROR",)" + tail,
  };
}

core::base::Result<Fact> read(std::string_view text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_fact(*value);
}

TEST(Facts, AreWrittenAsTheyWereRead) {
  for (const std::string& text : every_kind()) {
    const auto fact = read(text);
    ASSERT_TRUE(fact) << text << fact.error().field << fact.error().message;
    std::string written;
    write_fact(written, *fact);
    EXPECT_EQ(written, text);
  }
}

TEST(Facts, AreRefusedWithThePointerOfTheMember) {
  const auto refused = [](std::string_view from, std::string_view to) {
    std::string text = kPayment;
    text.replace(text.find(from), from.size(), to);
    const auto fact = read(text);
    return fact ? std::string("taken")
                : std::string(core::base::name(fact.error().code)) + " " + fact.error().field;
  };
  EXPECT_EQ(refused(R"("fact":"payment")", R"("fact":"gift")"), "UNKNOWN_CODE /fact");
  EXPECT_EQ(refused(R"("fact":"payment",)", ""), "MISSING_MEMBER /fact");
  EXPECT_EQ(refused("231050,", "2310.50,"), "INVALID_MONEY /taxable_pay_pence");
  EXPECT_EQ(refused("231050,", "\"231050\","), "WRONG_TYPE /taxable_pay_pence");
  EXPECT_EQ(refused("231050,", "99999999999999,"), "MONEY_OUT_OF_RANGE /taxable_pay_pence");
  EXPECT_EQ(refused("NA000799C", "QQ123456C"), "INVALID_NINO /nino");
  EXPECT_EQ(refused("2026-01-30", "2026-02-30"), "INVALID_DATE /paid_on");
  EXPECT_EQ(refused(R"("paid_on":"2026-01-30",)", ""), "MISSING_MEMBER /paid_on");
  EXPECT_EQ(refused(R"("tax_year":"2025-26")", R"("tax_year":"2025-27")"),
            "INVALID_TAX_YEAR /tax_year");
  EXPECT_EQ(refused("\"M1\"", "\"M2\""), "UNKNOWN_CODE /frequency");
  EXPECT_EQ(refused(R"("month":10)", R"("month":13)"), "INVALID_NUMBER /month");
  EXPECT_EQ(refused(R"("month":10)", R"("month":10,"week":40)"), "CONTRADICTION /week");
  EXPECT_EQ(refused(R"("office":"120",)", ""), "MISSING_MEMBER /employment/office");
  EXPECT_EQ(refused(R"("smp":4)", R"("smp":null)"), "taken");
  EXPECT_EQ(refused(R"("smp":4)", R"("smp":true)"), "WRONG_TYPE /statutory_to_date_pence/smp");
  EXPECT_EQ(refused("2026-01-29T10:11:12Z", "yesterday"), "INVALID_INSTANT /received_at");
  EXPECT_EQ(refused("RETRACTED", "GONE"), "UNKNOWN_CODE /state");
  EXPECT_EQ(read("[1]").error().code, ErrorCode::WRONG_TYPE);
}

TEST(Facts, MayBeAboutAWholeDocument) {
  const std::string text = R"({"fact":"answer","status":"NO_DATA",)" + std::string(kHead) +
                           R"("source":{"system":"rtii","document":"sha256:00","position":""}})";
  const auto fact = read(text);
  ASSERT_TRUE(fact);
  std::string written;
  write_fact(written, *fact);
  EXPECT_EQ(written, text);
}

TEST(Facts, IgnoreMembersTheyDoNotKnow) {
  std::string text = kPayment;
  text.insert(1, R"("weather":{"rain":[1,2]},)");
  const auto fact = read(text);
  ASSERT_TRUE(fact);
  std::string written;
  write_fact(written, *fact);
  EXPECT_EQ(written, kPayment);
}

/// The id after one member of the whole payment was replaced.
std::string id_of(std::string_view from = {}, std::string_view to = {}, int occurrence = 1) {
  std::string text = kPayment;
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  const auto fact = read(text);
  EXPECT_TRUE(fact) << text;
  return make_fact_id(*wire::crypto::make_digest(), *fact, occurrence);
}

TEST(FactId, StaysWhenTheSameContentIsSeenAgainElsewhere) {
  const std::string id = id_of();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(id_of("2026-01-29T10:11:12Z", "2027-01-01T00:00:00Z"), id);
  EXPECT_EQ(id_of("2026-01-28T17:02:00Z", "2026-01-01T00:00:00Z"), id);
  EXPECT_EQ(id_of("sha256:00", "sha256:ff"), id);
  EXPECT_EQ(id_of("/taxYears/0", "/taxYears/1"), id);
  EXPECT_EQ(id_of("00112233445566778899aabbccddeeff", "00"), id);
  EXPECT_EQ(id_of("NA000799C", "NA000799"), id);
}

TEST(FactId, TellsIdenticalRowsOfADocumentApart) {
  const auto digest = wire::crypto::make_digest();
  auto fact = *read(kPayment);
  FactIds ids(*digest);
  for (int occurrence = 1; occurrence <= 3; ++occurrence) {
    ids.give_id(fact);
    EXPECT_EQ(core::facts::header(fact).fact_id, id_of({}, {}, occurrence));
  }
  EXPECT_EQ(core::facts::header(FactIds(*digest).with_id(fact)).fact_id, id_of());
}

TEST(FactId, MovesWithAnyPartOfTheContent) {
  std::vector<std::string> ids = {
      id_of(),
      id_of("NA000799C", "NA000800A"),
      id_of("\"rtii\"", "\"fps\""),
      id_of("\"120\"", "\"121\""),
      id_of("\"sequence\":2", "\"sequence\":3"),
      id_of("231050,", "231051,"),
      id_of("2026-01-30", "2026-01-29"),
      id_of("4100237781", "4100237782"),
      id_of("\"smp\":4", "\"smp\":5"),
      id_of("RETRACTED", "ASSERTED"),
      id_of({}, {}, 2),
  };
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace
}  // namespace ig::adapters::formats
