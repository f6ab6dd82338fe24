#include "adapters/cli/rules.hpp"

#include "adapters/cli/parameters_option.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::values::Date;

/// Runs examples through a pipe; they are short enough to fit in it.
ExampleTotals run(const std::string& text, std::string& out) {
  const auto parameters = load_parameters({});
  core::base::require(parameters.has_value(), "the built-in parameters are whole");
  int ends[2] = {-1, -1};
  core::base::require(::pipe(ends) == 0, "a pipe can be made");
  core::base::require(
      ::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()),
      "the examples fit in a pipe");
  ::close(ends[1]);
  const auto totals = run_examples(ends[0], "mine", *parameters, out);
  ::close(ends[0]);
  EXPECT_TRUE(totals.has_value());
  return totals ? *totals : ExampleTotals{};
}

constexpr const char* kRequest =
    R"("request":{"kind":"INITIAL","effective_date":"2026-12-01","historic":{"status":"NIL"}})";

TEST(RulesCommand, CountsWhatAgreesAndShowsTheRest) {
  std::string out;
  const std::string good =
      std::string(R"({"id":"g",)") + kRequest + R"(,"expected":{"action":"DETERMINE"}})";
  const std::string bad =
      std::string(R"({"id":"b",)") + kRequest + R"(,"expected":{"basis":"CURRENT"}})";
  const ExampleTotals totals = run(good + "\n\n" + bad + "\nnone\n", out);
  EXPECT_EQ(totals.agree, 1U);
  EXPECT_EQ(totals.all, 3U);
  EXPECT_EQ(out.rfind("mine:3: b /basis: expected \"CURRENT\", found \"HISTORIC\"\n"
                      "mine:4: MALFORMED_JSON",
                      0),
            0U)
      << out;
}

TEST(RulesCommand, FailsWhereTheExamplesCannotBeRead) {
  const auto parameters = load_parameters({});
  std::string out;
  EXPECT_FALSE(run_examples(-1, "mine", *parameters, out).has_value());
}

TEST(RulesCommand, ShowsWhatOneFileHasOtherwise) {
  const auto digest = wire::crypto::make_digest();
  const auto before = load_parameters({});
  std::string text(embedded::parameters_toml);
  const std::string row = "name = \"periodic.months\"\nfrom = 2012-12-10\nvalue = 11\n";
  ASSERT_NE(text.find(row), std::string::npos);
  text.replace(text.find(row) + row.size() - 3, 2, "12");
  const auto after = formats::read_parameters(text, *digest);
  ASSERT_TRUE(before.has_value() && after.has_value()) << after.error().message;
  const std::string head = "periodic.months GB NI from 2012-12-10 until further notice: ";
  const std::string tail = " (months); SI 2012/2677 reg 22, 23(3)(a); unconfirmed\n";
  EXPECT_EQ(show_differences(*before, *after, std::nullopt),
            "- " + head + "11" + tail + "+ " + head + "12" + tail + "1 rows differ\n");
  EXPECT_EQ(show_differences(*before, *before, Date::of(2026, 12, 1)), "0 rows differ\n");
}

TEST(RulesCommand, ShowsTheRowsOfADay) {
  const auto parameters = load_parameters({});
  ASSERT_TRUE(parameters.has_value());
  const std::string before = show_parameters(*parameters, Date::of(2013, 11, 24));
  const std::string after = show_parameters(*parameters, Date::of(2013, 11, 25));
  EXPECT_EQ(before.rfind(parameters->version() + " on 2013-11-24\n", 0), 0U);
  EXPECT_NE(before.find("reg 34(2) as made; in force"), std::string::npos);
  EXPECT_NE(after.find("SI 2012/2677 reg 34(2A); in force"), std::string::npos);
  EXPECT_EQ(before.find("reg 34(2A)"), std::string::npos);
  EXPECT_NE(after.find("1/4 (of the historic figure)"), std::string::npos);
  EXPECT_NE(after.find("unconfirmed"), std::string::npos);
}

}  // namespace
}  // namespace ig::adapters::cli
