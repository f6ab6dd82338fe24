#pragma once

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <memory>
#include <string>
#include <utility>

namespace ig::tests::support {

struct FreeXml {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
  void operator()(xmlSchemaParserCtxt* parser) const { xmlSchemaFreeParserCtxt(parser); }
  void operator()(xmlSchemaValidCtxt* validator) const { xmlSchemaFreeValidCtxt(validator); }
};
template <class Thing>
using Xml = std::unique_ptr<Thing, FreeXml>;

/// A text as libxml2 reads it, quietly and without the network; null when it is no XML.
inline Xml<xmlDoc> read_xml(const std::string& text) {
  return Xml<xmlDoc>(xmlReadMemory(text.data(), static_cast<int>(text.size()), "text.xml", nullptr,
                                   XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET));
}

/// An XML Schema that libxml2 judges by. Given as text: our parser switches the library's own
/// loader off for the process.
class XmlSchema {
 public:
  explicit XmlSchema(std::string text) : text_(std::move(text)) {
    const Xml<xmlSchemaParserCtxt> parser(
        xmlSchemaNewMemParserCtxt(text_.data(), static_cast<int>(text_.size())));
    xmlSchemaSetParserStructuredErrors(parser.get(), [](void*, xmlErrorPtr) {}, nullptr);
    schema_.reset(xmlSchemaParse(parser.get()));
  }
  [[nodiscard]] bool is_usable() const { return schema_ != nullptr; }
  [[nodiscard]] bool accepts(xmlDoc* doc) const {
    const Xml<xmlSchemaValidCtxt> validator(xmlSchemaNewValidCtxt(schema_.get()));
    xmlSchemaSetValidStructuredErrors(validator.get(), [](void*, xmlErrorPtr) {}, nullptr);
    return xmlSchemaValidateDoc(validator.get(), doc) == 0;
  }

 private:
  std::string text_;
  Xml<xmlSchema> schema_;
};

}  // namespace ig::tests::support
