#include "adapters/formats/interest.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;

Result<ListedLine> listed(std::string_view text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_listed(*value);
}

TEST(InterestLines, AreWrittenAsTheSchemaHasThem) {
  std::string out;
  const auto nino = core::values::Nino::parse("JG103759A").value();
  write_interest_request(out, false, nino);
  write_interest_request(out, true, nino);
  write_interest_end(out, 1, 2);
  EXPECT_EQ(out,
            "{\"op\":\"REGISTER\",\"nino\":\"JG103759A\"}\n"
            "{\"op\":\"DROP\",\"nino\":\"JG103759A\"}\n"
            "{\"end\":true,\"register\":1,\"drop\":2}\n");
}

TEST(InterestLines, AreReadAsANumberOrAsTheEnd) {
  const auto number = listed(R"({"nino":"JG103759"})");
  ASSERT_TRUE(number.has_value());
  EXPECT_EQ(number->nino->reveal().first_eight(), "JG103759");
  const auto end = listed(R"({"end":true,"count":17})");
  ASSERT_TRUE(end.has_value());
  EXPECT_FALSE(end->nino.has_value());
  EXPECT_EQ(end->count, 17);
}

TEST(InterestLines, RefuseALineThatIsNeitherANumberNorAnEnd) {
  EXPECT_EQ(listed(R"({})").error().code, ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(listed(R"({"nino":"12345678"})").error().code, ErrorCode::INVALID_NINO);
  EXPECT_EQ(listed(R"({"end":true})").error().code, ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(listed(R"({"end":true,"count":-1})").error().code, ErrorCode::INVALID_NUMBER);
  EXPECT_EQ(listed(R"([1])").error().code, ErrorCode::WRONG_TYPE);
}

}  // namespace
}  // namespace ig::adapters::formats
