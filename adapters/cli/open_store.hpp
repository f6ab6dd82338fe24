#pragma once

#include "adapters/cli/config.hpp"
#include "core/base/result.hpp"
#include "core/ports/store.hpp"

#include <memory>

namespace ig::adapters::cli {

enum class StoreAccess : std::uint8_t {
  make_if_absent,  ///< a new store is made, with its identity key (mode 0600)
  must_be_there,   ///< a command that looks at a store does not make one
};

/// Opens the store of the configuration. A key file is made only together with its store: a store
/// without its key is an error, as nobody in it could be found again.
/// Errors: UNREADABLE (no such store or key, cannot be made), INTEGRITY_BROKEN (another key, an
/// unknown shape), STORE_FAILED.
[[nodiscard]] core::base::Result<std::unique_ptr<core::ports::Store>> open_store(
    const GatewayConfig& config, StoreAccess access = StoreAccess::make_if_absent);

}  // namespace ig::adapters::cli
