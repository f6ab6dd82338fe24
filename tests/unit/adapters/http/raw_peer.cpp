#include "tests/unit/adapters/http/raw_peer.hpp"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ig::tests::http {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int listen_on_loopback(std::uint16_t& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(listener, reinterpret_cast<const sockaddr*>(&address), size);
  ::listen(listener, 64);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return listener;
}

Context make_context(const RawOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  Context context{SSL_CTX_new(TLS_method())};
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), options.version_max);
  SSL_CTX_set_cipher_list(context.get(), options.suites_1_2.c_str());
  if (!options.certificate_file.empty()) {
    SSL_CTX_use_certificate_chain_file(context.get(), options.certificate_file.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), options.key_file.c_str(), SSL_FILETYPE_PEM);
  }
  if (!options.ca_file.empty()) {
    SSL_CTX_load_verify_file(context.get(), options.ca_file.c_str());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  }
  return context;
}

}  // namespace

RawPeer::RawPeer(int socket) : socket_(socket) {
  const timeval limit{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const int at_once = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
}

RawPeer::~RawPeer() { cut(); }

std::unique_ptr<RawPeer> RawPeer::connect(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto peer = std::make_unique<RawPeer>(socket);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return nullptr;
  }
  return peer;
}

std::unique_ptr<RawPeer> RawPeer::connect_tls(std::uint16_t port, const RawOptions& options) {
  const Context context = make_context(options);
  auto peer = connect(port);
  if (peer == nullptr || !peer->shake_hands(context.get(), false)) return nullptr;
  return peer;
}

bool RawPeer::shake_hands(SSL_CTX* context, bool as_server) {
  tls_.reset(SSL_new(context));
  SSL_set_fd(tls_.get(), socket_);
  return (as_server ? SSL_accept(tls_.get()) : SSL_connect(tls_.get())) == 1;
}

bool RawPeer::renegotiate() {
  return SSL_renegotiate(tls_.get()) == 1 && SSL_do_handshake(tls_.get()) == 1;
}

bool RawPeer::ticket() {
  return SSL_new_session_ticket(tls_.get()) == 1 && SSL_do_handshake(tls_.get()) == 1;
}

bool RawPeer::write(std::string_view bytes) {
  if (bytes.empty()) return true;
  const int size = static_cast<int>(bytes.size());
  if (tls_ != nullptr) return SSL_write(tls_.get(), bytes.data(), size) == size;
  return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
}

int RawPeer::read_some(char* place, int size) {
  if (tls_ != nullptr) return SSL_read(tls_.get(), place, size);
  return static_cast<int>(::recv(socket_, place, static_cast<std::size_t>(size), 0));
}

std::string RawPeer::read_until(std::string_view mark) {
  std::string out;
  char byte = 0;
  while (!out.ends_with(mark) && read_some(&byte, 1) == 1) out.push_back(byte);
  return out;
}

std::string RawPeer::read_all() {
  std::string out;
  std::array<char, 4096> block{};
  for (int size = 1; size > 0;) {
    size = read_some(block.data(), static_cast<int>(block.size()));
    if (size > 0) out.append(block.data(), static_cast<std::size_t>(size));
  }
  return out;
}

bool RawPeer::readable_within(std::chrono::milliseconds time) {
  pollfd waited{socket_, POLLIN, 0};
  return ::poll(&waited, 1, static_cast<int>(time.count())) > 0;
}

void RawPeer::finish() {
  if (tls_ != nullptr) SSL_shutdown(tls_.get());
  cut();
}

void RawPeer::cut() {
  if (socket_ < 0) return;
  ::shutdown(socket_, SHUT_WR);
  ::close(socket_);
  socket_ = -1;
}

void RawPeer::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket_);
  socket_ = -1;
}

RawServer::RawServer(RawOptions options, Script script)
    : script_(std::move(script)),
      context_(make_context(options)),
      listener_(listen_on_loopback(port_)),
      thread_([this] { run(); }) {}

RawServer::~RawServer() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void RawServer::run() {
  while (!stopping_) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    RawPeer peer(socket);
    if (peer.shake_hands(context_.get(), true)) script_(peer, connections_++);
  }
}

SilentPort::SilentPort() : listener_(listen_on_loopback(port_)) {}
SilentPort::~SilentPort() { ::close(listener_); }

FullPort::FullPort(const std::string& address, std::uint16_t port) {
  sockaddr_in here = loopback(port);
  ::inet_pton(AF_INET, address.c_str(), &here.sin_addr);
  const auto* const place = reinterpret_cast<const sockaddr*>(&here);
  constexpr int enough = 4;  // A queue of length 0 takes one or two.
  for (int i = 0; i <= enough; ++i) {
    sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (i == 0) {
      ::bind(sockets_[0], place, sizeof here);
      ::listen(sockets_[0], 0);
    } else {
      ::connect(sockets_.back(), place, sizeof here);
    }
  }
}

FullPort::~FullPort() {
  for (const int socket : sockets_) ::close(socket);
}

}  // namespace ig::tests::http
