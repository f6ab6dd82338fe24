#include "adapters/formats/requests.hpp"

#include "adapters/wire/json/write_value.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;

const std::string kWhole =
    R"({"id":"r-1","context":{"b":1.50,"a":[true,null,"\u00a3"]},"kind":"ANNUAL_REVIEW",)"
    R"("effective_date":"2026-12-01","jurisdiction":"NI","as_of":"2026-11-01",)"
    R"("anchor_date":"2026-12-01","historic":{"status":"AVAILABLE","tax_year":"2025-26",)"
    R"("annual_pence":2700000,"source":"SA","relief_at_source":{"annual_pence":100,)"
    R"("requested":true,"evidenced":false}},"current":{"status":"KNOWN","evidence":"VERIFIED",)"
    R"("weekly_pence":50000,"exact_weekly":{"numerator":100001,"denominator":2}},)"
    R"("in_force":{"basis":"CURRENT_ESTIMATE","weekly_pence":1,"tax_year":"2024-25",)"
    R"("annual_pence":2,"since":"2025-12-01","review_date":"2026-12-01"},)"
    R"("used":[{"tax_year":"2023-24","annual_pence":3}],"variation_in_force":true})";

Result<RequestLine> read(const std::string& text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_request(*value);
}

/// The whole request with one piece of text put for another.
std::string with(std::string_view from, std::string_view to) {
  std::string out = kWhole;
  const auto at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

TEST(Requests, KeepEveryMemberThereAndBack) {
  const auto first = read(kWhole);
  ASSERT_TRUE(first.has_value()) << first.error().field;
  EXPECT_EQ(first->context_json, "{\"b\":1.50,\"a\":[true,null,\"\xc2\xa3\"]}");
  std::string once;
  write_request(once, first->request, first->context_json);
  const auto second = read(once);
  ASSERT_TRUE(second.has_value()) << second.error().field;
  std::string twice;
  write_request(twice, second->request, second->context_json);
  EXPECT_EQ(once, twice);
  EXPECT_EQ(once.size(), std::string(kWhole).size() - 4);  // the pound sign, no longer escaped
  EXPECT_EQ(second->request.used.size(), 1U);
  EXPECT_EQ(second->request.in_force->review_date->text(), "2026-12-01");
  EXPECT_FALSE(second->request.historic.relief_at_source->evidenced);
  EXPECT_EQ(static_cast<long>(second->request.current->exact_weekly->numerator()), 100'001);
}

TEST(Requests, TakeNullAndAbsentForNotKnown) {
  const auto bare = read(
      R"({"id":"x","kind":"INITIAL","effective_date":"2026-12-01","current":null,"historic":null,)"
      R"("context":null,"used":null,"in_force":null,"as_of":null,"new_member":{"a":1}})");
  ASSERT_TRUE(bare.has_value()) << bare.error().field;
  EXPECT_EQ(bare->request.historic.status, core::facts::FigureStatus::not_asked);
  EXPECT_EQ(bare->request.jurisdiction, core::facts::Jurisdiction::gb);
  EXPECT_FALSE(bare->request.current.has_value());
  EXPECT_FALSE(bare->request.variation_in_force);
  EXPECT_TRUE(bare->context_json.empty());
}

TEST(Requests, TakeUnknownCurrentIncomeForNone) {
  const auto line = read(with(R"("status":"KNOWN")", R"("status":"UNKNOWN")"));
  ASSERT_TRUE(line.has_value());
  EXPECT_FALSE(line->request.current.has_value());
}

TEST(Requests, RefuseWhatIsWrongWithPlaceAndRule) {
  const struct {
    std::string_view from, to, field;
    ErrorCode code;
  } cases[] = {
      {R"("id":"r-1",)", "", "/id", ErrorCode::MISSING_MEMBER},
      {R"("id":"r-1")", R"("id":7)", "/id", ErrorCode::WRONG_TYPE},
      {R"("id":"r-1")", R"("id":"")", "/id", ErrorCode::INVALID_TEXT},
      {R"({"b":1.50,"a":[true,null,"\u00a3"]})", "[]", "/context", ErrorCode::WRONG_TYPE},
      {"ANNUAL_REVIEW", "YEARLY", "/kind", ErrorCode::UNKNOWN_CODE},
      {"\"ANNUAL_REVIEW\"", "3", "/kind", ErrorCode::WRONG_TYPE},
      {R"("effective_date":"2026-12-01",)", "", "/effective_date", ErrorCode::MISSING_MEMBER},
      {R"("effective_date":"2026-12-01")", R"("effective_date":"2012-12-09")", "/effective_date",
       ErrorCode::DATE_OUT_OF_RANGE},
      {R"("effective_date":"2026-12-01")", R"("effective_date":"2100-01-01")", "/effective_date",
       ErrorCode::DATE_OUT_OF_RANGE},
      {R"("effective_date":"2026-12-01")", R"("effective_date":"2026-02-29")", "/effective_date",
       ErrorCode::INVALID_DATE},
      {R"("effective_date":"2026-12-01")", R"("effective_date":"2026-12-1")", "/effective_date",
       ErrorCode::INVALID_DATE},
      {"\"NI\"", "\"UK\"", "/jurisdiction", ErrorCode::UNKNOWN_CODE},
      {"\"AVAILABLE\"", "\"YES\"", "/historic/status", ErrorCode::UNKNOWN_CODE},
      {R"("tax_year":"2025-26")", R"("tax_year":"25-26")", "/historic/tax_year",
       ErrorCode::INVALID_TAX_YEAR},
      {R"("tax_year":"2025-26")", R"("tax_year":"2025-27")", "/historic/tax_year",
       ErrorCode::INVALID_TAX_YEAR},
      {"2700000", "-1", "/historic/annual_pence", ErrorCode::MONEY_OUT_OF_RANGE},
      {"2700000", "10000000000000", "/historic/annual_pence", ErrorCode::MONEY_OUT_OF_RANGE},
      {"2700000", "99999999999999999999", "/historic/annual_pence", ErrorCode::MONEY_OUT_OF_RANGE},
      {"2700000", "27e5", "/historic/annual_pence", ErrorCode::INVALID_MONEY},
      {"2700000", "2700000.0", "/historic/annual_pence", ErrorCode::INVALID_MONEY},
      {"2700000", "\"2700000\"", "/historic/annual_pence", ErrorCode::WRONG_TYPE},
      {"\"SA\"", "\"P60\"", "/historic/source", ErrorCode::UNKNOWN_CODE},
      {R"("annual_pence":100,)", "", "/historic/relief_at_source/annual_pence",
       ErrorCode::MISSING_MEMBER},
      {R"("requested":true)", R"("requested":1)", "/historic/relief_at_source/requested",
       ErrorCode::WRONG_TYPE},
      {R"("status":"KNOWN",)", "", "/current/status", ErrorCode::MISSING_MEMBER},
      {R"("evidence":"VERIFIED",)", "", "/current/evidence", ErrorCode::MISSING_MEMBER},
      {R"("weekly_pence":50000,)", "", "/current/weekly_pence", ErrorCode::MISSING_MEMBER},
      {R"("denominator":2)", R"("denominator":0)", "/current/exact_weekly/denominator",
       ErrorCode::INVALID_NUMBER},
      {"100001", "-1", "/current/exact_weekly/numerator", ErrorCode::INVALID_NUMBER},
      {"100001", "1000000000000000001", "/current/exact_weekly/numerator",
       ErrorCode::INVALID_NUMBER},
      {"CURRENT_ESTIMATE", "DEFAULT", "/in_force/basis", ErrorCode::UNKNOWN_CODE},
      {R"("weekly_pence":1,)", "", "/in_force/weekly_pence", ErrorCode::MISSING_MEMBER},
      {R"("since":"2025-12-01")", R"("since":"then")", "/in_force/since", ErrorCode::INVALID_DATE},
      {R"({"tax_year":"2023-24","annual_pence":3})", "7", "/used/0", ErrorCode::WRONG_TYPE},
      {R"("tax_year":"2023-24",)", "", "/used/0/tax_year", ErrorCode::MISSING_MEMBER},
      {R"("annual_pence":3)", R"("annual_pence":"3")", "/used/0/annual_pence",
       ErrorCode::WRONG_TYPE},
      {R"("variation_in_force":true)", R"("variation_in_force":"no")", "/variation_in_force",
       ErrorCode::WRONG_TYPE},
  };
  for (const auto& one : cases) {
    const auto line = read(with(one.from, one.to));
    ASSERT_FALSE(line.has_value()) << one.from << " -> " << one.to;
    EXPECT_EQ(name(line.error().code), name(one.code)) << one.from << " -> " << one.to;
    EXPECT_EQ(line.error().field, one.field);
    EXPECT_EQ(line.error().message.find("2700000"), std::string::npos) << "shows a value";
  }
}

TEST(Requests, TakeTheEndsOfTheirRanges) {
  EXPECT_TRUE(read(with("2700000", "9999999999999")).has_value());
  EXPECT_TRUE(read(with("2700000", "0")).has_value());
  EXPECT_TRUE(read(with("2700000", "-0")).has_value());
  EXPECT_TRUE(read(with("100001", "1000000000000000000")).has_value());
  for (const char* day : {"2012-12-10", "2099-12-31"}) {
    EXPECT_TRUE(read(with(R"("effective_date":"2026-12-01")",
                          std::string(R"("effective_date":")") + day + "\""))
                    .has_value())
        << day;
  }
}

TEST(Requests, RefuseEveryCutOfALine) {
  for (std::size_t cut = 0; cut < kWhole.size(); ++cut) {
    EXPECT_FALSE(read(kWhole.substr(0, cut)).has_value()) << "cut at byte " << cut;
  }
}

TEST(Requests, GiveNoFalseAnswerWhicheverByteIsLost) {
  int taken = 0;
  for (std::size_t at = 0; at < kWhole.size(); ++at) {
    const auto line = read(std::string(kWhole).erase(at, 1));
    if (!line) continue;
    ++taken;  // a letter of a text, a digit of a sum, or the name of an optional member
    std::string again;
    write_request(again, line->request, line->context_json);
    EXPECT_TRUE(read(again).has_value()) << "byte " << at;
  }
  EXPECT_GT(taken, 0);
}

}  // namespace
}  // namespace ig::adapters::formats
