#pragma once

#include "adapters/wire/xml/push_parser.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::wire::xml {

/// Inclusive Canonical XML 1.0 with comments (W3C REC-xml-c14n-20010315) of one element of a
/// document, from the events of a PushParser. The caller feeds every element from the root on, so
/// that namespaces and xml: attributes in scope are known; output begins with the first element
/// given with `inside`, and what it does not feed is left out of the result.
class Canonicaliser {
 public:
  /// `sink` is given the canonical bytes, in pieces.
  explicit Canonicaliser(std::function<void(std::string_view)> sink);

  /// An element begins. `inside`: it belongs to the result (so do all elements inside it).
  void start(const StartTag& tag, bool inside);
  void end();
  void text(std::string_view piece);
  void comment(std::string_view content);
  void instruction(std::string_view target, std::string_view content);
  /// Gives the sink what is still held back.
  void flush();

 private:
  struct Scope {
    std::string_view prefix;
    std::string_view local;  ///< empty when the element is not part of the result
    std::size_t bindings = 0;
    std::size_t inherited = 0;
  };
  struct Binding {
    std::string_view prefix;
    std::string_view uri;
  };

  void start_outside(const StartTag& tag);
  [[nodiscard]] std::string_view bound(std::string_view prefix) const;
  void write_namespaces(const StartTag& tag, bool apex);
  void write_attributes(const StartTag& tag, bool apex);
  void write_attribute(std::string_view prefix, std::string_view local, std::string_view value);
  void put(std::string_view text);
  /// `before`, the name with its prefix, `after`.
  void put_tag(std::string_view before, const Scope& scope, std::string_view after);

  std::function<void(std::string_view)> sink_;
  std::vector<char> out_;  ///< `held_` bytes wait in it for the sink
  std::size_t held_ = 0;
  std::vector<Scope> open_;
  std::size_t inside_ = 0;  ///< elements of the result that are open
  std::vector<Binding> bindings_;
  std::vector<Attribute> inherited_;  ///< xml: attributes of elements outside the result
};

}  // namespace ig::adapters::wire::xml
