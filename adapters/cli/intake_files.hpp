#pragma once

#include "adapters/cli/runtime.hpp"
#include "adapters/wire/compress/unpack.hpp"
#include "core/jobs/intake.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ig::adapters::cli {

/// What became of one file. `unreadable` says why nothing of it could be read; else nullptr.
using FileTaken = std::function<core::base::Result<void>(const std::string& file,
                                                         const core::jobs::IntakeReceipt& receipt,
                                                         const core::base::Error* unreadable)>;

/// Takes bulk files in, each parsed in a process of its own and the next ones parsed ahead; they
/// are taken in in their order, so that what they come to does not depend on how far the parsers
/// are. One that cannot be read does not stop the rest. A control file beside one is heeded.
/// `people` as load_people() gave them; `packings`: which packed files are taken. Errors:
/// STORE_FAILED, and what `taken` gives.
[[nodiscard]] core::base::Result<void> take_files(const core::jobs::JobContext& context,
                                                  const core::jobs::PersonIndex& people,
                                                  const std::vector<std::string>& files,
                                                  const core::jobs::IntakeOptions& how,
                                                  const FileTaken& taken,
                                                  wire::compress::Packings packings = {});

}  // namespace ig::adapters::cli
