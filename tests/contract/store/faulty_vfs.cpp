#include "tests/contract/store/faulty_vfs.hpp"

#include <sqlite3.h>

#include <unistd.h>

namespace ig::tests::contract::store {
namespace {

struct Plan {
  Fault fault = Fault::none;
  std::int64_t nth = 0;
  std::int64_t writes = 0;
};
Plan g_plan;

/// Counts a write; the code it must fail with, or SQLITE_OK.
int count(int failure) {
  ++g_plan.writes;
  const bool hit =
      g_plan.fault == Fault::fails_on ? g_plan.writes >= g_plan.nth : g_plan.writes == g_plan.nth;
  if (!hit || g_plan.fault == Fault::none) return SQLITE_OK;
  if (g_plan.fault == Fault::killed) ::_exit(9);
  return failure;
}

/// A file of ours; the system's file lies behind it in the same memory.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* out, int size, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), out, size, at);
}
int write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
  const int code = count(SQLITE_IOERR_WRITE);
  return code != SQLITE_OK ? code : real(f)->pMethods->xWrite(real(f), bytes, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  const int code = count(SQLITE_IOERR_TRUNCATE);
  return code != SQLITE_OK ? code : real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file*, int) { return count(SQLITE_IOERR_FSYNC); }
int file_size(sqlite3_file* f, sqlite3_int64* out) {
  return real(f)->pMethods->xFileSize(real(f), out);
}
int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int check_lock(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int control(sqlite3_file* f, int what, void* argument) {
  return real(f)->pMethods->xFileControl(real(f), what, argument);
}
int sector_size(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int character(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int count_of, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, count_of, flags);
}
void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int shm_unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

constexpr sqlite3_io_methods kMethods{2,           close,       read,      write,   truncate,
                                      sync,        file_size,   lock,      unlock,  check_lock,
                                      control,     sector_size, character, shm_map, shm_lock,
                                      shm_barrier, shm_unmap,   nullptr,   nullptr};

sqlite3_vfs* g_system = nullptr;

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
  auto* ours = reinterpret_cast<File*>(file);
  const int code = g_system->xOpen(g_system, name, ours->real(), flags, out);
  ours->base.pMethods = ours->real()->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

sqlite3_vfs make() {
  g_system = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs = *g_system;
  vfs.zName = "ig-faulty";
  vfs.szOsFile += static_cast<int>(sizeof(File));
  vfs.xOpen = open;
  vfs.pNext = nullptr;
  return vfs;
}

}  // namespace

const char* FaultyVfs::name() {
  static sqlite3_vfs vfs = make();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  return registered == SQLITE_OK ? vfs.zName : "";
}

void FaultyVfs::plan(Fault fault, std::int64_t nth) { g_plan = {fault, nth, 0}; }
std::int64_t FaultyVfs::writes() { return g_plan.writes; }

}  // namespace ig::tests::contract::store
