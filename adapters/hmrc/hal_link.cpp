#include "adapters/hmrc/hal_link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ig::adapters::hmrc {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using wire::json::Value;

using Names = std::array<std::string_view, 2>;

/// By Relation; the second name is empty where there is one only.
constexpr std::array<Names, 24> kNames = {{
    {"individual", {}},
    {"income", {}},
    {"employments", {}},
    {"benefits-and-credits", {}},
    {"details", {}},
    {"paye", {}},
    {"sa", "selfAssessment"},
    {"childTaxCredit", "child-tax-credit"},
    {"workingTaxCredit", "working-tax-credit"},
    {"addresses", {}},
    {"contactDetails", "contact-details"},
    {"additionalInformation", {}},
    {"employments", {}},
    {"foreign", {}},
    {"furtherDetails", {}},
    {"interestsAndDividends", {}},
    {"other", {}},
    {"partnerships", {}},
    {"pensionsAndStateBenefits", {}},
    {"selfEmployments", {}},
    {"source", {}},
    {"summary", {}},
    {"trusts", {}},
    {"ukProperties", {}},
}};
static_assert(static_cast<std::size_t>(Relation::sa_uk_properties) + 1 == kNames.size());

/// The link object of a relation; nullptr without one.
const Value* link_of(const Value& body, Relation relation) {
  const Value* links = body.find("_links");
  if (links == nullptr || !links->is(Value::Kind::object)) return nullptr;
  for (const std::string_view name : names(relation)) {
    if (const Value* link = links->find(name)) return link;
  }
  return nullptr;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

unsigned hex_value(char c) {
  if (c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

/// What a percent sign in a path may stand for: neither a control, nor what parts a path or query.
bool is_harmless(unsigned byte) {
  if (byte <= 0x20 || byte == 0x7F) return false;
  return std::string_view("/\\.%?#;@:").find(static_cast<char>(byte)) == std::string_view::npos;
}

/// The characters of a path (RFC 3986 3.3), less `;`, `@` and `:`.
bool is_path_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/-._~!$&'()*+,=").find(c) != std::string_view::npos;
}

bool is_plain_path(std::string_view path) {
  if (path.find("//") != std::string_view::npos) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      if (!is_path_character(path[i])) return false;
      continue;
    }
    if (i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2])) return false;
    if (!is_harmless(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2]))) return false;
    i += 2;
  }
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    if (segment == "." || segment == "..") return false;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return true;
}

/// Target without its origin; empty when it is of another origin, or none of ours.
std::string_view without_origin(std::string_view target, std::string_view origin) {
  if (target.starts_with('/')) return target;
  if (origin.empty() || !target.starts_with(origin)) return {};
  target.remove_prefix(origin.size());
  return target.starts_with('/') ? target : std::string_view{};
}

}  // namespace

std::span<const std::string_view> names(Relation relation) noexcept {
  const Names& entry = kNames[static_cast<std::size_t>(relation)];
  return {entry.data(), entry[1].empty() ? 1U : 2U};
}

bool has_link(const Value& body, Relation relation) { return link_of(body, relation) != nullptr; }

Result<std::string> follow_link(const Value& body, Relation relation, const LinkPlace& place,
                                std::span<const UriVariable> variables) {
  const std::string field = fmt::format("/_links/{}", names(relation).front());
  const Value* link = link_of(body, relation);
  if (link == nullptr) {
    return fail(ErrorCode::FORBIDDEN, field, "this application is offered no such link");
  }
  const auto refused = [&field](const char* why) { return fail(ErrorCode::BAD_REPLY, field, why); };
  const Value* href = link->is(Value::Kind::object) ? link->find("href") : nullptr;
  if (href == nullptr || !href->is(Value::Kind::string)) return refused("a link has its href");
  const auto expanded = expand_uri_template(href->text(), variables);
  if (!expanded) return refused("the link is no template of a form that is followed");
  const std::string_view target = without_origin(*expanded, place.origin);
  if (target.empty()) return refused("the link leads to another origin");
  if (target.find('#') != std::string_view::npos) return refused("the link has a fragment");
  const std::string_view path = target.substr(0, target.find('?'));
  if (!is_plain_path(path)) return refused("the link's path has a form that is not followed");
  if (!path.starts_with(place.path)) return refused("the link leads out of the service's path");
  return std::string(target);
}

}  // namespace ig::adapters::hmrc
