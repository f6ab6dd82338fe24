#include "adapters/http/tls.hpp"

#include "adapters/wire/crypto/freed_by.hpp"
#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <string_view>

namespace ig::adapters::http::tls {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::require;
using core::base::Result;
using wire::crypto::FreedBy;

/// RFC 9325 4.2: ephemeral keys and AEAD only.
constexpr const char* suites_1_3 = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256";
constexpr const char* server_suites_1_2 =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
/// A peer outside our house may hold an RSA certificate.
constexpr const char* client_suites_1_2 =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256";
constexpr const char* groups = "X25519:P-256:P-384";

/// OpenSSL ends and asks a passphrase of the terminal unless it is told that there is none.
int no_passphrase(char*, int, int, void*) { return 0; }

using Session = std::unique_ptr<SSL_SESSION, FreedBy<SSL_SESSION_free>>;

void free_session(void*, void* session, CRYPTO_EX_DATA*, int, long, void*) {
  SSL_SESSION_free(static_cast<SSL_SESSION*>(session));
}

/// Where a client's context keeps its session.
int session_slot() {
  static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_session);
  return slot;
}

Session take_session(SSL_CTX* context) {
  Session held{static_cast<SSL_SESSION*>(SSL_CTX_get_ex_data(context, session_slot()))};
  SSL_CTX_set_ex_data(context, session_slot(), nullptr);
  return held;
}

/// Keeps the newest session; returning 1 takes over OpenSSL's reference.
int keep_session(SSL* connection, SSL_SESSION* session) {
  SSL_CTX* const context = SSL_get_SSL_CTX(connection);
  const Session old = take_session(context);
  SSL_CTX_set_ex_data(context, session_slot(), session);
  return 1;
}

Result<Context> common_context(const SSL_METHOD* method, const char* suites_1_2) {
  Context made{SSL_CTX_new(method)};
  SSL_CTX* const context = made.get();
  require(context != nullptr, "OpenSSL makes a TLS context");
  const bool set = SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
                   SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
                   SSL_CTX_set_ciphersuites(context, suites_1_3) == 1 &&
                   SSL_CTX_set_cipher_list(context, suites_1_2) == 1 &&
                   SSL_CTX_set1_groups_list(context, groups) == 1 &&
                   SSL_CTX_set_max_early_data(context, 0) == 1;
  require(set, "OpenSSL 3 has the versions, suites and groups of our policy");
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  SSL_CTX_set_timeout(context, core::base::limits::tls_session_limit.count());
  return made;
}

Result<void> use_own_certificate(SSL_CTX* context, const Files& files) {
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1) {
    return fail(ErrorCode::CONFIG_INVALID, "certificate_file",
                "the certificate file cannot be read as a PEM chain");
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    return fail(ErrorCode::CONFIG_INVALID, "key_file",
                "the key file cannot be read as PEM, or is not the key of the certificate");
  }
  return {};
}

Result<void> trust(SSL_CTX* context, const std::string& ca) {
  if (SSL_CTX_load_verify_file(context, ca.c_str()) != 1) {
    return fail(ErrorCode::CONFIG_INVALID, "ca_file",
                "the CA file cannot be read as PEM certificates");
  }
  return {};
}

/// Extended key usage says clientAuth in so many words; a certificate without it is for anything.
bool is_for_clients(X509* certificate) {
  return (X509_get_extension_flags(certificate) & EXFLAG_XKUSAGE) != 0 &&
         (X509_get_extended_key_usage(certificate) & XKU_SSL_CLIENT) != 0;
}

}  // namespace

void ContextFree::operator()(ssl_ctx_st* context) const noexcept { SSL_CTX_free(context); }

Result<Context> client_context(const Files& files) {
  auto made = common_context(TLS_client_method(), client_suites_1_2);
  if (!made) return made;
  SSL_CTX* const context = made->get();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (files.ca.empty()) {
    require(SSL_CTX_set_default_verify_paths(context) == 1, "the system has a root store");
  } else if (auto trusted = trust(context, files.ca); !trusted) {
    return std::move(trusted).error();
  }
  if (!files.certificate.empty() || !files.key.empty()) {
    if (auto used = use_own_certificate(context, files); !used) return std::move(used).error();
  }
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, keep_session);
  return made;
}

Result<Context> server_context(const Files& files, bool require_client) {
  if (require_client && files.ca.empty()) {
    return fail(ErrorCode::CONFIG_INVALID, "client_ca_file",
                "client certificates are required, and no authority for them is named");
  }
  auto made = common_context(TLS_server_method(), server_suites_1_2);
  if (!made) return made;
  SSL_CTX* const context = made->get();
  if (auto used = use_own_certificate(context, files); !used) return std::move(used).error();
  constexpr unsigned char name[] = "income-gateway";
  SSL_CTX_set_session_id_context(context, name, sizeof name - 1);
  if (!files.ca.empty()) {
    if (auto trusted = trust(context, files.ca); !trusted) {
      return core::base::under("client_", std::move(trusted).error());
    }
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(files.ca.c_str()));
    SSL_CTX_set_verify(
        context, SSL_VERIFY_PEER | (require_client ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
  }
  return made;
}

bool prepare_client(ssl_st* connection, const std::string& host) {
  X509_VERIFY_PARAM* const rules = SSL_get0_param(connection);
  if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) != 1) {
    SSL_set_hostflags(connection,
                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    if (host.empty() || SSL_set1_host(connection, host.c_str()) != 1 ||
        SSL_set_tlsext_host_name(connection, host.c_str()) != 1) {
      return false;
    }
  }
  // A session is offered once (RFC 8446 C.4); the peer gives a new one when it takes this one up.
  const Session session = take_session(SSL_get_SSL_CTX(connection));
  if (session != nullptr) SSL_set_session(connection, session.get());
  return true;
}

bool finish_client(ssl_st* connection) {
  const bool reused = SSL_session_reused(connection) == 1;
  // TLS 1.2 gives no new session for a resumed one: the old one stays good.
  if (reused && SSL_version(connection) == TLS1_2_VERSION) {
    keep_session(connection, SSL_get1_session(connection));
  }
  return reused;
}

std::string verify_failure(ssl_st* connection) {
  const long result = SSL_get_verify_result(connection);
  return result == X509_V_OK ? std::string{} : X509_verify_cert_error_string(result);
}

std::vector<std::string> verified_client_names(ssl_st* connection) {
  X509* const certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr || SSL_get_verify_result(connection) != X509_V_OK ||
      !is_for_clients(certificate)) {
    return {};
  }
  const std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>> names{
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
  std::vector<std::string> out;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int kind = 0;
    void* const value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &kind);
    if (kind != GEN_DNS && kind != GEN_URI) continue;
    const auto* const text = static_cast<const ASN1_IA5STRING*>(value);
    std::string name(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
    // A name with a NUL inside would read as another one elsewhere.
    if (name.find('\0') == std::string::npos) out.push_back(std::move(name));
  }
  return out;
}

void expect_no_answer_to_shutdown(ssl_st* connection) {
  SSL_set_shutdown(connection, SSL_get_shutdown(connection) | SSL_RECEIVED_SHUTDOWN);
}

void close_without_words(ssl_st* connection) {
  SSL_set_shutdown(connection, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

}  // namespace ig::adapters::http::tls
