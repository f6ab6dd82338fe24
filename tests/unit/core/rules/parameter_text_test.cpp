#include "core/rules/parameter_text.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

TEST(ParameterText, WritesEachKindOfValueAsAReaderSeesIt) {
  EXPECT_EQ(text(ParameterValue(std::int64_t{30})), "30");
  EXPECT_EQ(text(ParameterValue(true)), "on");
  EXPECT_EQ(text(ParameterValue(false)), "off");
  EXPECT_EQ(text(ParameterValue(Ratio{1, 4})), "1/4");
  EXPECT_EQ(text(ParameterValue(std::string("AT_LEAST"))), "AT_LEAST");
  EXPECT_EQ(text(ParameterValue(std::vector<std::int64_t>{120, 160})), "120, 160");
  EXPECT_EQ(text(ParameterValue(std::vector<std::string>{"UC", "PC"})), "UC, PC");
  EXPECT_EQ(text(ParameterValue(std::vector<std::string>{})), "none");
}

TEST(ParameterText, NamesStatusAndJurisdiction) {
  EXPECT_EQ(text(ParameterStatus::in_force), "in force");
  EXPECT_EQ(text(ParameterStatus::unconfirmed), "unconfirmed");
  EXPECT_EQ(text(ParameterStatus::proposed), "proposed");
  using Where = std::optional<facts::Jurisdiction>;
  EXPECT_EQ(text(Where()), "GB NI");
  EXPECT_EQ(text(Where(facts::Jurisdiction::gb)), "GB");
  EXPECT_EQ(text(Where(facts::Jurisdiction::ni)), "NI");
}

}  // namespace
}  // namespace ig::core::rules
