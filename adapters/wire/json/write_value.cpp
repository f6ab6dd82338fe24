#include "adapters/wire/json/write_value.hpp"

#include "adapters/wire/json/writer.hpp"

namespace ig::adapters::wire::json {
namespace {

void append(Writer& writer, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      writer.null();
      return;
    case Value::Kind::boolean:
      writer.boolean(value.as_bool());
      return;
    case Value::Kind::number:
      writer.raw(value.text());
      return;
    case Value::Kind::string:
      writer.string(value.text());
      return;
    case Value::Kind::array:
      writer.begin_array();
      for (const Value& item : value.items()) append(writer, item);
      writer.end_array();
      return;
    case Value::Kind::object:
      writer.begin_object();
      for (const auto& [name, member] : value.members()) {
        writer.key(name);
        append(writer, member);
      }
      writer.end_object();
      return;
  }
}

}  // namespace

void write_value(std::string& out, const Value& value) {
  Writer writer(out);
  append(writer, value);
}

}  // namespace ig::adapters::wire::json
