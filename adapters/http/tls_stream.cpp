#include "adapters/http/tls_stream.hpp"

#include "adapters/http/tls.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <netinet/tcp.h>
#include <new>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace ig::adapters::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using core::base::Deadline;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

error_code last_error() { return {errno, boost::system::system_category()}; }

/// Calls the system again as long as a signal comes between.
template <class Call>
ssize_t uninterrupted(Call call) {
  ssize_t result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// The time left in whole milliseconds, rounded up, as poll() takes it; 0 when none is.
int poll_time(Deadline by) {
  const auto left = std::chrono::ceil<milliseconds>(by.at - steady_clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

}  // namespace

void TlsStream::TlsFree::operator()(ssl_st* connection) const noexcept {
  tls::close_without_words(connection);
  SSL_free(connection);
}

const bio_method_st* TlsStream::socket_method() {
  static const std::unique_ptr<BIO_METHOD, wire::crypto::FreedBy<BIO_meth_free>> method = [] {
    std::unique_ptr<BIO_METHOD, wire::crypto::FreedBy<BIO_meth_free>> made{
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket that never blocks")};
    if (made == nullptr) throw std::bad_alloc();
    BIO_meth_set_read(made.get(), receive);
    BIO_meth_set_write(made.get(), transmit);
    BIO_meth_set_ctrl(made.get(), control);
    return made;
  }();
  return method.get();
}

int TlsStream::receive(bio_st* bio, char* place, int size) {
  auto& self = *static_cast<TlsStream*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  // OpenSSL reads on by itself past messages of its own, of which a peer may send many.
  if (self.by_.passed()) {
    self.unreadable_ = boost::beast::error::timeout;
    return -1;
  }
  const auto got =
      uninterrupted([&] { return ::recv(self.socket_, place, static_cast<std::size_t>(size), 0); });
  if (got > 0) return static_cast<int>(got);
  if (got < 0 && errno == EAGAIN) {
    self.blocked_ = POLLIN;
    BIO_set_retry_read(bio);
    return -1;
  }
  self.unreadable_ = got == 0 ? error_code(asio::ssl::error::stream_truncated) : last_error();
  return -1;
}

/// Once the peer takes nothing more, bytes go nowhere and OpenSSL is not told, for it would end the
/// connection: what the peer said before may still be read.
int TlsStream::transmit(bio_st* bio, const char* bytes, int size) {
  auto& self = *static_cast<TlsStream*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  if (self.unwritable_) return size;
  const auto sent = uninterrupted(
      [&] { return ::send(self.socket_, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL); });
  if (sent >= 0) return static_cast<int>(sent);
  if (errno == EAGAIN) {
    self.blocked_ = POLLOUT;
    BIO_set_retry_write(bio);
    return -1;
  }
  self.unwritable_ = last_error();
  return size;
}

TlsStream::TlsStream(ssl_ctx_st* context) : tls_(SSL_new(context)) {
  BIO* const bio = tls_ == nullptr ? nullptr : BIO_new(socket_method());
  if (bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls_.get(), bio, bio);
  SSL_set_read_ahead(tls_.get(), 1);  // All that has come, by one recv().
  SSL_set_mode(tls_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE);
  SSL_clear_mode(tls_.get(), SSL_MODE_RELEASE_BUFFERS);  // They stay for the next request.
}

TlsStream::~TlsStream() { close(); }

void TlsStream::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

error_code TlsStream::wait(short events) const {
  pollfd waited{socket_, events, 0};
  for (;;) {
    const int time = poll_time(by_);
    if (time == 0) return boost::beast::error::timeout;
    const int ready = ::poll(&waited, 1, time);
    if (ready > 0) return {};  // With an error too: the next read or write tells which.
    if (ready < 0 && errno != EINTR) return last_error();
  }
}

/// Calls OpenSSL until it is done, waiting for the socket as often as it asks for it.
template <class Call>
error_code TlsStream::drive(Call call) {
  for (;;) {
    blocked_ = 0;
    unreadable_.clear();
    ERR_clear_error();
    const int done = call(tls_.get());
    if (done > 0) return {};
    switch (SSL_get_error(tls_.get(), done)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_WANT_WRITE:
        if (blocked_ != 0) {
          if (const error_code ec = wait(blocked_)) return ec;
        }
        break;
      case SSL_ERROR_ZERO_RETURN:
        return asio::error::eof;
      default:
        if (unreadable_) return unreadable_;
        return {static_cast<int>(ERR_get_error()), asio::error::get_ssl_category()};
    }
  }
}

error_code TlsStream::connect(const std::vector<std::string>& addresses, std::uint16_t port) {
  const Deadline all = by_;
  error_code ec = asio::error::host_not_found;
  auto left = static_cast<long>(addresses.size());
  for (const std::string& address : addresses) {
    const auto now = steady_clock::now();
    by_.at = now + (all.at - now) / left--;
    ec = connect_one(address, port);
    if (!ec) break;
    close();
  }
  by_ = all;
  return ec;
}

error_code TlsStream::connect_one(const std::string& text, std::uint16_t port) {
  error_code ec;
  const asio::ip::tcp::endpoint peer(asio::ip::make_address(text, ec), port);
  if (ec) return ec;
  const int family = peer.protocol().family();
  socket_ = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  if (socket_ < 0) return last_error();
  const int at_once = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (::connect(socket_, peer.data(), static_cast<socklen_t>(peer.size())) == 0) return {};
  if (errno != EINPROGRESS && errno != EINTR) return last_error();
  ec = wait(POLLOUT);
  if (ec) return ec;
  int failure = 0;
  socklen_t size = sizeof failure;
  if (::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size) != 0) return last_error();
  return {failure, boost::system::system_category()};
}

error_code TlsStream::handshake() {
  const error_code ec = drive(SSL_connect);
  return ec ? ec : unwritable_;
}

error_code TlsStream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (by_.passed()) return boost::beast::error::timeout;
    std::size_t written = 0;
    const error_code ec = drive([&](SSL* connection) {
      return SSL_write_ex(connection, bytes.data(), bytes.size(), &written);
    });
    if (ec) return ec;
    if (unwritable_) return unwritable_;
    bytes.remove_prefix(written);
  }
  answer_due_ = true;
  return {};
}

std::size_t TlsStream::read_into(asio::mutable_buffer place, error_code& ec) {
  if (std::exchange(answer_due_, false) && SSL_has_pending(tls_.get()) == 0) {
    ec = wait(POLLIN);
    if (ec) return 0;
  }
  std::size_t size = 0;
  ec = drive(
      [&](SSL* connection) { return SSL_read_ex(connection, place.data(), place.size(), &size); });
  return size;
}

void TlsStream::shutdown() {
  tls::expect_no_answer_to_shutdown(tls_.get());
  [[maybe_unused]] const error_code ec = drive(SSL_shutdown);  // The peer may be gone already.
  close();
}

TlsStream::Rest TlsStream::at_rest() const {
  char byte = 0;
  const auto ready = uninterrupted([&] { return ::recv(socket_, &byte, 1, MSG_PEEK); });
  if (ready > 0) return Rest::spoken;
  if (ready == 0 || errno != EAGAIN) return Rest::ended;
  return SSL_has_pending(tls_.get()) == 1 ? Rest::spoken : Rest::quiet;
}

}  // namespace ig::adapters::http
