#pragma once

#include "adapters/http/message.hpp"
#include "core/base/limits.hpp"
#include "core/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ig::adapters::http {

/// Who is on the other end, from the verified client certificate and nothing else.
struct Peer {
  bool authenticated = false;
  std::vector<std::string> names;  ///< DNS and URI names of the certificate (never its CN)
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;        ///< 0: the system picks one; see Server::port()
  std::string certificate_file;  ///< PEM chain
  std::string key_file;          ///< PEM
  std::string client_ca_file;    ///< PEM: whose client certificates are taken; empty: none asked
  bool require_client_certificate = false;
  std::size_t body_bytes_max = core::base::limits::http_request_body_bytes_max;
  /// More are closed as soon as they are accepted.
  std::size_t connections_max = core::base::limits::http_connections_max;

  // What each phase of a connection may take; it is closed when that is over.
  std::chrono::milliseconds handshake_limit = core::base::limits::tls_handshake_limit;
  std::chrono::milliseconds header_limit = core::base::limits::http_header_limit;
  std::chrono::milliseconds body_limit = core::base::limits::http_body_limit;
  std::chrono::milliseconds idle_limit = core::base::limits::http_idle_limit;    ///< next request
  std::chrono::milliseconds write_limit = core::base::limits::http_write_limit;  ///< no progress
  std::chrono::milliseconds drain_limit = core::base::limits::drain_limit;       ///< of stop()
};

/// Answers one request. Runs on the server's thread, one at a time. An exception, a status outside
/// 200 to 599 or a field that cannot be sent becomes a 500 that says nothing. `Cache-Control:
/// no-store` is added where the answer has no Cache-Control; length, connection and date are the
/// transport's.
using Handler = std::function<Response(const Request& request, const Peer& peer)>;

/// An HTTPS server on a thread of its own. A framing gate looks at the raw header block before
/// the parser does (exactly one of Content-Length and a lone `chunked`, one Host, origin form, no
/// folding, no trailers, no pipelining); every phase has a deadline and every size a limit.
/// What the gate refuses is answered 4xx as problem+json (RFC 9457) without details, and closed.
/// stop() may be called from any thread but the server's own (never from a handler).
class Server {
 public:
  /// Binds and listens. Errors: CONFIG_INVALID, UNAVAILABLE (the port is taken).
  [[nodiscard]] static core::base::Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                                         Handler handler);
  virtual ~Server() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// Stops accepting, finishes the requests in hand, closes; returns when the thread has ended.
  virtual void stop() = 0;
};

}  // namespace ig::adapters::http
