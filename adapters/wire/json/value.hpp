#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ig::adapters::wire::json {

/// A JSON value as it was read. A number keeps its own text, so that money never passes through a
/// floating-point number. Objects keep their order and never name a member twice.
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  using Member = std::pair<std::string, Value>;

  Value() = default;
  [[nodiscard]] static Value boolean(bool value);
  [[nodiscard]] static Value number(std::string lexeme);
  [[nodiscard]] static Value string(std::string text);
  [[nodiscard]] static Value array(std::vector<Value> items);
  [[nodiscard]] static Value object(std::vector<Member> members);

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is(Kind kind) const noexcept { return kind_ == kind; }
  [[nodiscard]] bool as_bool() const { return truth_; }
  /// Text of a string, or lexeme of a number.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Value>& items() const { return items_; }
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  /// The member of that name; nullptr when absent or null (an absent member means "not known").
  [[nodiscard]] const Value* find(std::string_view name) const;

 private:
  Kind kind_ = Kind::null;
  bool truth_ = false;
  std::string text_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

/// Reads exactly one JSON object or array (RFC 8259). Refuses: invalid UTF-8, NUL, a byte order
/// mark, bytes after the value, duplicate members, depth and size beyond core/base/limits.hpp.
/// Reuse one Reader for many texts: it keeps its buffers. Not for two threads at once.
class Reader {
 public:
  Reader();
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  [[nodiscard]] core::base::Result<Value> read(std::string_view text);

 private:
  struct Impl;
  Impl* impl_;
};

}  // namespace ig::adapters::wire::json
