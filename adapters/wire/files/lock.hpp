#pragma once

#include "core/base/result.hpp"

#include <string>

namespace ig::adapters::wire::files {

/// An advisory lock on a file, held until it goes or the process ends. Keeps a second process of
/// ours from doing the same job at the same time.
class Lock {
 public:
  /// Errors: UNAVAILABLE (somebody has it), UNREADABLE (the file cannot be made).
  [[nodiscard]] static core::base::Result<Lock> take(const std::string& file);
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&&) = delete;
  ~Lock();

 private:
  explicit Lock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace ig::adapters::wire::files
