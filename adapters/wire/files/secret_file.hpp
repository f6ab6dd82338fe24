#pragma once

#include "core/base/result.hpp"
#include "core/base/sensitive.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::wire::files {

/// Bytes of a secret file that are read at most.
inline constexpr std::size_t secret_file_bytes_max = 4'096;

/// Reads a small text file that holds a secret; line ends at its end are cut off. Errors:
/// UNREADABLE (cannot be opened, not a plain file, empty, or longer than
/// secret_file_bytes_max). The message names `what`, never the content.
[[nodiscard]] core::base::Result<core::base::Sensitive<std::string>> read_secret_file(
    const std::string& file, std::string_view what);

/// Overwrites a string that held a secret, then empties it.
void wipe(std::string& secret) noexcept;
void wipe(core::base::Sensitive<std::string>& secret) noexcept;

}  // namespace ig::adapters::wire::files
