#include "adapters/store/sqlite/session.hpp"

#include <fmt/format.h>

namespace ig::adapters::store::sqlite {
namespace {

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string keyed(Session& session, std::string_view label, std::string_view message) {
  std::string text;
  text.reserve(label.size() + 1 + message.size());
  text.append(label).push_back('\0');
  text.append(message);
  const Hash mac = session.key.sign(text);
  return std::string(as_blob(mac, 16).bytes);
}

base::Result<wire::json::Document> read_own_json(Session& session, std::string_view text,
                                                 std::string_view what) {
  auto value = session.reader.read(text);
  if (!value) return broken(what);
  return value;
}

std::optional<std::string> bytes_of_hex(std::string_view hex) {
  if (hex.size() != 32) return std::nullopt;
  std::string bytes;
  bytes.reserve(16);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = nibble(hex[i]);
    const int low = nibble(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

std::string hex_of_bytes(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.push_back(digits[byte >> 4U]);
    hex.push_back(digits[byte & 15U]);
  }
  return hex;
}

base::Error broken(std::string_view what) {
  return base::fail(base::ErrorCode::INTEGRITY_BROKEN, {},
                    fmt::format("{} in the store is not as it was written", what));
}

base::Error missing(std::string_view what) {
  return base::fail(base::ErrorCode::NOT_FOUND, {}, fmt::format("the store has no such {}", what));
}

}  // namespace ig::adapters::store::sqlite
