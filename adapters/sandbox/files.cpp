#include "adapters/sandbox/files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace ig::adapters::sandbox {

using core::base::Error;
using core::base::ErrorCode;

core::base::Result<void> write_file(const std::string& file, std::string_view bytes,
                                    Secrecy secrecy) {
  namespace fs = std::filesystem;
  const fs::path path(file);
  std::error_code failed;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failed);
  const std::string beside = file + ".new";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    if (out && secrecy == Secrecy::owner_only) {
      fs::permissions(beside, fs::perms::owner_read | fs::perms::owner_write, failed);
    }
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out || failed) {
      return Error{ErrorCode::UNREADABLE, {}, "the file cannot be written: " + file};
    }
  }
  fs::rename(beside, path, failed);
  if (failed) return Error{ErrorCode::UNREADABLE, {}, "the file cannot be put in place: " + file};
  return {};
}

core::base::Result<std::string> read_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    return Error{ErrorCode::UNREADABLE, {}, "the file cannot be read: " + file};
  }
  return text.str();
}

}  // namespace ig::adapters::sandbox
