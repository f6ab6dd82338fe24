#include "adapters/http/client.hpp"

#include <gtest/gtest.h>

#include "tests/unit/adapters/http/house.hpp"

namespace ig::tests::http {
namespace {

TEST(ClientAndServer, ExchangeARequestOverTls) {
  House house;
  const auto server = start(house.server_options(), echo);
  const auto client = open(house.client_options(server->port()));
  const auto response = client->send(post("/a?b=c", "{}"), soon());
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->status, 200U);
  EXPECT_EQ(response->body, "POST /a?b=c {}");
}

TEST(ClientAndServer, KeepOneConnectionForManyRequests) {
  House house;
  const auto server = start(house.server_options(), echo);
  const auto client = open(house.client_options(server->port()));
  for (int i = 0; i < 50; ++i) {
    const auto response = client->send({"GET", "/" + std::to_string(i), {}, ""}, soon());
    ASSERT_TRUE(response.has_value()) << response.error().message;
    ASSERT_EQ(response->body, "GET /" + std::to_string(i) + " ");
  }
  EXPECT_EQ(client->handshakes().full, 1U);
  EXPECT_EQ(client->handshakes().resumed, 0U);
}

}  // namespace
}  // namespace ig::tests::http
