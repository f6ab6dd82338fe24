#include "adapters/wire/xml/canonical.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ig::adapters::wire::xml {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{16} * 1024;
constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

std::string_view view(Interned text) { return text == nullptr ? std::string_view() : text; }

/// What stands for a character of text, or nothing when it stands for itself.
std::string_view text_reference(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#xD;";
    default:
      return {};
  }
}

std::string_view value_reference(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#x9;";
    case '\n':
      return "&#xA;";
    case '\r':
      return "&#xD;";
    default:
      return {};
  }
}

}  // namespace

Canonicaliser::Canonicaliser(std::function<void(std::string_view)> sink)
    : sink_(std::move(sink)), out_(buffer_bytes) {}

void Canonicaliser::put(std::string_view text) {
  if (text.size() > out_.size() - held_) {
    flush();
    if (text.size() > out_.size()) return sink_(text);
  }
  std::memcpy(out_.data() + held_, text.data(), text.size());
  held_ += text.size();
}

void Canonicaliser::flush() {
  if (held_ > 0) sink_({out_.data(), held_});
  held_ = 0;
}

void Canonicaliser::put_tag(std::string_view before, const Scope& scope, std::string_view after) {
  const std::size_t size = before.size() + scope.prefix.size() + 1 + scope.local.size() + 1;
  if (size > out_.size() - held_) flush();
  if (size > out_.size()) {
    for (const std::string_view part :
         {before, scope.prefix, std::string_view(scope.prefix.empty() ? "" : ":"), scope.local,
          after}) {
      put(part);
    }
    return;
  }
  char* at = out_.data() + held_;
  const auto add = [&at](std::string_view text) {
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    at += text.size();
  };
  add(before);
  if (!scope.prefix.empty()) {
    add(scope.prefix);
    *at++ = ':';
  }
  add(scope.local);
  add(after);
  held_ = static_cast<std::size_t>(at - out_.data());
}

std::string_view Canonicaliser::bound(std::string_view prefix) const {
  for (std::size_t i = bindings_.size(); i-- > 0;) {
    if (bindings_[i].prefix == prefix) return bindings_[i].uri;
  }
  return {};
}

void Canonicaliser::start(const StartTag& tag, bool inside) {
  open_.push_back({{}, {}, bindings_.size(), inherited_.size()});
  if (!inside && inside_ == 0) return start_outside(tag);
  Scope& scope = open_.back();
  scope.prefix = view(tag.prefix);
  scope.local = view(tag.local);
  const bool apex = inside_++ == 0;
  if (!apex && tag.namespace_count() == 0 && tag.attribute_count() == 0) {
    return put_tag("<", scope, ">");
  }
  put_tag("<", scope, {});
  if (apex || tag.namespace_count() > 0) write_namespaces(tag, apex);
  if (apex || tag.attribute_count() > 0) write_attributes(tag, apex);
  put(">");
}

void Canonicaliser::start_outside(const StartTag& tag) {
  for (std::size_t i = 0; i < tag.namespace_count(); ++i) {
    const NamespaceDeclaration found = tag.namespace_at(i);
    bindings_.push_back({view(found.prefix), view(found.uri)});
  }
  for (std::size_t i = 0; i < tag.attribute_count(); ++i) {
    Attribute found = tag.attribute_at(i);
    if (view(found.uri) == xml_namespace) inherited_.push_back(std::move(found));
  }
}

void Canonicaliser::write_namespaces(const StartTag& tag, bool apex) {
  std::vector<Binding> written;
  for (std::size_t i = 0; i < tag.namespace_count(); ++i) {
    const NamespaceDeclaration found = tag.namespace_at(i);
    const Binding binding{view(found.prefix), view(found.uri)};
    if (apex || bound(binding.prefix) != binding.uri) written.push_back(binding);
    bindings_.push_back(binding);
  }
  if (apex) {
    written.clear();
    for (const Binding& binding : bindings_) {
      const auto same = [&](const Binding& other) { return other.prefix == binding.prefix; };
      const bool seen = std::any_of(written.begin(), written.end(), same);
      if (!seen) written.push_back({binding.prefix, bound(binding.prefix)});
    }
    std::erase_if(written, [](const Binding& binding) { return binding.uri.empty(); });
  }
  std::sort(written.begin(), written.end(),
            [](const Binding& a, const Binding& b) { return a.prefix < b.prefix; });
  for (const Binding& binding : written) {
    if (binding.prefix == "xml") continue;
    if (binding.prefix.empty()) {
      write_attribute({}, "xmlns", binding.uri);
    } else {
      write_attribute("xmlns", binding.prefix, binding.uri);
    }
  }
}

void Canonicaliser::write_attributes(const StartTag& tag, bool apex) {
  std::vector<Attribute> written;
  written.reserve(tag.attribute_count());
  for (std::size_t i = 0; i < tag.attribute_count(); ++i) written.push_back(tag.attribute_at(i));
  if (apex) {
    for (std::size_t i = inherited_.size(); i-- > 0;) {
      const auto same = [&](const Attribute& other) {
        return view(other.uri) == xml_namespace && view(other.local) == view(inherited_[i].local);
      };
      if (std::none_of(written.begin(), written.end(), same)) written.push_back(inherited_[i]);
    }
  }
  std::sort(written.begin(), written.end(), [](const Attribute& a, const Attribute& b) {
    return std::pair(view(a.uri), view(a.local)) < std::pair(view(b.uri), view(b.local));
  });
  for (const Attribute& attribute : written) {
    write_attribute(view(attribute.prefix), view(attribute.local), attribute.value);
  }
}

void Canonicaliser::write_attribute(std::string_view prefix, std::string_view local,
                                    std::string_view value) {
  put(" ");
  if (!prefix.empty()) {
    put(prefix);
    put(":");
  }
  put(local);
  put("=\"");
  for (const char& c : value) {
    const std::string_view reference = value_reference(c);
    put(reference.empty() ? std::string_view(&c, 1) : reference);
  }
  put("\"");
}

void Canonicaliser::end() {
  const Scope scope = open_.back();
  open_.pop_back();
  bindings_.resize(scope.bindings);
  inherited_.resize(scope.inherited);
  if (scope.local.empty()) return;
  put_tag("</", scope, ">");
  --inside_;
}

void Canonicaliser::text(std::string_view piece) {
  if (inside_ == 0) return;
  std::size_t from = 0;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const char c = piece[i];
    if (c > '>' || (c != '&' && c != '<' && c != '>' && c != '\r')) continue;
    put(piece.substr(from, i - from));
    put(text_reference(c));
    from = i + 1;
  }
  put(piece.substr(from));
}

void Canonicaliser::comment(std::string_view content) {
  if (inside_ == 0) return;
  put("<!--");
  put(content);
  put("-->");
}

void Canonicaliser::instruction(std::string_view target, std::string_view content) {
  if (inside_ == 0) return;
  put("<?");
  put(target);
  if (!content.empty()) put(" ");
  put(content);
  put("?>");
}

}  // namespace ig::adapters::wire::xml
