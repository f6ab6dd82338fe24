#include "adapters/wire/crypto/certificates.hpp"

#include "adapters/wire/crypto/freed_by.hpp"
#include "core/base/require.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace ig::adapters::wire::crypto {
namespace {

using core::base::require;
using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Memory = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using Names = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;

Key make_key() {
  Key key{EVP_EC_gen("P-256")};
  require(key != nullptr, "OpenSSL makes a P-256 key");
  return key;
}

std::string text_of(BIO* memory) {
  char* start = nullptr;
  const long size = BIO_get_mem_data(memory, &start);
  return {start, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Memory memory{BIO_new(BIO_s_mem())};
  require(PEM_write_bio_X509(memory.get(), certificate) == 1, "a certificate is written as PEM");
  return text_of(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Memory memory{BIO_new(BIO_s_secmem())};
  require(
      PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
      "a key is written as PEM");
  return text_of(memory.get());
}

void set_time(ASN1_TIME* place, std::chrono::sys_seconds at) {
  require(ASN1_TIME_set(place, at.time_since_epoch().count()) != nullptr,
          "a certificate's time is in range");
}

/// A positive number of 127 random bits (RFC 5280 4.1.2.2).
void set_serial(X509* certificate) {
  unsigned char bytes[16];
  require(RAND_bytes(bytes, sizeof bytes) == 1, "the system gives random bytes");
  bytes[0] &= 0x7F;
  const std::unique_ptr<BIGNUM, FreedBy<BN_free>> number{BN_bin2bn(bytes, sizeof bytes, nullptr)};
  require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
          "a serial number is set");
}

void add(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>> extension{
      X509V3_EXT_conf_nid(nullptr, &context, kind, value)};
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1,
          "an extension of a fixed text is added");
}

int kind_of(const std::string& name) {
  const std::unique_ptr<ASN1_OCTET_STRING, FreedBy<ASN1_OCTET_STRING_free>> address{
      a2i_IPADDRESS(name.c_str())};
  if (address != nullptr) return GEN_IPADD;
  const bool uri = name.find("://") != std::string::npos || name.starts_with("urn:");
  return uri ? GEN_URI : GEN_DNS;
}

void add_names(X509* certificate, std::span<const std::string> names) {
  require(!names.empty(), "a certificate is issued to at least one name");
  const Names all{GENERAL_NAMES_new()};
  for (const std::string& name : names) {
    GENERAL_NAME* const one =
        a2i_GENERAL_NAME(nullptr, nullptr, nullptr, kind_of(name), name.c_str(), 0);
    require(one != nullptr && sk_GENERAL_NAME_push(all.get(), one) > 0,
            "a subject alternative name is ASCII");
  }
  // Critical, because the subject is empty (RFC 5280 4.2.1.6).
  require(
      X509_add1_ext_i2d(certificate, NID_subject_alt_name, all.get(), 1, X509V3_ADD_DEFAULT) == 1,
      "the names are added");
}

/// What authority and leaf have in common: version 3, serial number, times and the public key.
Certificate blank(EVP_PKEY* key, Validity validity) {
  Certificate certificate{X509_new()};
  require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1,
          "a certificate is of version 3");
  set_serial(certificate.get());
  set_time(X509_getm_notBefore(certificate.get()), validity.not_before);
  set_time(X509_getm_notAfter(certificate.get()), validity.not_after);
  require(X509_set_pubkey(certificate.get(), key) == 1, "a certificate takes its key");
  return certificate;
}

void sign(X509* certificate, EVP_PKEY* key) {
  require(X509_sign(certificate, key, EVP_sha256()) > 0, "a P-256 key signs");
}

}  // namespace

Validity Validity::for_days(int days) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return {now - std::chrono::hours{1}, now + std::chrono::days{days}};
}

struct CertificateAuthority::Impl {
  Key key;
  Certificate certificate;

  [[nodiscard]] Issued issue(std::span<const std::string> names, const char* usage,
                             Validity validity) const {
    const Key leaf_key = make_key();
    const Certificate leaf = blank(leaf_key.get(), validity);
    require(X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate.get())) == 1,
            "a certificate takes its issuer");
    add(leaf.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    add(leaf.get(), certificate.get(), NID_key_usage, "critical,digitalSignature");
    add(leaf.get(), certificate.get(), NID_ext_key_usage, usage);
    add(leaf.get(), certificate.get(), NID_subject_key_identifier, "hash");
    add(leaf.get(), certificate.get(), NID_authority_key_identifier, "keyid");
    add_names(leaf.get(), names);
    sign(leaf.get(), key.get());
    return {pem_of(leaf.get()), pem_of(leaf_key.get())};
  }
};

CertificateAuthority::CertificateAuthority(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CertificateAuthority::~CertificateAuthority() = default;
CertificateAuthority::CertificateAuthority(CertificateAuthority&&) noexcept = default;
CertificateAuthority& CertificateAuthority::operator=(CertificateAuthority&&) noexcept = default;

CertificateAuthority CertificateAuthority::make(std::string_view name, Validity validity) {
  auto impl = std::make_unique<Impl>();
  impl->key = make_key();
  impl->certificate = blank(impl->key.get(), validity);
  X509* const own = impl->certificate.get();
  X509_NAME* const subject = X509_get_subject_name(own);
  require(X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(name.data()),
                                     static_cast<int>(name.size()), -1, 0) == 1,
          "an authority has a name of 1 to 64 characters");
  require(X509_set_issuer_name(own, subject) == 1, "an authority is its own issuer");
  add(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  add(own, own, NID_subject_key_identifier, "hash");
  sign(own, impl->key.get());
  return CertificateAuthority(std::move(impl));
}

std::string CertificateAuthority::ca_pem() const { return pem_of(impl_->certificate.get()); }

Issued CertificateAuthority::issue_server(std::span<const std::string> names,
                                          Validity validity) const {
  return impl_->issue(names, "serverAuth", validity);
}

Issued CertificateAuthority::issue_client(std::string_view name, Validity validity) const {
  const std::string names[] = {std::string(name)};
  return impl_->issue(names, "clientAuth", validity);
}

}  // namespace ig::adapters::wire::crypto
