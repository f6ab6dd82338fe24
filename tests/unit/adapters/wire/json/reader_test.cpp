#include "adapters/wire/json/value.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace ig::adapters::wire::json {
namespace {

using core::base::ErrorCode;

ErrorCode refusal(std::string_view text) {
  Reader reader;
  const auto value = reader.read(text);
  EXPECT_FALSE(value.has_value()) << text;
  return value ? ErrorCode::USAGE : value.error().code;
}

TEST(JsonReader, KeepsTheTextOfEachNumber) {
  Reader reader;
  const auto value =
      reader.read(R"({"a":1234.10,"b":9007199254740993.00,"c":-0,"d":[1e3,4100237781]})");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->find("a")->text(), "1234.10");
  EXPECT_EQ(value->find("b")->text(), "9007199254740993.00");
  EXPECT_EQ(value->find("c")->text(), "-0");
  EXPECT_EQ(value->find("d")->items()[0].text(), "1e3");
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  Reader reader;
  const auto value =
      reader.read(R"( {"s":"a\u00e9\n\"b","t":true,"f":false,"n":null,"o":{"x":[]},"e":""} )");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->find("s")->text(), "a\xc3\xa9\n\"b");
  EXPECT_TRUE(value->find("t")->as_bool());
  EXPECT_FALSE(value->find("f")->as_bool());
  EXPECT_EQ(value->find("n"), nullptr);
  EXPECT_TRUE(value->find("o")->find("x")->is(Value::Kind::array));
  EXPECT_EQ(value->find("e")->text(), "");
}

TEST(JsonReader, UnescapesNamesAndTexts) {
  Reader reader;
  const auto value =
      reader.read(R"({"a\/b":"plain","\u00e9":"\ud83d\ude00","c" : "x\ty" ,"d":[] })");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->find("a/b")->text(), "plain");
  EXPECT_EQ(value->find("\xc3\xa9")->text(), "\xf0\x9f\x98\x80");
  EXPECT_EQ(value->find("c")->text(), "x\ty");
  EXPECT_TRUE(value->find("d")->items().empty());
  EXPECT_EQ(value->members()[2].name, "c");
  EXPECT_EQ(refusal(R"({"a":1,"\u0061":2})"), ErrorCode::DUPLICATE_MEMBER);
  EXPECT_EQ(refusal(R"({"\x":1})"), ErrorCode::MALFORMED_JSON);
  EXPECT_EQ(refusal(R"({"a":"\ud83d"})"), ErrorCode::MALFORMED_JSON);
}

TEST(JsonReader, GivesDocumentsThatNeedNeitherTextNorReader) {
  Document kept;
  EXPECT_TRUE(kept.is(Value::Kind::null));
  {
    Reader reader;
    std::string text = R"({"a":"first","b":[1,{"c":"\n"}]})";
    kept = *reader.read(text);
    text.assign(text.size(), '#');
    ASSERT_TRUE(reader.read(R"({"a":"second, and longer than the first one was","b":[2]})"));
  }
  const Value* list = kept.find("b");
  Document moved = std::move(kept);
  EXPECT_EQ(moved.find("a")->text(), "first");
  EXPECT_EQ(moved.find("b"), list) << "the parts stay where they are";
  EXPECT_EQ(list->items()[1].find("c")->text(), "\n");
  EXPECT_TRUE(Value::empty_object().members().empty());
}

TEST(JsonReader, RefusesWhatIsNotOneObjectOrArray) {
  for (const std::string_view text : {"",
                                      "  ",
                                      "nul",
                                      "1",
                                      "\"a\"",
                                      "{",
                                      "[1",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "[1,]",
                                      "[1 2]",
                                      "{\"a\":1} x",
                                      "{\"a\":1}{\"b\":2}",
                                      "[01]",
                                      "[+1]",
                                      "[1.]",
                                      "[.5]",
                                      "[1e]",
                                      "[NaN]",
                                      "[tru]",
                                      "[truee]",
                                      "[\"a]",
                                      "[\"\\x\"]",
                                      "[\"\x01\"]",
                                      "{a:1}",
                                      "[1]]",
                                      "]",
                                      "{\"a\":1]",
                                      "[nullx]",
                                      "[-]",
                                      "[--1]",
                                      "{,}",
                                      "[,]",
                                      "{\"a\":1,,\"b\":2}"}) {
    EXPECT_EQ(refusal(text), ErrorCode::MALFORMED_JSON) << text;
  }
}

TEST(JsonReader, RefusesBytesBehindAZero) {
  EXPECT_EQ(refusal(std::string_view("{\"a\":1}\0garbage", 15)), ErrorCode::MALFORMED_JSON);
}

TEST(JsonReader, RefusesBytesThatAreNotUtf8) {
  EXPECT_EQ(refusal("{\"a\":\"\xff\"}"), ErrorCode::INVALID_UTF8);
  EXPECT_EQ(refusal("{\"a\":\"\xc0\xaf\"}"), ErrorCode::INVALID_UTF8);
}

TEST(JsonReader, RefusesAMemberNamedTwiceAlsoWhenEscaped) {
  EXPECT_EQ(refusal(R"({"a":1,"a":2})"), ErrorCode::DUPLICATE_MEMBER);
  EXPECT_EQ(refusal(R"({"a":1,"\u0061":2})"), ErrorCode::DUPLICATE_MEMBER);
}

TEST(JsonReader, RefusesDeepNestingWithoutFollowingIt) {
  EXPECT_EQ(refusal(std::string(200'000, '[') + std::string(200'000, ']')), ErrorCode::TOO_DEEP);
  const std::string deep(31, '[');
  Reader reader;
  EXPECT_TRUE(reader.read(deep + std::string(31, ']')).has_value());
}

TEST(JsonReader, RefusesEveryCutOfAText) {
  const std::string whole = R"({"a":[1.25,"x\u00e9",{"b":null}],"c":true})";
  Reader reader;
  ASSERT_TRUE(reader.read(whole).has_value());
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    EXPECT_FALSE(reader.read(whole.substr(0, cut)).has_value()) << "cut at byte " << cut;
  }
}

}  // namespace
}  // namespace ig::adapters::wire::json
