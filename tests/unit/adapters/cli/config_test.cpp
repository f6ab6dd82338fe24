#include "adapters/cli/config.hpp"

#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/runtime.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::triggers::Kind;
using core::triggers::Mode;

constexpr const char* kWhole = R"(
site = "test"
allow_dummy_ninos = true
[store]
file = "data/gateway.db"
identity_key_file = "/etc/gateway/key"
[hmrc]
base_url = "https://localhost:1"
token_url = "https://localhost:1/oauth/token"
client_id = "id"
client_secret_file = "secret"
requests_per_second = 2
call_limit_ms = 5000
[api]
port = 0
public_url = "https://gateway.example"
[serve]
review_every_s = 60
watch_every_s = 120
delivery_poll_s = 1
[[case_system]]
name = "cms"
url = "https://localhost:2/cases/cms/triggers"
signing_secret_file = "cms.secret"
default_mode = "SHADOW"
[case_system.modes]
ANNUAL_REVIEW = "LIVE"
IN_YEAR_INCOME = "TASK"
[[principal]]
certificate_name = "cms.example"
name = "cms"
role = "case-system"
case_system = "cms"
)";

std::string refusal(const std::string& text) {
  const auto config = parse_config(text, "/folder");
  EXPECT_FALSE(config.has_value()) << text;
  if (config) return {};
  EXPECT_EQ(config.error().code, ErrorCode::CONFIG_INVALID);
  return config.error().message;
}

TEST(Config, KeepsEachClassForItsDaysAndRefusesPeriodsOutOfOrder) {
  const auto defaults = parse_config("", "/folder");
  EXPECT_EQ(defaults->retention.raw_days, 400);
  EXPECT_EQ(defaults->retention.audit_days, 2557);
  const auto told = parse_config(
      "[retention]\nraw_days = 30\nfacts_days = 60\ndecision_days = 90\naudit_days = 0\n",
      "/folder");
  ASSERT_TRUE(told.has_value()) << told.error().message;
  EXPECT_EQ(told->retention.raw_days, 30);
  EXPECT_EQ(told->retention.facts_days, 60);
  EXPECT_EQ(told->retention.decision_days, 90);
  EXPECT_EQ(told->retention.audit_days, 0);
  EXPECT_NE(refusal("[retention]\nraw_days = 500\n").find("facts_days"), std::string::npos);
  EXPECT_NE(refusal("[retention]\nraw_days = 29\n").find("at least 30"), std::string::npos);
  EXPECT_NE(refusal("[retention]\naudit_days = 36501\n").find("audit_days"), std::string::npos);
  EXPECT_NE(refusal("[retention]\nyears = 7\n").find("years"), std::string::npos);
}

TEST(Config, HoldsBackLiveTriggersOnParametersThatNobodyHasConfirmed) {
  const auto parameters = load_parameters({});
  ASSERT_TRUE(parameters.has_value());
  const auto today = core::values::Date::of(2026, 12, 1);
  auto config = parse_config(kWhole, "/folder");
  ASSERT_TRUE(config.has_value());
  const auto held = held_back(*config, *parameters, today);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_THAT(held[0], testing::StartsWith("cms ANNUAL_REVIEW is sent as TASK, not LIVE"));
  EXPECT_THAT(held[0], testing::HasSubstr("hmrc.window_years, pension.ras_gross"));
  config = parse_config(
      "allow_unconfirmed = [\"hmrc.window_years\", \"pension.ras_gross\", "
      "\"periodic.months\", \"report.days\", \"review.feb29\"]\n" +
          std::string(kWhole),
      "/folder");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_TRUE(held_back(*config, *parameters, today).empty());
}

TEST(Config, AllowsOnlyParametersThereAre) {
  EXPECT_THAT(refusal("allow_unconfirmed = \"hmrc.window_years\""),
              testing::HasSubstr("a list of names"));
  EXPECT_THAT(refusal("allow_unconfirmed = [\"hmrc.windows\"]"),
              testing::HasSubstr("names no parameter of the law"));
  EXPECT_THAT(refusal("allow_unconfirmed = [1]"),
              testing::HasSubstr("names no parameter of the law"));
}

TEST(Config, ReadsEverySetting) {
  const auto config = parse_config(kWhole, "/folder");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(config->site, "test");
  EXPECT_TRUE(config->allow_dummy_ninos);
  EXPECT_EQ(config->store.file, "/folder/data/gateway.db");
  EXPECT_EQ(config->store.identity_key_file, "/etc/gateway/key");
  EXPECT_EQ(config->hmrc.requests_per_second, 2);
  EXPECT_EQ(config->hmrc.call_limit, std::chrono::milliseconds{5000});
  EXPECT_EQ(config->serve.review_every, std::chrono::seconds{60});
  ASSERT_EQ(config->case_systems.size(), 1u);
  EXPECT_EQ(config->case_systems[0].default_mode, Mode::shadow);
  EXPECT_EQ(config->case_systems[0].modes.at(Kind::ANNUAL_REVIEW), Mode::live);
  ASSERT_EQ(config->principals.size(), 1u);
}

TEST(Config, NamesLineAndColumnOfWhatItRefuses) {
  EXPECT_THAT(refusal("site = 3\n"), testing::StartsWith("line 1, column 8: site"));
  EXPECT_THAT(refusal("\n[store]\nfile = 1\n"),
              testing::StartsWith("line 3, column 8: store.file"));
  EXPECT_THAT(refusal("site = \"a\nb\"\n"), testing::StartsWith("line 1"));
}

TEST(Config, RefusesSettingsItDoesNotKnow) {
  EXPECT_THAT(refusal("sight = \"x\"\n"), testing::HasSubstr("not a setting"));
  EXPECT_THAT(refusal("[store]\nfiles = \"x\"\n"), testing::HasSubstr("store.files"));
  EXPECT_THAT(refusal(std::string(kWhole) + "[x]\ny = 1\n"), testing::HasSubstr("x is not"));
}

TEST(Config, RefusesValuesOutsideTheirRange) {
  EXPECT_THAT(refusal("[hmrc]\nrequests_per_second = 0\n"), testing::HasSubstr("from 1 to"));
  EXPECT_THAT(refusal("[hmrc]\nbase_url = \"http://x\"\n"), testing::HasSubstr("https://"));
  EXPECT_THAT(refusal("[[case_system]]\nname = \"a\"\nurl = \"https://b\"\n"),
              testing::HasSubstr("signing_secret_file"));
  EXPECT_THAT(refusal("[[case_system]]\nname = \"a\"\nurl = \"https://b\"\n"
                      "signing_secret_file = \"c\"\ndefault_mode = \"ON\"\n"),
              testing::HasSubstr("OFF, SHADOW, TASK or LIVE"));
  EXPECT_THAT(refusal("[[principal]]\ncertificate_name=\"a\"\nname=\"b\"\nrole=\"root\"\n"),
              testing::HasSubstr("role"));
}

TEST(Config, RefusesEveryLineCutInTheMiddleOrReadsItWhole) {
  const std::string whole = kWhole;
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const auto config = parse_config(whole.substr(0, cut), "/folder");
    if (!config) {
      EXPECT_EQ(config.error().code, ErrorCode::CONFIG_INVALID) << "cut at byte " << cut;
    }
  }
}

}  // namespace
}  // namespace ig::adapters::cli
