#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::sandbox {

enum class Secrecy : bool { open, owner_only };

/// Writes a file whole or not at all: beside it first, then by rename. Folders that lead to it are
/// made. Errors: UNREADABLE (it cannot be written).
[[nodiscard]] core::base::Result<void> write_file(const std::string& file, std::string_view bytes,
                                                  Secrecy secrecy = Secrecy::open);

/// The bytes of a file. Errors: UNREADABLE.
[[nodiscard]] core::base::Result<std::string> read_file(const std::string& file);

}  // namespace ig::adapters::sandbox
