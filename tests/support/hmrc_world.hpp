#pragma once

#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/token.hpp"
#include "core/base/clock.hpp"
#include "core/ports/request_budget.hpp"
#include "tests/support/scripted_client.hpp"
#include "tests/support/temp_folder.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ig::tests::support {

/// A budget that lets everybody through, or answers by `refuse`, and remembers what it was told.
class FakeBudget final : public core::ports::RequestBudget {
 public:
  [[nodiscard]] core::base::Result<void> take(core::ports::Purpose purpose,
                                              core::base::Deadline) override {
    if (refuse) return *refuse;
    if (on_take) on_take();
    taken.push_back(purpose);
    return {};
  }
  void throttled(std::optional<std::chrono::seconds> wait) override { throttles.push_back(wait); }

  std::optional<core::base::Error> refuse;
  std::function<void()> on_take;
  std::vector<core::ports::Purpose> taken;
  std::vector<std::optional<std::chrono::seconds>> throttles;
};

/// What a Caller stands on in a test: a clock that its waits move, tokens "token-1", "token-2" from
/// a service of its own, and a client that answers by a function.
class HmrcWorld {
 public:
  using Response = adapters::http::Response;

  explicit HmrcWorld(ScriptedClient::Answer answer = {})
      : client([this](const adapters::http::Request& request) { return answer_of(request); }),
        answer_(std::move(answer)) {}

  [[nodiscard]] adapters::hmrc::CallerOptions options() {
    adapters::hmrc::CallerOptions out;
    out.authority = "hmrc.example";
    out.wait = [this](std::chrono::nanoseconds wait) {
      waits.push_back(std::chrono::ceil<std::chrono::milliseconds>(wait));
      clock.advance(waits.back());
    };
    return out;
  }
  void answer_by(ScriptedClient::Answer answer) { answer_ = std::move(answer); }
  [[nodiscard]] std::chrono::milliseconds waited() const {
    std::chrono::milliseconds sum{0};
    for (const auto wait : waits) sum += wait;
    return sum;
  }

  TempFolder folder;
  core::base::ManualClock clock{
      std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::seconds{1'793'500'000}}};
  core::base::SeededRandom random{7};
  FakeBudget budget;
  std::vector<std::chrono::milliseconds> waits;
  ScriptedClient token_client{[this](const adapters::http::Request&) {
    return Response{.status = 200,
                    .headers = {},
                    .body = R"({"access_token":"token-)" +
                            std::to_string(token_client.requests.size()) +
                            R"(","token_type":"bearer","expires_in":14400})"};
  }};
  ScriptedClient client;
  adapters::hmrc::TokenSource tokens{
      token_client,
      clock,
      {.client_id = "gateway", .client_secret_file = folder.write("secret", "s")}};

 private:
  [[nodiscard]] core::base::Result<Response> answer_of(const adapters::http::Request& request) {
    if (answer_) return answer_(request);
    return core::base::fail(core::base::ErrorCode::UNAVAILABLE, {}, "no script");
  }
  ScriptedClient::Answer answer_;
};

}  // namespace ig::tests::support
