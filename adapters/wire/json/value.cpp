#include "adapters/wire/json/value.hpp"

#include <utility>

namespace ig::adapters::wire::json {

// What a Document holds is freed without a look at its parts.
static_assert(std::is_trivially_destructible_v<Value::Member>);

const Value& Value::empty_object() {
  static const Value empty(Parts{.kind = Kind::object});
  return empty;
}

std::string_view Value::text() const {
  if (!is(Kind::string) && !is(Kind::number)) return {};
  return {static_cast<const char*>(parts_.place), parts_.count};
}

std::span<const Value> Value::items() const {
  if (!is(Kind::array)) return {};
  return {static_cast<const Value*>(parts_.place), parts_.count};
}

std::span<const Value::Member> Value::members() const {
  if (!is(Kind::object)) return {};
  return {static_cast<const Member*>(parts_.place), parts_.count};
}

const Value* Value::find(std::string_view name) const {
  for (const Member& member : members()) {
    if (member.name == name) return member.value.is(Kind::null) ? nullptr : &member.value;
  }
  return nullptr;
}

Document::Document(Document&& other) noexcept
    : Value(std::exchange(other.parts_, {})), memory_(std::move(other.memory_)) {}

Document& Document::operator=(Document&& other) noexcept {
  parts_ = std::exchange(other.parts_, {});
  memory_ = std::move(other.memory_);
  return *this;
}

}  // namespace ig::adapters::wire::json
