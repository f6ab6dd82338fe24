#include "adapters/sandbox/reply.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

http::Response json_reply(unsigned status, std::string body) {
  http::Response out;
  out.status = status;
  out.headers.push_back({"Content-Type", "application/json"});
  out.body = std::move(body);
  return out;
}

http::Response problem(unsigned status, std::string_view code) {
  return json_reply(status, nlohmann::json{{"code", code}}.dump());
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string form_field(std::string_view body, std::string_view name) {
  while (!body.empty()) {
    const auto end = std::min(body.find('&'), body.size());
    const auto pair = body.substr(0, end);
    const auto equals = std::min(pair.find('='), pair.size());
    if (decoded(pair.substr(0, equals)) == name) {
      return decoded(pair.substr(std::min(equals + 1, pair.size())));
    }
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return {};
}

}  // namespace ig::adapters::sandbox
