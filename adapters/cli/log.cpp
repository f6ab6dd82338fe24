#include "adapters/cli/log.hpp"

#include "adapters/wire/json/writer.hpp"
#include "core/values/instant.hpp"

#include <unistd.h>

namespace ig::adapters::cli {
namespace {

std::string_view word(Level level) {
  switch (level) {
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

}  // namespace

void Log::write(Level level, std::string_view event, std::string_view correlation_id,
                std::initializer_list<Field> fields) {
  const std::lock_guard lock(mutex_);
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object()
      .member("time", core::values::Instant::of(clock_.now()).text())
      .member("seq", static_cast<std::int64_t>(++sequence_))
      .member("level", word(level))
      .member("event", event)
      .member_if("correlation_id", correlation_id);
  for (const Field& field : fields) {
    writer.key(field.name);
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      writer.string(*text);
    } else {
      writer.number(*std::get_if<std::int64_t>(&field.value));
    }
  }
  writer.end_object();
  line.push_back('\n');
  // A log that cannot be written must not stop the work it speaks of.
  [[maybe_unused]] const auto written = ::write(descriptor_, line.data(), line.size());
}

}  // namespace ig::adapters::cli
