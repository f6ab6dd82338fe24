#include "adapters/http/server.hpp"

#include "tests/unit/adapters/http/house.hpp"
#include "tests/unit/adapters/http/raw_peer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>

namespace ig::tests::http {
namespace {

using namespace std::chrono_literals;

const std::string get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
const std::string get_and_close = "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
const std::string post_head = "POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

class ServerTest : public ::testing::Test {
 protected:
  std::unique_ptr<Server> start_counting() {
    return start(options, [this](const Request& request, const Peer& peer) {
      ++handled;
      return echo(request, peer);
    });
  }
  std::unique_ptr<RawPeer> raw(const Server& server) {
    auto peer = RawPeer::connect_tls(server.port(), {});
    EXPECT_NE(peer, nullptr);
    return peer;
  }
  /// Everything the server says to these bytes, until it ends.
  std::string answer_to(const std::string& bytes) {
    const auto server = start_counting();
    const auto peer = raw(*server);
    peer->write(bytes);
    return peer->read_all();
  }

  House house;
  ServerOptions options = house.server_options();
  std::atomic<int> handled{0};
};

std::string status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? answer.substr(9, 3) : "none";
}

std::string body_of(const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? answer : answer.substr(end + 4);
}

TEST_F(ServerTest, AnswersWithLengthDateAndNoStore) {
  const std::string answer = answer_to(get_and_close);
  EXPECT_EQ(status_of(answer), "200");
  EXPECT_NE(answer.find("\r\nContent-Length: 7\r\n"), std::string::npos);
  EXPECT_NE(answer.find("\r\nCache-Control: no-store\r\n"), std::string::npos);
  EXPECT_NE(answer.find(" GMT\r\n"), std::string::npos);
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_EQ(body_of(answer), "GET /a ");
}

TEST_F(ServerTest, TakesABodyByLengthAndByChunks) {
  EXPECT_EQ(body_of(answer_to(post_head + "Content-Length: 5\r\n\r\nhello")), "POST /a hello");
  EXPECT_EQ(body_of(answer_to(post_head + "Transfer-Encoding: chunked\r\n\r\n"
                                          "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")),
            "POST /a hello");
  EXPECT_EQ(body_of(answer_to(post_head + "Content-Length: 0\r\n\r\n")), "POST /a ");
}

TEST_F(ServerTest, TakesARequestCutAtAnyByteIntoTwo) {
  const auto server = start_counting();
  const std::string request = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
  const auto peer = raw(*server);
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    ASSERT_TRUE(peer->write(request.substr(0, cut)));
    ASSERT_TRUE(peer->write(request.substr(cut)));
    ASSERT_EQ(body_of(peer->read_until("POST /a {}")), "POST /a {}") << "cut at " << cut;
  }
}

TEST_F(ServerTest, RefusesWhatTheGateRefusesAndCloses) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\n", "400"},
      {"GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
      {"DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "405"},
      {"POST / HTTP/1.1\r\nHost: a\r\n\r\n", "411"},
      {"GET /" + std::string(3'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", "414"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'a') + "\r\n\r\n", "431"},
      {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a'), "431"},
      {"GET / HTTP/1.0\r\nHost: a\r\n\r\n", "505"},
      {post_head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {post_head + "Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "400"},
      {post_head + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n", "417"},
      {std::string(9'000, '\0'), "431"},
  };
  for (const auto& [bytes, status] : rows) {
    const std::string answer = answer_to(bytes);
    EXPECT_EQ(status_of(answer), status) << bytes.substr(0, 60);
    EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
    EXPECT_NE(answer.find("\r\nContent-Type: application/problem+json\r\n"), std::string::npos);
  }
  EXPECT_EQ(handled, 0);
}

TEST_F(ServerTest, RefusesBodiesThatAreNotPlainlyFramed) {
  const std::string chunked = post_head + "Transfer-Encoding: chunked\r\n\r\n";
  const std::vector<std::string> bodies = {
      "5;a=b\r\nhello\r\n0\r\n\r\n",
      "5;a=\"\x01\"\r\nhello\r\n0\r\n\r\n",
      "5\r\nhello\r\n0;a\r\n\r\n",
      "5\r\nhello\r\n0\r\nAuthorization: x\r\n\r\n",
      "5\r\nhello\r\n0\r\nX: y\r\n\r\n",
      "0x5\r\nhello\r\n0\r\n\r\n",
      "-5\r\nhello\r\n0\r\n\r\n",
      "5\r\nhello0\r\n\r\n",
      "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
  };
  for (const std::string& body : bodies) {
    EXPECT_EQ(status_of(answer_to(chunked + body)).substr(0, 1), "4") << body;
  }
  EXPECT_EQ(handled, 0);
}

TEST_F(ServerTest, NeverTakesABareLineFeedForTheEndOfAChunkLine) {
  options.body_limit = 150ms;
  EXPECT_EQ(answer_to(post_head + "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n"), "");
  EXPECT_EQ(handled, 0);
}

TEST_F(ServerTest, RefusesASecondRequestBeforeTheAnswerToTheFirst) {
  EXPECT_EQ(status_of(answer_to(get + get)), "400");
  EXPECT_EQ(status_of(answer_to(post_head + "Content-Length: 5\r\n\r\nhello" + get)), "400");
  EXPECT_EQ(handled, 0);
}

TEST_F(ServerTest, KeepsToTheLimitOfABody) {
  options.body_bytes_max = 10;
  const std::string ten(10, 'x');
  const std::string eleven(11, 'x');
  EXPECT_EQ(status_of(answer_to(post_head + "Content-Length: 10\r\n\r\n" + ten)), "200");
  EXPECT_EQ(status_of(answer_to(post_head + "Content-Length: 11\r\n\r\n" + eleven)), "413");
  const std::string chunked = post_head + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(status_of(answer_to(chunked + "a\r\n" + ten + "\r\n0\r\n\r\n")), "200");
  EXPECT_EQ(status_of(answer_to(chunked + "a\r\n" + ten + "\r\n1\r\nx\r\n0\r\n\r\n")), "413");
}

TEST_F(ServerTest, AnswersARefusalEvenWhileABigBodyIsStillSent) {
  options.body_bytes_max = 1'000;
  const auto server = start_counting();
  const auto client = open(house.client_options(server->port()));
  const auto response = client->send(post("/", std::string(200'000, 'x')), soon());
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->status, 413U);
}

TEST_F(ServerTest, ClosesOnSlownessInEveryPhase) {
  options.handshake_limit = 150ms;
  options.header_limit = 150ms;
  options.body_limit = 150ms;
  options.idle_limit = 150ms;
  const auto server = start_counting();
  const auto mute = RawPeer::connect(server->port());
  const auto no_request = raw(*server);
  const auto half_head = raw(*server);
  half_head->write("GET / HTTP/1.1\r\nHo");
  const auto half_body = raw(*server);
  half_body->write(post_head + "Content-Length: 10\r\n\r\nhel");
  const auto idle = raw(*server);
  idle->write(get);
  EXPECT_EQ(mute->read_all(), "");
  EXPECT_EQ(no_request->read_all(), "");
  EXPECT_EQ(half_head->read_all(), "");
  EXPECT_EQ(half_body->read_all(), "");
  EXPECT_EQ(body_of(idle->read_all()), "GET /a ");
  EXPECT_EQ(handled, 1);
}

TEST_F(ServerTest, ClosesAHeaderThatDrips) {
  options.header_limit = 150ms;
  const auto server = start_counting();
  const auto peer = raw(*server);
  peer->write("GET / HTTP/1.1\r\nX: ");
  const auto started = std::chrono::steady_clock::now();
  while (!peer->readable_within(10ms) && peer->write("x")) {
  }
  EXPECT_EQ(peer->read_all(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
}

TEST_F(ServerTest, ClosesWhenItsAnswerIsNotRead) {
  options.write_limit = 150ms;
  const auto server = start(options, [](const Request&, const Peer&) {
    return Response{200, {}, std::string(32'000'000, 'x')};
  });
  const auto peer = raw(*server);
  peer->write(get);
  // The stop waits for the answer in hand, which ends by the limit of the write.
  const auto started = std::chrono::steady_clock::now();
  EXPECT_EQ(peer->read_until("HTTP/1.1 200"), "HTTP/1.1 200");
  server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
  EXPECT_LT(peer->read_all().size(), 32'000'000U);
}

TEST_F(ServerTest, HidesWhatWentWrongInAHandler) {
  const auto server = start(options, [](const Request& request, const Peer&) -> Response {
    if (request.target == "/throw") throw std::runtime_error("secret");
    if (request.target == "/status") return {99, {}, "secret"};
    if (request.target == "/field") return {200, {{"X", "a\r\nsecret: b"}}, ""};
    if (request.target == "/length") return {200, {{"Content-Length", "1"}}, "secret"};
    return {200, {{"Cache-Control", "max-age=60"}}, "fine"};
  });
  const auto client = open(house.client_options(server->port()));
  for (const std::string target : {"/throw", "/status", "/field", "/length"}) {
    const auto response = client->send({"GET", target, {}, ""}, soon());
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->status, 500U) << target;
    EXPECT_EQ(response->body,
              R"({"type":"about:blank","title":"Internal Server Error","status":500})");
  }
  const auto response = client->send({"GET", "/fine", {}, ""}, soon());
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->body, "fine");
  EXPECT_EQ(*adapters::http::find(response->headers, "cache-control"), "max-age=60");
  EXPECT_EQ(client->handshakes().full, 1U);
}

TEST_F(ServerTest, LosesAnAnswerWhenItIsTold) {
  const auto server = start(options, [](const Request&, const Peer&) {
    Response lost;
    lost.unanswered = true;
    return lost;
  });
  const auto response =
      open(house.client_options(server->port()))->send({"GET", "/", {}, ""}, soon());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::UNAVAILABLE);
}

TEST_F(ServerTest, TakesNoMoreConnectionsThanItsLimit) {
  options.connections_max = 2;
  const auto server = start_counting();
  const auto first = raw(*server);
  const auto second = raw(*server);
  EXPECT_EQ(RawPeer::connect_tls(server->port(), {}), nullptr);
  second->write(get_and_close);
  EXPECT_EQ(status_of(second->read_all()), "200");
  first->write(get_and_close);
  EXPECT_EQ(status_of(first->read_all()), "200");
}

TEST_F(ServerTest, ClosesAConnectionAfterItsThousandthRequestAndResumesTheSession) {
  const auto server = start_counting();
  const auto client = open(house.client_options(server->port()));
  for (int i = 0; i < 2'500; ++i) {
    const auto response = client->send({"GET", "/", {}, ""}, soon());
    ASSERT_TRUE(response.has_value()) << i << ": " << response.error().message;
  }
  EXPECT_EQ(handled, 2'500);
  EXPECT_EQ(client->handshakes().full, 1U);
  EXPECT_EQ(client->handshakes().resumed, 2U);
}

TEST_F(ServerTest, FinishesTheRequestInHandWhenItStops) {
  const auto server = start_counting();
  const auto idle = raw(*server);
  idle->write(get);
  EXPECT_EQ(body_of(idle->read_until("GET /a ")), "GET /a ");
  const auto busy = raw(*server);
  busy->write("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
  // Once the server has said something to a third, it has read what the second sent before.
  auto third = raw(*server);
  third->write(get_and_close);
  EXPECT_EQ(status_of(third->read_all()), "200");
  auto stopped = std::async(std::launch::async, [&server] { server->stop(); });
  EXPECT_EQ(idle->read_all(), "");
  EXPECT_EQ(stopped.wait_for(0ms), std::future_status::timeout);
  busy->write("llo");
  const std::string answer = busy->read_all();
  EXPECT_EQ(body_of(answer), "POST /a hello");
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
  stopped.get();
  EXPECT_EQ(RawPeer::connect(server->port()), nullptr);
}

TEST_F(ServerTest, StopsByItsLimitWhenTheRequestInHandNeverEnds) {
  options.drain_limit = 150ms;
  const auto server = start_counting();
  const auto busy = raw(*server);
  busy->write("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
  auto third = raw(*server);
  third->write(get_and_close);
  EXPECT_EQ(status_of(third->read_all()), "200");
  server->stop();
  EXPECT_EQ(busy->read_all(), "");
  server->stop();
}

TEST_F(ServerTest, DamagesAnAnswerAsItIsTold) {
  const auto answer = [&](const adapters::http::Mishap& mishap) {
    const auto server = start(options, [mishap](const Request&, const Peer&) {
      return Response{200, {}, std::string(100, 'x'), false, mishap};
    });
    const auto peer = raw(*server);
    peer->write(get_and_close);
    return peer->read_all();
  };
  const std::string whole = answer({});
  ASSERT_EQ(body_of(whole).size(), 100U);
  EXPECT_EQ(answer({.withheld = 30}).size(), whole.size() - 30);
  EXPECT_EQ(answer({.withheld = 100'000}), "");
  EXPECT_EQ(status_of(answer({.sent_at_most = 20})), "200");
  EXPECT_EQ(answer({.sent_at_most = 20}).size(), 20U);
  EXPECT_LE(answer({.sent_at_most = 20, .reset = true}).size(), 20U)
      << "a reset may take what was under way with it";
  EXPECT_EQ(body_of(answer({.drip_bytes = 40, .drip_pause = 1ms})), body_of(whole))
      << "a drip comes whole in the end";
}

TEST_F(ServerTest, DoesNotDripOnWhenItIsToldToStop) {
  std::promise<void> answering;
  auto server = start(options, [&](const Request&, const Peer&) {
    answering.set_value();
    Response out{200, {}, std::string(100'000, 'x')};
    out.mishap.drip_bytes = 1;
    out.mishap.drip_pause = 1ms;
    return out;
  });
  const auto peer = raw(*server);
  peer->write(get);
  answering.get_future().wait();
  server->stop();
  EXPECT_LT(body_of(peer->read_all()).size(), 100'000U);
}

TEST_F(ServerTest, RefusesOptionsItCannotUse) {
  const auto field = [](ServerOptions bad) {
    const auto server = Server::start(std::move(bad), echo);
    return server ? std::string("none") : server.error().field;
  };
  EXPECT_EQ(field(options), "none");
  ServerOptions bad = options;
  bad.address = "localhost";
  EXPECT_EQ(field(bad), "address");
  bad = options;
  bad.certificate_file = house.folder.file("absent.pem");
  EXPECT_EQ(field(bad), "certificate_file");
  bad = options;
  bad.key_file = house.ca_file;
  EXPECT_EQ(field(bad), "key_file");
  bad = options;
  bad.require_client_certificate = true;
  EXPECT_EQ(field(bad), "client_ca_file");
  bad.client_ca_file = house.folder.file("absent.pem");
  EXPECT_EQ(field(bad), "client_ca_file");
  const auto first = start(options, echo);
  bad = options;
  bad.port = first->port();
  EXPECT_EQ(field(bad), "port");
}

}  // namespace
}  // namespace ig::tests::http
