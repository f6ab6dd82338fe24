#pragma once

#include "core/ports/case_system.hpp"

#include <string>
#include <utility>

namespace ig::tests::support {

/// A trigger on its way out, as the examples of contracts.md and docs/webhooks.md have it.
[[nodiscard]] inline core::ports::Dispatch sample_dispatch(std::int64_t sequence = 7) {
  core::ports::Dispatch dispatch;
  core::triggers::Trigger& trigger = dispatch.trigger;
  trigger.id = "4f9c1d2ab0e37785c6d1f09a3b5e2c41";
  trigger.raised_on = core::values::Date::of(2026, 2, 10);
  trigger.case_key = {"cms", "100000000017", "PP1"};
  trigger.kind = core::triggers::Kind::IN_YEAR_INCOME;
  trigger.direction = core::triggers::Direction::up;
  trigger.effect = core::rules::Effect::possible;
  trigger.base = core::values::Money::pence(51'781);
  trigger.weekly = core::values::Money::pence(68'321);
  trigger.reasons = {"JOB_STARTED"};
  trigger.explanation = "Income is up by 31.94 %.";
  dispatch.sequence = sequence;
  dispatch.mode = core::triggers::Mode::task;
  dispatch.time = core::values::Instant::of_millis(1'770'717'600'000);
  dispatch.correlation_id = "00f067aa0ba902b7";
  return dispatch;
}

/// A signing secret that is in no use anywhere: 32 bytes counting up.
inline constexpr const char* sample_secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

}  // namespace ig::tests::support
