#pragma once

#include "adapters/api/metrics.hpp"
#include "adapters/http/server.hpp"
#include "core/base/clock.hpp"
#include "core/ports/store.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace ig::adapters::api {

/// What a caller may do.
enum class Role : std::uint8_t {
  case_system,  ///< reads triggers of its own cases
  op,           ///< reads health and metrics
  auditor,      ///< reads any trigger; each read is audited
};

/// A name of a client certificate and who stands behind it.
struct Principal {
  std::string certificate_name;
  std::string name;
  Role role = Role::op;
  std::string case_system;
};

/// The API: GET /healthz, /readyz, /metrics and /v1/triggers/{id}.
/// Identity comes from the verified client certificate only. A trigger of another case system is
/// answered as one that does not exist. Every read of a trigger is audited before it is answered.
/// Runs on the server's thread; `store` is its own.
class Service {
 public:
  Service(core::ports::Store& store, const core::base::Clock& clock, Metrics& metrics,
          std::vector<Principal> principals, std::function<bool()> ready);
  [[nodiscard]] http::Response handle(const http::Request& request, const http::Peer& peer);

 private:
  [[nodiscard]] const Principal* who(const http::Peer& peer) const;
  [[nodiscard]] http::Response trigger(const std::string& id, const Principal& principal);

  core::ports::Store& store_;
  const core::base::Clock& clock_;
  Metrics& metrics_;
  std::vector<Principal> principals_;
  std::function<bool()> ready_;
};

}  // namespace ig::adapters::api
