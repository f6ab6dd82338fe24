#include "adapters/formats/ledger_lines.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;

const std::string kWhole =
    R"({"person":"p-000000017","nino":"NA000799C","as_of":"2026-02-10","weekly_pence":53173,)"
    R"("exact_weekly":{"numerator":3881640,"denominator":73},"deductible_weekly_pence":2767,)"
    R"("confidence":"HIGH","notes":["SEEN_TWICE"],)"
    R"("coverage":{"employment":true,"pension":true,"self_employment":false},"employments":[)"
    R"({"office":"120","reference":"XB4471","sequence":2,"payroll_id":"E17",)"
    R"("employer":"Harbour Tools Ltd","status":"ACTIVE","frequency":"M1","weekly_pence":53173,)"
    R"("exact_weekly":{"numerator":3881640,"denominator":73},"deductible_weekly_pence":2767,)"
    R"("window":{"from":"2025-11-01","to":"2026-01-31","payments":["4100237781"]},)"
    R"("method":"SETTLED_PATTERN","confidence":"HIGH","notes":["SEEN_TWICE"],)"
    R"("occupational_pension":true,"started_on":"2024-05-13","last_paid_on":"2026-01-30",)"
    R"("level_since":"2025-11-28"},)"
    R"({"office":"120","reference":"XB4471","status":"ENDED","weekly_pence":null,)"
    R"("confidence":"HIGH","notes":[],"left_on":"2025-12-31"}]})";

Result<LedgerLine> read(const std::string& text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_ledger_line(*value);
}

std::string with(std::string_view from, std::string_view to) {
  std::string out = kWhole;
  const auto at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

TEST(LedgerLines, KeepEveryMemberThereAndBack) {
  const auto line = read(kWhole);
  ASSERT_TRUE(line.has_value()) << line.error().field;
  std::string out;
  write_ledger_line(out, *line);
  EXPECT_EQ(out, kWhole);
}

TEST(LedgerLines, NullIsNotZero) {
  const auto none = read(with(R"("weekly_pence":53173,"exact_weekly":{"numerator":3881640,)"
                              R"("denominator":73},"deductible_weekly_pence":2767,"confidence")",
                              R"("weekly_pence":null,"confidence")"));
  ASSERT_TRUE(none.has_value()) << none.error().field;
  EXPECT_FALSE(none->income.exact_weekly.has_value());
}

TEST(LedgerLines, RefuseWhatCannotBe) {
  struct Row {
    std::string_view from;
    std::string_view to;
    std::string_view field;
    ErrorCode code;
  };
  const Row rows[] = {
      {R"("weekly_pence":53173,)", R"("weekly_pence":53174,)", "/exact_weekly",
       ErrorCode::CONTRADICTION},
      {R"("denominator":73)", R"("denominator":0)", "/exact_weekly/denominator",
       ErrorCode::INVALID_NUMBER},
      {R"("as_of":"2026-02-10",)", "", "/as_of", ErrorCode::MISSING_MEMBER},
      {R"("NA000799C")", R"("QQ123456C")", "/nino", ErrorCode::INVALID_NINO},
      {R"("p-000000017")", R"("p-17")", "/person", ErrorCode::INVALID_TEXT},
      {R"("person":"p-000000017","nino":"NA000799C",)", "", "/nino", ErrorCode::NO_PERSON},
      {R"("frequency":"M1")", R"("frequency":"M2")", "/employments/0/frequency",
       ErrorCode::UNKNOWN_CODE},
      {R"("status":"ENDED")", R"("status":"GONE")", "/employments/1/status",
       ErrorCode::UNKNOWN_CODE},
      {R"("from":"2025-11-01",)", "", "/employments/0/window/from", ErrorCode::MISSING_MEMBER}};
  for (const Row& row : rows) {
    const auto line = read(with(row.from, row.to));
    ASSERT_FALSE(line.has_value()) << row.to;
    EXPECT_EQ(line.error().field, row.field);
    EXPECT_EQ(line.error().code, row.code) << row.field;
  }
}

TEST(LedgerLines, EveryCutIsRefused) {
  for (std::size_t length = 0; length < kWhole.size(); ++length) {
    EXPECT_FALSE(read(kWhole.substr(0, length)).has_value()) << length;
  }
}

}  // namespace
}  // namespace ig::adapters::formats
