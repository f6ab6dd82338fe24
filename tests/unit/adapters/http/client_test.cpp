#include "adapters/http/client.hpp"

#include "tests/unit/adapters/http/house.hpp"
#include "tests/unit/adapters/http/raw_peer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace ig::tests::http {
namespace {

using std::chrono::milliseconds;

const std::string hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const std::string hello_and_close =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

class ClientTest : public ::testing::Test {
 protected:
  /// A server that reads a request on each connection and answers with these bytes.
  RawServer answering(std::string bytes) {
    return RawServer(raw(), [bytes = std::move(bytes)](RawPeer& peer, int) {
      peer.read_until("\r\n\r\n");
      peer.write(bytes);
      peer.finish();
    });
  }
  [[nodiscard]] RawOptions raw() const {
    RawOptions options;
    options.certificate_file = house.certificate_file;
    options.key_file = house.key_file;
    return options;
  }
  /// What a client of ours makes of an answer of these bytes: a code, or the status.
  std::string verdict_on(const std::string& bytes, std::size_t body_bytes_max = 100) {
    const RawServer server = answering(bytes);
    ClientOptions options = house.client_options(server.port());
    options.body_bytes_max = body_bytes_max;
    const auto client = open(options);
    const auto response = client->send(request, soon());
    return response ? std::to_string(response->status) + " " + response->body
                    : std::string(name(response.error().code));
  }

  House house;
  Request request{"GET", "/", {}, ""};
};

TEST_F(ClientTest, SendsWhatItIsTold) {
  std::string seen;
  const RawServer server(raw(), [&seen](RawPeer& peer, int) {
    seen = peer.read_until("{}");
    peer.write(hello_and_close);
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->send(post("/path?query=1", "{}"), soon()).has_value());
  EXPECT_EQ(seen,
            "POST /path?query=1 HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port()) +
                "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_F(ClientTest, RefusesToSendWhatWouldBeAnotherRequest) {
  const auto client = open(house.client_options(1));
  const std::vector<Request> refused = {{"GET /a HTTP/1.1\r\nX:", "/", {}, ""},
                                        {"CONNECT", "/", {}, ""},
                                        {"GET", "/a b", {}, ""},
                                        {"GET", "https://other/", {}, ""},
                                        {"GET", "/a\r\nX: y", {}, ""},
                                        {"GET", "/", {{"X", "a\r\nY: b"}}, ""},
                                        {"GET", "/", {{"X Y", "a"}}, ""},
                                        {"POST", "/", {{"Content-Length", "5"}}, ""},
                                        {"POST", "/", {{"host", "other"}}, ""},
                                        {"POST", "/", {{"X", "\xc3\xa9"}}, ""},
                                        {"POST", "/", {{"Transfer-Encoding", "chunked"}}, ""}};
  for (const Request& one : refused) {
    const auto response = client->send(one, soon());
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code, ErrorCode::INVALID_TEXT);
  }
}

TEST_F(ClientTest, TakesAnswersThatSayWhereTheyEnd) {
  EXPECT_EQ(verdict_on(hello), "200 hello");
  EXPECT_EQ(verdict_on("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
            "200 hello");
  EXPECT_EQ(verdict_on("HTTP/1.1 204 No Content\r\n\r\n"), "204 ");
  EXPECT_EQ(verdict_on("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), "503 ");
  EXPECT_EQ(verdict_on("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"), "200 hello");
  EXPECT_EQ(
      verdict_on("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + hello),
      "200 hello");
}

TEST_F(ClientTest, RefusesAnswersThatLeaveADoubt) {
  const std::vector<std::string> answers = {
      "HTTP/1.1 200 OK\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nLocation: /x\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\nhello\r\n0\r\n\r\n",
      "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n",
      "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 700 High\r\nContent-Length: 0\r\n\r\n",
      "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 100 A\r\n\r\nHTTP/1.1 100 B\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 D\r\n\r\n"
      "HTTP/1.1 100 E\r\n\r\n" +
          hello,
      "SSH-2.0-OpenSSH\r\n",
  };
  for (const std::string& answer : answers) EXPECT_EQ(verdict_on(answer), "BAD_REPLY") << answer;
}

TEST_F(ClientTest, KeepsToTheLimitsOfAnAnswer) {
  const std::string ten(10, 'x');
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
  EXPECT_EQ(verdict_on(head + ten, 10), "200 " + ten);
  EXPECT_EQ(verdict_on(head + ten, 9), "LIMIT_EXCEEDED");
  const std::string chunks =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nxxxxx\r\n5\r\nxxxxx\r\n0\r\n\r\n";
  EXPECT_EQ(verdict_on(chunks, 10), "200 " + ten);
  EXPECT_EQ(verdict_on(chunks, 9), "LIMIT_EXCEEDED");
  EXPECT_EQ(verdict_on("HTTP/1.1 200 OK\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n"),
            "LIMIT_EXCEEDED");
  std::string fields;
  for (int i = 0; i < 64; ++i) fields += "X: y\r\n";
  EXPECT_EQ(verdict_on("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + fields + "\r\n"), "BAD_REPLY");
}

TEST_F(ClientTest, NeverTakesAnAnswerCutAtAnyByte) {
  for (const std::string& answer :
       {hello, std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "5\r\nhello\r\n0\r\n\r\n")}) {
    ASSERT_EQ(verdict_on(answer), "200 hello");
    std::atomic<std::size_t> size{0};
    const RawServer server(raw(), [&size, &answer](RawPeer& peer, int) {
      peer.read_until("\r\n\r\n");
      peer.write(std::string_view(answer).substr(0, size));
      peer.finish();
    });
    const auto client = open(house.client_options(server.port()));
    for (; size < answer.size(); ++size) {
      const auto response = client->send(request, soon());
      ASSERT_FALSE(response.has_value()) << "cut at " << size;
      EXPECT_EQ(response.error().code, size == 0 ? ErrorCode::UNAVAILABLE : ErrorCode::BAD_REPLY);
    }
  }
}

TEST_F(ClientTest, TellsAResetPeerFromAnAnswer) {
  std::atomic<std::size_t> size{0};
  const RawServer server(raw(), [&size](RawPeer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.write(hello.substr(0, size));
    peer.reset();
  });
  const auto client = open(house.client_options(server.port()));
  for (const std::size_t bytes : {0U, 10U, 40U}) {
    size = bytes;
    const auto response = client->send(request, soon());
    ASSERT_FALSE(response.has_value());
    const ErrorCode code = response.error().code;
    EXPECT_TRUE(code == ErrorCode::UNAVAILABLE || (bytes > 0 && code == ErrorCode::BAD_REPLY));
  }
}

TEST_F(ClientTest, EndsAtTheDeadlineWhenThePeerIsSilent) {
  const RawServer server(raw(), [](RawPeer& peer, int) { peer.read_all(); });
  const auto client = open(house.client_options(server.port()));
  const auto response = client->send(request, short_deadline());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::DEADLINE);
}

TEST_F(ClientTest, EndsAtTheDeadlineWhenThePeerNeverShakesHands) {
  const SilentPort silent;
  const auto client = open(house.client_options(silent.port()));
  const auto response = client->send(request, short_deadline());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::DEADLINE);
}

TEST_F(ClientTest, TakesAnAnswerThatComesByteByByte) {
  const RawServer server(raw(), [](RawPeer& peer, int) {
    while (!peer.read_until("\r\n\r\n").empty()) {
      for (const char byte : hello) peer.write(std::string(1, byte));
    }
  });
  const auto client = open(house.client_options(server.port()));
  for (int i = 0; i < 3; ++i) {
    const auto response = client->send(request, soon());
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->body, "hello");
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ClientTest, TakesTheAnswerOfAPeerThatRefusesWhileTheRequestLeaves) {
  const RawServer server(raw(), [](RawPeer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.write("HTTP/1.1 413 Large\r\nContent-Length: 5\r\n\r\nlarge");
    peer.finish();
  });
  const auto client = open(house.client_options(server.port()));
  for (int i = 1; i <= 2; ++i) {
    const auto response = client->send(post("/", std::string(32'000'000, 'x')), soon());
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->status, 413U);
    EXPECT_EQ(response->body, "large");
    EXPECT_EQ(server.connections(), i) << "a request that was cut short ends its connection";
  }
}

TEST_F(ClientTest, SaysUnavailableWhenThePeerResetsWhileTheRequestLeaves) {
  const RawServer server(raw(), [](RawPeer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.reset();
  });
  const auto client = open(house.client_options(server.port()));
  const auto response = client->send(post("/", std::string(32'000'000, 'x')), soon());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::UNAVAILABLE);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ClientTest, EndsAtTheDeadlineWhenTheAnswerDrips) {
  const RawServer server(raw(), [](RawPeer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (peer.write("x") && !peer.readable_within(milliseconds{10})) {
    }
  });
  const auto client = open(house.client_options(server.port()));
  const auto started = std::chrono::steady_clock::now();
  const auto response = client->send(request, short_deadline());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::DEADLINE);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds{5});
}

TEST_F(ClientTest, EndsAtTheDeadlineWhenThePeerReadsNothing) {
  std::promise<void> done;
  const RawServer server(raw(), [&done](RawPeer&, int) { done.get_future().wait(); });
  const auto client = open(house.client_options(server.port()));
  const auto response = client->send(post("/", std::string(8'000'000, 'x')), short_deadline());
  done.set_value();
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::DEADLINE);
}

TEST_F(ClientTest, DoesNothingAfterTheDeadline) {
  const RawServer server = answering(hello);
  const auto client = open(house.client_options(server.port()));
  const auto response = client->send(request, Deadline::in(milliseconds{-1}));
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::DEADLINE);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(ClientTest, SaysUnavailableWhenNobodyListens) {
  std::uint16_t free_port = 0;
  {
    const SilentPort gone;
    free_port = gone.port();
  }
  const auto client = open(house.client_options(free_port));
  const auto response = client->send(request, soon());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::UNAVAILABLE);
}

TEST_F(ClientTest, FindsNoAddressForAHostThatCannotBe) {
  ClientOptions options = house.client_options(443);
  options.host = "no-such-host.invalid";
  const auto response = open(options)->send(request, Deadline::in(milliseconds{500}));
  ASSERT_FALSE(response.has_value());
  EXPECT_TRUE(response.error().code == ErrorCode::UNAVAILABLE ||
              response.error().code == ErrorCode::DEADLINE);
}

TEST_F(ClientTest, SendsOnceMoreWhenTheKeptConnectionTurnsOutClosed) {
  const RawServer server(raw(), [](RawPeer& peer, int nth) {
    peer.read_until("\r\n\r\n");
    peer.write(hello);
    if (nth == 0) peer.read_until("\r\n\r\n");  // The second request comes, and is not answered.
    peer.finish();
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->send(request, soon()).has_value());
  ASSERT_TRUE(client->send(request, soon()).has_value());
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ClientTest, SendsOnceOnlyWhenAFreshConnectionCloses) {
  const RawServer server = answering("");
  const auto client = open(house.client_options(server.port()));
  const auto response = client->send(request, soon());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::UNAVAILABLE);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ClientTest, SendsOnceOnlyWhenAByteOfTheAnswerWasSeen) {
  const RawServer server(raw(), [](RawPeer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.write(hello);
    peer.read_until("\r\n\r\n");
    peer.write("H");
    peer.finish();
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->send(request, soon()).has_value());
  const auto response = client->send(request, soon());
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::BAD_REPLY);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ClientTest, ClosesWhenMoreThanTheAnswerCame) {
  const RawServer server(raw(), [](RawPeer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.write(hello + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
    peer.read_all();
  });
  const auto client = open(house.client_options(server.port()));
  for (int i = 0; i < 3; ++i) {
    const auto response = client->send(request, soon());
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->body, "hello");
  }
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(ClientTest, NeverTakesBytesNobodyAskedForAsAnAnswer) {
  std::promise<void> forged;
  const RawServer server(raw(), [&forged](RawPeer& peer, int nth) {
    peer.read_until("\r\n\r\n");
    peer.write(hello);
    if (nth == 0) {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
      forged.set_value();
      peer.read_all();
    }
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->send(request, soon()).has_value());
  forged.get_future().wait();
  const auto response = client->send(request, soon());
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ClientTest, LooksAtTheConnectionAgainWhenItWasMadeReadyAWhileAgo) {
  std::promise<void> forge;
  std::promise<void> forged;
  const RawServer server(raw(), [&](RawPeer& peer, int nth) {
    peer.read_until("\r\n\r\n");
    peer.write(hello);
    if (nth == 0) {
      forge.get_future().wait();
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
      forged.set_value();
      peer.read_all();
    }
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->send(request, soon()).has_value());
  ASSERT_TRUE(client->prepare(soon()).has_value());
  const Deadline holds = Deadline::in(core::base::limits::http_checked_limit);
  forge.set_value();
  forged.get_future().wait();
  while (!holds.passed()) std::this_thread::yield();
  const auto response = client->send(request, soon());
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ClientTest, OpensAFreshConnectionWhenThePeerHasClosedTheKeptOne) {
  std::promise<void> closed;
  std::atomic<int> requests{0};
  const RawServer server(raw(), [&closed, &requests](RawPeer& peer, int nth) {
    peer.read_until("\r\n\r\n");
    ++requests;
    peer.write(hello);
    peer.finish();
    if (nth == 0) closed.set_value();
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->send(request, soon()).has_value());
  closed.get_future().wait();
  ASSERT_TRUE(client->send(request, soon()).has_value());
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(client->handshakes().full, 1U);
  EXPECT_EQ(client->handshakes().resumed, 1U);
}

TEST_F(ClientTest, ConnectsAheadOfTheRequestAndKeepsThatConnection) {
  std::atomic<int> connections{0};
  std::promise<void> stands;  // the server has sent its session tickets
  std::promise<void> closed;
  const RawServer server(raw(), [&](RawPeer& peer, int nth) {
    ++connections;
    if (nth == 0) stands.set_value();
    if (peer.read_until("\r\n\r\n").empty()) return;
    peer.write(hello);
    peer.finish();
    if (nth == 0) closed.set_value();
  });
  const auto client = open(house.client_options(server.port()));
  ASSERT_TRUE(client->prepare(soon()).has_value());
  EXPECT_EQ(client->handshakes().full, 1U);
  stands.get_future().wait();
  ASSERT_TRUE(client->prepare(soon()).has_value());
  ASSERT_TRUE(client->send(request, soon()).has_value());
  ASSERT_EQ(connections, 1);
  closed.get_future().wait();
  ASSERT_TRUE(client->prepare(soon()).has_value());
  EXPECT_EQ(client->handshakes().full + client->handshakes().resumed, 2U);
  ASSERT_TRUE(client->send(request, soon()).has_value());
  EXPECT_EQ(connections, 2);
  EXPECT_EQ(client->prepare(Deadline{}).error().code, ErrorCode::DEADLINE);
}

TEST_F(ClientTest, SaysAheadOfTheRequestWhyNoConnectionStands) {
  const auto stranger = CertificateAuthority::make("Another CA");
  house.use(stranger.issue_server(house.names));
  const auto server = start(house.server_options(), echo);
  const auto client = open(house.client_options(server->port()));
  EXPECT_EQ(client->prepare(soon()).error().code, ErrorCode::TLS_FAILED);
  server->stop();
  EXPECT_EQ(client->prepare(soon()).error().code, ErrorCode::UNAVAILABLE);
}

TEST_F(ClientTest, ResumesItsSessionWithEveryVersionOfTls) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    RawOptions options = raw();
    options.version_max = version;
    const RawServer server(options, [](RawPeer& peer, int) {
      peer.read_until("\r\n\r\n");
      peer.write(hello_and_close);
      peer.read_all();
    });
    const auto client = open(house.client_options(server.port()));
    for (int i = 0; i < 20; ++i) {
      const auto response = client->send(request, soon());
      ASSERT_TRUE(response.has_value()) << response.error().message;
    }
    EXPECT_EQ(client->handshakes().full, 1U);
    EXPECT_EQ(client->handshakes().resumed, 19U);
  }
}

TEST_F(ClientTest, RefusesOptionsItCannotUse) {
  const auto code = [](const ClientOptions& options) {
    const auto client = Client::open(options);
    return client ? std::string("none") : client.error().field;
  };
  const ClientOptions good = house.client_options(443);
  EXPECT_EQ(code(good), "none");
  ClientOptions bad = good;
  bad.ca_file = house.folder.file("absent.pem");
  EXPECT_EQ(code(bad), "ca_file");
  bad = good;
  bad.ca_file = house.key_file;
  EXPECT_EQ(code(bad), "ca_file");
  bad = good;
  bad.port = "0";
  EXPECT_EQ(code(bad), "port");
  bad.port = "https";
  EXPECT_EQ(code(bad), "port");
  bad = good;
  bad.host = "";
  EXPECT_EQ(code(bad), "host");
  bad = good;
  bad.certificate_file = house.ca_file;
  bad.key_file = house.key_file;
  EXPECT_EQ(code(bad), "key_file");
}

}  // namespace
}  // namespace ig::tests::http
