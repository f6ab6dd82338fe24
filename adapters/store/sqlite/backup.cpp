#include "adapters/store/sqlite/backup.hpp"

#include "adapters/store/sqlite/audit.hpp"
#include "adapters/store/sqlite/opening.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;

base::Error cannot(std::string_view doing) {
  return base::fail(
      ErrorCode::UNREADABLE, {},
      fmt::format("the backup cannot be {}: {}", doing, std::generic_category().message(errno)));
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const char* path, int flags) : number_(::open(path, flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] bool sync() const { return ::fsync(number_) == 0; }

 private:
  int number_;
};

Result<void> copy_pages(Session& session, const std::string& part) {
  auto copy = Database::open({.file = part, .journal = Journal::single_file, .vfs = {}});
  if (!copy) return copy.error();
  sqlite3_backup* pages = sqlite3_backup_init(copy->handle(), "main", session.db.handle(), "main");
  if (pages == nullptr) return session.db.failed(sqlite3_errcode(copy->handle()), "backup");
  const int stepped = sqlite3_backup_step(pages, -1);
  const int finished = sqlite3_backup_finish(pages);
  if (stepped != SQLITE_DONE) return session.db.failed(stepped, "backup");
  if (finished != SQLITE_OK) return session.db.failed(finished, "backup");
  return {};
}

/// A query that must give the one text "ok", or no row at all.
Result<void> must_be_sound(Session& copy, Sql sql) {
  Query query(copy.db, sql);
  const auto row = query.next();
  if (!row) return row.error();
  if (*row && query.text(0) != "ok") return broken("the backup");
  return {};
}

Result<void> check(const Session& session, const std::string& part) {
  auto copy = open_session({.file = part, .identity_key = session.identity_key, .vfs = {}},
                           wire::crypto::make_digest(), Journal::single_file);
  if (!copy) return copy.error();
  for (const Sql sql : {Sql("PRAGMA integrity_check(1)"), Sql("PRAGMA foreign_key_check")}) {
    const auto sound = must_be_sound(**copy, sql);
    if (!sound) return sound;
  }
  const auto report = verify_audit(**copy);
  if (!report) return report.error();
  if (report->first_broken) return broken("the audit chain of the backup");
  return {};
}

Result<void> make_part(Session& session, const std::string& part) {
  {
    const Descriptor fresh(part.c_str(), O_CREAT | O_EXCL | O_RDWR);
    if (!fresh.is_open()) return cannot("made");
  }
  const auto copied = copy_pages(session, part);
  if (!copied) return copied;
  const auto checked = check(session, part);
  if (!checked) return checked;
  const Descriptor written(part.c_str(), O_RDONLY);
  if (!written.is_open() || !written.sync()) return cannot("flushed");
  return {};
}

Result<void> put_in_place(const std::string& part, const std::string& file) {
  if (std::rename(part.c_str(), file.c_str()) != 0) return cannot("renamed");
  const auto folder = std::filesystem::path(file).parent_path();
  const Descriptor directory(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (!directory.is_open() || !directory.sync()) return cannot("flushed");
  return {};
}

}  // namespace

Result<void> backup(Session& session, const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::equivalent(file, session.file, ignored)) {
    return base::fail(ErrorCode::USAGE, {}, "the backup would overwrite the store itself");
  }
  const std::string part = file + ".part";
  std::filesystem::remove(part, ignored);
  const auto made = make_part(session, part);
  const auto placed = made ? put_in_place(part, file) : made;
  if (!placed) std::filesystem::remove(part, ignored);
  return placed;
}

}  // namespace ig::adapters::store::sqlite
