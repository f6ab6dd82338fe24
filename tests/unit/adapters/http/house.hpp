#pragma once

#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "adapters/wire/crypto/certificates.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ig::tests::http {

using adapters::http::Client;
using adapters::http::ClientOptions;
using adapters::http::Handler;
using adapters::http::Peer;
using adapters::http::Request;
using adapters::http::Response;
using adapters::http::Server;
using adapters::http::ServerOptions;
using adapters::wire::crypto::CertificateAuthority;
using adapters::wire::crypto::Issued;
using core::base::Deadline;
using core::base::ErrorCode;

/// An authority, its certificates as files, and a server and clients that trust it.
class House {
 public:
  House() { use(authority.issue_server(names)); }

  /// The certificate that servers started from now on show.
  void use(const Issued& server) {
    certificate_file = folder.write("server.pem", server.certificate_pem);
    key_file = folder.write("server.key", server.key_pem);
  }

  [[nodiscard]] ServerOptions server_options() const {
    ServerOptions options;
    options.certificate_file = certificate_file;
    options.key_file = key_file;
    return options;
  }

  [[nodiscard]] ClientOptions client_options(std::uint16_t port) const {
    ClientOptions options;
    options.host = "localhost";
    options.port = std::to_string(port);
    options.ca_file = ca_file;
    return options;
  }

  /// A client of ours that shows a certificate issued to `name` by `issuer`.
  [[nodiscard]] ClientOptions known_client(std::uint16_t port, const std::string& name,
                                           const CertificateAuthority& issuer) const {
    ClientOptions options = client_options(port);
    const Issued issued = issuer.issue_client(name);
    options.certificate_file = folder.write("client.pem", issued.certificate_pem);
    options.key_file = folder.write("client.key", issued.key_pem);
    return options;
  }

  support::TempFolder folder;
  std::vector<std::string> names = {"localhost", "127.0.0.1"};
  CertificateAuthority authority = CertificateAuthority::make("Test CA");
  std::string ca_file = folder.write("ca.pem", authority.ca_pem());
  std::string certificate_file;
  std::string key_file;
};

inline std::unique_ptr<Server> start(ServerOptions options, Handler handler) {
  auto server = Server::start(std::move(options), std::move(handler));
  EXPECT_TRUE(server.has_value()) << server.error().message;
  return std::move(server).value();
}

inline std::unique_ptr<Client> open(ClientOptions options) {
  auto client = Client::open(std::move(options));
  EXPECT_TRUE(client.has_value()) << client.error().message;
  return std::move(client).value();
}

/// A deadline that a test which passes never meets.
inline Deadline soon() { return Deadline::in(std::chrono::seconds{10}); }

/// A deadline that a test waits for.
inline Deadline short_deadline() { return Deadline::in(std::chrono::milliseconds{200}); }

inline Request post(std::string target, std::string body) {
  return {"POST", std::move(target), {{"Content-Type", "application/json"}}, std::move(body)};
}

/// Answers with method, target and body of the request.
inline Response echo(const Request& request, const Peer&) {
  return {200,
          {{"Content-Type", "text/plain"}},
          request.method + " " + request.target + " " + request.body};
}

}  // namespace ig::tests::http
