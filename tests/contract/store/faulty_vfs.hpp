#pragma once

#include <cstdint>

namespace ig::tests::contract::store {

/// What happens at the chosen write to a file of SQLite (a write, a flush or a cut).
enum class Fault : std::uint8_t {
  none,
  killed,      ///< the process ends at once, before the write
  fails_once,  ///< this one fails, later ones do not
  fails_on,    ///< this one and all after it fail, as a full or broken disk
};

/// A layer between SQLite and the system's files, in this process. It does not flush to the disk
/// for real: a killed process loses nothing the system has, and the tests run in less time.
class FaultyVfs {
 public:
  /// Its name for SqliteOptions::vfs; registered by the first call.
  [[nodiscard]] static const char* name();
  /// From now on the `nth` write from here (1 is the next) meets the fault.
  static void plan(Fault fault, std::int64_t nth);
  /// Writes since plan().
  [[nodiscard]] static std::int64_t writes();
};

}  // namespace ig::tests::contract::store
