#include "adapters/cli/file_source.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ig::adapters::cli {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& file) {
  if (file == "-") return std::unique_ptr<FileSource>(new FileSource(STDIN_FILENO));
  // Non-blocking, so that a pipe under a file's name cannot hold us up before it is refused.
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    return fail(ErrorCode::UNREADABLE, {}, "the file cannot be opened: " + file);
  }
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::UNREADABLE, {}, "not a plain file: " + file);
  }
  return std::unique_ptr<FileSource>(new FileSource(descriptor));
}

FileSource::~FileSource() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

Result<std::size_t> FileSource::read(char* to, std::size_t size) {
  while (true) {
    const ssize_t got = ::read(descriptor_, to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return fail(ErrorCode::UNREADABLE, {}, "a file ended in a read error");
  }
}

}  // namespace ig::adapters::cli
