#include "adapters/rti/confine.hpp"

#include "core/base/limits.hpp"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <span>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ig::adapters::rti {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
#error "say which AUDIT_ARCH the system calls of this machine have"
#endif
constexpr std::uint32_t kOtherNumbers = 0x40000000;  ///< x32's calls begin here

/// What must hold of one argument of a call.
enum class Must : std::uint8_t {
  nothing,   ///< the call is free
  be,        ///< it is `value`
  not_have,  ///< it has none of the bits of `value`
};

/// One call that is allowed.
struct Allowed {
  std::uint32_t call;
  Must must = Must::nothing;
  std::uint32_t argument = 0;
  std::uint32_t value = 0;
};

/// The list: two descriptors, memory that is never code, and the end. Nothing names a file, another
/// process or a peer, or makes a descriptor.
constexpr Allowed kAllowed[] = {
    {SYS_read, Must::be, 0, kDocumentIn},
    {SYS_write, Must::be, 0, kRecordsOut},
    {SYS_mmap, Must::not_have, 2, PROT_EXEC},
    {SYS_mprotect, Must::not_have, 2, PROT_EXEC},
    {SYS_munmap},
    {SYS_mremap},
    {SYS_brk},
    {SYS_madvise},
    {SYS_futex},
    {SYS_exit_group},
    {SYS_rt_sigreturn},
};

constexpr std::size_t kBefore = 6;  // machine, number, and what is judged first
constexpr std::size_t kACall = 5;   // instructions a call
constexpr std::size_t kLength = kBefore + std::size(kAllowed) * kACall + 1;

constexpr sock_filter statement(int code, std::uint32_t value) {
  return {static_cast<std::uint16_t>(code), 0, 0, value};
}

constexpr sock_filter jump(int code, std::uint32_t value, int yes, int no) {
  return {static_cast<std::uint16_t>(code), static_cast<std::uint8_t>(yes),
          static_cast<std::uint8_t>(no), value};
}

/// The instructions that allow one call or kill for its argument, and for another call leave the
/// number loaded for the next.
constexpr std::array<sock_filter, kACall> allow(const Allowed& one) {
  constexpr int equal = BPF_JMP | BPF_JEQ | BPF_K;
  constexpr int has_bits = BPF_JMP | BPF_JSET | BPF_K;
  constexpr int load = BPF_LD | BPF_W | BPF_ABS;
  const sock_filter yes = statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const sock_filter kill = statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  const sock_filter mine = jump(equal, one.call, 0, kACall - 1);
  // The low half of an argument: descriptors and protections are ints, the kernel looks at no more.
  const auto argument = static_cast<std::uint32_t>(offsetof(seccomp_data, args) + one.argument * 8);
  switch (one.must) {
    case Must::be:
      return {mine, statement(load, argument), jump(equal, one.value, 0, 1), yes, kill};
    case Must::not_have:
      return {mine, statement(load, argument), jump(has_bits, one.value, 1, 0), yes, kill};
    default:
      return {mine, yes, kill, kill, kill};
  }
}

constexpr std::array<sock_filter, kLength> program() {
  constexpr int load = BPF_LD | BPF_W | BPF_ABS;
  std::array<sock_filter, kLength> out{};
  std::size_t at = 0;
  const sock_filter kill = statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  out[at++] = statement(load, offsetof(seccomp_data, arch));
  out[at++] = jump(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0);
  out[at++] = kill;
  out[at++] = statement(load, offsetof(seccomp_data, nr));
  out[at++] = jump(BPF_JMP | BPF_JGE | BPF_K, kOtherNumbers, 0, 1);
  out[at++] = kill;
  for (const Allowed& one : kAllowed) {
    for (const sock_filter& instruction : allow(one)) out[at++] = instruction;
  }
  out[at++] = kill;
  return out;
}

constexpr std::array<sock_filter, kLength> kProgram = program();

bool limit(__rlimit_resource what, rlim_t value) {
  const rlimit both{value, value};
  return ::setrlimit(what, &both) == 0;
}

}  // namespace

Rations parser_rations() {
  namespace limits = core::base::limits;
  return {limits::parser_cpu_limit, limits::parser_memory_bytes_max};
}

bool confine(const Rations& rations) {
  // Under a sanitizer standard error stays, on which it reports.
  const unsigned first_closed = kRecordsOut + (kConfines ? 1 : 2);
  bool done = ::syscall(SYS_close_range, first_closed, ~0U, 0) == 0;
  done = done && ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
  done = done && limit(RLIMIT_CORE, 0);
  done = done && limit(RLIMIT_CPU, static_cast<rlim_t>(rations.cpu.count()));
  if (!done || !kConfines) return done;
  done = limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0);
  done = done && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_DATA, rations.memory_bytes);
  // Shared libraries and stack lie beside what is written.
  constexpr rlim_t rest = rlim_t{512} * 1024 * 1024;
  done = done && limit(RLIMIT_AS, rations.memory_bytes + rest);
  done = done && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
  done = done && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  if (!done) return false;
  std::array<sock_filter, kLength> instructions = kProgram;
  const sock_fprog filter{static_cast<unsigned short>(instructions.size()), instructions.data()};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

}  // namespace ig::adapters::rti
