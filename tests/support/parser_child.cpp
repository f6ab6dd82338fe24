// A parser's child for tests: `parse-child` is a good one; any other word is an act, mostly one
// that is forbidden, which it does at once, or, with a number behind it, after as many KiB of a
// document.

#include "adapters/rti/child_main.hpp"
#include "adapters/rti/confine.hpp"
#include "adapters/rti/records.hpp"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <iterator>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

namespace rti = ig::adapters::rti;
using std::string_view;

/// The end of an act: nothing stopped it.
constexpr int kNotStopped = 42;

/// Breaks down once `after` bytes of the document were read.
class Breaking final : public ig::core::ports::ByteSource {
 public:
  Breaking(std::size_t after, void (*how)()) : left_(after), how_(how) {}
  ig::core::base::Result<std::size_t> read(char* to, std::size_t size) override {
    if (left_ == 0) {
      how_();
      ::_exit(kNotStopped);
    }
    auto got = source_.read(to, std::min(size, left_));
    if (got) left_ -= *got;
    return got;
  }

 private:
  rti::DocumentIn source_;
  std::size_t left_;
  void (*how_)();
};

/// Touches a page that nobody may touch.
void crash() {
  void* page = ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *static_cast<volatile char*>(page) = 1;
}

/// Neither takes nor gives a byte.
void stand_still() {
  char byte = 0;
  while (true) (void)!::read(rti::kDocumentIn, &byte, 0);
}

/// Sends bytes that are no record in place of the document's.
void babble() {
  const std::string bytes(64, '\xff');
  (void)!::write(rti::kRecordsOut, bytes.data(), bytes.size());
}

/// Keeps the compiler from dropping what an act does.
void use(const volatile void*) {}

void open_a_file() { (void)!::open("/etc/passwd", O_RDONLY | O_CLOEXEC); }
void open_a_socket() { (void)!::socket(AF_INET, SOCK_STREAM, 0); }
void fork_itself() { (void)!::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }
void run_a_program() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  ::execve(name, arguments, arguments + 1);
}
void signal_its_parent() { (void)::kill(::getppid(), 0); }
void signal_a_process() { (void)::syscall(SYS_kill, 1, 0); }
void trace_a_process() { (void)::ptrace(PTRACE_ATTACH, 1, nullptr, nullptr); }
void write_elsewhere() { (void)!::write(2, "x", 1); }
void write_where_it_reads() { (void)!::write(rti::kDocumentIn, "x", 1); }
void read_elsewhere() {
  char byte = 0;
  (void)!::read(11, &byte, 1);  // 11 is munmap's number: an argument is not mistaken for a call
}
void make_a_ring() { (void)::syscall(SYS_io_uring_setup, 1, nullptr); }
void make_a_memory_file() { (void)!::memfd_create("x", 0); }
void copy_a_descriptor() { (void)!::dup(rti::kDocumentIn); }
void raise_its_limits() {
  const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
  (void)::setrlimit(RLIMIT_CPU, &none);
}
#if defined(__x86_64__)
/// The same calls have other numbers in the x32 and the 32-bit tables: 20 is getpid there.
void call_by_x32_number() { (void)::syscall(0x40000000 | SYS_getpid); }
void call_as_32_bit_program() {
  long number = 20;
  asm volatile("int $0x80" : "+a"(number) : : "memory");
}
#endif
void map_code() {
  use(::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}
void make_code() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  (void)::mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
void take_memory() {
  std::vector<std::string> taken;
  for (int i = 0; i < 64; ++i) {
    taken.emplace_back(std::size_t{4} << 20U, 'x');
    use(taken.back().data());
  }
}
void compute_for_ever() {
  for (volatile std::uint64_t i = 0; true; i = i + 1) {
  }
}

/// The rations of a test: what takes more of them ends soon.
constexpr rti::Rations kRations{std::chrono::seconds{1}, std::size_t{32} << 20U};

struct Act {
  string_view name;
  void (*run)();
};

constexpr Act kActs[] = {
    {"nothing", [] {}},
    {"crash", crash},
    {"stand-still", stand_still},
    {"babble", babble},
    {"open-a-file", open_a_file},
    {"open-a-socket", open_a_socket},
    {"fork", fork_itself},
    {"exec", run_a_program},
    {"signal-parent", signal_its_parent},
    {"signal", signal_a_process},
    {"ptrace", trace_a_process},
    {"write-elsewhere", write_elsewhere},
    {"write-where-it-reads", write_where_it_reads},
    {"read-elsewhere", read_elsewhere},
    {"make-a-ring", make_a_ring},
    {"make-a-memory-file", make_a_memory_file},
    {"copy-a-descriptor", copy_a_descriptor},
    {"raise-its-limits", raise_its_limits},
#if defined(__x86_64__)
    {"call-by-x32-number", call_by_x32_number},
    {"call-as-32-bit-program", call_as_32_bit_program},
#endif
    {"map-code", map_code},
    {"make-code", make_code},
    {"memory", take_memory},
    {"cpu", compute_for_ever},
};

/// The act of this name, or null.
const Act* act(string_view name) {
  const Act* const end = std::end(kActs);
  const Act* const found = std::find_if(kActs, end, [&](const Act& a) { return a.name == name; });
  return found == end ? nullptr : found;
}

/// Reads a document as a child does, and acts once `after` bytes of it were read.
int read_and_act(std::size_t after, void (*how)()) {
  rti::warm_up();
  if (!rti::confine(kRations)) return 3;
  Breaking source(after, how);
  return rti::parse_for_parent(source);
}

int act_alone(void (*how)()) {
  if (!rti::confine(kRations)) return 3;
  how();
  return kNotStopped;
}

}  // namespace

int main(int argc, char** argv) {
  const string_view word = argc > 1 ? argv[1] : "";
  if (word == rti::kChildWord) rti::child_main();
  const Act* const what = act(word);
  if (what == nullptr) ::_exit(2);
  if (argc == 2) ::_exit(act_alone(what->run));
  ::_exit(read_and_act(std::strtoul(argv[2], nullptr, 10) * 1024, what->run));
}
