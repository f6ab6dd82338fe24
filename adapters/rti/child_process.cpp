#include "adapters/rti/child_process.hpp"

#include "adapters/rti/confine.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ig::adapters::rti {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr int kPipeBytes = 1024 * 1024;  ///< asked for; less is slower and as good

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return fail(ErrorCode::PARSER_FAILED, {}, "no pipe to the parser's process can be made");
  }
  (void)::fcntl(ends[0], F_SETPIPE_SZ, kPipeBytes);
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

void do_not_block(int descriptor) {
  (void)::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

/// What posix_spawn is told to do in the child before the program begins.
class Preparation {
 public:
  Preparation(int in, int out) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawn_file_actions_adddup2(&actions_, in, kDocumentIn);
    ::posix_spawn_file_actions_adddup2(&actions_, out, kRecordsOut);
    // A sanitizer says what it found on standard error.
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, kRecordsOut + (kConfines ? 1 : 2));
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Preparation() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

void Descriptor::close() noexcept {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<ChildProcess> ChildProcess::start(const ChildProgram& program) {
  auto in = make_pipe();
  if (!in) return std::move(in).error();
  auto out = make_pipe();
  if (!out) return std::move(out).error();
  const Preparation preparation(in->read.number(), out->write.number());
  std::vector<std::string> words = program.arguments;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  char* environment[] = {nullptr};
  pid_t pid = -1;
  const int refused = ::posix_spawn(&pid, program.file.c_str(), preparation.actions(),
                                    preparation.attributes(), arguments.data(), environment);
  if (refused != 0) {
    return fail(ErrorCode::PARSER_FAILED, {},
                fmt::format("the parser's process cannot be started (errno {})", refused));
  }
  do_not_block(in->write.number());
  do_not_block(out->read.number());
  return ChildProcess(pid, std::move(in->write), std::move(out->read));
}

void ChildProcess::kill() noexcept {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
}

int ChildProcess::end(std::chrono::milliseconds patience) noexcept {
  if (pid_ <= 0) return -1;
  in_.close();
  out_.close();
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd ended{process.number(), POLLIN, 0};
  if (!process.is_open() || ::poll(&ended, 1, static_cast<int>(patience.count())) != 1) kill();
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was killed by signal {}", WTERMSIG(status));
  return fmt::format("ended with status {}", WEXITSTATUS(status));
}

}  // namespace ig::adapters::rti
