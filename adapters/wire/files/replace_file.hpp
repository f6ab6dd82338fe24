#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::wire::files {

/// Puts `text` in the place of a file, whole or not at all: written beside it, synced, renamed over
/// it, and the folder synced. After a crash the old or the new content stands. A new file has mode
/// 0600. Errors: UNREADABLE; the old file is then untouched.
[[nodiscard]] core::base::Result<void> replace_file(const std::string& file, std::string_view text);

/// Makes renames in a folder last: its entries are on the disk. False when that fails.
[[nodiscard]] bool sync_folder(const std::string& folder);

}  // namespace ig::adapters::wire::files
