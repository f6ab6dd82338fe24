#include "adapters/http/server.hpp"

#include "adapters/http/framing_gate.hpp"
#include "adapters/http/grammar.hpp"
#include "adapters/http/tls.hpp"
#include "core/base/require.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>

namespace ig::adapters::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace limits = core::base::limits;
using asio::ip::tcp;
using boost::system::error_code;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using std::chrono::steady_clock;
using Parser = beast::http::request_parser<beast::http::string_body>;

constexpr std::size_t read_ahead = 16 * 1024;
constexpr std::size_t write_piece = 64 * 1024;
constexpr std::size_t linger_bytes_max = 256 * 1024;
constexpr std::chrono::milliseconds accept_pause{100};  ///< after a failed accept: no files left

std::string_view reason_of(unsigned status) {
  const auto known = beast::http::int_to_status(status);
  const auto reason = beast::http::obsolete_reason(known);
  return {reason.data(), reason.size()};
}

Response problem(unsigned status) {
  return {status,
          {{"Content-Type", "application/problem+json"}},
          fmt::format(R"({{"type":"about:blank","title":"{}","status":{}}})", reason_of(status),
                      status)};
}

/// The moment as RFC 9110 5.6.7 writes it: Sun, 06 Nov 1994 08:49:37 GMT.
std::string http_date(std::chrono::sys_seconds at) {
  constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     days[std::chrono::weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

bool is_sendable(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         std::all_of(response.headers.begin(), response.headers.end(), [](const Header& header) {
           return is_token(header.name) && is_field_value(header.value) &&
                  !belongs_to_transport(header.name);
         });
}

std::string bytes_of(const Response& response, bool keep) {
  const bool with_body = response.status != 204 && response.status != 304;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::string out = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                                reason_of(response.status), http_date(now));
  out.reserve(out.size() + response.body.size() + 512);
  for (const Header& header : response.headers) {
    out.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (find(response.headers, "cache-control") == nullptr) {
    out.append("Cache-Control: no-store\r\n");
  }
  if (with_body) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
  }
  if (!keep) out.append("Connection: close\r\n");
  out.append("\r\n");
  if (with_body) out.append(response.body);
  return out;
}

std::size_t field_count(const Parser& parser) {
  return static_cast<std::size_t>(std::distance(parser.get().begin(), parser.get().end()));
}

Request taken_from(Parser& parser) {
  Request request;
  auto message = parser.release();
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  request.body = std::move(message.body());
  return request;
}

/// What all connections of a server share.
struct Shared {
  ServerOptions options;
  Handler handler;
  asio::io_context context{1};
  bool stopping = false;
};

/// One connection, alive as long as its coroutine. All of it runs on the server's thread.
class Session {
 public:
  Session(Shared& shared, asio::ssl::context& tls, tcp::socket socket)
      : shared_(shared), stream_(std::move(socket), tls) {}
  ~Session() { tls::close_without_words(stream_.native_handle()); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  asio::awaitable<void> live();

  /// Ends the wait for a next request; one that has begun goes on.
  void stop_waiting() {
    if (!in_hand_) tcp().cancel();
  }
  void close() { tcp().close(); }

 private:
  /// What reading a request came to: a verdict that lets it in, a refusal, or the end.
  struct Taken {
    bool ended = false;    ///< the peer has gone, or took too long: there is nobody to answer
    unsigned refused = 0;  ///< the status of the refusal; 0: none
    bool keep = false;     ///< the peer wants to keep the connection
    Request request;
  };

  [[nodiscard]] beast::tcp_stream& tcp() { return stream_.next_layer(); }
  [[nodiscard]] std::string_view read_bytes() const {
    return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
  }
  asio::awaitable<bool> shake_hands();
  asio::awaitable<void> read_block(GateVerdict& verdict, bool& ended);
  asio::awaitable<void> read_request(Taken& taken);
  asio::awaitable<void> read_body(Parser& parser, Taken& taken);
  asio::awaitable<bool> write(const Response& response, bool keep);
  asio::awaitable<void> pause(std::chrono::milliseconds length);
  void reset();
  asio::awaitable<void> take_leave(bool linger);
  Response answer(const Request& request) const;

  Shared& shared_;
  asio::ssl::stream<beast::tcp_stream> stream_;
  beast::flat_buffer buffer_{limits::http_header_bytes_max + read_ahead};
  Peer peer_;
  bool in_hand_ = false;
  std::size_t served_ = 0;
  steady_clock::time_point opened_ = steady_clock::now();
};

asio::awaitable<void> Session::live() {
  const bool shaken = co_await shake_hands();
  bool go_on = shaken && !shared_.stopping;
  bool linger = !shaken;
  while (go_on) {
    Taken taken;
    co_await read_request(taken);
    if (taken.ended) break;
    ++served_;
    const bool old = served_ >= limits::http_requests_per_connection_max ||
                     steady_clock::now() - opened_ >= limits::http_connection_limit;
    linger = taken.refused != 0;
    const Response response = linger ? problem(taken.refused) : answer(taken.request);
    if (response.unanswered) {
      close();
      co_return;
    }
    go_on = !linger && taken.keep && !old && !shared_.stopping;
    const bool written = co_await write(response, go_on);
    in_hand_ = false;
    if (response.mishap.reset) {
      reset();
      co_return;
    }
    go_on = go_on && written && !shared_.stopping;
  }
  co_await take_leave(linger);
}

asio::awaitable<bool> Session::shake_hands() {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  const auto side = asio::ssl::stream_base::server;
  tcp().socket().set_option(tcp::no_delay(true), ec);
  tcp().expires_after(shared_.options.handshake_limit);
  co_await stream_.async_handshake(side, token);
  if (ec) co_return false;
  peer_.names = tls::verified_client_names(stream_.native_handle());
  peer_.authenticated = !peer_.names.empty();
  co_return true;
}

/// Reads until the header block is whole and asks the gate.
asio::awaitable<void> Session::read_block(GateVerdict& verdict, bool& ended) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  const auto& options = shared_.options;
  tcp().expires_after(served_ == 0 ? options.header_limit : options.idle_limit);
  std::size_t looked_at = 0;
  while (true) {
    const auto space = buffer_.prepare(limits::http_header_bytes_max);
    const std::size_t size = co_await stream_.async_read_some(space, token);
    ended = static_cast<bool>(ec);
    if (ended) co_return;
    buffer_.commit(size);
    if (!in_hand_) tcp().expires_after(options.header_limit);
    in_hand_ = true;
    const BlockEnd end = find_block_end(read_bytes(), looked_at);
    looked_at = buffer_.size();
    if (end.bare_line) {
      verdict.status = 400;
    } else if (end.size > 0) {
      verdict = framing_gate(read_bytes().substr(0, end.size));
    } else if (looked_at > limits::http_header_bytes_max) {
      verdict.status = 431;
    } else {
      continue;
    }
    co_return;
  }
}

asio::awaitable<void> Session::read_request(Taken& taken) {
  GateVerdict verdict;
  co_await read_block(verdict, taken.ended);
  if (taken.ended) co_return;
  taken.refused = verdict.status;
  if (verdict.framing.content_length > shared_.options.body_bytes_max) taken.refused = 413;
  if (taken.refused != 0) co_return;
  Parser parser;
  parser.header_limit(limits::http_header_bytes_max);
  parser.body_limit(shared_.options.body_bytes_max);
  error_code ec;
  const std::size_t used = parser.put(buffer_.data(), ec);
  if (ec) {
    taken.refused = 400;
    co_return;
  }
  buffer_.consume(used);
  const std::size_t fields = field_count(parser);
  co_await read_body(parser, taken);
  if (taken.ended || taken.refused != 0) co_return;
  // A trailer field has joined the others, or the next request came before this one's answer.
  if (field_count(parser) != fields || buffer_.size() > 0) {
    taken.refused = 400;
    co_return;
  }
  taken.keep = parser.get().keep_alive();
  taken.request = taken_from(parser);
}

asio::awaitable<void> Session::read_body(Parser& parser, Taken& taken) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  auto no_extension = [](std::uint64_t, beast::string_view extension, error_code& refused) {
    if (!extension.empty()) refused = beast::http::error::bad_chunk_extension;
  };
  parser.on_chunk_header(no_extension);
  parser.eager(true);
  const auto start = steady_clock::now();
  while (!parser.is_done()) {
    const std::chrono::seconds earned{parser.get().body().size() /
                                      limits::http_body_bytes_per_second_min};
    tcp().expires_at(
        std::min(start + shared_.options.body_limit, start + limits::http_body_grace + earned));
    co_await beast::http::async_read_some(stream_, buffer_, parser, token);
    if (!ec) continue;
    if (ec == beast::http::error::body_limit) {
      taken.refused = 413;
    } else if (ec.category() ==
                   beast::http::make_error_code(beast::http::error::bad_chunk).category() &&
               ec != beast::http::error::partial_message) {
      taken.refused = 400;
    } else {
      taken.ended = true;
    }
    co_return;
  }
}

Response Session::answer(const Request& request) const {
  try {
    Response response = shared_.handler(request, peer_);
    if (is_sendable(response)) return response;
  } catch (const std::exception&) {
    return problem(500);
  }
  return problem(500);
}

asio::awaitable<bool> Session::write(const Response& response, bool keep) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  const std::string bytes = bytes_of(response, keep);
  const Mishap& mishap = response.mishap;
  const std::size_t size = std::min(mishap.sent_at_most.value_or(bytes.size()),
                                    bytes.size() - std::min(mishap.withheld, bytes.size()));
  const std::size_t most = mishap.drip_bytes == 0 ? write_piece : mishap.drip_bytes;
  std::size_t done = 0;
  while (done < size) {
    const auto piece = asio::buffer(bytes.data() + done, std::min(most, size - done));
    tcp().expires_after(shared_.options.write_limit);
    done += co_await stream_.async_write_some(piece, token);
    if (ec) co_return false;
    if (mishap.drip_bytes == 0 || done >= size) continue;
    co_await pause(mishap.drip_pause);
    if (shared_.stopping) co_return false;
  }
  co_return size == bytes.size();
}

asio::awaitable<void> Session::pause(std::chrono::milliseconds length) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  asio::steady_timer timer(shared_.context, length);
  co_await timer.async_wait(token);
}

/// Ends the connection so that the peer's next read fails: no TLS words, no FIN.
void Session::reset() {
  error_code ec;
  tcp().socket().set_option(asio::socket_base::linger(true, 0), ec);
  close();
}

/// Ends TLS and the connection. After a refusal the peer may still be sending: closing at once
/// would reset the connection and take the answer with it, so that its bytes are read and dropped.
asio::awaitable<void> Session::take_leave(bool linger) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  tls::expect_no_answer_to_shutdown(stream_.native_handle());
  tcp().expires_after(limits::http_close_limit);
  co_await stream_.async_shutdown(token);
  if (linger) {
    ec = {};
    tcp().socket().shutdown(tcp::socket::shutdown_send, ec);
    std::array<char, 4096> dropped{};
    const auto space = asio::buffer(dropped);
    for (std::size_t total = 0; !ec && total < linger_bytes_max;) {
      total += co_await tcp().async_read_some(space, token);
    }
  }
  tcp().close();
}

class BeastServer final : public Server {
 public:
  BeastServer(ServerOptions options, Handler handler, tls::Context tls)
      : shared_{std::move(options), std::move(handler)}, tls_(tls.release()) {}
  ~BeastServer() override { stop(); }

  Result<void> listen();
  [[nodiscard]] std::uint16_t port() const override { return port_; }
  void stop() override;

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<void> pause();
  void run();
  void drain();

  Shared shared_;
  asio::ssl::context tls_;
  tcp::acceptor acceptor_{shared_.context};
  asio::steady_timer drained_by_{shared_.context};
  std::unordered_set<Session*> sessions_;
  std::uint16_t port_ = 0;
  std::mutex stop_lock_;
  std::thread thread_;
};

Result<void> BeastServer::listen() {
  error_code ec;
  const auto address = asio::ip::make_address(shared_.options.address, ec);
  if (ec) return fail(ErrorCode::CONFIG_INVALID, "address", "the address is not an IP address");
  const tcp::endpoint endpoint(address, shared_.options.port);
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) {
    return fail(ErrorCode::UNAVAILABLE, "port",
                fmt::format("the server cannot listen: {}", ec.message()));
  }
  port_ = acceptor_.local_endpoint().port();
  const auto ended = [](const std::exception_ptr&) {};
  asio::co_spawn(shared_.context, accept(), ended);
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    return fail(ErrorCode::UNAVAILABLE, {}, "the server's thread could not be started");
  }
  return {};
}

void BeastServer::run() {
  while (true) {
    try {
      shared_.context.run();
      return;
    } catch (const std::exception&) {
      // A handler of the loop ran out of memory; the others go on.
      continue;
    }
  }
}

asio::awaitable<void> BeastServer::pause() {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  asio::steady_timer timer(shared_.context, accept_pause);
  co_await timer.async_wait(token);
}

asio::awaitable<void> BeastServer::accept() {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  const auto ended = [](const std::exception_ptr&) {};
  while (!shared_.stopping) {
    tcp::socket socket = co_await acceptor_.async_accept(token);
    if (shared_.stopping) co_return;
    if (ec) {
      co_await pause();
    } else if (sessions_.size() < shared_.options.connections_max) {
      asio::co_spawn(shared_.context, serve(std::move(socket)), ended);
    }
  }
}

asio::awaitable<void> BeastServer::serve(tcp::socket socket) {
  Session session(shared_, tls_, std::move(socket));
  sessions_.insert(&session);
  try {
    co_await session.live();
  } catch (const std::exception&) {
    session.close();
  }
  sessions_.erase(&session);
  if (shared_.stopping && sessions_.empty()) drained_by_.cancel();
}

void BeastServer::drain() {
  error_code ec;
  shared_.stopping = true;
  acceptor_.close(ec);
  for (Session* const session : sessions_) session->stop_waiting();
  if (sessions_.empty()) return;
  drained_by_.expires_after(shared_.options.drain_limit);
  drained_by_.async_wait([this](const error_code& cancelled) {
    if (cancelled) return;
    for (Session* const session : sessions_) session->close();
  });
}

void BeastServer::stop() {
  const std::lock_guard lock(stop_lock_);
  if (!thread_.joinable()) return;
  core::base::require(thread_.get_id() != std::this_thread::get_id(),
                      "a handler does not stop its own server");
  asio::post(shared_.context, [this] { drain(); });
  thread_.join();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler handler) {
  const tls::Files files{options.client_ca_file, options.certificate_file, options.key_file};
  auto context = tls::server_context(files, options.require_client_certificate);
  if (!context) return std::move(context).error();
  auto server =
      std::make_unique<BeastServer>(std::move(options), std::move(handler), *std::move(context));
  if (auto listening = server->listen(); !listening) return std::move(listening).error();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace ig::adapters::http
