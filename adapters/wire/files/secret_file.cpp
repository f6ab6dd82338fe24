#include "adapters/wire/files/secret_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace ig::adapters::wire::files {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;

Result<Sensitive<std::string>> read_secret_file(const std::string& file, std::string_view what) {
  const auto refused = [&](std::string_view why) {
    return fail(ErrorCode::UNREADABLE, {},
                fmt::format("the file of {} {}: check its path and rights", what, why));
  };
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return refused("is not a plain file");
  std::ifstream in(file, std::ios::binary);
  if (!in) return refused("cannot be opened");
  std::string text(secret_file_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return refused("cannot be read");
  const auto got = static_cast<std::size_t>(in.gcount());
  if (got > secret_file_bytes_max) {
    wipe(text);
    return refused("is longer than a secret can be");
  }
  text.resize(got);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return refused("is empty");
  return Sensitive<std::string>(std::move(text));
}

void wipe(std::string& secret) noexcept {
  secret.resize(secret.capacity());
  volatile char* bytes = secret.data();  // volatile: the writes are not optimised away
  for (std::size_t i = 0; i < secret.size(); ++i) bytes[i] = '\0';
  secret.clear();
}

void wipe(Sensitive<std::string>& secret) noexcept {
  // The object is no constant; reveal() only shows it as one.
  wipe(const_cast<std::string&>(secret.reveal()));
}

}  // namespace ig::adapters::wire::files
