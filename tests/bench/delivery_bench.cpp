// links: case_system
#include "adapters/case_system/case_system_client.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/support/dispatches.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using ig::adapters::case_system::EventOptions;
using ig::adapters::case_system::WebhookCaseSystem;
using ig::adapters::case_system::WebhookKeys;
using ig::core::ports::Dispatch;
using ig::tests::support::sample_dispatch;
using ig::tests::support::sample_secret;

constexpr int kEvents = 50'000;
constexpr int kRounds = 7;
constexpr std::int64_t kSeconds = 1'770'717'601;

/// Answers at once with a receipt, so that what is left of a push is our own work.
class InstantClient final : public ig::adapters::http::Client {
 public:
  ig::core::base::Result<void> prepare(ig::core::base::Deadline) override { return {}; }
  ig::core::base::Result<ig::adapters::http::Response> send(
      const ig::adapters::http::Request& request, ig::core::base::Deadline) override {
    bytes += request.body.size();
    return ig::adapters::http::Response{.status = 200, .headers = {}, .body = receipt};
  }
  [[nodiscard]] Handshakes handshakes() const override { return {}; }

  std::size_t bytes = 0;
  const std::string receipt = R"({"outcome":"RECEIVED"})";
};

std::vector<Dispatch> make_dispatches() {
  std::vector<Dispatch> dispatches;
  for (int i = 1; i <= kEvents; ++i) {
    Dispatch dispatch = sample_dispatch(i);
    dispatch.trigger.id = fmt::format("{:032x}", i);
    dispatches.push_back(std::move(dispatch));
  }
  return dispatches;
}

}  // namespace

int main() {
  const EventOptions options{.site = "north", .link_base = "https://gateway.example:8443"};
  const auto dispatches = make_dispatches();
  std::vector<std::string> bodies;
  for (const Dispatch& dispatch : dispatches) {
    bodies.emplace_back();
    ig::adapters::case_system::write_event(bodies.back(), dispatch, options);
  }
  auto keys = WebhookKeys::parse(sample_secret);
  if (!keys) return 1;
  std::size_t sum = 0;
  const auto hmac_alone = [&] {
    for (int i = 0; i < kEvents; ++i) {
      const auto at = static_cast<std::size_t>(i);
      sum += keys->sign(dispatches[at].trigger.id, kSeconds, bodies[at]).size();
    }
  };
  const auto event_and_signature = [&] {
    std::string body;
    for (const Dispatch& dispatch : dispatches) {
      body.clear();
      ig::adapters::case_system::write_event(body, dispatch, options);
      sum += keys->sign(dispatch.trigger.id, kSeconds, body).size();
    }
  };
  ig::bench::compare("event_and_signature/hmac_alone", kEvents, kRounds, event_and_signature,
                     hmac_alone);

  const auto file =
      std::filesystem::temp_directory_path() / fmt::format("ig-delivery-bench-{}", ::getpid());
  std::ofstream(file) << sample_secret << '\n';
  const ig::core::base::ManualClock clock{
      std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::seconds{kSeconds}}};
  InstantClient client;
  WebhookCaseSystem target(client, clock, {.secret_file = file.string(), .event = options});
  const auto whole_push = [&] {
    const auto by = ig::core::base::Deadline::in(std::chrono::minutes{10});
    for (const Dispatch& dispatch : dispatches) {
      const auto receipt = target.push(dispatch, by);
      sum += receipt ? 1 : 0;
    }
  };
  ig::bench::compare("push_without_network/hmac_alone", kEvents, kRounds, whole_push, hmac_alone);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return sum == 0 || client.bytes == 0 ? 1 : 0;
}
