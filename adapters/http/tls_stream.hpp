#pragma once

#include "adapters/wire/crypto/freed_by.hpp"
#include "core/base/deadline.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/system/system_error.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// OpenSSL's own names, so that its headers stay out of this one.
struct bio_method_st;
struct bio_st;
struct ssl_ctx_st;
struct ssl_st;

namespace ig::adapters::http {

/// The calling side of one TLS connection, without a loop: OpenSSL reads and writes a socket that
/// never blocks, and where it would, poll() waits until the deadline. A call that meets the
/// deadline gives beast::error::timeout; an error of TLS is of asio's category for it, and all
/// others are the socket's. No call raises SIGPIPE. A SyncReadStream for Beast.
/// Not for two threads at once.
class TlsStream {
 public:
  using error_code = boost::system::error_code;

  /// Throws std::bad_alloc.
  explicit TlsStream(ssl_ctx_st* context);
  /// Closes the socket without a word to the peer; the session stays good to resume.
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  /// When every call from now on ends.
  void expires_at(core::base::Deadline by) { by_ = by; }

  /// Tries one address after the other, once only; each has an even share of the time that is left.
  [[nodiscard]] error_code connect(const std::vector<std::string>& addresses, std::uint16_t port);

  /// After connect(), and what tls::prepare_client() does.
  [[nodiscard]] error_code handshake();

  /// Writes all of it. After an error some of it may have left, and an answer may lie there still.
  [[nodiscard]] error_code write(std::string_view bytes);

  /// Reads at least one byte. The peer's close_notify gives asio::error::eof; an end without one
  /// gives stream_truncated.
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& ec) {
    const boost::asio::mutable_buffer first = *boost::asio::buffer_sequence_begin(buffers);
    return read_into(first, ec);
  }
  /// The same, throwing: Beast's concept names it.
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers) {
    error_code ec;
    const std::size_t size = read_some(buffers, ec);
    if (ec) throw boost::system::system_error(ec);
    return size;
  }

  /// Sends our close_notify, does not wait for the peer's, and closes.
  void shutdown();

  /// What a connection does that nobody asked anything of.
  enum class Rest {
    quiet,
    spoken,  ///< bytes are there that nobody has read
    ended,   ///< the peer has closed it, or it is broken
  };
  /// Looks without a wait, by one call of the system.
  [[nodiscard]] Rest at_rest() const;

  [[nodiscard]] ssl_st* native_handle() { return tls_.get(); }

 private:
  struct TlsFree {
    void operator()(ssl_st* connection) const noexcept;
  };

  // The socket as OpenSSL sees it.
  static const bio_method_st* socket_method();
  static int receive(bio_st* bio, char* place, int size);
  static int transmit(bio_st* bio, const char* bytes, int size);

  error_code connect_one(const std::string& address, std::uint16_t port);
  std::size_t read_into(boost::asio::mutable_buffer place, error_code& ec);
  error_code wait(short events) const;
  template <class Call>
  error_code drive(Call call);
  void close();

  std::unique_ptr<ssl_st, TlsFree> tls_;
  core::base::Deadline by_{};
  int socket_ = -1;
  short blocked_ = 0;        ///< what OpenSSL's last call would have waited for, in poll()'s terms
  bool answer_due_ = false;  ///< we wrote last, so that a read has to wait
  error_code unreadable_;    ///< why the last call could not read
  error_code unwritable_;    ///< since when nothing that we write arrives
};

}  // namespace ig::adapters::http
