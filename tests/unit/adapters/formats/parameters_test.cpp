#include "adapters/formats/parameters.hpp"

#include "adapters/wire/crypto/digest.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::facts::Jurisdiction;
using core::values::Date;

/// The built-in file with one piece of text put for another, and why it is refused ("" if not).
std::string refusal(std::string_view from, std::string_view to) {
  std::string text(embedded::parameters_toml);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto digest = wire::crypto::make_digest();
  const auto set = read_parameters(text, *digest);
  if (set) return {};
  EXPECT_EQ(set.error().code, ErrorCode::PARAMETER_INVALID);
  return set.error().message;
}

TEST(ParameterFile, ThatIsBuiltInKeepsItsOwnRules) {
  const auto digest = wire::crypto::make_digest();
  const auto set = embedded_parameters(*digest);
  ASSERT_TRUE(set.has_value()) << set.error().message;
  EXPECT_EQ(set->version().size(), 7U + 64U);
  EXPECT_EQ(set->version().rfind("sha256:", 0), 0U);
  const auto law = set->on(Date::of(2026, 12, 1), Jurisdiction::gb);
  ASSERT_TRUE(law.has_value());
  EXPECT_EQ(law->threshold_historic, (core::rules::Ratio{1, 4}));
  EXPECT_EQ(law->threshold_current, (core::rules::Ratio{1, 4}));
  EXPECT_EQ(law->weekly_divisor, 365);
  EXPECT_EQ(law->weekly_multiplier, 7);
  EXPECT_EQ(law->window_years, 6);
  EXPECT_EQ(law->request_days_before, 30);
  EXPECT_EQ(law->periodic_check_months, 11);
  EXPECT_EQ(law->nil_below.in_pence(), 700);
  EXPECT_EQ(law->flat_up_to.in_pence(), 10'000);
  EXPECT_EQ(law->cap.in_pence(), 300'000);
  EXPECT_TRUE(law->test_current_on_historic);
}

TEST(ParameterFile, ChangesItsVersionWithOneByte) {
  const auto digest = wire::crypto::make_digest();
  const std::string text(embedded::parameters_toml);
  const auto one = read_parameters(text, *digest);
  const auto other = read_parameters(text + "# x\n", *digest);
  ASSERT_TRUE(one.has_value() && other.has_value());
  EXPECT_NE(one->version(), other->version());
}

TEST(ParameterFile, IsRefusedWithLineAndColumn) {
  const struct {
    std::string_view from, to, words;
  } cases[] = {
      {"value = \"1/4\"", "value = \"1/4", "not TOML"},
      {"value = \"1/4\"", "value = 0.25", "a whole number, true, false, a text or a list"},
      {"value = [120, 160, 190]", "value = [120, 160]", "a list of 3 whole numbers"},
      {"value = [120, 160, 190]", "value = [120, 160, 1900]", "each number is 0 to 1000"},
      {"value = [120, 160, 190]", "value = [120, \"x\", 190]", "a list holds"},
      {"value = [120, 160, 190]", "value = [120, 1.5, 190]", "a list holds"},
      {"\"NSP\", \"BSP\", \"CSP\"", "\"NSP\", \"NSP\", \"CSP\"", "stands twice"},
      {"\"NSP\", \"BSP\", \"CSP\"", "\"NSP\", \"ZZZ\", \"CSP\"", "no benefit has the code"},
      {"\"NSP\", \"BSP\", \"CSP\"", "\"NSP\", \"BSP\"", "CSP stands in no list"},
      {"\"NSP\", \"BSP\", \"CSP\"", "\"NSP\", \"BSP\", \"CSP\", \"PIP\"", "stands in another list"},
      {"question = \"A01\"\n", "", "question and other stand together"},
      {"value = \"1/4\"", "value = \"a/4\"", "a part such as"},
      {"value = \"1/4\"", "value = \"1/b\"", "a part such as"},
      {"format = 1", "format = 2", "format = 1"},
      {"format = 1", "format = 1\nother = 2", "format and [[parameter]] only"},
      {"name = \"variance.reg34\"", "name = \"variance.reg35\"", "no parameter has this name"},
      {"name = \"variance.reg34\"", "name = 34", "name is a text"},
      {"name = \"variance.reg34\"\n", "", "the row has no name"},
      {"from = 2012-12-10", "from = \"2012-12-10\"", "a date without quotes"},
      {"from = 2012-12-10", "from = 1812-12-10", "1900 to 2099"},
      {"jurisdiction = \"GB\"", "jurisdiction = \"EU\"", "\"GB\" or \"NI\""},
      {"status = \"in force\"", "status = \"maybe\"", "status is"},
      {"status = \"in force\"", "status = \"in force\"\nextra = 1", "no row has this key"},
      {"unit = \"days\"", "unit = \"weeks\"", "the unit is"},
      {"until = 2013-11-24", "until = 2013-11-23", "a gap"},
      {"until = 2013-11-24", "until = 2013-11-25", "an overlap"},
  };
  for (const auto& one : cases) {
    const std::string message = refusal(one.from, one.to);
    EXPECT_NE(message.find(one.words), std::string::npos) << one.to << ": " << message;
    EXPECT_EQ(message.rfind("line ", 0), 0U) << message;
    EXPECT_NE(message.find(", column "), std::string::npos) << message;
  }
}

TEST(ParameterFile, NamesTheLineOfTheRow) {
  const std::string text(embedded::parameters_toml);
  const auto at = text.find("[[parameter]]");
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
  const std::string message = refusal("name = \"law.instrument\"", "name = \"law.instruments\"");
  EXPECT_EQ(message.rfind("line " + std::to_string(line) + ", column 1", 0), 0U) << message;
}

TEST(ParameterFile, IsRefusedWithoutRows) {
  const auto digest = wire::crypto::make_digest();
  for (const char* text : {"", "format = 1", "format = 1\nparameter = 1",
                           "format = 1\nparameter = [1]", "format = 1\nparameter = []"}) {
    EXPECT_FALSE(read_parameters(text, *digest).has_value()) << text;
  }
}

TEST(ParameterFile, IsRefusedAtEveryCutWithinARow) {
  const std::string text(embedded::parameters_toml.substr(0, 2'500));
  const auto digest = wire::crypto::make_digest();
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    EXPECT_FALSE(read_parameters(text.substr(0, cut), *digest).has_value()) << cut;
  }
}

}  // namespace
}  // namespace ig::adapters::formats
