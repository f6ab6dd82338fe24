#include "adapters/formats/receipts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::ports::Receipt;
using core::ports::ReceiptOutcome;

Result<Receipt> read(const std::string& text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_receipt(*value);
}

TEST(Receipts, AreTheSameWhenReadAndWritten) {
  for (const std::string text :
       {R"({})", R"({"outcome":"RECEIVED"})", R"({"outcome":"NOT_APPLIED","reason":"CASE_CLOSED"})",
        R"({"outcome":"APPLIED","duplicate":true,"in_force":{"basis":"HISTORIC",)"
        R"("tax_year":"2025-26","annual_pence":3640000,"weekly_pence":69808,)"
        R"("since":"2026-12-01"},"review_date":"2027-12-01"})"}) {
    const auto receipt = read(text);
    ASSERT_TRUE(receipt.has_value()) << text;
    std::string out;
    write_receipt(out, *receipt);
    EXPECT_EQ(out, text);
  }
}

TEST(Receipts, TakeTheReviewDateFromTheFigureBeforeTheReceipt) {
  const auto receipt =
      read(R"({"review_date":"2027-01-01","in_force":{"basis":"CURRENT","weekly_pence":5,)"
           R"("review_date":"2027-12-01"}})");
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->review_date, core::values::Date::of(2027, 12, 1));
}

TEST(Receipts, IgnoreWhatTheyDoNotKnow) {
  const auto receipt = read(R"({"outcome":null,"reason":null,"in_force":null,"more":{"a":[1]}})");
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->outcome, ReceiptOutcome::none);
  EXPECT_FALSE(receipt->in_force.has_value());
}

TEST(Receipts, KeepAReasonShortAndOnOneLine) {
  const auto lines = read(R"({"reason":"a\nb\tc"})");
  ASSERT_TRUE(lines.has_value());
  EXPECT_EQ(lines->reason, "a b c");
  std::string accents;
  for (std::size_t i = 0; i < core::base::limits::id_bytes_max; ++i) accents += "\xc3\xa9";
  const auto cut = read(R"({"reason":"x)" + accents + R"("})");
  ASSERT_TRUE(cut.has_value());
  EXPECT_EQ(cut->reason.size(), core::base::limits::id_bytes_max - 1);
  EXPECT_TRUE(cut->reason.ends_with("\xc3\xa9"));
}

TEST(Receipts, NameThePlaceOfWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"outcome":"DONE"})", "/outcome"},
      {R"({"outcome":1})", "/outcome"},
      {R"({"duplicate":"true"})", "/duplicate"},
      {R"({"reason":7})", "/reason"},
      {R"({"review_date":"1 May"})", "/review_date"},
      {R"({"in_force":{"basis":"CURRENT","weekly_pence":1.5}})", "/in_force/weekly_pence"},
      {R"({"in_force":{"weekly_pence":1}})", "/in_force/basis"},
      {R"({"in_force":{"basis":"CURRENT","weekly_pence":1,"review_date":1}})",
       "/in_force/review_date"}};
  for (const auto& [text, field] : cases) {
    const auto receipt = read(text);
    ASSERT_FALSE(receipt.has_value()) << text;
    EXPECT_EQ(receipt.error().field, field) << text;
  }
  EXPECT_FALSE(read("[]").has_value());
}

}  // namespace
}  // namespace ig::adapters::formats
