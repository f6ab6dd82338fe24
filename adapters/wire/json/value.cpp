#include "adapters/wire/json/value.hpp"

namespace ig::adapters::wire::json {

Value Value::boolean(bool value) {
  Value out;
  out.kind_ = Kind::boolean;
  out.truth_ = value;
  return out;
}

Value Value::number(std::string lexeme) {
  Value out;
  out.kind_ = Kind::number;
  out.text_ = std::move(lexeme);
  return out;
}

Value Value::string(std::string text) {
  Value out;
  out.kind_ = Kind::string;
  out.text_ = std::move(text);
  return out;
}

Value Value::array(std::vector<Value> items) {
  Value out;
  out.kind_ = Kind::array;
  out.items_ = std::move(items);
  return out;
}

Value Value::object(std::vector<Member> members) {
  Value out;
  out.kind_ = Kind::object;
  out.members_ = std::move(members);
  return out;
}

const Value* Value::find(std::string_view name) const {
  for (const auto& [key, value] : members_) {
    if (key == name) return value.is(Kind::null) ? nullptr : &value;
  }
  return nullptr;
}

}  // namespace ig::adapters::wire::json
