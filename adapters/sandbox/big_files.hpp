#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>

namespace ig::adapters::sandbox {

/// A large FPS document and the cases beside it, for benchmarks.
struct BigFileOptions {
  std::int64_t employees = 100'000;
  int registered_permille = 100;  ///< employees with a case, evenly spread
  int fire_permille = 10;         ///< employees with a case whose pay is half as much again
  std::uint64_t seed = 1;
  std::int64_t first = 0;        ///< the first employee's number: files of one seed can share cases
  std::string out;               ///< the FPS document
  std::string cases_out;         ///< NDJSON, a case a line; empty: none is written
  std::int64_t cases = 200'000;  ///< all cases; those beyond the employees are of other people
};

struct BigFileCounts {
  std::int64_t employees = 0;
  std::int64_t registered = 0;
  std::int64_t fire = 0;
  std::int64_t cases = 0;
  std::int64_t pay = 0;  ///< pence, all employees together
  std::int64_t bytes = 0;
};

/// Writes both files in constant memory; the same bytes from the same options. One month's pay of
/// January 2026, all year the same. Errors: USAGE (numbers that cannot be), UNREADABLE.
[[nodiscard]] core::base::Result<BigFileCounts> write_big_files(const BigFileOptions& options);

}  // namespace ig::adapters::sandbox
