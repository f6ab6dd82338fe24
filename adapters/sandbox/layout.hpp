#pragma once

#include "adapters/sandbox/truth.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <string>

namespace ig::adapters::sandbox {

/// The secrets of one sandbox, new at each start.
struct Secrets {
  std::string client_id;
  std::string client_secret;
  std::string cms;            ///< signing secret of case system "cms": "whsec_" + base64
  std::string cms2;           ///< of "cms2"
  std::string totp_key = {};  ///< Base32, where HMRC wants a code before the client secret
};

/// Where the sandbox listens, and a port that was free for the gateway's own API.
struct Ports {
  std::uint16_t hmrc = 0;
  std::uint16_t cases = 0;
  std::uint16_t api = 0;
};

/// New secrets from the system's random numbers; a key for codes `with_totp` only.
[[nodiscard]] Secrets make_secrets(bool with_totp = false);

/// Writes what the servers need before they start: a new authority (ca.pem), certificates and keys
/// (server.*, gateway-api.*, gateway-client.*, api-cms.*, api-cms2.*, api-operator.*) and the
/// secrets (totp_key only where there is one). Keys and secrets are for their owner alone. Errors:
/// UNREADABLE.
[[nodiscard]] core::base::Result<void> write_credentials(const std::string& folder,
                                                         const Secrets& secrets);

/// Writes the world: cases.ndjson, fps/*.xml and population.json. Errors: UNREADABLE.
[[nodiscard]] core::base::Result<void> write_world(const std::string& folder,
                                                   const Population& population);

/// gateway.toml, ready to use, for a gateway that asks HMRC so many times a second; paths in it are
/// relative to the folder.
[[nodiscard]] std::string gateway_toml(const Secrets& secrets, const Ports& ports,
                                       int requests_per_second);

/// Writes gateway.toml and sandbox.json (the ports). Errors: UNREADABLE.
[[nodiscard]] core::base::Result<void> write_addresses(const std::string& folder,
                                                       const Secrets& secrets, const Ports& ports,
                                                       int requests_per_second);

/// The ports of sandbox.json. Errors: UNREADABLE (no sandbox has started there).
[[nodiscard]] core::base::Result<Ports> read_ports(const std::string& folder);

}  // namespace ig::adapters::sandbox
