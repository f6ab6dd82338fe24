#include "adapters/formats/fields.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using wire::json::Document;
using wire::json::Reader;

Document object(const std::string& text) {
  Reader reader;
  auto value = reader.read(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value ? *std::move(value) : Document();
}

TEST(Fields, KeepTheFirstErrorAndItsPlace) {
  const Document value = object(R"({"a":{"b/c~":[{"d":1.5}]}})");
  FirstError error;
  Fields fields(value, error, "/top");
  Fields inner = fields.object("a");
  ASSERT_EQ(inner.count("b/c~"), 1U);
  Fields item = inner.item("b/c~", 0);
  item.pence("d");
  item.pence("none");
  ASSERT_TRUE(error.failed());
  const auto first = error.take();
  EXPECT_EQ(first.code, ErrorCode::INVALID_MONEY);
  EXPECT_EQ(first.field, "/top/a/b~1c~0/0/d");
}

TEST(Fields, GiveDefaultsForWhatIsAbsent) {
  const Document value = object(R"({"n":null})");
  FirstError error;
  Fields fields(value, error);
  EXPECT_FALSE(fields.has("n"));
  EXPECT_FALSE(fields.text_if("n").has_value());
  EXPECT_FALSE(fields.pence_if("n").has_value());
  EXPECT_FALSE(fields.integer_if("n", 0, 1).has_value());
  EXPECT_FALSE(fields.boolean_if("n").has_value());
  EXPECT_FALSE(fields.date_if("n").has_value());
  EXPECT_FALSE(fields.instant_if("n").has_value());
  EXPECT_FALSE(fields.tax_year_if("n").has_value());
  EXPECT_FALSE(fields.object_if("n").has_value());
  EXPECT_TRUE(fields.texts("n").empty());
  EXPECT_EQ(fields.count("n"), 0U);
  EXPECT_FALSE(error.failed());
}

TEST(Fields, NeedWhatIsAskedForWithoutIf) {
  const Document value = object("{}");
  const auto missing = [&](auto&& ask) {
    FirstError error;
    Fields fields(value, error);
    ask(fields);
    ASSERT_TRUE(error.failed());
    EXPECT_EQ(error.take().code, ErrorCode::MISSING_MEMBER);
  };
  missing([](Fields& f) { f.text("x"); });
  missing([](Fields& f) { f.pence("x"); });
  missing([](Fields& f) { f.signed_pence("x"); });
  missing([](Fields& f) { f.integer("x", 0, 1); });
  missing([](Fields& f) { f.boolean("x"); });
  missing([](Fields& f) { f.date("x"); });
  missing([](Fields& f) { f.instant("x"); });
  missing([](Fields& f) { f.tax_year("x"); });
  missing([](Fields& f) { f.object("x"); });
}

TEST(Fields, RefuseOtherTypes) {
  const Document value = object(R"({"x":[1]})");
  const auto refused = [&](auto&& ask) {
    FirstError error;
    Fields fields(value, error);
    ask(fields);
    ASSERT_TRUE(error.failed());
    EXPECT_EQ(error.take().code, ErrorCode::WRONG_TYPE);
  };
  refused([](Fields& f) { f.text("x"); });
  refused([](Fields& f) { f.pence("x"); });
  refused([](Fields& f) { f.integer("x", 0, 1); });
  refused([](Fields& f) { f.boolean("x"); });
  refused([](Fields& f) { f.date("x"); });
  refused([](Fields& f) { f.instant("x"); });
  refused([](Fields& f) { f.tax_year("x"); });
  refused([](Fields& f) { f.object("x"); });
  refused([](Fields& f) { f.texts("x"); });
  refused([](Fields& f) { f.item("x", 0); });
}

TEST(Fields, ReadSignedSumsBothWays) {
  const Document value = object(R"({"a":-9999999999999,"b":-10000000000000})");
  FirstError error;
  Fields fields(value, error);
  EXPECT_EQ(fields.signed_pence("a").in_pence(), -9'999'999'999'999);
  EXPECT_FALSE(error.failed());
  fields.signed_pence("b");
  EXPECT_EQ(error.take().code, ErrorCode::MONEY_OUT_OF_RANGE);
}

TEST(Fields, TellAFarDateFromOneThatIsNone) {
  for (const char* far : {"1899-12-31", "2100-01-01", "2104-02-29"}) {
    const Document value = object(std::string(R"({"x":")") + far + "\"}");
    FirstError error;
    Fields(value, error).date("x");
    EXPECT_EQ(error.take().code, ErrorCode::DATE_OUT_OF_RANGE) << far;
  }
  for (const char* none : {"2100-02-29", "abcd-01-01", "2100-1-01", "20a0-01-01", "+100-01-01"}) {
    const Document value = object(std::string(R"({"x":")") + none + "\"}");
    FirstError error;
    Fields(value, error).date("x");
    EXPECT_EQ(error.take().code, ErrorCode::INVALID_DATE) << none;
  }
}

TEST(Fields, TakeNothingButAnObject) {
  const Document value = object("[]");
  FirstError error;
  const Fields fields(value, error);
  EXPECT_EQ(error.take().code, ErrorCode::WRONG_TYPE);
  EXPECT_FALSE(fields.has("x"));
}

TEST(Fields, LimitTexts) {
  const Document value = object(R"({"x":"abc","y":["abc",""]})");
  FirstError error;
  Fields fields(value, error);
  EXPECT_EQ(fields.text("x", 3), "abc");
  EXPECT_FALSE(error.failed());
  fields.text("x", 2);
  EXPECT_EQ(error.take().code, ErrorCode::INVALID_TEXT);
  FirstError second;
  Fields(value, second).texts("y");
  EXPECT_EQ(second.take().code, ErrorCode::INVALID_TEXT);
}

}  // namespace
}  // namespace ig::adapters::formats
