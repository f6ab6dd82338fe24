// links: http
#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "adapters/wire/crypto/certificates.hpp"
#include "core/base/require.hpp"
#include "tests/bench/ratio.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using ig::adapters::http::Client;
using ig::adapters::http::ClientOptions;
using ig::adapters::http::Peer;
using ig::adapters::http::Request;
using ig::adapters::http::Response;
using ig::adapters::http::Server;
using ig::adapters::http::ServerOptions;
using ig::core::base::Deadline;
using ig::core::base::require;

constexpr int kRequests = 4'000;
constexpr int kRounds = 7;
constexpr std::size_t kBodyBytes = 1'453;  // A yearly figure's answer has about this size.

/// The least a client can do: one connection, blocking calls, no deadline and no check but TLS's.
class RawClient {
 public:
  RawClient(const std::string& ca_file, std::uint16_t port)
      : tls_(asio::ssl::context::tls_client), stream_(context_, tls_) {
    tls_.load_verify_file(ca_file);
    stream_.set_verify_mode(asio::ssl::verify_peer);
    stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
    stream_.next_layer().set_option(asio::ip::tcp::no_delay(true));
    stream_.handshake(asio::ssl::stream_base::client);
  }

  std::size_t get() {
    http::request<http::empty_body> request{http::verb::get, "/figure", 11};
    request.set(http::field::host, "localhost");
    http::write(stream_, request);
    http::response<http::string_body> response;
    http::read(stream_, buffer_, response);
    return response.body().size();
  }

 private:
  asio::io_context context_{1};
  asio::ssl::context tls_;
  asio::ssl::stream<asio::ip::tcp::socket> stream_;
  boost::beast::flat_buffer buffer_;
};

std::string write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

}  // namespace

int main() {
  const auto folder =
      std::filesystem::temp_directory_path() / fmt::format("ig-http-bench-{}", ::getpid());
  std::filesystem::create_directories(folder);
  const auto ca = ig::adapters::wire::crypto::CertificateAuthority::make("Bench CA");
  const std::vector<std::string> names = {"localhost", "127.0.0.1"};
  const auto issued = ca.issue_server(names);
  const std::string ca_file = write(folder / "ca.pem", ca.ca_pem());
  ServerOptions options;
  options.certificate_file = write(folder / "server.pem", issued.certificate_pem);
  options.key_file = write(folder / "server.key", issued.key_pem);
  const std::string body(kBodyBytes, 'x');
  auto server = Server::start(options, [&body](const Request&, const Peer&) {
    return Response{200, {{"Content-Type", "application/json"}}, body};
  });
  require(server.has_value(), "the server starts");
  ClientOptions to_server;
  to_server.host = "127.0.0.1";
  to_server.port = std::to_string((*server)->port());
  to_server.ca_file = ca_file;
  auto client = Client::open(to_server);
  require(client.has_value(), "the client opens");

  // A connection serves a thousand requests; both clients pay for their fresh ones.
  const auto ours = [&client] {
    for (int i = 0; i < kRequests; ++i) {
      const auto response =
          (*client)->send({"GET", "/figure", {}, ""}, Deadline::in(std::chrono::seconds{10}));
      require(response.has_value() && response->body.size() == kBodyBytes, "an answer comes");
    }
  };
  const auto theirs = [&] {
    for (int i = 0; i < kRequests; i += 1'000) {
      RawClient raw(ca_file, (*server)->port());
      for (int j = 0; j < 1'000; ++j) require(raw.get() == kBodyBytes, "an answer comes");
    }
  };
  ig::bench::compare("http/client_requests_vs_raw_beast", kRequests, kRounds, ours, theirs);
  (*server)->stop();
  std::filesystem::remove_all(folder);
  return 0;
}
