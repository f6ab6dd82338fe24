#pragma once

#include "core/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::wire::files {

/// A folder into which somebody puts files for us. Inside it we keep three more: `taking` (picked
/// up), `done` and `refused` (with a receipt beside each file). A file is picked up by a rename,
/// so that two processes never have the same one, and what a killed one had is there again.
/// Passed over: names that begin with a dot or end in ".part", symbolic links, and everything that
/// is no plain file. Not for two threads.
class Spool {
 public:
  struct Rules {
    /// A file is ready when size and time of change stand still for so long between two looks; 0:
    /// at once, where files come by a rename.
    std::chrono::seconds settle{10};
    std::string suffix;  ///< only names that end so: ".xml", or so and in one of `packed`
    std::string beside;  ///< added to a name: a file that goes where its file goes
    std::vector<std::string> packed{};  ///< further endings behind the suffix: ".gz"
  };
  enum class End : std::uint8_t { done, refused };

  /// Makes the folders that are missing. Errors: UNREADABLE.
  [[nodiscard]] static core::base::Result<Spool> open(std::string folder, Rules rules);

  /// The names of files that are ready, in order; what was picked up and not ended comes first.
  /// `now` goes forward from call to call. Errors: UNREADABLE.
  [[nodiscard]] core::base::Result<std::vector<std::string>> ready(
      std::chrono::steady_clock::time_point now);
  /// Picks a file up and gives its path. Errors: UNREADABLE (it is gone).
  [[nodiscard]] core::base::Result<std::string> take(const std::string& name);
  /// Moves a file that was picked up to its end, with its receipt. A name that is there already
  /// gets a number. Errors: UNREADABLE.
  [[nodiscard]] core::base::Result<void> finish(const std::string& name, End end,
                                                std::string_view receipt);

 private:
  struct Seen {
    std::uintmax_t size = 0;
    std::int64_t changed = 0;  ///< nanoseconds, as the file system counts
    std::chrono::steady_clock::time_point since;
  };
  Spool(std::string folder, Rules rules) : folder_(std::move(folder)), rules_(std::move(rules)) {}
  [[nodiscard]] std::string path(std::string_view part, const std::string& name) const;
  [[nodiscard]] bool is_ours(const std::string& name) const;

  std::string folder_;
  Rules rules_;
  std::map<std::string, Seen> seen_;
};

}  // namespace ig::adapters::wire::files
