#include "adapters/formats/error_line.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;

TEST(ErrorLine, IsWrittenAsTheContractSays) {
  std::string out;
  write_error_line(out, "r-1", 7, {ErrorCode::INVALID_MONEY, "/a/b", "a \"rule\""});
  EXPECT_EQ(out,
            "{\"id\":\"r-1\",\"line\":7,\"error\":{\"code\":\"INVALID_MONEY\",\"field\":\"/a/b\","
            "\"message\":\"a \\\"rule\\\"\"}}\n");
}

TEST(ErrorLine, HasANullIdWhereNoneWasReadable) {
  std::string out;
  write_error_line(out, "", 1, {ErrorCode::MALFORMED_JSON, "", "x"});
  EXPECT_EQ(out.rfind("{\"id\":null,\"line\":1,", 0), 0U);
}

TEST(ErrorLine, FindsTheIdOfARecordThatIsWrongOtherwise) {
  wire::json::Reader reader;
  EXPECT_EQ(readable_id(*reader.read(R"({"kind":1,"id":"a"})")), "a");
  EXPECT_EQ(readable_id(*reader.read(R"({"id":7})")), "");
  EXPECT_EQ(readable_id(*reader.read(R"({"id":null})")), "");
  EXPECT_EQ(readable_id(*reader.read("[]")), "");
  EXPECT_EQ(readable_id(*reader.read(R"({"id":")" + std::string(201, 'a') + "\"}")), "");
}

}  // namespace
}  // namespace ig::adapters::formats
