#pragma once

#include "adapters/wire/xml/byte_gate.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::wire::xml {

/// A text kept once by the parser: two equal texts have the same address as long as it lives.
using Interned = const char*;

/// One attribute of a start tag.
struct Attribute {
  Interned local = nullptr;
  Interned prefix = nullptr;  ///< nullptr without one
  Interned uri = nullptr;     ///< nullptr without a namespace
  std::string value;          ///< references replaced, white space normalised (XML 1.0, 3.3.3)
};

/// A namespace declaration of a start tag.
struct NamespaceDeclaration {
  Interned prefix = nullptr;  ///< nullptr for the default namespace
  Interned uri = nullptr;     ///< nullptr or empty for xmlns=""
};

/// A start tag, valid during Handler::start() only.
class StartTag {
 public:
  Interned local = nullptr;
  Interned prefix = nullptr;  ///< nullptr without one
  Interned uri = nullptr;     ///< nullptr without a namespace

  [[nodiscard]] std::size_t namespace_count() const noexcept { return namespaces_; }
  [[nodiscard]] NamespaceDeclaration namespace_at(std::size_t index) const;
  [[nodiscard]] std::size_t attribute_count() const noexcept { return attributes_; }
  [[nodiscard]] Attribute attribute_at(std::size_t index) const;

 private:
  friend class PushParser;
  const unsigned char** raw_namespaces_ = nullptr;
  const unsigned char** raw_attributes_ = nullptr;
  std::size_t namespaces_ = 0;
  std::size_t attributes_ = 0;
};

/// What PushParser tells of a document. Each call answers whether to go on; when it says no, the
/// parser stops and gives stopped_by().
class Handler {
 public:
  virtual ~Handler() = default;
  virtual bool start(const StartTag& tag) = 0;
  virtual bool end() = 0;
  /// A piece of a run of text, references replaced; a run may come in several pieces.
  virtual bool text(std::string_view piece) = 0;
  virtual bool comment(std::string_view content) = 0;
  virtual bool instruction(std::string_view target, std::string_view content) = 0;
  [[nodiscard]] virtual core::base::Error stopped_by() = 0;
};

/// Namespace-aware SAX2 push parser (libxml2) on bytes we read ourselves: no file, no network, no
/// document type, no entity but the five of XML. A ByteGate stands before it.
/// Errors: those of ByteGate, DTD_REFUSED, NOT_XML (not well-formed, or bytes after the root),
/// LIMIT_EXCEEDED (depth, attributes, names of core/base/limits.hpp), TRUNCATED, and what the
/// handler stopped by. Not for two threads at once.
class PushParser {
 public:
  /// What becomes of bytes behind the root element.
  enum class Rest : std::uint8_t {
    refuse,  ///< white space, comments and instructions are well-formed there, else NOT_XML
    leave,   ///< they are not looked at: see root_end()
  };
  explicit PushParser(Handler& handler, Rest rest = Rest::refuse);
  ~PushParser();
  PushParser(const PushParser&) = delete;
  PushParser& operator=(const PushParser&) = delete;

  /// Takes the next bytes. After an Error nothing more may be fed.
  [[nodiscard]] core::base::Result<void> feed(std::string_view piece);
  /// The bytes are at their end.
  [[nodiscard]] core::base::Result<void> finish();
  /// With Rest::leave: one past the root element, once it has ended. What is fed after it is not
  /// looked at, whatever the pieces.
  [[nodiscard]] std::optional<std::uint64_t> root_end() const;

  /// The address `text` has, or will have, as an Interned of this parser.
  [[nodiscard]] Interned intern(std::string_view text);
  /// Inside Handler::start(): offset of the tag's '<' in the document.
  [[nodiscard]] std::uint64_t tag_offset() const;
  /// Offset of the first byte the parser has not consumed; inside Handler::end() one past '>'.
  [[nodiscard]] std::uint64_t offset() const;
  /// Line of the parser, from 1, for messages.
  [[nodiscard]] int line() const;

 private:
  [[nodiscard]] core::base::Result<void> feed_tag_by_tag(std::string_view piece);
  void parse(std::string_view piece);

  struct Impl;
  struct Callbacks;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ig::adapters::wire::xml
