#include "adapters/http/tls.hpp"

#include "tests/unit/adapters/http/house.hpp"
#include "tests/unit/adapters/http/raw_peer.hpp"

#include <gtest/gtest.h>

namespace ig::tests::http {
namespace {

using adapters::wire::crypto::Validity;

std::string names_of(const Peer& peer) {
  std::string out = peer.authenticated ? "known:" : "unknown:";
  for (const std::string& name : peer.names) out += " " + name;
  return out;
}

Response say_who(const Request&, const Peer& peer) { return {200, {}, names_of(peer)}; }

std::string result_of(const ClientOptions& options) {
  const auto response = open(options)->send({"GET", "/", {}, ""}, soon());
  return response ? response->body : std::string(name(response.error().code));
}

class TlsTest : public ::testing::Test {
 protected:
  /// What a client makes of a server that shows this certificate.
  std::string verdict_on(const Issued& shown) {
    house.use(shown);
    const auto server = start(house.server_options(), say_who);
    return result_of(house.client_options(server->port()));
  }
  std::unique_ptr<Server> start_asking(bool required) {
    ServerOptions options = house.server_options();
    options.client_ca_file = house.ca_file;
    options.require_client_certificate = required;
    return start(options, say_who);
  }

  House house;
};

TEST_F(TlsTest, TakesACertificateOfTheRightNameTimeAndAuthority) {
  EXPECT_EQ(verdict_on(house.authority.issue_server(house.names)), "unknown:");
}

TEST_F(TlsTest, RefusesAnAuthorityItDoesNotKnow) {
  const auto other = CertificateAuthority::make("Test CA");
  EXPECT_EQ(verdict_on(other.issue_server(house.names)), "TLS_FAILED");
}

TEST_F(TlsTest, TrustsTheSystemsRootsAloneWithoutACaFile) {
  const auto server = start(house.server_options(), say_who);
  ClientOptions options = house.client_options(server->port());
  options.ca_file.clear();
  EXPECT_EQ(result_of(options), "TLS_FAILED");
}

TEST_F(TlsTest, RefusesAnotherHost) {
  const std::vector<std::string> other = {"other.test"};
  EXPECT_EQ(verdict_on(house.authority.issue_server(other)), "TLS_FAILED");
  const std::vector<std::string> partial = {"local*"};
  EXPECT_EQ(verdict_on(house.authority.issue_server(partial)), "TLS_FAILED");
}

TEST_F(TlsTest, ChecksAnAddressAsAnAddress) {
  const auto server = start(house.server_options(), say_who);
  ClientOptions options = house.client_options(server->port());
  options.host = "127.0.0.1";
  EXPECT_EQ(result_of(options), "unknown:");
  const std::vector<std::string> names_only = {"localhost"};
  house.use(house.authority.issue_server(names_only));
  const auto other = start(house.server_options(), say_who);
  options.port = std::to_string(other->port());
  EXPECT_EQ(result_of(options), "TLS_FAILED");
}

TEST_F(TlsTest, RefusesACertificateOutOfItsTime) {
  Validity past = Validity::for_days(1);
  past.not_after = past.not_before + std::chrono::seconds{1};
  EXPECT_EQ(verdict_on(house.authority.issue_server(house.names, past)), "TLS_FAILED");
  Validity future = Validity::for_days(2);
  future.not_before = future.not_after - std::chrono::hours{1};
  EXPECT_EQ(verdict_on(house.authority.issue_server(house.names, future)), "TLS_FAILED");
}

TEST_F(TlsTest, RefusesAClientCertificateShownByAServer) {
  EXPECT_EQ(verdict_on(house.authority.issue_client("localhost")), "TLS_FAILED");
}

TEST_F(TlsTest, KnowsAClientByTheNamesOfItsCertificate) {
  const auto server = start_asking(true);
  const auto uri = house.known_client(server->port(), "urn:case-system:cms", house.authority);
  EXPECT_EQ(result_of(uri), "known: urn:case-system:cms");
  const auto dns = house.known_client(server->port(), "cms.test", house.authority);
  EXPECT_EQ(result_of(dns), "known: cms.test");
}

TEST_F(TlsTest, RefusesClientsWithoutTheRightCertificate) {
  const auto server = start_asking(true);
  EXPECT_EQ(result_of(house.client_options(server->port())), "TLS_FAILED");
  const auto other = CertificateAuthority::make("Test CA");
  EXPECT_EQ(result_of(house.known_client(server->port(), "cms.test", other)), "TLS_FAILED");
  ClientOptions as_server = house.client_options(server->port());
  as_server.certificate_file = house.certificate_file;
  as_server.key_file = house.key_file;
  EXPECT_EQ(result_of(as_server), "TLS_FAILED");
}

TEST_F(TlsTest, LetsAClientStayUnknownWhereACertificateIsAskedForOnly) {
  const auto server = start_asking(false);
  EXPECT_EQ(result_of(house.client_options(server->port())), "unknown:");
  const auto known = house.known_client(server->port(), "cms.test", house.authority);
  EXPECT_EQ(result_of(known), "known: cms.test");
}

TEST_F(TlsTest, KnowsAClientAgainWhenItResumes) {
  const auto server = start_asking(true);
  const auto client = open(house.known_client(server->port(), "cms.test", house.authority));
  for (int i = 0; i < 1'001; ++i) {
    const auto response = client->send({"GET", "/", {}, ""}, soon());
    ASSERT_TRUE(response.has_value()) << response.error().message;
    ASSERT_EQ(response->body, "known: cms.test");
  }
  EXPECT_EQ(client->handshakes().resumed, 1U);
}

TEST_F(TlsTest, SpeaksTls12And13AndNothingOlder) {
  const auto server = start(house.server_options(), say_who);
  const auto speaks = [&server](int version) {
    RawOptions options;
    options.version_max = version;
    return RawPeer::connect_tls(server->port(), options) != nullptr;
  };
  EXPECT_TRUE(speaks(TLS1_3_VERSION));
  EXPECT_TRUE(speaks(TLS1_2_VERSION));
  EXPECT_FALSE(speaks(TLS1_1_VERSION));
  EXPECT_FALSE(speaks(TLS1_VERSION));
}

TEST_F(TlsTest, RefusesAServerOfAnOlderVersion) {
  RawOptions options;
  options.certificate_file = house.certificate_file;
  options.key_file = house.key_file;
  options.version_max = TLS1_1_VERSION;
  const RawServer server(options, [](RawPeer& peer, int) { peer.read_all(); });
  EXPECT_EQ(result_of(house.client_options(server.port())), "TLS_FAILED");
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(TlsTest, TakesTheSuitesOfItsPolicyAndNoOther) {
  const auto server = start(house.server_options(), say_who);
  const std::vector<std::pair<std::string, bool>> suites = {
      {"ECDHE-ECDSA-AES256-GCM-SHA384", true},
      {"ECDHE-ECDSA-AES128-GCM-SHA256", true},
      {"ECDHE-ECDSA-CHACHA20-POLY1305", false},
      {"ECDHE-ECDSA-AES128-SHA256", false},
      {"ECDHE-ECDSA-AES256-SHA", false},
      {"ECDHE-ECDSA-AES128-CCM", false},
      {"ECDHE-ECDSA-NULL-SHA", false},
      {"AECDH-AES128-SHA", false},
      {"AES128-GCM-SHA256", false}};
  for (const auto& [suite, taken] : suites) {
    RawOptions options;
    options.version_max = TLS1_2_VERSION;
    options.suites_1_2 = suite + ":@SECLEVEL=0";
    EXPECT_EQ(RawPeer::connect_tls(server->port(), options) != nullptr, taken) << suite;
  }
}

TEST_F(TlsTest, NeverRenegotiates) {
  const auto server = start(house.server_options(), say_who);
  RawOptions options;
  options.version_max = TLS1_2_VERSION;
  const auto peer = RawPeer::connect_tls(server->port(), options);
  ASSERT_NE(peer, nullptr);
  EXPECT_FALSE(peer->renegotiate());
}

}  // namespace
}  // namespace ig::tests::http
