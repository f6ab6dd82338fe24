#include "adapters/cli/open_store.hpp"

#include "adapters/store/sqlite/open.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/crypto/hmac.hpp"
#include "adapters/wire/files/secret_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;

constexpr std::size_t kKeyBytes = 32;

bool is_there(const std::string& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

Error cannot_make(const std::string& file) {
  return fail(ErrorCode::UNREADABLE, {},
              fmt::format("the identity key file {} cannot be made: {}", file,
                          std::generic_category().message(errno)));
}

/// Writes and flushes a file that nobody else may read.
bool write_private(const std::string& file, const std::string& text) {
  const int out = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (out < 0) return false;
  const ssize_t written = ::write(out, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size()) && ::fsync(out) == 0;
  return ::close(out) == 0 && whole;
}

/// Makes the key under another name and links it into place, so that a half-written key is never
/// read and of two programs started together one key wins.
Result<void> make_key(const std::string& file) {
  const std::string part = fmt::format("{}.{}.part", file, ::getpid());
  std::string text = wire::crypto::base64(wire::crypto::random_bytes(kKeyBytes)) + "\n";
  const bool written = write_private(part, text);
  wire::files::wipe(text);
  const bool linked = written && (::link(part.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const Error why = cannot_make(file);
  ::unlink(part.c_str());
  if (!linked) return why;
  return {};
}

Result<void> settle_key(const StoreConfig& config, StoreAccess access) {
  const bool store_there = is_there(config.file);
  if (!store_there && access == StoreAccess::must_be_there) {
    return fail(ErrorCode::UNREADABLE, {}, fmt::format("there is no store at {}", config.file));
  }
  if (is_there(config.identity_key_file)) return {};
  if (store_there) {
    return fail(ErrorCode::UNREADABLE, {},
                fmt::format("the store is there but its identity key {} is not: put it back",
                            config.identity_key_file));
  }
  return make_key(config.identity_key_file);
}

}  // namespace

Result<std::unique_ptr<core::ports::Store>> open_store(const GatewayConfig& config,
                                                       StoreAccess access) {
  const auto settled = settle_key(config.store, access);
  if (!settled) return settled.error();
  auto key = wire::files::read_secret_file(config.store.identity_key_file, "the identity key");
  if (!key) return std::move(key).error();
  store::sqlite::SqliteOptions options;
  options.file = config.store.file;
  options.identity_key = *std::move(key);
  return store::sqlite::open_sqlite_store(options, wire::crypto::make_digest());
}

}  // namespace ig::adapters::cli
