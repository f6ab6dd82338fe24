#pragma once

#include "core/base/result.hpp"

#include <memory>
#include <string>
#include <vector>

// OpenSSL's own names, so that its headers stay out of this one.
struct ssl_ctx_st;
struct ssl_st;

/// The one place where the rules of TLS are written: versions 1.2 and 1.3, forward secrecy and
/// AEAD only, no compression, no renegotiation, no early data, and the peer is always verified.
namespace ig::adapters::http::tls {

struct ContextFree {
  void operator()(ssl_ctx_st* context) const noexcept;
};
using Context = std::unique_ptr<ssl_ctx_st, ContextFree>;

/// Files of PEM; an empty name means none.
struct Files {
  std::string ca;           ///< whom to trust; a client without it trusts the system's roots
  std::string certificate;  ///< our own chain
  std::string key;          ///< the key of our own certificate
};

/// For the calling side. It keeps the latest session its peer gave, to resume it.
/// Errors: CONFIG_INVALID (a file cannot be read or used).
[[nodiscard]] core::base::Result<Context> client_context(const Files& files);

/// For the answering side. With `ca`, client certificates are asked for and verified; they are
/// demanded when `require_client` is set. Errors: CONFIG_INVALID.
[[nodiscard]] core::base::Result<Context> server_context(const Files& files, bool require_client);

/// Before a client's handshake: the name to ask for (SNI), the name the certificate has to carry,
/// and the session to resume when there is one. False when OpenSSL does not take the name.
[[nodiscard]] bool prepare_client(ssl_st* connection, const std::string& host);

/// After a client's handshake: true when it resumed a session.
[[nodiscard]] bool finish_client(ssl_st* connection);

/// Why the peer could not be verified, in OpenSSL's fixed words; empty when that was not it.
[[nodiscard]] std::string verify_failure(ssl_st* connection);

/// The DNS and URI names of the verified client certificate; empty without one, or when it is not
/// meant for clients (extended key usage clientAuth).
[[nodiscard]] std::vector<std::string> verified_client_names(ssl_st* connection);

/// Lets a shutdown end once our own close_notify is sent, without a wait for the peer's.
void expect_no_answer_to_shutdown(ssl_st* connection);

/// Marks the connection as closed in good order without a byte on the wire, where the peer is gone
/// already, so that its session stays good to resume.
void close_without_words(ssl_st* connection);

}  // namespace ig::adapters::http::tls
