#include "adapters/formats/error_line.hpp"

#include "adapters/wire/json/writer.hpp"
#include "core/base/limits.hpp"

namespace ig::adapters::formats {

void write_error_line(std::string& out, std::string_view id, std::uint64_t line,
                      const core::base::Error& error) {
  wire::json::Writer writer(out);
  writer.begin_object().key("id");
  if (id.empty()) {
    writer.null();
  } else {
    writer.string(id);
  }
  writer.member("line", static_cast<std::int64_t>(line)).key("error").begin_object();
  writer.member("code", core::base::name(error.code));
  writer.member("field", error.field);
  writer.member("message", error.message).end_object().end_object();
  out.push_back('\n');
}

std::string readable_id(const wire::json::Value& value) {
  const auto* id = value.find("id");
  if (id == nullptr || !id->is(wire::json::Value::Kind::string) ||
      id->text().size() > core::base::limits::id_bytes_max) {
    return {};
  }
  return std::string(id->text());
}

}  // namespace ig::adapters::formats
