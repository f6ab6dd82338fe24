#include "adapters/hmrc/hal_link.hpp"

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;

constexpr std::string_view kOrigin = "https://api.service.hmrc.gov.uk";
constexpr LinkPlace kIncome{kOrigin, "/individuals/income/"};
constexpr UriVariable kDates[] = {{"fromDate", "2026-01-06"}, {"toDate", "2026-04-05"}};

wire::json::Document body(const std::string& links) {
  wire::json::Reader reader;
  return *reader.read("{\"_links\":{" + links + "}}");
}
wire::json::Document paye(const std::string& href) {
  return body(R"("paye":{"href":")" + href + R"(","title":"x"})");
}

/// Where the link leads, or the code and place of its refusal.
std::string led(const std::string& href, const LinkPlace& place = kIncome) {
  const auto target = follow_link(paye(href), Relation::paye, place, kDates);
  if (target) return *target;
  EXPECT_TRUE(href.empty() || target.error().message.find(href) == std::string::npos) << href;
  return std::string(core::base::name(target.error().code)) + " " + target.error().field;
}

std::string expanded(std::string_view text, std::vector<UriVariable> variables = {}) {
  const auto out = expand_uri_template(text, variables);
  return out ? *out : std::string(core::base::name(out.error().code));
}

TEST(UriTemplate, ExpandsFormsAndContinuations) {
  EXPECT_EQ(expanded("/a?m=1{&x,y}", {{"x", "1"}, {"y", "2"}}), "/a?m=1&x=1&y=2");
  EXPECT_EQ(expanded("/a{?x,y}", {{"x", "1"}, {"y", "2"}}), "/a?x=1&y=2");
  EXPECT_EQ(expanded("/a{?x}{&y}", {{"x", "1"}, {"y", "2"}}), "/a?x=1&y=2");
  EXPECT_EQ(expanded("/a?b=%2F", {}), "/a?b=%2F");
  EXPECT_EQ(expanded(""), "");
}

TEST(UriTemplate, LeavesOutVariablesWithoutAValue) {
  EXPECT_EQ(expanded("/a{?x,y}", {{"y", "2"}}), "/a?y=2");
  EXPECT_EQ(expanded("/a{?x,y}"), "/a");
  EXPECT_EQ(expanded("/a{?x}", {{"x", ""}}), "/a?x=");
}

TEST(UriTemplate, EncodesEverythingButUnreservedCharacters) {
  EXPECT_EQ(expanded("/a{?x}", {{"x", "120/XB 44&7=1\xC3\xA9#?~-._"}}),
            "/a?x=120%2FXB%2044%267%3D1%C3%A9%23%3F~-._");
}

TEST(UriTemplate, RefusesEveryOtherForm) {
  for (const char* text :
       {"/a{x}", "/a{+x}",  "/a{#x}",  "/a{/x}", "/a{.x}", "/a{;x}",    "/a{?x*}",    "/a{?x:3}",
        "/a{?}", "/a{?x,}", "/a{?,x}", "/a{&}",  "/a{}",   "/a{?x",     "/a}",        "/a b",
        "/a%2",  "/a%zz",   "/a\"b",   "/a\\b",  "/a\x01", "/\xC3\xA9", "/a{?x{?y}}", "/a|b"}) {
    EXPECT_EQ(expanded(text, {{"x", "1"}}), "INVALID_TEXT") << text;
  }
}

TEST(UriTemplate, HasLimits) {
  std::string names = "a";
  for (int i = 0; i < 15; ++i) names += ",a";
  EXPECT_EQ(expanded("/{?" + names + "}"), "/");
  EXPECT_EQ(expanded("/{?" + names + ",a}"), "LIMIT_EXCEEDED");
  std::string many;
  for (int i = 0; i < 8; ++i) many += "{?a}";
  EXPECT_EQ(expanded(many), "");
  EXPECT_EQ(expanded(many + "{?a}"), "LIMIT_EXCEEDED");
  EXPECT_EQ(expanded(std::string(2048, 'a')).size(), 2048U);
  EXPECT_EQ(expanded(std::string(2049, 'a')), "LIMIT_EXCEEDED");
  const std::string value(3000, 'v');
  EXPECT_EQ(expanded("/{?a}", {{"a", value}}), "LIMIT_EXCEEDED");
}

TEST(WithParameter, SetsAParameterToOneValue) {
  EXPECT_EQ(with_parameter("/a", {"x", "1/2"}), "/a?x=1%2F2");
  EXPECT_EQ(with_parameter("/a?m=1", {"x", "1"}), "/a?m=1&x=1");
  EXPECT_EQ(with_parameter("/a?x=9&m=1&x=8", {"x", "1"}), "/a?m=1&x=1");
  EXPECT_EQ(with_parameter("/a?x&&m=1&xy=2", {"x", "1"}), "/a?m=1&xy=2&x=1");
}

TEST(HalLink, FollowsATemplateUnderTheServicesOwnPath) {
  EXPECT_EQ(led("/individuals/income/paye?matchId=m{&fromDate,toDate}"),
            "/individuals/income/paye?matchId=m&fromDate=2026-01-06&toDate=2026-04-05");
  EXPECT_EQ(led("https://api.service.hmrc.gov.uk/individuals/income/paye?matchId=m"),
            "/individuals/income/paye?matchId=m");
  EXPECT_EQ(led("/individuals/income/?matchId=m"), "/individuals/income/?matchId=m");
  EXPECT_EQ(led("/individuals/income/a%20b"), "BAD_REPLY /_links/paye");
  EXPECT_EQ(led("/individuals/income/a%41b"), "/individuals/income/a%41b");
}

TEST(HalLink, GoesNowhereElse) {
  for (const char* href : {"https://evil.example/individuals/income/paye",
                           "https://api.service.hmrc.gov.uk.evil.example/individuals/income/paye",
                           "https://api.service.hmrc.gov.uk@evil.example/individuals/income/paye",
                           "https://me@api.service.hmrc.gov.uk/individuals/income/paye",
                           "https://api.service.hmrc.gov.uk:8443/individuals/income/paye",
                           "http://api.service.hmrc.gov.uk/individuals/income/paye",
                           "https://API.service.hmrc.gov.uk/individuals/income/paye",
                           "https://api.service.hmrc.gov.uk",
                           "//evil.example/individuals/income/paye",
                           "///individuals/income/paye",
                           "individuals/income/paye",
                           "?matchId=m",
                           "",
                           "javascript:alert(1)",
                           "/individuals/income",
                           "/individuals/incomes/paye",
                           "/individuals/employments/paye",
                           "/individuals/income/../matching/",
                           "/individuals/income/./paye",
                           "/individuals/income/..",
                           "/individuals/income/%2e%2e/matching/",
                           "/individuals/income/.%2E/matching/",
                           "/individuals/income/..%2fmatching",
                           "/individuals/income/a%5cb",
                           "/individuals/income/a%00b",
                           "/individuals/income/a%3Fb",
                           "/individuals/income/a%252e",
                           "/individuals/income//paye",
                           "/individuals/income/pa\\\\ye",
                           "/individuals/income/paye;a=b",
                           "/individuals/income/paye#x",
                           "/individuals/income/paye?a=b#x",
                           "/individuals/income/{id}",
                           "/individuals/income/pa ye"}) {
    EXPECT_EQ(led(href), "BAD_REPLY /_links/paye") << href;
  }
}

TEST(HalLink, TakesNoAbsoluteLinkWithoutAnOrigin) {
  EXPECT_EQ(
      led("https://api.service.hmrc.gov.uk/individuals/income/paye", {"", "/individuals/income/"}),
      "BAD_REPLY /_links/paye");
}

TEST(HalLink, IsNotPermittedWhereItIsMissing) {
  const auto none = follow_link(body(R"("self":{"href":"/"})"), Relation::paye, kIncome, kDates);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::FORBIDDEN);
  EXPECT_EQ(none.error().field, "/_links/paye");
  wire::json::Reader reader;
  const auto bare = *reader.read("{}");
  EXPECT_EQ(follow_link(bare, Relation::details, kIncome, kDates).error().code,
            ErrorCode::FORBIDDEN);
  EXPECT_FALSE(has_link(bare, Relation::paye));
}

TEST(HalLink, IsRefusedWithoutAnHrefOfText) {
  for (const char* link :
       {R"("paye":{})", R"("paye":{"href":7})", R"("paye":"/individuals")", R"("paye":[])"}) {
    const auto target = follow_link(body(link), Relation::paye, kIncome, kDates);
    ASSERT_FALSE(target) << link;
    EXPECT_EQ(target.error().code, ErrorCode::BAD_REPLY) << link;
  }
}

TEST(HalLink, KnowsSelfAssessmentByBothItsNames) {
  for (const char* name : {"sa", "selfAssessment"}) {
    const auto reply =
        body("\"" + std::string(name) +
             R"(":{"href":"/individuals/income/sa?matchId=m{&fromTaxYear,toTaxYear}"})");
    EXPECT_TRUE(has_link(reply, Relation::self_assessment)) << name;
    EXPECT_EQ(*follow_link(reply, Relation::self_assessment, kIncome, {}),
              "/individuals/income/sa?matchId=m")
        << name;
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
