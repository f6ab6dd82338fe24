#include "adapters/cli/record_lines.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/error_line.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/write_value.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace ig::adapters::cli {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

void Refusals::refuse(std::string_view id, std::uint64_t line, const Error& error) {
  std::string text;
  formats::write_error_line(text, id, line, error);
  pass_on(text);
}

void Refusals::pass_on(std::string_view text) {
  any_ = true;
  errors_.add(text);
  if (has_file_) file_.add(text);
}

Result<void> Refusals::flush() {
  auto done = errors_.flush();
  return done && has_file_ ? file_.flush() : done;
}

namespace {

bool is_error_line(const wire::json::Value& value) {
  const auto* error = value.find("error");
  return error != nullptr && error->is(wire::json::Value::Kind::object) &&
         error->find("code") != nullptr;
}

void take_line(const wire::files::Line& line, wire::json::Reader& reader, Refusals& refusals,
               const OnRecord& on_record) {
  if (line.too_long) {
    return refusals.refuse({}, line.number,
                           {ErrorCode::LINE_TOO_LONG, {}, "the line is longer than 1000000 bytes"});
  }
  const auto value = reader.read(line.text);
  if (!value) return refusals.refuse({}, line.number, value.error());
  if (is_error_line(*value)) {
    std::string text;
    wire::json::write_value(text, *value);
    text.push_back('\n');
    return refusals.pass_on(text);
  }
  const auto done = on_record(*value, line.number);
  if (!done) refusals.refuse(formats::readable_id(*value), line.number, done.error());
}

}  // namespace

Result<void> each_record(int in, Refusals& refusals, const OnRecord& on_record) {
  wire::files::LineReader lines(in);
  wire::json::Reader reader;
  while (true) {
    const auto line = lines.next();
    if (!line) return line.error();
    if (!*line) return {};
    take_line(**line, reader, refusals, on_record);
  }
}

Result<void> each_record_of(const std::string& file, Refusals& refusals,
                            const OnRecord& on_record) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return core::base::fail(ErrorCode::UNREADABLE, {}, "the file cannot be opened: " + file);
  }
  auto done = each_record(descriptor, refusals, on_record);
  ::close(descriptor);
  return done;
}

namespace {

bool ends_the_run(ErrorCode code) {
  return code == ErrorCode::STORE_FAILED || code == ErrorCode::INTEGRITY_BROKEN ||
         code == ErrorCode::UNREADABLE;
}

/// One line; on an error `id` holds the record's id as far as it was readable.
Result<void> answer_line(const wire::files::Line& line, wire::json::Reader& reader,
                         const OnQuestion& on_question, std::string& out, std::string& id) {
  if (line.too_long) {
    return Error{ErrorCode::LINE_TOO_LONG, {}, "the line is longer than 1000000 bytes"};
  }
  const auto value = reader.read(line.text);
  if (!value) return value.error();
  id = formats::readable_id(*value);
  return on_question(*value, out);
}

}  // namespace

int answer_each(int in, int out, const std::string& what, const OnQuestion& on_question) {
  wire::files::LineReader lines(in);
  wire::files::BufferedOutput output(out);
  wire::files::Progress progress(STDERR_FILENO, what, "lines");
  wire::json::Reader reader;
  std::string id;
  bool refused = false;
  const auto give_up = [&](const Error& error) {
    static_cast<void>(output.flush());
    return report(error);
  };
  while (!output.failed()) {
    if (!lines.ready() && !output.flush()) break;
    const auto line = lines.next();
    if (!line) return give_up(line.error());
    if (!*line) break;
    id.clear();
    if (auto done = answer_line(**line, reader, on_question, output.buffer(), id); !done) {
      if (ends_the_run(done.error().code)) return give_up(done.error());
      formats::write_error_line(output.buffer(), id, (*line)->number, done.error());
      refused = true;
    }
    output.written();
    progress.step();
  }
  if (auto flushed = output.flush(); !flushed) return report(flushed.error());
  return refused ? kRefused : kDone;
}

RefusedFile::~RefusedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> RefusedFile::open(const std::string& file) {
  if (file.empty()) return {};
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor_ >= 0) return {};
  return core::base::fail(ErrorCode::UNREADABLE, {},
                          "the file for refusals cannot be written: " + file);
}

int end_stage(wire::files::BufferedOutput& output, Refusals& refusals) {
  if (const auto done = output.flush(); !done) return report(done.error());
  if (const auto done = refusals.flush(); !done) return report(done.error());
  return refusals.any() ? kRefused : kDone;
}

}  // namespace ig::adapters::cli
