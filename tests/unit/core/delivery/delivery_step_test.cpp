#include "core/delivery/delivery_step.hpp"

#include "core/base/limits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ig::core::delivery {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;

constexpr values::Instant kNow = values::Instant::of_millis(1'800'000'000'000);
constexpr std::uint32_t kLast = base::limits::delivery_attempts_max - 1;

NextStep step(std::uint32_t before, const Happened& happened) {
  base::SeededRandom random(3);
  return next_step(before, happened, kNow, random);
}

TEST(DeliveryStep, TakesEverySuccessAsDelivered) {
  for (const int status : {200, 201, 202, 204, 299}) {
    EXPECT_EQ(step(0, Answered{.status = status}), NextStep(Delivered{false})) << status;
  }
}

TEST(DeliveryStep, TakesADuplicateAsDelivered) {
  const Answered answered{.status = 200, .duplicate = true};
  EXPECT_EQ(step(5, answered), NextStep(Delivered{true}));
}

TEST(DeliveryStep, ParksAConflictWithAnAlarm) {
  EXPECT_EQ(step(0, Answered{.status = 409}), NextStep(Park{ParkReason::conflict, true}));
}

TEST(DeliveryStep, ParksWhatIsRefusedForGood) {
  for (const int status : {400, 403, 404, 405, 410, 412, 413, 415, 418, 422, 451, 301, 302, 307}) {
    EXPECT_EQ(step(0, Answered{.status = status}), NextStep(Park{ParkReason::refused, false}))
        << status;
  }
}

TEST(DeliveryStep, RetriesWhatMayPass) {
  for (const int status : {401, 408, 425, 429, 500, 501, 502, 503, 504, 507, 599, 100, 0, 999}) {
    const NextStep next = step(0, Answered{.status = status});
    ASSERT_TRUE(std::holds_alternative<Retry>(next)) << status;
    EXPECT_GE(std::get<Retry>(next).at, kNow);
    EXPECT_LE(std::get<Retry>(next).at, kNow + 5s);
  }
}

TEST(DeliveryStep, RetriesWhenNoAnswerCame) {
  for (const ErrorCode code : {ErrorCode::UNAVAILABLE, ErrorCode::DEADLINE, ErrorCode::TLS_FAILED,
                               ErrorCode::BAD_REPLY, ErrorCode::LIMIT_EXCEEDED}) {
    EXPECT_TRUE(std::holds_alternative<Retry>(step(0, code))) << base::name(code);
  }
}

TEST(DeliveryStep, ParksAFaultOfOurOwnWithAnAlarm) {
  EXPECT_EQ(step(0, ErrorCode::INVALID_MONEY), NextStep(Park{ParkReason::our_fault, true}));
}

TEST(DeliveryStep, ParksWhenTheAttemptsAreUsedUp) {
  const Happened down = Answered{.status = 503};
  EXPECT_TRUE(std::holds_alternative<Retry>(step(kLast - 1, down)));
  EXPECT_EQ(step(kLast, down), NextStep(Park{ParkReason::attempts_used_up, false}));
  EXPECT_EQ(step(kLast, ErrorCode::DEADLINE), NextStep(Park{ParkReason::attempts_used_up, false}));
  EXPECT_EQ(step(4'294'967'295U, down), NextStep(Park{ParkReason::attempts_used_up, false}));
  EXPECT_EQ(step(kLast, Answered{.status = 200}), NextStep(Delivered{false}));
}

TEST(DeliveryStep, ObeysRetryAfterUpToTheCap) {
  const NextStep minute = step(0, Answered{.status = 429, .retry_after = 60s});
  EXPECT_EQ(std::get<Retry>(minute).at, kNow + 60s);
  const NextStep days = step(0, Answered{.status = 503, .retry_after = 48h});
  EXPECT_EQ(std::get<Retry>(days).at, kNow + base::limits::retry_after_max);
}

TEST(DeliveryStep, NamesEveryReason) {
  EXPECT_EQ(name(ParkReason::conflict), "CONFLICT");
  EXPECT_EQ(name(ParkReason::refused), "REFUSED");
  EXPECT_EQ(name(ParkReason::attempts_used_up), "ATTEMPTS_USED_UP");
  EXPECT_EQ(name(ParkReason::our_fault), "OUR_FAULT");
}

RC_GTEST_PROP(DeliveryStep, NeverGoesOnForEver, (std::uint64_t seed)) {
  base::SeededRandom random(seed);
  values::Instant now = kNow;
  std::uint32_t attempts = 0;
  while (true) {
    const int status = *rc::gen::inRange(0, 700);
    const NextStep next = next_step(attempts, Answered{.status = status}, now, random);
    ++attempts;
    RC_ASSERT(attempts <= base::limits::delivery_attempts_max);
    const auto* retry = std::get_if<Retry>(&next);
    if (retry == nullptr) break;
    RC_ASSERT(retry->at >= now);
    RC_ASSERT(retry->at <= now + 15min);
    now = retry->at;
  }
}

}  // namespace
}  // namespace ig::core::delivery
