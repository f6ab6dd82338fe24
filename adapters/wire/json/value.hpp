#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>

namespace ig::adapters::wire::json {

/// A JSON value as it was read. A number keeps its own text, so that money never passes through a
/// floating-point number. Objects keep their order and never name a member twice.
/// It is a part of its Document and gone with it: it cannot be copied, and what it gives are views.
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  struct Member;

  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  /// An object without members, which outlives every Document.
  [[nodiscard]] static const Value& empty_object();

  [[nodiscard]] Kind kind() const noexcept { return parts_.kind; }
  [[nodiscard]] bool is(Kind kind) const noexcept { return parts_.kind == kind; }
  [[nodiscard]] bool as_bool() const { return parts_.truth; }
  /// Text of a string, or lexeme of a number; empty for every other value.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] std::span<const Value> items() const;
  [[nodiscard]] std::span<const Member> members() const;
  /// The member of that name; nullptr when absent or null (an absent member means "not known").
  [[nodiscard]] const Value* find(std::string_view name) const;

 protected:
  /// Where the bytes, items or members of a value are, and how many.
  struct Parts {
    const void* place = nullptr;
    std::uint32_t count = 0;  ///< a text is below 4 GiB
    Kind kind = Kind::null;
    bool truth = false;
  };
  Value() = default;
  explicit Value(Parts parts) : parts_(parts) {}
  ~Value() = default;

  Parts parts_;

 private:
  friend class Builder;
};

/// One member of an object.
struct Value::Member {
  std::string_view name;
  Value value;
};

/// The value that a whole text holds, with the memory of all its parts. Moving it leaves every
/// part where it is. From any thread, one at a time; it needs no Reader.
class Document final : public Value {
 public:
  /// null, as no text gives it.
  Document() = default;
  Document(Document&& other) noexcept;
  Document& operator=(Document&& other) noexcept;

 private:
  friend class Reader;
  using Memory = std::pmr::monotonic_buffer_resource;

  std::unique_ptr<Memory> memory_;
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

  /// What it gives is independent of the text and of later reads.
  [[nodiscard]] core::base::Result<Document> read(std::string_view text);

 private:
  struct Impl;
  Impl* impl_;
};

}  // namespace ig::adapters::wire::json
