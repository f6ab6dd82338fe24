#include "adapters/wire/xml/canonical.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace ig::adapters::wire::xml {
namespace {

constexpr std::size_t buffer_bytes = 16 * 1024;
constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

std::string_view view(Interned text) { return text == nullptr ? std::string_view() : text; }

void append_text(std::string& out, std::string_view text) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '&' && c != '<' && c != '>' && c != '\r') continue;
    out.append(text, from, i - from);
    from = i + 1;
    out.append(c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&#xD;");
  }
  out.append(text, from, text.size() - from);
}

void append_value(std::string& out, std::string_view value) {
  for (const char c : value) {
    switch (c) {
      case '&':
        out.append("&amp;");
        break;
      case '<':
        out.append("&lt;");
        break;
      case '"':
        out.append("&quot;");
        break;
      case '\t':
        out.append("&#x9;");
        break;
      case '\n':
        out.append("&#xA;");
        break;
      case '\r':
        out.append("&#xD;");
        break;
      default:
        out.push_back(c);
    }
  }
}

}  // namespace

Canonicaliser::Canonicaliser(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {
  out_.reserve(buffer_bytes + 1024);
}

void Canonicaliser::room() {
  if (out_.size() >= buffer_bytes) flush();
}

void Canonicaliser::flush() {
  if (!out_.empty()) sink_(out_);
  out_.clear();
}

std::string_view Canonicaliser::bound(std::string_view prefix) const {
  for (std::size_t i = bindings_.size(); i-- > 0;) {
    if (bindings_[i].prefix == prefix) return bindings_[i].uri;
  }
  return {};
}

void Canonicaliser::start(const StartTag& tag, bool inside) {
  if (depth_ == open_.size()) open_.emplace_back();
  Scope& scope = open_[depth_++];
  scope.bindings = bindings_.size();
  scope.inherited = inherited_.size();
  scope.name.clear();
  const bool written = inside || inside_ > 0;
  if (written) {
    if (tag.prefix != nullptr) scope.name.append(tag.prefix).push_back(':');
    scope.name.append(tag.local);
    out_.push_back('<');
    out_.append(scope.name);
    const bool apex = inside_++ == 0;
    if (apex || tag.namespace_count() > 0) write_namespaces(tag, apex);
    if (apex || tag.attribute_count() > 0) write_attributes(tag, apex);
    out_.push_back('>');
    room();
    return;
  }
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
  out_.push_back(' ');
  if (!prefix.empty()) out_.append(prefix).push_back(':');
  out_.append(local).append("=\"");
  append_value(out_, value);
  out_.push_back('"');
}

void Canonicaliser::end() {
  Scope& scope = open_[--depth_];
  bindings_.resize(scope.bindings);
  inherited_.resize(scope.inherited);
  if (scope.name.empty()) return;
  out_.append("</").append(scope.name).push_back('>');
  --inside_;
  room();
}

void Canonicaliser::text(std::string_view piece) {
  if (inside_ > 0) append_text(out_, piece);
  room();
}

void Canonicaliser::comment(std::string_view content) {
  if (inside_ == 0) return;
  out_.append("<!--").append(content).append("-->");
  room();
}

void Canonicaliser::instruction(std::string_view target, std::string_view content) {
  if (inside_ == 0) return;
  out_.append("<?").append(target);
  if (!content.empty()) out_.append(" ").append(content);
  out_.append("?>");
  room();
}

}  // namespace ig::adapters::wire::xml
