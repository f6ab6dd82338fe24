#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ig::adapters::wire::json {

/// Appends one JSON text to a string, members in the order they are written, no white space.
/// Commas are its business; balance of begin and end is the caller's.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }
  Writer& key(std::string_view name);

  Writer& string(std::string_view text);  ///< invalid UTF-8 is a broken promise of the caller
  Writer& number(std::int64_t value);
  Writer& raw(std::string_view json);  ///< text that is JSON already: a lexeme, an echoed object
  Writer& boolean(bool value) { return raw(value ? "true" : "false"); }
  Writer& null() { return raw("null"); }

  // A member in one call; the `_if` forms write nothing for an absent or empty value.
  Writer& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  Writer& member(std::string_view name, const char* text) { return key(name).string(text); }
  Writer& member(std::string_view name, const std::string& text) { return key(name).string(text); }
  Writer& member(std::string_view name, std::int64_t value) { return key(name).number(value); }
  Writer& member(std::string_view name, int value) { return key(name).number(value); }
  Writer& member(std::string_view name, bool value) { return key(name).boolean(value); }
  Writer& member_null(std::string_view name) { return key(name).null(); }
  Writer& member_if(std::string_view name, std::string_view text) {
    return text.empty() ? *this : member(name, text);
  }

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  void comma();

  std::string& out_;
  bool fresh_ = true;  ///< nothing written since the last open bracket or key
};

}  // namespace ig::adapters::wire::json
