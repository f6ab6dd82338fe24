#include "adapters/http/client.hpp"

#include "adapters/http/grammar.hpp"
#include "adapters/http/resolver.hpp"
#include "adapters/http/tls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <exception>
#include <optional>
#include <sys/socket.h>

namespace ig::adapters::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace limits = core::base::limits;
using asio::ip::tcp;
using boost::system::error_code;
using core::base::Deadline;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::size_t read_ahead = 64 * 1024;
constexpr int informational_max = 4;  ///< 1xx answers before the real one

/// A connection and what was read of it beyond the last answer.
struct Connection {
  Connection(asio::io_context& context, asio::ssl::context& tls) : stream(context, tls) {}
  ~Connection() { tls::close_without_words(stream.native_handle()); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] beast::tcp_stream& tcp() { return stream.next_layer(); }

  asio::ssl::stream<beast::tcp_stream> stream;
  beast::flat_buffer buffer{limits::http_header_bytes_max + read_ahead};
  bool untouched = true;  ///< no request went over it yet
};

/// What one attempt came to.
struct Outcome {
  std::optional<Result<Response>> answer;
  bool closed_unanswered = false;  ///< the peer had closed, and not a byte of an answer was seen

  void failed(ErrorCode code, std::string_view message) {
    answer.emplace(fail(code, {}, std::string(message)));
  }
};

Deadline earlier(Deadline by, std::chrono::milliseconds limit) {
  return {std::min(by.at, Deadline::in(limit).at)};
}

bool is_timeout(const error_code& ec) { return ec == beast::error::timeout; }

bool is_of_tls(const error_code& ec) { return ec.category() == asio::error::get_ssl_category(); }

bool is_of_http(const error_code& ec) {
  static const auto& category = beast::http::make_error_code(beast::http::error::bad_version);
  return ec.category() == category.category();
}

bool is_limit(const error_code& ec) {
  using beast::http::error;
  return ec == error::body_limit || ec == error::header_limit || ec == error::buffer_overflow;
}

bool is_sendable(const Request& request) {
  constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  if (std::find(std::begin(methods), std::end(methods), request.method) == std::end(methods)) {
    return false;
  }
  return is_origin_form(request.target) &&
         std::all_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
           return is_token(header.name) && is_field_value(header.value) &&
                  !belongs_to_transport(header.name);
         });
}

std::string head_of(const Request& request, std::string_view host) {
  std::string out =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, request.target, host);
  for (const Header& header : request.headers) {
    out.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (!request.body.empty() || request.method != "GET") {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", request.body.size());
  }
  return out.append("\r\n");
}

std::size_t field_count(const Parser& parser) {
  return static_cast<std::size_t>(std::distance(parser.get().begin(), parser.get().end()));
}

/// True when status and framing leave no doubt where the answer ends (RFC 9112 6.3, stricter).
bool is_well_framed(const Parser& parser) {
  namespace http = beast::http;
  const auto& head = parser.get();
  const unsigned status = head.result_int();
  const std::size_t lengths = head.count(http::field::content_length);
  const std::size_t codings = head.count(http::field::transfer_encoding);
  if (status < 200 || status > 599) return false;
  if (codings > 0 && (head.version() != 11 || head[http::field::transfer_encoding] != "chunked")) {
    return false;
  }
  if (status == 204 || status == 304) {
    return codings == 0 &&
           (lengths == 0 || status == 304 || head[http::field::content_length] == "0");
  }
  return lengths + codings == 1;
}

Response taken_from(Parser& parser) {
  Response response;
  auto message = parser.release();
  response.status = message.result_int();
  for (const auto& field : message) {
    response.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  response.body = std::move(message.body());
  return response;
}

class BeastClient final : public Client {
 public:
  BeastClient(ClientOptions options, tls::Context tls)
      : options_(std::move(options)),
        host_field_(options_.port == "443" ? options_.host
                                           : fmt::format("{}:{}", options_.host, options_.port)),
        resolver_(options_.host),
        tls_(tls.release()) {}

  ~BeastClient() override {
    if (kept_ != nullptr) run(take_leave(*kept_));
  }

  [[nodiscard]] Result<void> prepare(Deadline by) override;
  [[nodiscard]] Result<Response> send(const Request& request, Deadline by) override;
  [[nodiscard]] Handshakes handshakes() const override { return handshakes_; }

 private:
  Outcome attempt(const Request& request, Deadline by);
  /// A connection stands afterwards, or the outcome has its answer, or memory or files ran out.
  bool stand(Deadline by, Outcome& outcome);
  /// Runs the coroutine to its end on the caller's thread. False when it ran out of memory.
  bool run(asio::awaitable<void> work);
  void check_kept();
  asio::awaitable<void> connect(const std::vector<std::string>& addresses, Deadline by,
                                Outcome& outcome);
  asio::awaitable<bool> reach(const std::vector<std::string>& addresses, Deadline by,
                              Outcome& outcome);
  asio::awaitable<void> exchange(const Request& request, Deadline by, Outcome& outcome);
  asio::awaitable<void> read_answer(Connection& connection, Outcome& outcome);
  asio::awaitable<void> take_leave(Connection& connection);
  void read_failed(const error_code& ec, bool seen, Outcome& outcome);
  Error handshake_error(Connection& connection, const error_code& ec, Deadline by);

  ClientOptions options_;
  std::string host_field_;
  Resolver resolver_;
  asio::io_context context_{1};
  asio::ssl::context tls_;
  std::unique_ptr<Connection> kept_;
  Handshakes handshakes_;
};

bool BeastClient::run(asio::awaitable<void> work) {
  std::exception_ptr failure;
  const auto note = [&failure](std::exception_ptr caught) { failure = std::move(caught); };
  asio::co_spawn(context_, std::move(work), note);
  context_.restart();
  context_.run();
  return failure == nullptr;
}

Result<Response> BeastClient::send(const Request& request, Deadline by) {
  if (!is_sendable(request)) {
    return fail(ErrorCode::INVALID_TEXT, {},
                "a request has a known method, a target in origin form and fields in ASCII");
  }
  if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "the deadline passed before the request");
  if (kept_ != nullptr) check_kept();
  const bool reused = kept_ != nullptr;
  Outcome outcome = attempt(request, by);
  if (reused && outcome.closed_unanswered) outcome = attempt(request, by);
  if (!outcome.answer.has_value()) {
    kept_.reset();
    return fail(ErrorCode::UNAVAILABLE, {}, "the request failed for want of memory or files");
  }
  return *std::move(outcome.answer);
}

Result<void> BeastClient::prepare(Deadline by) {
  if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "the deadline passed before the request");
  if (kept_ != nullptr) check_kept();
  Outcome outcome;
  if (stand(by, outcome)) return {};
  kept_.reset();
  if (outcome.answer.has_value()) return std::move(*outcome.answer).error();
  return fail(ErrorCode::UNAVAILABLE, {}, "the connection failed for want of memory or files");
}

bool BeastClient::stand(Deadline by, Outcome& outcome) {
  if (kept_ != nullptr) return true;
  const auto addresses = resolver_.resolve(by);
  if (!addresses) {
    outcome.answer.emplace(addresses.error());
    return false;
  }
  return run(connect(*addresses, by, outcome)) && !outcome.answer.has_value();
}

Outcome BeastClient::attempt(const Request& request, Deadline by) {
  Outcome outcome;
  if (!stand(by, outcome)) return outcome;
  if (!run(exchange(request, by, outcome))) outcome.answer.reset();
  return outcome;
}

/// Drops the kept connection when the peer has closed it, or has sent bytes nobody asked for. On
/// one that no request went over yet there may be such bytes: TLS 1.3 sends its tickets by itself.
void BeastClient::check_kept() {
  const int socket = kept_->tcp().socket().native_handle();
  char byte = 0;
  const auto ready = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  const bool quiet = ready < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  if (quiet && !tls::has_unread(kept_->stream.native_handle())) return;
  if (kept_->untouched && (quiet || ready > 0)) return;
  run(take_leave(*kept_));
  kept_.reset();
}

// run() ends each coroutine before it returns, so that what they refer to outlives them.
// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters)
asio::awaitable<bool> BeastClient::reach(const std::vector<std::string>& addresses, Deadline by,
                                         Outcome& outcome) {
  std::uint16_t port = 0;
  std::from_chars(options_.port.data(), options_.port.data() + options_.port.size(), port);
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  auto left = static_cast<long>(addresses.size());
  for (const std::string& text : addresses) {
    const auto address = asio::ip::make_address(text, ec);
    if (!ec) {
      const tcp::endpoint endpoint(address, port);
      const auto now = std::chrono::steady_clock::now();
      kept_ = std::make_unique<Connection>(context_, tls_);
      // Each address has an even share of the time that is left.
      kept_->tcp().expires_at(now + (by.at - now) / left);
      co_await kept_->tcp().async_connect(endpoint, token);
      if (!ec) co_return true;
    }
    --left;
  }
  kept_.reset();
  if (by.passed()) {
    outcome.failed(ErrorCode::DEADLINE, "the deadline passed while connecting");
  } else {
    outcome.failed(ErrorCode::UNAVAILABLE, "no address of the host takes a connection");
  }
  co_return false;
}

asio::awaitable<void> BeastClient::connect(const std::vector<std::string>& addresses, Deadline by,
                                           Outcome& outcome) {
  const bool reached = co_await reach(addresses, by, outcome);
  if (!reached) co_return;
  auto connection = std::move(kept_);
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  const auto side = asio::ssl::stream_base::client;
  ec = connection->tcp().socket().set_option(tcp::no_delay(true), ec);
  if (!tls::prepare_client(connection->stream.native_handle(), options_.host)) {
    outcome.failed(ErrorCode::CONFIG_INVALID, "the host is not a name that TLS can ask for");
    co_return;
  }
  connection->tcp().expires_at(earlier(by, limits::tls_handshake_limit).at);
  co_await connection->stream.async_handshake(side, token);
  if (ec) {
    outcome.answer.emplace(handshake_error(*connection, ec, by));
    co_return;
  }
  const bool resumed = tls::finish_client(connection->stream.native_handle());
  ++(resumed ? handshakes_.resumed : handshakes_.full);
  kept_ = std::move(connection);
}

Error BeastClient::handshake_error(Connection& connection, const error_code& ec, Deadline by) {
  if (is_timeout(ec) && by.passed()) {
    return fail(ErrorCode::DEADLINE, {}, "the deadline passed during the TLS handshake");
  }
  if (!is_of_tls(ec)) {
    return fail(ErrorCode::UNAVAILABLE, {}, "the peer went silent or away in the TLS handshake");
  }
  const std::string reason = tls::verify_failure(connection.stream.native_handle());
  return fail(ErrorCode::TLS_FAILED, {},
              reason.empty() ? fmt::format("the TLS handshake failed: {}", ec.message())
                             : fmt::format("the peer's certificate is refused: {}", reason));
}

asio::awaitable<void> BeastClient::exchange(const Request& request, Deadline by, Outcome& outcome) {
  Connection& connection = *kept_;
  connection.untouched = false;
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  std::string head = head_of(request, host_field_);
  head.append(request.body);
  const auto bytes = asio::buffer(head);
  connection.tcp().expires_at(by.at);
  co_await asio::async_write(connection.stream, bytes, token);
  if (is_timeout(ec)) {
    outcome.failed(ErrorCode::DEADLINE, "the deadline passed while the request was sent");
    kept_.reset();
    co_return;
  }
  // A peer that refuses early may close before it has read all; its answer may lie there still.
  co_await read_answer(connection, outcome);
}

void BeastClient::read_failed(const error_code& ec, bool seen, Outcome& outcome) {
  if (is_timeout(ec)) {
    outcome.failed(ErrorCode::DEADLINE, "the deadline passed before the answer was complete");
  } else if (is_limit(ec)) {
    outcome.failed(ErrorCode::LIMIT_EXCEEDED, "the answer is larger than its limit");
  } else if (seen) {
    outcome.failed(ErrorCode::BAD_REPLY, is_of_http(ec) ? "the answer is not proper HTTP/1.1"
                                                        : "the answer is cut short");
  } else if (is_of_tls(ec)) {
    outcome.failed(ErrorCode::TLS_FAILED, "the peer ended TLS; it may want a certificate of ours");
  } else {
    outcome.failed(ErrorCode::UNAVAILABLE, "the peer closed the connection without an answer");
    outcome.closed_unanswered = true;
  }
  kept_.reset();
}

asio::awaitable<void> BeastClient::read_answer(Connection& connection, Outcome& outcome) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  std::optional<Parser> parser;
  auto no_extension = [](std::uint64_t, beast::string_view extension, error_code& refused) {
    if (!extension.empty()) refused = beast::http::error::bad_chunk_extension;
  };
  bool seen = false;
  for (int i = 0; i <= informational_max; ++i) {
    parser.emplace();
    parser->header_limit(limits::http_header_bytes_max);
    parser->body_limit(options_.body_bytes_max);
    parser->on_chunk_header(no_extension);
    co_await beast::http::async_read_header(connection.stream, connection.buffer, *parser, token);
    seen = seen || parser->got_some() || connection.buffer.size() > 0;
    const unsigned status = parser->get().result_int();
    if (ec || status < 100 || status > 199 || status == 101) break;
  }
  if (ec) {
    read_failed(ec, seen, outcome);
    co_return;
  }
  const std::size_t fields = field_count(*parser);
  if (!is_well_framed(*parser) || fields > limits::http_fields_max) {
    outcome.failed(ErrorCode::BAD_REPLY, "the answer does not say in one way where it ends");
    kept_.reset();
    co_return;
  }
  if (!parser->is_done()) {
    co_await beast::http::async_read(connection.stream, connection.buffer, *parser, token);
  }
  if (ec) {
    read_failed(ec, true, outcome);
    co_return;
  }
  if (field_count(*parser) != fields) {
    outcome.failed(ErrorCode::BAD_REPLY, "the answer has trailers");
    kept_.reset();
    co_return;
  }
  const bool keep = parser->get().keep_alive() && connection.buffer.size() == 0;
  outcome.answer.emplace(taken_from(*parser));
  if (keep) co_return;
  co_await take_leave(connection);
  kept_.reset();
}

/// Sends our close_notify, so that the session stays good, and does not wait for the peer's.
asio::awaitable<void> BeastClient::take_leave(Connection& connection) {
  error_code ec;
  auto token = asio::redirect_error(asio::use_awaitable, ec);
  tls::expect_no_answer_to_shutdown(connection.stream.native_handle());
  connection.tcp().expires_after(limits::http_close_limit);
  co_await connection.stream.async_shutdown(token);
  connection.tcp().close();
}

// NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

}  // namespace

Result<std::unique_ptr<Client>> Client::open(ClientOptions options) {
  if (options.host.empty() || !is_field_value(options.host) ||
      options.host.find(' ') != std::string::npos) {
    return fail(ErrorCode::CONFIG_INVALID, "host", "the host is a name or an address");
  }
  if (!is_port(options.port)) {
    return fail(ErrorCode::CONFIG_INVALID, "port", "the port is a number from 1 to 65535");
  }
  const tls::Files files{options.ca_file, options.certificate_file, options.key_file};
  auto context = tls::client_context(files);
  if (!context) return std::move(context).error();
  return std::unique_ptr<Client>(
      std::make_unique<BeastClient>(std::move(options), *std::move(context)));
}

}  // namespace ig::adapters::http
