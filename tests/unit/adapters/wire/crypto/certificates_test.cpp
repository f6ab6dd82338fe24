#include "adapters/wire/crypto/certificates.hpp"

#include "adapters/wire/crypto/freed_by.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <vector>

namespace ig::adapters::wire::crypto {
namespace {

using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Memory = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;

Certificate read(const std::string& pem) {
  const Memory memory{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  return Certificate{PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)};
}

/// What OpenSSL says of `leaf` when only `ca` is trusted and it is used for `purpose`.
std::string verdict(const std::string& leaf, const std::string& ca, int purpose) {
  const std::unique_ptr<X509_STORE, FreedBy<X509_STORE_free>> store{X509_STORE_new()};
  const std::unique_ptr<X509_STORE_CTX, FreedBy<X509_STORE_CTX_free>> context{X509_STORE_CTX_new()};
  const Certificate root = read(ca);
  const Certificate own = read(leaf);
  X509_STORE_add_cert(store.get(), root.get());
  X509_STORE_CTX_init(context.get(), store.get(), own.get(), nullptr);
  X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT);
  X509_STORE_CTX_set_purpose(context.get(), purpose);
  X509_verify_cert(context.get());
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

const std::vector<std::string> names = {"gateway.test", "127.0.0.1", "urn:income-gateway:test"};

TEST(Certificates, AreTrustedForTheirPurposeAndNoOther) {
  const auto ca = CertificateAuthority::make("Test CA");
  const Issued server = ca.issue_server(names);
  const Issued client = ca.issue_client("urn:case-system:cms");
  EXPECT_EQ(verdict(server.certificate_pem, ca.ca_pem(), X509_PURPOSE_SSL_SERVER), "ok");
  EXPECT_EQ(verdict(client.certificate_pem, ca.ca_pem(), X509_PURPOSE_SSL_CLIENT), "ok");
  EXPECT_NE(verdict(server.certificate_pem, ca.ca_pem(), X509_PURPOSE_SSL_CLIENT), "ok");
  EXPECT_NE(verdict(client.certificate_pem, ca.ca_pem(), X509_PURPOSE_SSL_SERVER), "ok");
}

TEST(Certificates, AreNotTrustedByAnotherAuthorityOfTheSameName) {
  const auto ca = CertificateAuthority::make("Test CA");
  const auto other = CertificateAuthority::make("Test CA");
  const Issued server = ca.issue_server(names);
  EXPECT_NE(verdict(server.certificate_pem, other.ca_pem(), X509_PURPOSE_SSL_SERVER), "ok");
}

TEST(Certificates, CarryTheirNames) {
  const auto ca = CertificateAuthority::make("Test CA");
  const Certificate server = read(ca.issue_server(names).certificate_pem);
  EXPECT_EQ(X509_check_host(server.get(), "gateway.test", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(server.get(), "other.test", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(server.get(), "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(server.get(), "127.0.0.2", 0), 0);
}

TEST(Certificates, EndWhenTheyAreTold) {
  const auto ca = CertificateAuthority::make("Test CA");
  Validity past = Validity::for_days(1);
  past.not_after = past.not_before + std::chrono::seconds{1};
  const Issued expired = ca.issue_server(names, past);
  EXPECT_EQ(verdict(expired.certificate_pem, ca.ca_pem(), X509_PURPOSE_SSL_SERVER),
            "certificate has expired");
  Validity future = Validity::for_days(2);
  future.not_before = future.not_after - std::chrono::hours{1};
  const Issued early = ca.issue_server(names, future);
  EXPECT_EQ(verdict(early.certificate_pem, ca.ca_pem(), X509_PURPOSE_SSL_SERVER),
            "certificate is not yet valid");
}

TEST(Certificates, BelongToTheirKey) {
  const auto ca = CertificateAuthority::make("Test CA");
  const Issued one = ca.issue_client("a.test");
  const Issued two = ca.issue_client("a.test");
  const Memory memory{BIO_new_mem_buf(one.key_pem.data(), static_cast<int>(one.key_pem.size()))};
  const std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>> key{
      PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr)};
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(X509_check_private_key(read(one.certificate_pem).get(), key.get()), 1);
  EXPECT_EQ(X509_check_private_key(read(two.certificate_pem).get(), key.get()), 0);
}

}  // namespace
}  // namespace ig::adapters::wire::crypto
