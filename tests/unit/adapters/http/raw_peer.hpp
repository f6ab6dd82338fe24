#pragma once

#include "adapters/wire/crypto/freed_by.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ig::tests::http {

using Context = std::unique_ptr<SSL_CTX, adapters::wire::crypto::FreedBy<SSL_CTX_free>>;

/// How a raw peer speaks TLS; empty names mean none.
struct RawOptions {
  std::string certificate_file;
  std::string key_file;
  std::string ca_file;
  int version_max = TLS1_3_VERSION;
  std::string suites_1_2 = "ALL:@SECLEVEL=0";
};

/// One TCP or TLS connection with blocking calls, that says exactly the bytes it is told to, right
/// or wrong. No call waits for more than 10 seconds.
class RawPeer {
 public:
  /// Takes over a connected socket, in plain TCP.
  explicit RawPeer(int socket);
  ~RawPeer();
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  /// A TCP connection to a port of this machine.
  static std::unique_ptr<RawPeer> connect(std::uint16_t port);
  /// The same with TLS on it; nullptr when the handshake fails.
  static std::unique_ptr<RawPeer> connect_tls(std::uint16_t port, const RawOptions& options);

  bool shake_hands(SSL_CTX* context, bool as_server);
  bool renegotiate();
  /// Sends a session ticket that nobody asked for (TLS 1.3).
  bool ticket();
  bool write(std::string_view bytes);
  /// Bytes up to and with `mark`; fewer when the peer ends first.
  std::string read_until(std::string_view mark);
  /// Bytes up to the peer's end.
  std::string read_all();
  /// True when the peer has ended or sent something within that time.
  bool readable_within(std::chrono::milliseconds time);
  /// Ends with close_notify, or without, or with a TCP reset.
  void finish();
  void cut();
  void reset();

 private:
  int read_some(char* place, int size);

  int socket_;
  std::unique_ptr<SSL, adapters::wire::crypto::FreedBy<SSL_free>> tls_;
};

/// A TLS server that runs a script for each connection, one after the other, on its own thread.
class RawServer {
 public:
  /// Gets the connection after its handshake and how many came before it.
  using Script = std::function<void(RawPeer&, int)>;

  RawServer(RawOptions options, Script script);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Connections whose handshake succeeded.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void run();

  Script script_;
  Context context_;
  std::uint16_t port_ = 0;
  int listener_;
  std::atomic<int> connections_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

/// A port that takes connections into its queue and never says a word.
class SilentPort {
 public:
  SilentPort();
  ~SilentPort();
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  int listener_;
};

/// A port that takes no connection any more, and refuses none: its queue is full.
class FullPort {
 public:
  FullPort(const std::string& address, std::uint16_t port);
  ~FullPort();
  FullPort(const FullPort&) = delete;
  FullPort& operator=(const FullPort&) = delete;

 private:
  std::vector<int> sockets_;  ///< the listener, then those that fill its queue
};

}  // namespace ig::tests::http
