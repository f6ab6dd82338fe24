#include "adapters/wire/files/replace_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace ig::adapters::wire::files {
namespace {

using core::base::Result;

core::base::Error cannot(const std::string& file) {
  return core::base::fail(core::base::ErrorCode::UNREADABLE, {},
                          "the file cannot be written: " + file);
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(descriptor, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

std::string folder_of(const std::string& file) {
  const auto stroke = file.rfind('/');
  return stroke == std::string::npos ? "." : file.substr(0, stroke + 1);
}

}  // namespace

bool sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

Result<void> replace_file(const std::string& file, std::string_view text) {
  std::string beside = file + ".XXXXXX";
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) return cannot(file);
  const bool written = write_all(descriptor, text) && ::fsync(descriptor) == 0;
  const bool closed = ::close(descriptor) == 0;
  if (!written || !closed || std::rename(beside.c_str(), file.c_str()) != 0) {
    ::unlink(beside.c_str());
    return cannot(file);
  }
  if (!sync_folder(folder_of(file))) return cannot(file);
  return {};
}

}  // namespace ig::adapters::wire::files
