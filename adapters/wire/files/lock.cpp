#include "adapters/wire/files/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace ig::adapters::wire::files {

core::base::Result<Lock> Lock::take(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return core::base::fail(core::base::ErrorCode::UNREADABLE, {},
                            "the lock file cannot be made: " + file);
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return core::base::fail(core::base::ErrorCode::UNAVAILABLE, {},
                            "another process is doing this job: " + file);
  }
  return Lock(descriptor);
}

Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Lock::~Lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace ig::adapters::wire::files
