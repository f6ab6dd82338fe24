#include "adapters/wire/files/spool.hpp"

#include "adapters/wire/files/replace_file.hpp"

#include <algorithm>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace ig::adapters::wire::files {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::string_view kTaking = "taking";
constexpr std::string_view kReceipt = ".receipt.json";

core::base::Error unreadable(std::string_view what) {
  return fail(ErrorCode::UNREADABLE, {}, std::string(what));
}

bool is_plain(const std::string& path, struct stat& status) {
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

/// The names of the plain files of a folder.
Result<std::vector<std::string>> names_in(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  if (!open) return unreadable("the spool folder cannot be read");
  std::vector<std::string> out;
  std::string path = folder + "/";
  const std::size_t folder_size = path.size();
  while (const dirent* entry = ::readdir(open.get())) {
    path.resize(folder_size);
    path.append(entry->d_name);
    struct stat status{};
    if (is_plain(path, status)) out.emplace_back(entry->d_name);
  }
  std::ranges::sort(out);
  return out;
}

bool exists(const std::string& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace

Result<Spool> Spool::open(std::string folder, Rules rules) {
  Spool out(std::move(folder), std::move(rules));
  for (const char* part : {"", "/taking", "/done", "/refused"}) {
    constexpr mode_t ours_only = 0700;
    const std::string path = out.folder_ + part;
    struct stat status{};
    const bool made = ::mkdir(path.c_str(), ours_only) == 0;
    if (!made && (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))) {
      return unreadable("a folder of the spool cannot be made");
    }
  }
  return out;
}

std::string Spool::path(std::string_view part, const std::string& name) const {
  return folder_ + (part.empty() ? "/" : "/" + std::string(part) + "/") + name;
}

bool Spool::is_ours(const std::string& name) const {
  const bool hidden = name.starts_with('.') || name.ends_with(".part");
  std::string_view plain = name;
  for (const std::string& packed : rules_.packed) {
    if (name.ends_with(packed)) plain.remove_suffix(packed.size());
  }
  return !hidden && plain.size() > rules_.suffix.size() && plain.ends_with(rules_.suffix);
}

Result<std::vector<std::string>> Spool::ready(std::chrono::steady_clock::time_point now) {
  auto out = names_in(folder_ + "/" + std::string(kTaking));
  if (!out) return out;
  std::erase_if(*out, [this](const std::string& name) { return !is_ours(name); });
  const auto here = names_in(folder_);
  if (!here) return here;
  std::map<std::string, Seen> seen;
  for (const std::string& name : *here) {
    struct stat status{};
    if (!is_ours(name) || !is_plain(path({}, name), status)) continue;
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    Seen one{static_cast<std::uintmax_t>(status.st_size),
             status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec, now};
    const auto before = seen_.find(name);
    const bool still = before != seen_.end() && before->second.size == one.size &&
                       before->second.changed == one.changed;
    if (still) one.since = before->second.since;
    if (rules_.settle.count() == 0 || (still && now - one.since >= rules_.settle)) {
      out->push_back(name);
    }
    seen.emplace(name, one);
  }
  seen_ = std::move(seen);
  return out;
}

Result<std::string> Spool::take(const std::string& name) {
  const std::string to = path(kTaking, name);
  if (exists(to)) return to;  // picked up before, by a run that was killed
  if (!rules_.beside.empty() && exists(path({}, name + rules_.beside))) {
    const std::string beside = name + rules_.beside;
    if (::rename(path({}, beside).c_str(), path(kTaking, beside).c_str()) != 0) {
      return unreadable("a file beside one in the spool cannot be moved");
    }
  }
  if (::rename(path({}, name).c_str(), to.c_str()) != 0) {
    return unreadable("a file of the spool is gone");
  }
  (void)sync_folder(folder_);
  return to;
}

Result<void> Spool::finish(const std::string& name, End end, std::string_view receipt) {
  const std::string_view part = end == End::done ? "done" : "refused";
  std::string as = name;
  for (int number = 2; exists(path(part, as)); ++number) as = name + "." + std::to_string(number);
  // The receipt first: a file without one was not ended.
  if (const auto kept = replace_file(path(part, as + std::string(kReceipt)), receipt); !kept) {
    return kept;
  }
  const std::string beside = name + rules_.beside;
  if (!rules_.beside.empty() && exists(path(kTaking, beside))) {
    const std::string to = path(part, as + rules_.beside);
    if (::rename(path(kTaking, beside).c_str(), to.c_str()) != 0) {
      return unreadable("a file beside one in the spool cannot be moved");
    }
  }
  if (::rename(path(kTaking, name).c_str(), path(part, as).c_str()) != 0) {
    return unreadable("a file of the spool cannot be moved to its end");
  }
  (void)sync_folder(folder_ + "/" + std::string(part));
  return {};
}

}  // namespace ig::adapters::wire::files
