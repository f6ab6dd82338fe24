#pragma once

#include "core/base/clock.hpp"

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace ig::adapters::cli {

enum class Level : std::uint8_t { info, warning, error };

/// One member of a log line. Made from words and numbers only: a Sensitive, a Nino or a name type
/// does not convert to it, so personal data does not compile into a log.
struct Field {
  Field(std::string_view field, std::string_view text) : name(field), value(text) {}
  Field(std::string_view field, const std::string& text)
      : name(field), value(std::string_view(text)) {}
  Field(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
  Field(std::string_view field, std::int64_t number) : name(field), value(number) {}
  Field(std::string_view field, std::uint64_t number)
      : name(field), value(static_cast<std::int64_t>(number)) {}
  Field(std::string_view field, int number) : name(field), value(std::int64_t{number}) {}

  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

/// The log: one JSON object a line on a descriptor (standard error), with time, level, event and
/// the run's correlation id. Safe from several threads; a line is written whole.
class Log {
 public:
  Log(int descriptor, const core::base::Clock& clock) : descriptor_(descriptor), clock_(clock) {}
  void write(Level level, std::string_view event, std::string_view correlation_id,
             std::initializer_list<Field> fields = {});

 private:
  int descriptor_;
  const core::base::Clock& clock_;
  std::mutex mutex_;
  std::uint64_t sequence_ = 0;
};

}  // namespace ig::adapters::cli
