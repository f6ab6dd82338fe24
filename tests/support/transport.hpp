#pragma once

#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "tests/support/scripted_client.hpp"
#include "tests/unit/adapters/http/house.hpp"

#include <memory>
#include <utility>

namespace ig::tests::support {

/// How a contract suite reaches its imposter: by a call in this process, or over TLS on loopback.
enum class Way { in_process, over_tls };

/// An imposter and a client that reaches it. `handler` is called on one thread at a time.
class Transport {
 public:
  Transport(Way way, adapters::http::Handler handler) : way_(way), handler_(std::move(handler)) {
    if (way_ != Way::over_tls) return;
    house_ = std::make_unique<http::House>();
    server_ = http::start(house_->server_options(), handler_);
  }

  /// A new connection.
  [[nodiscard]] std::unique_ptr<adapters::http::Client> connect() const {
    if (way_ == Way::over_tls) return http::open(house_->client_options(server_->port()));
    return std::make_unique<ScriptedClient>([this](const adapters::http::Request& request)
                                                -> core::base::Result<adapters::http::Response> {
      auto response = handler_(request, adapters::http::Peer{});
      if (!response.unanswered) return response;
      return core::base::fail(core::base::ErrorCode::UNAVAILABLE, {}, "no answer");
    });
  }

 private:
  Way way_;
  adapters::http::Handler handler_;
  std::unique_ptr<http::House> house_;
  std::unique_ptr<adapters::http::Server> server_;
};

/// The name of a parameter of a contract suite.
[[nodiscard]] inline const char* name(Way way) {
  return way == Way::over_tls ? "OverTls" : "InProcess";
}

}  // namespace ig::tests::support
