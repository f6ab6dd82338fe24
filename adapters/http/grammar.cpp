#include "adapters/http/grammar.hpp"

#include <algorithm>

namespace ig::adapters::http {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [others](char c) {
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_origin_form(std::string_view target) {
  constexpr std::string_view others = "-._~!$&'()*+,;=:@/?%";
  if (!target.starts_with('/') || target.starts_with("//")) return false;
  return std::all_of(target.begin(), target.end(), [others](char c) {
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

bool belongs_to_transport(std::string_view name) {
  constexpr std::string_view own[] = {
      "host", "content-length", "connection", "transfer-encoding", "trailer", "upgrade"};
  return std::any_of(std::begin(own), std::end(own),
                     [name](std::string_view one) { return equal_without_case(one, name); });
}

}  // namespace ig::adapters::http
