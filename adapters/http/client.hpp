#pragma once

#include "adapters/http/message.hpp"
#include "core/base/deadline.hpp"
#include "core/base/limits.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace ig::adapters::http {

/// One peer and how it is verified. TLS 1.2 or 1.3, chain and host name always checked.
struct ClientOptions {
  std::string host;              ///< name in the certificate, SNI and Host header
  std::string port = "443";      ///< decimal
  std::string ca_file;           ///< PEM; empty: the system's root store
  std::string certificate_file;  ///< PEM chain of our own, where the peer asks for one; or empty
  std::string key_file;          ///< PEM key of that certificate; or empty
  std::size_t body_bytes_max = core::base::limits::http_response_body_bytes_max;
};

/// Sends requests to one peer over one kept connection, opened when it is needed and opened again
/// when the peer has closed it. A request is sent again on a fresh connection only when no byte of
/// its answer was seen and the kept connection turned out to be closed.
/// Not for two threads at once; a thread that wants two connections has two clients.
class Client {
 public:
  /// Errors: CONFIG_INVALID (a file cannot be read, or is not a certificate or key).
  [[nodiscard]] static core::base::Result<std::unique_ptr<Client>> open(ClientOptions options);
  virtual ~Client() = default;

  /// Makes sure that a verified connection stands: opens one when there is none or the peer has
  /// closed it, so that a send() right after begins with the request itself. Errors: UNAVAILABLE,
  /// DEADLINE, TLS_FAILED.
  [[nodiscard]] virtual core::base::Result<void> prepare(core::base::Deadline by) = 0;

  /// Any status is an answer. Errors: UNAVAILABLE, DEADLINE, TLS_FAILED, LIMIT_EXCEEDED,
  /// BAD_REPLY (an answer without Content-Length or chunks, with trailers, or cut short).
  [[nodiscard]] virtual core::base::Result<Response> send(const Request& request,
                                                          core::base::Deadline by) = 0;

  /// Handshakes made so far: full ones, and those that resumed a session.
  struct Handshakes {
    std::uint64_t full = 0;
    std::uint64_t resumed = 0;
  };
  [[nodiscard]] virtual Handshakes handshakes() const = 0;
};

}  // namespace ig::adapters::http
