#include "adapters/formats/cases.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::tests::unit::adapters::formats {
namespace {

namespace subject = ig::adapters::formats;
using core::base::ErrorCode;
using core::base::Result;
using core::facts::Basis;
using core::facts::CaseRecord;
using core::values::Date;
using core::values::Money;

/// The example of contracts.md ("Case"), member for member.
const std::string kExample =
    R"({"case_system":"cms","case":"100000000017","paying_parent":"PP1","version":7,)"
    R"("sent_at":"2025-12-02T06:00:00Z","status":"OPEN","jurisdiction":"GB",)"
    R"("collection":"COLLECT_AND_PAY","person":{"nino":"NA000799C","forename":"Amanda",)"
    R"("second_forename":"Jane","surname":"Joseph","date_of_birth":"1960-01-15","gender":"F"},)"
    R"("safety":"NORMAL","initial_effective_date":"2023-12-01","review_date":"2026-12-01",)"
    R"("reg9a_notified_on":"2025-12-03","variation_in_force":false,)"
    R"("in_force":{"basis":"HISTORIC","tax_year":"2024-25","annual_pence":2700000,)"
    R"("parts":{"employment":2700000},"weekly_pence":51781,"effective_date":"2025-12-01",)"
    R"("since":"2025-12-01"}})";

Result<CaseRecord> read(const std::string& text) {
  ig::adapters::wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return subject::read_case(*value);
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = kExample;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(CaseLine, ReadsTheExampleOfTheContract) {
  const auto record = read(kExample);
  ASSERT_TRUE(record.has_value()) << record.error().field << record.error().message;
  EXPECT_EQ(record->key.case_id, "100000000017");
  EXPECT_EQ(record->version, 7);
  EXPECT_EQ(record->collection, core::facts::Collection::collect_and_pay);
  EXPECT_EQ(record->person.nino->reveal().reveal(), "NA000799C");
  EXPECT_EQ(record->person.date_of_birth->reveal(), Date::of(1960, 1, 15));
  EXPECT_EQ(record->reg9a_notified_on, Date::of(2025, 12, 3));
  EXPECT_EQ(record->in_force->basis, Basis::historic);
  EXPECT_EQ(record->in_force->weekly, Money::pence(51781));
  EXPECT_EQ(record->in_force->parts.at("employment"), Money::pence(2700000));
}

TEST(CaseLine, WritesWhatItReadByteForByte) {
  std::string out;
  subject::write_case(out, *read(kExample));
  EXPECT_EQ(out, kExample);
}

TEST(CaseLine, NullIsAbsentAndUnknownMembersAreIgnored) {
  const auto record = read(with(R"("review_date":"2026-12-01")", R"("review_date":null,"x":[1])"));
  ASSERT_TRUE(record.has_value());
  EXPECT_FALSE(record->review_date.has_value());
}

TEST(CaseLine, FormerSurnamesComeBackAsTheyWere) {
  const std::string text =
      with(R"("Joseph",)", R"("Joseph","other_surnames":["Baker","de la Tour"],)");
  const auto record = read(text);
  ASSERT_TRUE(record.has_value()) << record.error().field;
  ASSERT_EQ(record->person.other_surnames.size(), 2U);
  EXPECT_EQ(record->person.other_surnames[1].reveal(), "de la Tour");
  std::string out;
  subject::write_case(out, *record);
  EXPECT_EQ(out, text);
}

TEST(CaseLine, ACaseNeedsNoFigureYet) {
  const auto record =
      read(R"({"case_system":"cms","case":"1","paying_parent":"PP1","version":1,)"
           R"("sent_at":"2025-12-02T06:00:00Z","status":"OPEN","person":{"nino":"NA000799"}})");
  ASSERT_TRUE(record.has_value()) << record.error().field;
  EXPECT_FALSE(record->in_force.has_value());
  EXPECT_EQ(record->jurisdiction, core::facts::Jurisdiction::gb);
}

TEST(CaseLine, NumbersThatNameNobodyForCertainAreReadForTheImporterToHold) {
  for (const char* text : {"OO123456A", "TN310855M", "11A11111", "AB123456C"}) {
    EXPECT_TRUE(read(with("NA000799C", text)).has_value()) << text;
  }
}

struct Bad {
  const char* from;
  const char* to;
  ErrorCode code;
  const char* field;
};

TEST(CaseLine, SaysWhatIsWrongAndWhereAndNeverTheValue) {
  const Bad all[] = {
      {R"("case":"100000000017",)", "", ErrorCode::MISSING_MEMBER, "/case"},
      {R"("version":7)", R"("version":"7")", ErrorCode::WRONG_TYPE, "/version"},
      {R"("version":7)", R"("version":7.5)", ErrorCode::INVALID_NUMBER, "/version"},
      {"2025-12-02T06:00:00Z", "2025-13-02T06:00:00Z", ErrorCode::INVALID_INSTANT, "/sent_at"},
      {R"("OPEN")", R"("AJAR")", ErrorCode::UNKNOWN_CODE, "/status"},
      {"NA000799C", "QQ123456C", ErrorCode::INVALID_NINO, "/person/nino"},
      {R"("nino":"NA000799C",)", "", ErrorCode::MISSING_MEMBER, "/person/nino"},
      {"1960-01-15", "1960-02-30", ErrorCode::INVALID_DATE, "/person/date_of_birth"},
      {R"("gender":"F")", R"("gender":"Q")", ErrorCode::UNKNOWN_CODE, "/person/gender"},
      {"51781", "51781.5", ErrorCode::INVALID_MONEY, "/in_force/weekly_pence"},
      {"51781", "1e3", ErrorCode::INVALID_MONEY, "/in_force/weekly_pence"},
      {"51781", "-1", ErrorCode::MONEY_OUT_OF_RANGE, "/in_force/weekly_pence"},
      {R"("weekly_pence":51781,)", "", ErrorCode::MISSING_MEMBER, "/in_force/weekly_pence"},
      {R"("employment":2700000)", R"("employment":"a")", ErrorCode::WRONG_TYPE,
       "/in_force/parts/employment"},
      {"2024-25", "2024-26", ErrorCode::INVALID_TAX_YEAR, "/in_force/tax_year"},
      {R"("Joseph")", R"("Jo\u0000seph")", ErrorCode::INVALID_TEXT, "/person/surname"},
      {R"("Joseph",)", R"("Joseph","other_surnames":"Baker",)", ErrorCode::WRONG_TYPE,
       "/person/other_surnames"},
      {R"("Joseph",)", R"("Joseph","other_surnames":["Ba\u000aker"],)", ErrorCode::INVALID_TEXT,
       "/person/other_surnames"},
      {R"("Joseph",)", R"("Joseph","other_surnames":["A","B","C","D","E","F"],)",
       ErrorCode::TOO_MANY, "/person/other_surnames"},
  };
  for (const Bad& bad : all) {
    const auto record = read(with(bad.from, bad.to));
    ASSERT_FALSE(record.has_value()) << bad.to;
    EXPECT_EQ(record.error().code, bad.code) << bad.to << " " << name(record.error().code);
    EXPECT_EQ(record.error().field, bad.field) << bad.to;
    for (const char* secret : {"QQ123456C", "1960-02-30", "51781", "NA000799C"}) {
      EXPECT_EQ(record.error().message.find(secret), std::string::npos) << secret;
    }
  }
}

TEST(CaseLine, CutAnywhereItIsRefused) {
  for (std::size_t length = 0; length < kExample.size(); ++length) {
    EXPECT_FALSE(read(kExample.substr(0, length)).has_value()) << length;
  }
}

TEST(FigureInForce, ABasisThatIsNotIncomeNeedsNoSum) {
  ig::adapters::wire::json::Reader reader;
  const auto figure = subject::read_in_force(*reader.read(R"({"basis":"DEFAULT"})"));
  ASSERT_TRUE(figure.has_value());
  EXPECT_FALSE(figure->weekly.has_value());
  const auto income = subject::read_in_force(*reader.read(R"({"basis":"CURRENT"})"));
  ASSERT_FALSE(income.has_value());
  EXPECT_EQ(income.error().field, "/weekly_pence");
}

TEST(FigureInForce, IsWrittenAsItWasRead) {
  const std::string text =
      R"({"basis":"CURRENT","weekly_pence":70001,"effective_date":"2026-02-01"})";
  ig::adapters::wire::json::Reader reader;
  std::string out;
  subject::write_in_force(out, *subject::read_in_force(*reader.read(text)));
  EXPECT_EQ(out, text);
}

}  // namespace
}  // namespace ig::tests::unit::adapters::formats
