#include "adapters/wire/json/value.hpp"
#include "core/base/limits.hpp"

#include <simdjson.h>

#include <bitset>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ig::adapters::wire::json {
namespace {

namespace od = simdjson::ondemand;
using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
namespace limits = core::base::limits;

Error malformed(simdjson::error_code code = simdjson::TAPE_ERROR) {
  if (code == simdjson::UTF8_ERROR) {
    return {ErrorCode::INVALID_UTF8, {}, "the text is not UTF-8"};
  }
  return {ErrorCode::MALFORMED_JSON, {}, "the text is not one JSON object or array (RFC 8259)"};
}

/// RFC 8259: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_number(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - first;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const std::size_t whole = at;
  const std::size_t count = digits();
  if (count == 0 || (count > 1 && text[whole] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n' ||
                           text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace

/// Reads one text into the memory of its Document. Children are gathered on two stacks, which the
/// Reader keeps, and laid down side by side when their parent ends. After `false` there is an
/// error().
class Builder {
 public:
  using Memory = std::pmr::monotonic_buffer_resource;
  using Parts = Value::Parts;
  struct Named {
    std::string_view name;
    Parts value;
  };
  struct Stacks {
    std::vector<Named> members;
    std::vector<Parts> items;
  };

  Builder(Memory& memory, Stacks& stacks, std::string_view text)
      : memory_(memory),
        stacks_(stacks),
        end_(text.data() + text.size()),
        escapes_(text.find('\\') != std::string_view::npos) {
    stacks_.members.clear();
    stacks_.items.clear();
  }

  [[nodiscard]] bool read(od::document& document, Parts& out) { return read_value(document, out); }
  [[nodiscard]] Error error() && { return *std::move(error_); }

 private:
  bool fail(Error error) {
    error_ = std::move(error);
    return false;
  }
  bool fail(simdjson::error_code code) { return fail(malformed(code)); }

  template <class Json>
  bool read_value(Json& json, Parts& out);
  bool read_object(od::object object, Parts& out);
  bool read_array(od::array array, Parts& out);
  template <class Json>
  bool read_string(Json& json, Parts& out);
  bool read_name(od::field& field, std::string_view& out);
  bool read_scalar(std::string_view raw, Parts& out);
  template <class Child, class Gathered, class Make>
  Parts laid_down(Value::Kind kind, std::span<const Gathered> children, Make make);
  [[nodiscard]] bool names_twice(std::span<const Named> members);
  [[nodiscard]] std::string_view kept(std::string_view text);
  static Parts text_parts(Value::Kind kind, std::string_view text) {
    return {text.data(), static_cast<std::uint32_t>(text.size()), kind};
  }

  Memory& memory_;
  Stacks& stacks_;
  const char* end_;  ///< of the text
  bool escapes_;     ///< the text has a backslash somewhere
  std::size_t depth_ = 0;
  std::optional<Error> error_;
};

/// Names of few members are compared in pairs, and only those that share a mark of length and ends.
bool Builder::names_twice(std::span<const Named> members) {
  if (members.size() <= 64) {
    std::bitset<1024> marks;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::string_view name = members[i].name;
      const auto first = static_cast<unsigned char>(name.empty() ? 0 : name.front());
      const auto last = static_cast<unsigned char>(name.empty() ? 0 : name.back());
      const std::size_t mark = (name.size() * 37 + first * 11U + last) % marks.size();
      for (std::size_t j = 0; marks[mark] && j < i; ++j) {
        if (members[j].name == name) return true;
      }
      marks.set(mark);
    }
    return false;
  }
  std::unordered_set<std::string_view> seen;
  for (const Named& member : members) {
    if (!seen.insert(member.name).second) return true;
  }
  return false;
}

/// A copy that lives as long as the Document.
std::string_view Builder::kept(std::string_view text) {
  if (text.empty()) return {};
  auto* const place = static_cast<char*>(memory_.allocate(text.size(), 1));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

/// Without an escape a name is what stands between its quotes.
bool Builder::read_name(od::field& field, std::string_view& out) {
  const char* const from = field.key().raw();
  const auto* const quote =
      static_cast<const char*>(std::memchr(from, '"', static_cast<std::size_t>(end_ - from)));
  if (quote == nullptr) return fail(simdjson::TAPE_ERROR);
  out = {from, static_cast<std::size_t>(quote - from)};
  if (!escapes_ || out.find('\\') == std::string_view::npos) return true;
  if (const auto code = field.unescaped_key().get(out)) return fail(code);
  out = kept(out);
  return true;
}

template <class Json>
bool Builder::read_string(Json& json, Parts& out) {
  std::string_view raw;
  if constexpr (std::is_same_v<Json, od::value>) raw = trimmed(json.raw_json_token());
  if (raw.size() < 2 || raw.back() != '"') return fail(simdjson::TAPE_ERROR);
  if (escapes_ && raw.find('\\') != std::string_view::npos) {
    std::string_view text;
    if (const auto code = json.get_string().get(text)) return fail(code);
    out = text_parts(Value::Kind::string, kept(text));
    return true;
  }
  od::raw_json_string consumed;
  if (const auto code = json.get_raw_json_string().get(consumed)) return fail(code);
  out = text_parts(Value::Kind::string, raw.substr(1, raw.size() - 2));
  return true;
}

bool Builder::read_scalar(std::string_view raw, Parts& out) {
  const std::string_view text = trimmed(raw);
  if (is_number(text)) {
    out = text_parts(Value::Kind::number, text);
  } else if (text == "true" || text == "false") {
    out.kind = Value::Kind::boolean;
    out.truth = text == "true";
  } else if (text != "null") {
    return fail(simdjson::TAPE_ERROR);
  }
  return true;
}

/// Puts the children of one parent side by side; each is made in its place.
template <class Child, class Gathered, class Make>
Value::Parts Builder::laid_down(Value::Kind kind, std::span<const Gathered> children, Make make) {
  Parts out{nullptr, static_cast<std::uint32_t>(children.size()), kind};
  if (children.empty()) return out;
  auto* const place =
      static_cast<Child*>(memory_.allocate(children.size() * sizeof(Child), alignof(Child)));
  for (std::size_t i = 0; i < children.size(); ++i) new (place + i) Child(make(children[i]));
  out.place = place;
  return out;
}

bool Builder::read_object(od::object object, Parts& out) {
  auto& stack = stacks_.members;
  const std::size_t first = stack.size();
  for (auto each : object) {
    od::field field;
    if (const auto code = std::move(each).get(field)) return fail(code);
    Named member;
    if (!read_name(field, member.name)) return false;
    if (stack.size() - first == limits::members_max) {
      return fail({ErrorCode::TOO_MANY, {}, "an object has too many members"});
    }
    if (!read_value(field.value(), member.value)) return false;
    stack.push_back(member);
  }
  const auto members = std::span<const Named>(stack).subspan(first);
  if (names_twice(members)) {
    return fail({ErrorCode::DUPLICATE_MEMBER, {}, "an object names a member twice"});
  }
  out = laid_down<Value::Member>(Value::Kind::object, members, [](const Named& member) {
    return Value::Member{member.name, Value(member.value)};
  });
  stack.resize(first);
  return true;
}

bool Builder::read_array(od::array array, Parts& out) {
  auto& stack = stacks_.items;
  const std::size_t first = stack.size();
  for (auto each : array) {
    od::value item;
    if (const auto code = std::move(each).get(item)) return fail(code);
    if (stack.size() - first == limits::items_max) {
      return fail({ErrorCode::TOO_MANY, {}, "an array has too many items"});
    }
    Parts parts;
    if (!read_value(item, parts)) return false;
    stack.push_back(parts);
  }
  const auto items = std::span<const Parts>(stack).subspan(first);
  out = laid_down<Value>(Value::Kind::array, items, [](const Parts& item) { return Value(item); });
  stack.resize(first);
  return true;
}

/// Reads what stands at `json`. Depth is capped, so this recursion is.
template <class Json>
bool Builder::read_value(Json& json, Parts& out) {
  if (depth_ == limits::depth_max) {
    return fail({ErrorCode::TOO_DEEP, {}, "the text nests too deeply"});
  }
  od::json_type type;
  if (const auto code = json.type().get(type)) return fail(code);
  switch (type) {
    case od::json_type::object: {
      od::object object;
      if (const auto code = json.get_object().get(object)) return fail(code);
      ++depth_;
      const bool read = read_object(object, out);
      --depth_;
      return read;
    }
    case od::json_type::array: {
      od::array array;
      if (const auto code = json.get_array().get(array)) return fail(code);
      ++depth_;
      const bool read = read_array(array, out);
      --depth_;
      return read;
    }
    case od::json_type::string:
      return read_string(json, out);
    default: {
      if constexpr (std::is_same_v<Json, od::value>) {
        return read_scalar(json.raw_json_token(), out);
      }
      return fail(simdjson::TAPE_ERROR);
    }
  }
}

struct Reader::Impl {
  od::parser parser;
  Builder::Stacks stacks;
};

Reader::Reader() : impl_(new Impl) {}
Reader::~Reader() { delete impl_; }
Reader::Reader(Reader&& other) noexcept : impl_(std::exchange(other.impl_, nullptr)) {}
Reader& Reader::operator=(Reader&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}

Result<Document> Reader::read(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) {
    if (!simdjson::validate_utf8(text.data(), text.size())) return malformed(simdjson::UTF8_ERROR);
    return malformed();
  }
  if (text.find('\0') != std::string_view::npos) return malformed();
  // The text itself, which the values are views of, and about as much again for the values.
  const std::size_t padded = text.size() + simdjson::SIMDJSON_PADDING;
  Document out;
  out.memory_ = std::make_unique<Document::Memory>(padded * 5 / 2);
  auto* const copy = static_cast<char*>(out.memory_->allocate(padded, 1));
  std::memcpy(copy, text.data(), text.size());
  std::memset(copy + text.size(), ' ', simdjson::SIMDJSON_PADDING);
  od::document document;
  const auto code =
      impl_->parser.iterate(simdjson::padded_string_view(copy, text.size(), padded)).get(document);
  if (code != simdjson::SUCCESS) return malformed(code);
  Builder builder(*out.memory_, impl_->stacks, {copy, text.size()});
  if (!builder.read(document, out.parts_)) return std::move(builder).error();
  if (document.current_location().error() == simdjson::SUCCESS) return malformed();  // bytes after
  return out;
}

}  // namespace ig::adapters::wire::json
