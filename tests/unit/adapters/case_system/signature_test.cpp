#include "adapters/case_system/signature.hpp"

#include "adapters/case_system/event.hpp"
#include "tests/support/dispatches.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace ig::adapters::case_system {
namespace {

using namespace std::chrono_literals;
using core::base::ErrorCode;
using core::values::Instant;
using tests::support::sample_secret;

constexpr std::int64_t kSeconds = 1'770'717'601;
constexpr const char* kOther = "whsec_Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

WebhookKeys keys(std::string_view text = sample_secret) {
  auto parsed = WebhookKeys::parse(text);
  EXPECT_TRUE(parsed.has_value());
  return std::move(*parsed);
}

std::vector<http::Header> headers(const std::string& signature,
                                  const std::string& seconds = std::to_string(kSeconds)) {
  return {{"Webhook-Id", "m1"}, {"Webhook-Timestamp", seconds}, {"Webhook-Signature", signature}};
}

Instant at(std::int64_t seconds) { return Instant::of_millis(seconds * 1'000); }

TEST(Signature, AgreesWithTheVectorOfStandardWebhooks) {
  EXPECT_EQ(keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signature, IsTakenByWhoSharesTheKey) {
  auto sender = keys();
  auto receiver = keys();
  const std::string signature = sender.sign("m1", kSeconds, "{}");
  EXPECT_TRUE(receiver.verify(headers(signature), "{}", at(kSeconds)).has_value());
}

TEST(Signature, IsGivenByEachKeyWhileAKeyIsRotated) {
  auto both = keys(std::string(kOther) + "\n" + sample_secret + "\n");
  const std::string signature = both.sign("m1", kSeconds, "{}");
  EXPECT_EQ(signature,
            keys(kOther).sign("m1", kSeconds, "{}") + " " + keys().sign("m1", kSeconds, "{}"));
  auto old_receiver = keys();
  auto new_receiver = keys(kOther);
  EXPECT_TRUE(old_receiver.verify(headers(signature), "{}", at(kSeconds)).has_value());
  EXPECT_TRUE(new_receiver.verify(headers(signature), "{}", at(kSeconds)).has_value());
  EXPECT_TRUE(both.verify(headers(keys().sign("m1", kSeconds, "{}")), "{}", at(kSeconds)));
}

TEST(Signature, IsRefusedWhenAnythingSignedIsChanged) {
  auto sender = keys();
  auto receiver = keys();
  const std::string good = sender.sign("m1", kSeconds, "{}");
  const auto refused = [&](std::vector<http::Header> given, std::string_view body) {
    const auto verdict = receiver.verify(given, body, at(kSeconds));
    return !verdict && verdict.error().code == ErrorCode::UNAUTHORISED;
  };
  EXPECT_TRUE(refused(headers(good), "{} "));
  EXPECT_TRUE(refused(headers(good, std::to_string(kSeconds + 1)), "{}"));
  EXPECT_TRUE(refused(headers(keys(kOther).sign("m1", kSeconds, "{}")), "{}"));
  auto other_id = headers(good);
  other_id[0].value = "m2";
  EXPECT_TRUE(refused(other_id, "{}"));
  for (const char* wrong : {"", "v1,", "v1", "v2,", " ", ",", "v1,AAAA"}) {
    EXPECT_TRUE(refused(headers(wrong), "{}")) << wrong;
  }
  EXPECT_TRUE(refused(headers("v2" + good.substr(2)), "{}"));
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    EXPECT_TRUE(refused(headers(good.substr(0, cut)), "{}")) << "cut at byte " << cut;
  }
}

TEST(Signature, NeedsAllThreeHeaders) {
  auto receiver = keys();
  const auto all = headers(keys().sign("m1", kSeconds, "{}"));
  for (std::size_t absent = 0; absent < all.size(); ++absent) {
    auto given = all;
    given.erase(given.begin() + static_cast<std::ptrdiff_t>(absent));
    const auto verdict = receiver.verify(given, "{}", at(kSeconds));
    ASSERT_FALSE(verdict.has_value());
    EXPECT_FALSE(verdict.error().field.empty());
  }
}

TEST(Signature, IsRefusedFiveMinutesTooEarlyOrTooLate) {
  auto receiver = keys();
  const auto given = headers(keys().sign("m1", kSeconds, "{}"));
  EXPECT_TRUE(receiver.verify(given, "{}", at(kSeconds + 300)).has_value());
  EXPECT_FALSE(receiver.verify(given, "{}", at(kSeconds + 301)).has_value());
  EXPECT_TRUE(receiver.verify(given, "{}", at(kSeconds - 300)).has_value());
  EXPECT_FALSE(receiver.verify(given, "{}", at(kSeconds - 301)).has_value());
  EXPECT_FALSE(receiver.verify(given, "{}", at(kSeconds + 2), 1s).has_value());
  for (const char* seconds : {"", "-1", "+5", "1.5", "1e9", " 1", "99999999999999999999"}) {
    EXPECT_FALSE(receiver.verify(headers("v1,x", seconds), "{}", at(kSeconds)).has_value());
  }
}

TEST(Signature, PassesOverSignaturesOfOtherVersions) {
  auto receiver = keys();
  const std::string given = "v1a,b64== v2,x " + keys().sign("m1", kSeconds, "{}");
  EXPECT_TRUE(receiver.verify(headers(given), "{}", at(kSeconds)).has_value());
}

TEST(Signature, LooksAtNoMoreSignaturesThanTheLimit) {
  auto receiver = keys();
  std::string given;
  for (std::size_t i = 0; i < signatures_max; ++i) given += "v1,AAAA ";
  given += keys().sign("m1", kSeconds, "{}");
  EXPECT_FALSE(receiver.verify(headers(given), "{}", at(kSeconds)).has_value());
}

TEST(Secrets, AreRefusedWithLineAndRuleAndWithoutTheirText) {
  const std::string good = sample_secret;
  const std::string nine = [&] {
    std::string out;
    for (int i = 0; i < 9; ++i) out += good + "\n";
    return out;
  }();
  for (const std::string& text :
       {std::string(), std::string("\n\n"), std::string("canaryAAECAwQFBgcICQ=="),
        std::string("whsec_"), std::string("whsec_canary!"),
        std::string("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY="), good + " ", "\n" + good + "\ncanary",
        nine}) {
    const auto parsed = WebhookKeys::parse(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::CONFIG_INVALID);
    EXPECT_EQ(parsed.error().message.find("canary"), std::string::npos);
  }
  EXPECT_NE(WebhookKeys::parse("\n" + good + "\ncanary").error().message.find("line 3"),
            std::string::npos);
  EXPECT_TRUE(WebhookKeys::parse(good + "\r\n\r\n" + kOther).has_value());
}

RC_GTEST_PROP(Signature, IsTakenForEveryIdTimeAndBody, (const std::string& body)) {
  const auto id = *rc::gen::nonEmpty(rc::gen::string<std::string>());
  const auto seconds = *rc::gen::inRange<std::int64_t>(0, 4'000'000'000);
  auto sender = keys();
  auto receiver = keys();
  const std::vector<http::Header> given = {{id_header, id},
                                           {timestamp_header, std::to_string(seconds)},
                                           {signature_header, sender.sign(id, seconds, body)}};
  RC_ASSERT(receiver.verify(given, body, at(seconds)).has_value());
  RC_ASSERT(!receiver.verify(given, body + "x", at(seconds)).has_value());
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t start = text.find(from);
  if (start == std::string::npos) return {};
  const std::size_t first = start + from.size();
  return text.substr(first, text.find(to, first) - first);
}

TEST(WebhooksPage, HoldsAVectorThatIsRight) {
  std::ifstream in(std::string(IG_SOURCE_DIR) + "/docs/webhooks.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  ASSERT_FALSE(page.empty());
  const std::string body = between(page, "```json\n{\"specversion\"", "\n```");
  const std::string shown = body.empty() ? body : "{\"specversion\"" + body;
  std::string written;
  write_event(written, tests::support::sample_dispatch(),
              {.site = "north", .link_base = "https://gateway.example:8443"});
  EXPECT_EQ(shown, written);
  EXPECT_EQ(between(page, "secret: `", "`"), sample_secret);
  const std::string id = between(page, "webhook-id: ", "\n");
  const std::string seconds = between(page, "webhook-timestamp: ", "\n");
  EXPECT_EQ(id, tests::support::sample_dispatch().trigger.id);
  EXPECT_EQ(seconds, std::to_string(kSeconds));
  EXPECT_EQ(between(page, "webhook-signature: ", "\n"), keys().sign(id, kSeconds, shown));
}

}  // namespace
}  // namespace ig::adapters::case_system
