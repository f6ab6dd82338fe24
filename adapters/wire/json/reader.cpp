#include "adapters/wire/json/value.hpp"
#include "core/base/limits.hpp"

#include <simdjson.h>

#include <algorithm>
#include <bitset>
#include <optional>
#include <unordered_set>

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

/// Names of few members are compared in pairs, and only those that share a mark of length and ends.
bool names_twice(const std::vector<Value::Member>& members) {
  if (members.size() <= 64) {
    std::bitset<1024> marks;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::string& name = members[i].first;
      const auto first = static_cast<unsigned char>(name.empty() ? 0 : name.front());
      const auto last = static_cast<unsigned char>(name.empty() ? 0 : name.back());
      const std::size_t mark = (name.size() * 37 + first * 11U + last) % marks.size();
      for (std::size_t j = 0; marks[mark] && j < i; ++j) {
        if (members[j].first == name) return true;
      }
      marks.set(mark);
    }
    return false;
  }
  std::unordered_set<std::string_view> seen;
  for (const auto& member : members) {
    if (!seen.insert(member.first).second) return true;
  }
  return false;
}

Result<void> scalar(std::string_view raw, Value& out) {
  const std::string_view text = trimmed(raw);
  if (is_number(text)) {
    out = Value::number(std::string(text));
  } else if (text == "true" || text == "false") {
    out = Value::boolean(text == "true");
  } else if (text != "null") {
    return malformed();
  }
  return {};
}

/// Where the reading stands. Objects of one list are alike: the next one has as many members.
struct Place {
  std::size_t depth = 0;
  std::size_t* members_of_last;
  [[nodiscard]] Place inside() const { return {depth + 1, members_of_last}; }
};

template <class Json>
Result<void> read_value(Json& json, Place place, Value& out);

Result<void> read_object(od::object object, Place place, Value& out) {
  std::vector<Value::Member> members;
  members.reserve(*place.members_of_last);
  for (auto field : object) {
    if (field.error() != simdjson::SUCCESS) return malformed(field.error());
    std::string_view name;
    if (const auto code = field.unescaped_key().get(name)) return malformed(code);
    if (members.size() == limits::members_max) {
      return Error{ErrorCode::TOO_MANY, {}, "an object has too many members"};
    }
    auto& member = members.emplace_back(std::string(name), Value{});
    od::value inner;
    if (const auto code = field.value().get(inner)) return malformed(code);
    if (auto read = read_value(inner, place, member.second); !read) return read;
  }
  if (names_twice(members)) {
    return Error{ErrorCode::DUPLICATE_MEMBER, {}, "an object names a member twice"};
  }
  *place.members_of_last = std::min<std::size_t>(members.size(), 64);
  out = Value::object(std::move(members));
  return {};
}

Result<void> read_array(od::array array, Place place, Value& out) {
  std::vector<Value> items;
  for (auto item : array) {
    od::value inner;
    if (const auto code = item.get(inner)) return malformed(code);
    if (items.size() == limits::items_max) {
      return Error{ErrorCode::TOO_MANY, {}, "an array has too many items"};
    }
    if (auto read = read_value(inner, place, items.emplace_back()); !read) return read;
  }
  out = Value::array(std::move(items));
  return {};
}

/// Reads what stands at `json`. Depth is capped, so this recursion is.
template <class Json>
Result<void> read_value(Json& json, Place place, Value& out) {
  if (place.depth == limits::depth_max) {
    return Error{ErrorCode::TOO_DEEP, {}, "the text nests too deeply"};
  }
  od::json_type type;
  if (const auto code = json.type().get(type)) return malformed(code);
  switch (type) {
    case od::json_type::object: {
      od::object object;
      if (const auto code = json.get_object().get(object)) return malformed(code);
      return read_object(object, place.inside(), out);
    }
    case od::json_type::array: {
      od::array array;
      if (const auto code = json.get_array().get(array)) return malformed(code);
      return read_array(array, place.inside(), out);
    }
    case od::json_type::string: {
      std::string_view text;
      if (const auto code = json.get_string().get(text)) return malformed(code);
      out = Value::string(std::string(text));
      return {};
    }
    default: {
      if constexpr (std::is_same_v<Json, od::value>) {
        return scalar(json.raw_json_token(), out);
      }
      return malformed();
    }
  }
}

}  // namespace

struct Reader::Impl {
  od::parser parser;
  std::string padded;
};

Reader::Reader() : impl_(new Impl) {}
Reader::~Reader() { delete impl_; }
Reader::Reader(Reader&& other) noexcept : impl_(std::exchange(other.impl_, nullptr)) {}
Reader& Reader::operator=(Reader&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}

Result<Value> Reader::read(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) {
    if (!simdjson::validate_utf8(text.data(), text.size())) return malformed(simdjson::UTF8_ERROR);
    return malformed();
  }
  if (text.find('\0') != std::string_view::npos) return malformed();
  impl_->padded.assign(text);
  impl_->padded.append(simdjson::SIMDJSON_PADDING, ' ');
  od::document document;
  const auto code = impl_->parser
                        .iterate(simdjson::padded_string_view(impl_->padded.data(), text.size(),
                                                              impl_->padded.size()))
                        .get(document);
  if (code != simdjson::SUCCESS) return malformed(code);
  std::size_t members_of_last = 0;
  Value value;
  auto read = read_value(document, Place{0, &members_of_last}, value);
  if (!read) return std::move(read).error();
  if (document.current_location().error() == simdjson::SUCCESS) return malformed();  // bytes after
  return value;
}

}  // namespace ig::adapters::wire::json
