#include "adapters/http/client.hpp"

#include "adapters/http/grammar.hpp"
#include "adapters/http/resolver.hpp"
#include "adapters/http/tls.hpp"
#include "adapters/http/tls_stream.hpp"
#include "adapters/wire/files/secret_file.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>
#include <utility>

namespace ig::adapters::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace limits = core::base::limits;
using boost::system::error_code;
using core::base::Deadline;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::size_t read_ahead = 64 * 1024;
constexpr std::size_t record_bytes = 16 * 1024;  ///< the largest that TLS gives at once
constexpr int informational_max = 4;             ///< 1xx answers before the real one

/// A connection and what was read of it beyond the last answer.
struct Connection {
  explicit Connection(ssl_ctx_st* tls) : stream(tls) { buffer.reserve(record_bytes); }

  TlsStream stream;
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

/// The whole request, in place of what `out` held.
void put(const Request& request, std::string_view host_field, std::string& out) {
  out.clear();
  out.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
  out.append(host_field);
  for (const Header& header : request.headers) {
    out.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (!request.body.empty() || request.method != "GET") {
    const fmt::format_int size(request.body.size());
    out.append("Content-Length: ").append(size.data(), size.size()).append("\r\n");
  }
  out.append("\r\n").append(request.body);
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

Response taken_from(Parser& parser, std::size_t fields) {
  Response response;
  auto message = parser.release();
  response.status = message.result_int();
  response.headers.reserve(fields);
  for (const auto& field : message) {
    response.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  response.body = std::move(message.body());
  return response;
}

Error handshake_error(TlsStream& stream, const error_code& ec, Deadline by) {
  if (is_timeout(ec) && by.passed()) {
    return fail(ErrorCode::DEADLINE, {}, "the deadline passed during the TLS handshake");
  }
  if (!is_of_tls(ec)) {
    return fail(ErrorCode::UNAVAILABLE, {}, "the peer went silent or away in the TLS handshake");
  }
  const std::string reason = tls::verify_failure(stream.native_handle());
  return fail(ErrorCode::TLS_FAILED, {},
              reason.empty() ? fmt::format("the TLS handshake failed: {}", ec.message())
                             : fmt::format("the peer's certificate is refused: {}", reason));
}

class TlsClient final : public Client {
 public:
  TlsClient(ClientOptions options, std::uint16_t port, tls::Context tls)
      : options_(std::move(options)),
        port_(port),
        host_field_(port == 443 ? fmt::format("Host: {}\r\n", options_.host)
                                : fmt::format("Host: {}:{}\r\n", options_.host, port)),
        resolver_(options_.host),
        tls_(std::move(tls)) {}

  ~TlsClient() override {
    if (kept_ != nullptr) take_leave();
  }

  [[nodiscard]] Result<void> prepare(Deadline by) override;
  [[nodiscard]] Result<Response> send(const Request& request, Deadline by) override;
  [[nodiscard]] Handshakes handshakes() const override { return handshakes_; }

 private:
  Outcome attempt(const Request& request, Deadline by);
  /// A connection stands afterwards, or the outcome has its answer.
  bool stand(Deadline by, Outcome& outcome);
  void check_kept();
  void connect(const std::vector<std::string>& addresses, Deadline by, Outcome& outcome);
  void exchange(const Request& request, Deadline by, Outcome& outcome);
  void read_answer(bool sent, Outcome& outcome);
  void read_failed(const error_code& ec, bool seen, Outcome& outcome);
  void take_leave();

  ClientOptions options_;
  std::uint16_t port_;
  std::string host_field_;
  Resolver resolver_;
  tls::Context tls_;
  std::unique_ptr<Connection> kept_;
  std::string bytes_;   ///< of a request, kept for their room
  Deadline checked_{};  ///< until when what prepare() saw of the kept connection holds
  Handshakes handshakes_;
};

Result<Response> TlsClient::send(const Request& request, Deadline by) {
  if (!is_sendable(request)) {
    return fail(ErrorCode::INVALID_TEXT, {},
                "a request has a known method, a target in origin form and fields in ASCII");
  }
  if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "the deadline passed before the request");
  try {
    const Deadline checked = std::exchange(checked_, Deadline{});
    if (kept_ != nullptr && checked.passed()) check_kept();
    const bool reused = kept_ != nullptr;
    Outcome outcome = attempt(request, by);
    if (reused && outcome.closed_unanswered) outcome = attempt(request, by);
    return *std::move(outcome.answer);
  } catch (const std::exception&) {
    kept_.reset();
    return fail(ErrorCode::UNAVAILABLE, {}, "the request failed for want of memory or files");
  }
}

Result<void> TlsClient::prepare(Deadline by) {
  if (by.passed()) return fail(ErrorCode::DEADLINE, {}, "the deadline passed before the request");
  try {
    if (kept_ != nullptr) check_kept();
    Outcome outcome;
    if (!stand(by, outcome)) return (*std::move(outcome.answer)).error();
    checked_ = Deadline::in(limits::http_checked_limit);
    return {};
  } catch (const std::exception&) {
    kept_.reset();
    return fail(ErrorCode::UNAVAILABLE, {}, "the connection failed for want of memory or files");
  }
}

bool TlsClient::stand(Deadline by, Outcome& outcome) {
  if (kept_ != nullptr) return true;
  const auto addresses = resolver_.resolve(by);
  if (addresses) {
    connect(*addresses, by, outcome);
  } else {
    outcome.answer.emplace(addresses.error());
  }
  return kept_ != nullptr;
}

Outcome TlsClient::attempt(const Request& request, Deadline by) {
  Outcome outcome;
  if (stand(by, outcome)) exchange(request, by, outcome);
  return outcome;
}

/// Drops the kept connection when the peer has closed it, or has sent bytes nobody asked for. On
/// one that no request went over yet there may be such bytes: TLS 1.3 sends its tickets by itself.
void TlsClient::check_kept() {
  const TlsStream::Rest rest = kept_->stream.at_rest();
  if (rest == TlsStream::Rest::quiet) return;
  if (rest == TlsStream::Rest::spoken && kept_->untouched) return;
  take_leave();
}

/// Keeps the connection when it stands; otherwise the outcome says why it does not.
void TlsClient::connect(const std::vector<std::string>& addresses, Deadline by, Outcome& outcome) {
  auto connection = std::make_unique<Connection>(tls_.get());
  TlsStream& stream = connection->stream;
  stream.expires_at(by);
  if (stream.connect(addresses, port_)) {
    if (by.passed()) {
      outcome.failed(ErrorCode::DEADLINE, "the deadline passed while connecting");
    } else {
      outcome.failed(ErrorCode::UNAVAILABLE, "no address of the host takes a connection");
    }
    return;
  }
  if (!tls::prepare_client(stream.native_handle(), options_.host)) {
    outcome.failed(ErrorCode::CONFIG_INVALID, "the host is not a name that TLS can ask for");
    return;
  }
  stream.expires_at(earlier(by, limits::tls_handshake_limit));
  if (const error_code ec = stream.handshake()) {
    outcome.answer.emplace(handshake_error(stream, ec, by));
    return;
  }
  const bool resumed = tls::finish_client(stream.native_handle());
  ++(resumed ? handshakes_.resumed : handshakes_.full);
  kept_ = std::move(connection);
}

void TlsClient::exchange(const Request& request, Deadline by, Outcome& outcome) {
  kept_->untouched = false;
  kept_->stream.expires_at(by);
  put(request, host_field_, bytes_);
  const error_code ec = kept_->stream.write(bytes_);
  wire::files::wipe(bytes_);  // It held a token and what it is about.
  if (bytes_.capacity() > read_ahead) std::string().swap(bytes_);
  if (is_timeout(ec)) {
    outcome.failed(ErrorCode::DEADLINE, "the deadline passed while the request was sent");
    kept_.reset();
    return;
  }
  // A peer that refuses early may close before it has read all; its answer may lie there still.
  read_answer(!ec, outcome);
}

void TlsClient::read_failed(const error_code& ec, bool seen, Outcome& outcome) {
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

/// Keeps the connection for the next request when all of this one was sent and all of its answer
/// read.
void TlsClient::read_answer(bool sent, Outcome& outcome) {
  Connection& connection = *kept_;
  error_code ec;
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
    beast::http::read_header(connection.stream, connection.buffer, *parser, ec);
    seen = seen || parser->got_some() || connection.buffer.size() > 0;
    const unsigned status = parser->get().result_int();
    if (ec || status < 100 || status > 199 || status == 101) break;
  }
  if (ec) return read_failed(ec, seen, outcome);
  const std::size_t fields = field_count(*parser);
  if (!is_well_framed(*parser) || fields > limits::http_fields_max) {
    outcome.failed(ErrorCode::BAD_REPLY, "the answer does not say in one way where it ends");
    kept_.reset();
    return;
  }
  if (!parser->is_done()) {
    beast::http::read(connection.stream, connection.buffer, *parser, ec);
  }
  if (ec) return read_failed(ec, true, outcome);
  if (field_count(*parser) != fields) {
    outcome.failed(ErrorCode::BAD_REPLY, "the answer has trailers");
    kept_.reset();
    return;
  }
  const bool keep = sent && parser->get().keep_alive() && connection.buffer.size() == 0;
  outcome.answer.emplace(taken_from(*parser, fields));
  if (!keep) take_leave();
}

/// Sends our close_notify, so that the session stays good, and does not wait for the peer's.
void TlsClient::take_leave() {
  kept_->stream.expires_at(Deadline::in(limits::http_close_limit));
  kept_->stream.shutdown();
  kept_.reset();
}

/// 0 when the text is no port.
std::uint16_t read_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() ? port : std::uint16_t{0};
}

}  // namespace

Result<std::unique_ptr<Client>> Client::open(ClientOptions options) {
  if (options.host.empty() || !is_field_value(options.host) ||
      options.host.find(' ') != std::string::npos) {
    return fail(ErrorCode::CONFIG_INVALID, "host", "the host is a name or an address");
  }
  const std::uint16_t port = read_port(options.port);
  if (port == 0) {
    return fail(ErrorCode::CONFIG_INVALID, "port", "the port is a number from 1 to 65535");
  }
  const tls::Files files{options.ca_file, options.certificate_file, options.key_file};
  auto context = tls::client_context(files);
  if (!context) return std::move(context).error();
  return std::unique_ptr<Client>(
      std::make_unique<TlsClient>(std::move(options), port, *std::move(context)));
}

}  // namespace ig::adapters::http
