#include "adapters/sandbox/webhook.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// The example that the Standard Webhooks libraries test with.
constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const sys_seconds kSent{seconds{1'614'265'330}};

http::Request published() {
  http::Request out;
  out.body = R"({"test": 2432232314})";
  out.headers = {{"Webhook-Id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                 {"Webhook-Timestamp", "1614265330"},
                 {"Webhook-Signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}};
  return out;
}

TEST(SandboxWebhook, TakesThePublishedExample) {
  EXPECT_EQ(webhook_fault(published(), kSecret, kSent), std::nullopt);
}

TEST(SandboxWebhook, TakesAnyOfSeveralSignatures) {
  auto request = published();
  request.headers[2].value = "v1,AAAA v1a,BBBB " + request.headers[2].value;
  EXPECT_EQ(webhook_fault(request, kSecret, kSent), std::nullopt);
}

TEST(SandboxWebhook, RefusesWhatWasChanged) {
  for (std::size_t at = 0; at < published().body.size(); ++at) {
    auto request = published();
    request.body[at] = request.body[at] == 'x' ? 'y' : 'x';
    EXPECT_EQ(webhook_fault(request, kSecret, kSent), "WRONG_SIGNATURE") << at;
  }
  for (std::size_t header = 0; header < 3; ++header) {
    auto request = published();
    request.headers[header].value[5] ^= 1;
    EXPECT_EQ(webhook_fault(request, kSecret, kSent), "WRONG_SIGNATURE") << header;
  }
}

TEST(SandboxWebhook, RefusesWhatIsNotSigned) {
  for (std::size_t header = 0; header < 3; ++header) {
    auto request = published();
    request.headers.erase(request.headers.begin() + static_cast<std::ptrdiff_t>(header));
    EXPECT_EQ(webhook_fault(request, kSecret, kSent), "NO_SIGNATURE") << header;
  }
  auto request = published();
  request.headers[2].value.clear();
  EXPECT_EQ(webhook_fault(request, kSecret, kSent), "WRONG_SIGNATURE");
}

TEST(SandboxWebhook, RefusesWhatIsOldOrOfTheFuture) {
  const auto request = published();
  EXPECT_EQ(webhook_fault(request, kSecret, kSent + kWebhookTolerance), std::nullopt);
  EXPECT_EQ(webhook_fault(request, kSecret, kSent + kWebhookTolerance + seconds{1}), "TOO_OLD");
  EXPECT_EQ(webhook_fault(request, kSecret, kSent - kWebhookTolerance), std::nullopt);
  EXPECT_EQ(webhook_fault(request, kSecret, kSent - kWebhookTolerance - seconds{1}),
            "FROM_THE_FUTURE");
}

TEST(SandboxWebhook, SignsWhatItTakes) {
  http::Request request;
  request.body = "{}";
  request.headers = webhook_headers("id-1", request.body, kSecret, kSent);
  EXPECT_EQ(webhook_fault(request, kSecret, kSent), std::nullopt);
  EXPECT_EQ(webhook_fault(request, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", kSent),
            "WRONG_SIGNATURE");
  EXPECT_EQ(webhook_fault(request, "no secret", kSent), "BAD_SECRET");
}

TEST(SandboxWebhook, RefusesASignedTimeThatIsNone) {
  for (const char* time : {"", "now", "-1", "99999999999999999999", "1614265330 "}) {
    http::Request request;
    request.body = "{}";
    request.headers = webhook_headers("id-1", request.body, kSecret, kSent);
    request.headers[1].value = time;
    EXPECT_NE(webhook_fault(request, kSecret, kSent), std::nullopt) << time;
  }
}

}  // namespace
}  // namespace ig::adapters::sandbox
