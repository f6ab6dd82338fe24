// links: wire_json nlohmann_json::nlohmann_json
#include "adapters/wire/json/value.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/base/require.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using ig::adapters::wire::json::Reader;
using ig::adapters::wire::json::Value;
using ig::adapters::wire::json::Writer;
using ig::core::base::ErrorCode;
using ig::core::base::require;

namespace {

/// Writes a value as it was read; false when a number is too large for the peer to hold.
bool write(const Value& value, Writer& writer) {
  bool plain = true;
  switch (value.kind()) {
    case Value::Kind::null:
      writer.null();
      break;
    case Value::Kind::boolean:
      writer.boolean(value.as_bool());
      break;
    case Value::Kind::number:
      plain = value.text().size() < 100 && value.text().find_first_of("eE") == std::string::npos;
      writer.raw(value.text());
      break;
    case Value::Kind::string:
      writer.string(value.text());
      break;
    case Value::Kind::array:
      writer.begin_array();
      for (const Value& item : value.items()) plain = write(item, writer) && plain;
      writer.end_array();
      break;
    case Value::Kind::object:
      writer.begin_object();
      for (const auto& [name, member] : value.members()) {
        writer.key(name);
        plain = write(member, writer) && plain;
      }
      writer.end_object();
      break;
  }
  return plain;
}

}  // namespace

// What is read is JSON to another reader too, and is read back from what the writer makes of it;
// what another reader takes is never called malformed here.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Reader reader;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto value = reader.read(text);
  const bool peer_takes = nlohmann::json::accept(text);
  if (value) {
    std::string written;
    Writer writer{written};
    const bool plain = write(*value, writer);
    require(!plain || peer_takes, "what is read is JSON");
    const auto again = reader.read(written);
    require(again.has_value(), "what is written is read");
    std::string twice;
    Writer second{twice};
    write(*again, second);
    require(written == twice, "reading and writing changes nothing");
  } else if (peer_takes && !text.starts_with("\xef\xbb\xbf") &&
             text.find('\0') == std::string_view::npos) {
    // The peer drops a byte order mark and takes a zero byte for the end.
    const auto first = text.find_first_not_of(" \t\r\n");
    const bool whole = text[first] == '{' || text[first] == '[';
    const bool refused = value.error().code == ErrorCode::MALFORMED_JSON ||
                         value.error().code == ErrorCode::INVALID_UTF8;
    require(!whole || !refused, "JSON is not called malformed");
  }
  return 0;
}
