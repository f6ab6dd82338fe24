#pragma once

#include "adapters/http/client.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ig::tests::support {

/// An http::Client that answers by a function, keeps what it was asked, and fails where it is told
/// to. One thread, unless the function says otherwise.
class ScriptedClient final : public adapters::http::Client {
 public:
  using Request = adapters::http::Request;
  using Response = adapters::http::Response;
  using Answer = std::function<core::base::Result<Response>(const Request&)>;

  explicit ScriptedClient(Answer answer) : answer_(std::move(answer)) {}

  [[nodiscard]] core::base::Result<void> prepare(core::base::Deadline) override {
    ++prepared;
    if (on_prepare) return on_prepare();
    return {};
  }
  [[nodiscard]] core::base::Result<Response> send(const Request& request,
                                                  core::base::Deadline by) override {
    requests.push_back(request);
    deadlines.push_back(by);
    return answer_(request);
  }
  [[nodiscard]] Handshakes handshakes() const override { return {}; }

  std::vector<Request> requests;
  std::vector<core::base::Deadline> deadlines;
  std::uint64_t prepared = 0;
  std::function<core::base::Result<void>()> on_prepare;  ///< empty: the connection stands

 private:
  Answer answer_;
};

/// What goes wrong with one call.
enum class Fault {
  none,
  request_lost,  ///< the peer never saw it: UNAVAILABLE
  answer_lost,   ///< the peer did it, the answer did not come back: UNAVAILABLE
  too_late,      ///< the peer did it, the deadline passed: DEADLINE
};

/// Passes calls on to another client; the fault at the front of `faults` befalls the next call.
class FaultyClient final : public adapters::http::Client {
 public:
  explicit FaultyClient(adapters::http::Client& inner) : inner_(inner) {}

  [[nodiscard]] core::base::Result<void> prepare(core::base::Deadline by) override {
    return inner_.prepare(by);
  }
  [[nodiscard]] core::base::Result<adapters::http::Response> send(
      const adapters::http::Request& request, core::base::Deadline by) override {
    using core::base::ErrorCode;
    Fault fault = Fault::none;
    if (!faults.empty()) {
      fault = faults.front();
      faults.pop_front();
    }
    if (fault == Fault::request_lost) {
      return core::base::fail(ErrorCode::UNAVAILABLE, {}, "planted: the request was lost");
    }
    auto response = inner_.send(request, by);
    if (fault == Fault::answer_lost) {
      return core::base::fail(ErrorCode::UNAVAILABLE, {}, "planted: the answer was lost");
    }
    if (fault == Fault::too_late) {
      return core::base::fail(ErrorCode::DEADLINE, {}, "planted: the answer came too late");
    }
    return response;
  }
  [[nodiscard]] Handshakes handshakes() const override { return inner_.handshakes(); }

  std::deque<Fault> faults;

 private:
  adapters::http::Client& inner_;
};

}  // namespace ig::tests::support
