#include "adapters/hmrc/caller.hpp"
#include "tests/support/hmrc_world.hpp"
#include "tests/unit/adapters/http/house.hpp"

#include <gtest/gtest.h>

#include <latch>

namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::ports::Fetched;
using core::ports::FetchResult;
using tests::support::HmrcWorld;

class CallerOverTls : public ::testing::Test {
 protected:
  static Call question() {
    Call call;
    call.interface = Interface::income;
    call.version = Version::v2_0;
    call.request = {"GET", "/individuals/income/", {}, {}};
    return call;
  }

  tests::http::House house_;
  HmrcWorld world_;
};

TEST_F(CallerOverTls, NeedsOneFullHandshakeForThousandsOfRequests) {
  std::uint64_t answered = 0;
  const auto server = tests::http::start(
      house_.server_options(), [&](const http::Request&, const http::Peer&) -> http::Response {
        ++answered;
        return {200, {{"Content-Type", "application/json"}}, "{}"};
      });
  const auto client = tests::http::open(house_.client_options(server->port()));
  Caller caller(*client, world_.tokens, world_.budget, world_.clock, world_.random,
                world_.options());
  for (int i = 0; i < 2'500; ++i) {
    const Fetched fetched = caller.call(question(), tests::http::soon());
    ASSERT_EQ(fetched.result, FetchResult::matched) << i << ": " << fetched.code;
    ASSERT_EQ(fetched.calls, 1U) << i;
  }
  EXPECT_EQ(answered, 2'500U);
  EXPECT_EQ(world_.budget.taken.size(), 2'500U);
  EXPECT_EQ(client->handshakes().full, 1U);
  EXPECT_EQ(client->handshakes().resumed, 2U);
}

TEST_F(CallerOverTls, SendsNoTokenToTheHostThatARedirectNames) {
  std::uint64_t strangers = 0;
  const auto stranger = tests::http::start(
      house_.server_options(), [&](const http::Request&, const http::Peer&) -> http::Response {
        ++strangers;
        return {200, {}, "{}"};
      });
  const std::string elsewhere = "https://localhost:" + std::to_string(stranger->port()) + "/";
  const auto server = tests::http::start(
      house_.server_options(), [&](const http::Request&, const http::Peer&) -> http::Response {
        return {302, {{"Location", elsewhere}}, ""};
      });
  const auto client = tests::http::open(house_.client_options(server->port()));
  auto options = world_.options();
  options.authority = "localhost:" + std::to_string(server->port());
  Caller caller(*client, world_.tokens, world_.budget, world_.clock, world_.random, options);
  const Fetched fetched = caller.call(question(), tests::http::soon());
  EXPECT_EQ(fetched.result, FetchResult::config_fault);
  EXPECT_EQ(fetched.status, 302);
  EXPECT_EQ(strangers, 0U);
}

TEST_F(CallerOverTls, GivesUpOnASilentPeerAtTheDeadline) {
  std::latch release{1};
  const auto server = tests::http::start(
      house_.server_options(), [&](const http::Request&, const http::Peer&) -> http::Response {
        release.wait();
        return {200, {}, "{}"};
      });
  const auto client = tests::http::open(house_.client_options(server->port()));
  Caller caller(*client, world_.tokens, world_.budget, world_.clock, world_.random,
                world_.options());
  const Deadline by = tests::http::short_deadline();
  const Fetched fetched = caller.call(question(), by);
  const bool in_time = std::chrono::steady_clock::now() < by.at + 5s;
  release.count_down();
  EXPECT_EQ(fetched.result, FetchResult::transient);
  EXPECT_EQ(fetched.code, "DEADLINE");
  EXPECT_TRUE(in_time);
}

}  // namespace
}  // namespace ig::adapters::hmrc
