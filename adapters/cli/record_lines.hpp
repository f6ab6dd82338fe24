#pragma once

#include "adapters/cli/chain.hpp"
#include "adapters/wire/files/lines.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ig::adapters::cli {

/// The error lines of a stage: on standard error and, when asked for, in a file. One thread.
class Refusals {
 public:
  explicit Refusals(const Pipes& pipes)
      : errors_(pipes.errors), file_(pipes.refused), has_file_(pipes.refused >= 0) {}

  /// One record is refused. `id` as far as it was readable; `line` from 1.
  void refuse(std::string_view id, std::uint64_t line, const core::base::Error& error);
  /// Passes an error line of the stage before on, with its line end.
  void pass_on(std::string_view text);
  [[nodiscard]] bool any() const noexcept { return any_; }
  /// Errors: UNREADABLE when they could not be written.
  [[nodiscard]] core::base::Result<void> flush();

 private:
  wire::files::BufferedOutput errors_;
  wire::files::BufferedOutput file_;
  bool has_file_;
  bool any_ = false;
};

/// What a stage does with one record.
using OnRecord =
    std::function<core::base::Result<void>(const wire::json::Value& value, std::uint64_t line)>;

/// Reads a descriptor of NDJSON to its end. A line that is no record, or that `on_record` fails,
/// is refused and the rest goes on; an error line of the stage before is passed on as a refusal.
/// Errors: UNREADABLE.
[[nodiscard]] core::base::Result<void> each_record(int in, Refusals& refusals,
                                                   const OnRecord& on_record);

/// The same for a file. Errors: UNREADABLE.
[[nodiscard]] core::base::Result<void> each_record_of(const std::string& file, Refusals& refusals,
                                                      const OnRecord& on_record);

/// Appends the answer to one record, with its line end.
using OnQuestion =
    std::function<core::base::Result<void>(const wire::json::Value& value, std::string& out)>;

/// Answers a descriptor of NDJSON line for line, in order: an answer, or an error line in its
/// place. An answer that cannot be had for want of the store or a file ends the run; what was
/// answered stays answered. Gives the exit status; `what` names the command on a terminal.
[[nodiscard]] int answer_each(int in, int out, const std::string& what,
                              const OnQuestion& on_question);

/// The descriptor of `--refused FILE`, closed at the end; -1 without one.
class RefusedFile {
 public:
  RefusedFile() = default;
  RefusedFile(const RefusedFile&) = delete;
  RefusedFile& operator=(const RefusedFile&) = delete;
  ~RefusedFile();
  /// Errors: UNREADABLE.
  [[nodiscard]] core::base::Result<void> open(const std::string& file);
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// Writes out what is left and gives the exit status of a stage that went through.
[[nodiscard]] int end_stage(wire::files::BufferedOutput& output, Refusals& refusals);

}  // namespace ig::adapters::cli
