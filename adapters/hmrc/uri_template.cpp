#include "adapters/hmrc/uri_template.hpp"

#include "core/base/limits.hpp"

#include <algorithm>

namespace ig::adapters::hmrc {
namespace {

namespace limits = core::base::limits;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::size_t kExpressionsMax = 8;
constexpr std::size_t kNamesMax = 16;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_unreserved(char c) {
  return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// RFC 6570 2.1, ASCII only: what may stand outside an expression as it is.
bool is_literal(char c) {
  return c > ' ' && c < '\x7F' &&
         std::string_view("\"'%<>\\^`{|}").find(c) == std::string_view::npos;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_' || c == '.'; });
}

core::base::Error not_a_template() {
  return fail(ErrorCode::INVALID_TEXT, {},
              "a URI template is literal text, {?name,...} and {&name,...}");
}
core::base::Error too_long() {
  return fail(ErrorCode::LIMIT_EXCEEDED, {}, "a URI template or its result is too long");
}

/// Takes one expression, without its braces, and appends what it comes to.
Result<void> expand_one(std::string_view expression, std::span<const UriVariable> variables,
                        std::string& out) {
  const char form = expression.empty() ? '\0' : expression.front();
  if (form != '?' && form != '&') return not_a_template();
  expression.remove_prefix(1);
  char joint = form;
  for (std::size_t names = 0;; ++names) {
    if (names == kNamesMax) return too_long();
    const std::size_t comma = std::min(expression.find(','), expression.size());
    const std::string_view name = expression.substr(0, comma);
    if (!is_name(name)) return not_a_template();
    const auto found = std::find_if(variables.begin(), variables.end(),
                                    [&](const UriVariable& v) { return v.name == name; });
    if (found != variables.end()) {
      out.push_back(joint);
      out.append(name).append("=").append(percent_encoded(found->value));
      joint = '&';
    }
    if (comma == expression.size()) return {};
    expression.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 15U]);
  }
  return out;
}

Result<std::string> expand_uri_template(std::string_view text,
                                        std::span<const UriVariable> variables) {
  if (text.size() > limits::http_target_bytes_max) return too_long();
  std::string out;
  std::size_t expressions = 0;
  while (!text.empty()) {
    if (text.front() == '{') {
      const std::size_t end = text.find('}');
      if (end == std::string_view::npos) return not_a_template();
      if (++expressions > kExpressionsMax) return too_long();
      const auto done = expand_one(text.substr(1, end - 1), variables, out);
      if (!done) return done.error();
      text.remove_prefix(end + 1);
    } else if (text.front() == '%') {
      if (text.size() < 3 || !is_hex(text[1]) || !is_hex(text[2])) return not_a_template();
      out.append(text.substr(0, 3));
      text.remove_prefix(3);
    } else {
      if (!is_literal(text.front())) return not_a_template();
      out.push_back(text.front());
      text.remove_prefix(1);
    }
    if (out.size() > limits::http_target_bytes_max) return too_long();
  }
  return out;
}

std::string with_parameter(std::string_view target, const UriVariable& parameter) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string out(target.substr(0, mark));
  char joint = '?';
  std::string_view query = target.substr(std::min(mark + 1, target.size()));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty() || pair.substr(0, pair.find('=')) == parameter.name) continue;
    out.push_back(joint);
    out.append(pair);
    joint = '&';
  }
  out.push_back(joint);
  out.append(parameter.name).append("=").append(percent_encoded(parameter.value));
  return out;
}

}  // namespace ig::adapters::hmrc
