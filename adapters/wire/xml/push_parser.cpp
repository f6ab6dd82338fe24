#include "adapters/wire/xml/push_parser.hpp"

#include "core/base/limits.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

namespace ig::adapters::wire::xml {
namespace {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

Interned as_text(const unsigned char* text) noexcept { return reinterpret_cast<Interned>(text); }

xmlParserInputPtr no_external_entity(const char*, const char*, xmlParserCtxtPtr) { return nullptr; }

void start_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(&no_external_entity);
  });
}

/// libxml2 leaves a literal '&' of an attribute value as "&#38;" when it keeps entities.
std::string attribute_value(const unsigned char* from, const unsigned char* to) {
  std::string value(as_text(from), static_cast<std::size_t>(to - from));
  constexpr std::string_view kept = "&#38;";
  for (std::size_t at = value.find(kept); at != std::string::npos; at = value.find(kept, at + 1)) {
    value.replace(at, kept.size(), "&");
  }
  return value;
}

}  // namespace

NamespaceDeclaration StartTag::namespace_at(std::size_t index) const {
  return {as_text(raw_namespaces_[index * 2]), as_text(raw_namespaces_[index * 2 + 1])};
}

Attribute StartTag::attribute_at(std::size_t index) const {
  const unsigned char** raw = raw_attributes_ + index * 5;
  return {as_text(raw[0]), as_text(raw[1]), as_text(raw[2]), attribute_value(raw[3], raw[4])};
}

struct PushParser::Impl {
  explicit Impl(Handler& told) : handler(told) {}
  ~Impl() {
    if (context != nullptr) xmlFreeParserCtxt(context);
  }

  void stop(Error error) {
    if (!wrong) wrong = std::move(error);
    xmlStopParser(context);
  }
  [[nodiscard]] std::uint64_t offset() const {
    const xmlParserInputPtr input = context->input;
    return static_cast<std::uint64_t>(input->consumed) +
           static_cast<std::uint64_t>(input->cur - input->base);
  }
  void go_on(bool wanted) {
    if (!wanted) stop(handler.stopped_by());
  }

  Handler& handler;
  ByteGate gate;
  xmlSAXHandler sax{};
  xmlParserCtxtPtr context = nullptr;
  std::size_t depth = 0;
  bool root_ended = false;
  Rest rest = Rest::refuse;
  std::optional<std::uint64_t> root_end;
  char first = '\0';  ///< the first byte that is no white space; '\0' before it
  std::optional<Error> wrong;
};

constexpr char kMarkFirst = '\xEF';  ///< first byte of a UTF-8 byte order mark

/// The C callbacks of libxml2; each gets the Impl it was registered with.
struct PushParser::Callbacks {
  static Impl& of(void* user) { return *static_cast<Impl*>(user); }

  static void start(void* user, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri,
                    int namespaces, const xmlChar** raw_namespaces, int attributes,
                    int /*defaulted*/, const xmlChar** raw_attributes) {
    Impl& impl = of(user);
    if (impl.wrong) return;
    if (++impl.depth > limits::xml_depth_max) {
      return impl.stop(fail(ErrorCode::LIMIT_EXCEEDED, {}, "elements are nested too deep"));
    }
    const auto count = static_cast<std::size_t>(attributes) + static_cast<std::size_t>(namespaces);
    if (count > limits::xml_attributes_max) {
      return impl.stop(fail(ErrorCode::LIMIT_EXCEEDED, {}, "a tag has too many attributes"));
    }
    if (std::strlen(as_text(local)) > limits::xml_name_bytes_max) {
      return impl.stop(fail(ErrorCode::LIMIT_EXCEEDED, {}, "an element name is too long"));
    }
    StartTag tag;
    tag.local = as_text(local);
    tag.prefix = as_text(prefix);
    tag.uri = as_text(uri);
    tag.raw_namespaces_ = raw_namespaces;
    tag.raw_attributes_ = raw_attributes;
    tag.namespaces_ = static_cast<std::size_t>(namespaces);
    tag.attributes_ = static_cast<std::size_t>(attributes);
    impl.go_on(impl.handler.start(tag));
  }

  static void end(void* user, const xmlChar*, const xmlChar*, const xmlChar*) {
    Impl& impl = of(user);
    if (impl.wrong) return;
    if (--impl.depth == 0) impl.root_ended = true;
    impl.go_on(impl.handler.end());
    if (impl.depth == 0 && impl.rest == Rest::leave && !impl.wrong) {
      impl.root_end = impl.offset();
      xmlStopParser(impl.context);
    }
  }

  static void text(void* user, const xmlChar* from, int length) {
    Impl& impl = of(user);
    if (impl.wrong || impl.depth == 0) return;
    impl.go_on(impl.handler.text({as_text(from), static_cast<std::size_t>(length)}));
  }

  static void comment(void* user, const xmlChar* content) {
    Impl& impl = of(user);
    if (impl.wrong) return;
    impl.go_on(impl.handler.comment(as_text(content)));
  }

  static void instruction(void* user, const xmlChar* target, const xmlChar* content) {
    Impl& impl = of(user);
    if (impl.wrong) return;
    const std::string_view rest = content == nullptr ? "" : as_text(content);
    impl.go_on(impl.handler.instruction(as_text(target), rest));
  }

  static void document_type(void* user, const xmlChar*, const xmlChar*, const xmlChar*) {
    of(user).stop(fail(ErrorCode::DTD_REFUSED, {}, "the document has a document type declaration"));
  }

  static xmlEntityPtr no_entity(void*, const xmlChar*) { return nullptr; }

  static void error(void* user, xmlErrorPtr error) {
    Impl& impl = of(user);
    if (impl.wrong || error->level < XML_ERR_ERROR) return;
    if (error->code == XML_ERR_UNSUPPORTED_ENCODING || error->code == XML_ERR_INVALID_ENCODING) {
      impl.wrong = fail(ErrorCode::ENCODING_REFUSED, {}, "an encoding other than UTF-8");
      return;
    }
    const char* what = impl.root_ended && impl.depth == 0
                           ? "there are bytes after the end of the document"
                           : "the document is not well-formed XML";
    impl.wrong = fail(ErrorCode::NOT_XML, {},
                      fmt::format("{} (line {}, rule {})", what, error->line, error->code));
  }
};

PushParser::PushParser(Handler& handler, Rest rest) : impl_(std::make_unique<Impl>(handler)) {
  start_library();
  impl_->rest = rest;
  xmlSAXHandler& sax = impl_->sax;
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = &Callbacks::start;
  sax.endElementNs = &Callbacks::end;
  sax.characters = &Callbacks::text;
  sax.ignorableWhitespace = &Callbacks::text;
  sax.cdataBlock = &Callbacks::text;
  sax.comment = &Callbacks::comment;
  sax.processingInstruction = &Callbacks::instruction;
  sax.internalSubset = &Callbacks::document_type;
  sax.externalSubset = &Callbacks::document_type;
  sax.getEntity = &Callbacks::no_entity;
  sax.getParameterEntity = &Callbacks::no_entity;
  sax.serror = &Callbacks::error;
  impl_->context = xmlCreatePushParserCtxt(&sax, impl_.get(), nullptr, 0, nullptr);
  core::base::require(impl_->context != nullptr, "libxml2 makes a parser");
  xmlCtxtUseOptions(impl_->context, XML_PARSE_NONET);
}

PushParser::~PushParser() = default;

Result<void> PushParser::feed(std::string_view piece) {
  core::base::require(!impl_->wrong, "nothing is fed after an error");
  if (piece.empty() || impl_->root_end) return {};
  if (impl_->first == '\0') {
    const std::size_t begin = piece.find_first_not_of(" \t\r\n");
    if (begin != std::string_view::npos) impl_->first = piece[begin];
  }
  const ByteGate before = impl_->gate;
  if (auto gate = impl_->gate.feed(piece); !gate) {
    if (impl_->rest == Rest::leave) {
      impl_->gate = before;
      return feed_tag_by_tag(piece);
    }
    impl_->wrong = gate.error();
    return gate;
  }
  parse(piece);
  if (impl_->wrong) return *impl_->wrong;
  return {};
}

/// The gate refuses something of the piece, which may lie behind the root: each tag is parsed
/// before the gate sees the next.
Result<void> PushParser::feed_tag_by_tag(std::string_view piece) {
  while (!piece.empty() && !impl_->root_end) {
    const std::string_view part = piece.substr(0, piece.find('>'));
    const std::string_view tag = piece.substr(0, part.size() + 1);
    if (auto gate = impl_->gate.feed(tag); !gate) {
      impl_->wrong = gate.error();
      return gate;
    }
    parse(tag);
    if (impl_->wrong) return *impl_->wrong;
    piece.remove_prefix(tag.size());
  }
  return {};
}

void PushParser::parse(std::string_view piece) {
  constexpr std::size_t step = limits::xml_chunk_bytes;
  for (std::size_t at = 0; at < piece.size() && !impl_->wrong && !impl_->root_end; at += step) {
    const std::string_view part = piece.substr(at, step);
    const int result = xmlParseChunk(impl_->context, part.data(), static_cast<int>(part.size()), 0);
    if (result != 0 && !impl_->wrong && !impl_->root_end) {
      impl_->wrong = fail(ErrorCode::NOT_XML, {}, "the document is not well-formed XML");
    }
  }
}

std::optional<std::uint64_t> PushParser::root_end() const { return impl_->root_end; }

Result<void> PushParser::finish() {
  core::base::require(!impl_->wrong, "a parser is finished once, and not after an error");
  if (impl_->root_end) return {};
  if (impl_->first == '\0') return fail(ErrorCode::NOT_XML, {}, "the document is empty");
  if (auto whole = impl_->gate.finish(); !whole) return whole;
  // The library looks at nothing before its fourth byte.
  if (impl_->first != '<' && impl_->first != kMarkFirst) {
    return fail(ErrorCode::NOT_XML, {}, "the document does not begin as XML does");
  }
  if (!impl_->root_ended) {
    // What is left is the front of a tag: the library would make a whole one of it.
    impl_->wrong = fail(ErrorCode::TRUNCATED, {}, "the bytes end before the document does");
    return *impl_->wrong;
  }
  const int result = xmlParseChunk(impl_->context, nullptr, 0, 1);
  if (impl_->wrong) return *impl_->wrong;
  if (result != 0 || impl_->context->wellFormed == 0) {
    return fail(ErrorCode::NOT_XML, {}, "the document is not well-formed XML");
  }
  return {};
}

Interned PushParser::intern(std::string_view text) {
  const auto* bytes = reinterpret_cast<const xmlChar*>(text.data());
  return as_text(xmlDictLookup(impl_->context->dict, bytes, static_cast<int>(text.size())));
}

std::uint64_t PushParser::tag_offset() const {
  const xmlParserInputPtr input = impl_->context->input;
  const xmlChar* at = input->cur;
  while (at > input->base && *at != '<') --at;
  return static_cast<std::uint64_t>(input->consumed) + static_cast<std::uint64_t>(at - input->base);
}

std::uint64_t PushParser::offset() const { return impl_->offset(); }

int PushParser::line() const { return impl_->context->input->line; }

}  // namespace ig::adapters::wire::xml
