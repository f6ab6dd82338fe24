#include "adapters/sandbox/matching.hpp"

#include "adapters/sandbox/checks.hpp"
#include "adapters/sandbox/reply.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

constexpr std::string_view kPath = "/individuals/matching/";
constexpr std::size_t kNameMax = 35;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }

/// Letters of any alphabet (bytes beyond ASCII are taken as such), blanks and - ' ^ . `
bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || std::string_view(" `-'^.").find(c) != std::string_view::npos;
  });
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Refusal read_name(const json& body, const std::string& field, std::string& out) {
  if (!body.contains(field) || !body[field].is_string() ||
      trimmed(body[field].get_ref<const std::string&>()).empty()) {
    return invalid(field + " is required");
  }
  out = body[field].get<std::string>();
  if (std::count_if(out.begin(), out.end(), begins_character) > std::ptrdiff_t{kNameMax}) {
    return invalid(field + " must be no more than 35 characters");
  }
  if (!is_name(out)) return invalid(field + " contains invalid characters");
  return std::nullopt;
}

/// The digits of a NINO may stand in pairs with single spaces between.
std::string without_spaces(const std::string& nino) {
  std::string out;
  for (std::size_t i = 0; i < nino.size(); ++i) {
    if (nino[i] != ' ' || i == 0 || nino[i - 1] == ' ') out += nino[i];
  }
  return out;
}

}  // namespace

Matching::Matching(const HmrcWorld& world, const core::base::Clock& clock)
    : world_(world), clock_(clock), random_(world.population().seed ^ 0x3A7C) {}

Refusal Matching::read(const std::string& text, Sent& out) {
  const json body = json::parse(text, nullptr, false);
  if (!body.is_object()) return invalid("Unable to process request");
  if (auto wrong = read_name(body, "firstName", out.first_name)) return wrong;
  if (auto wrong = read_name(body, "lastName", out.last_name)) return wrong;
  for (const auto& [field, place] :
       {std::pair{"nino", &out.nino}, std::pair{"dateOfBirth", &out.born}}) {
    if (!body.contains(field) || !body[field].is_string()) {
      return invalid(std::string(field) + " is required");
    }
    *place = body[field].get<std::string>();
  }
  if (!is_nino(without_spaces(out.nino), false)) return invalid("Malformed nino submitted");
  if (!parse_day(out.born)) return invalid("dateOfBirth: invalid date format");
  return std::nullopt;
}

std::optional<std::size_t> Matching::find(const Sent& sent) const {
  const auto nino = without_spaces(sent.nino);
  const auto index = world_.find(nino);
  if (!index) return std::nullopt;
  const Person& held = world_.member(*index).person;
  const bool agrees = held.nino == nino && text(held.born) == sent.born &&
                      same_letters(trimmed(sent.first_name).substr(0, 1),
                                   std::string_view(held.forename).substr(0, 1)) &&
                      same_letters(trimmed(sent.last_name).substr(0, 3),
                                   std::string_view(held.surname).substr(0, 3));
  return agrees ? index : std::nullopt;
}

/// A version 4 UUID, the same ones from the same seed.
std::string Matching::new_id() {
  const auto a = random_.next();
  const auto b = random_.next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", a >> 32U, (a >> 16U) & 0xFFFFU,
                     a & 0xFFFU, 0x8000U | ((b >> 48U) & 0x3FFFU), b & 0xFFFF'FFFF'FFFFU);
}

void Matching::forget_old() {
  const auto now = clock_.steady();
  while (!made_.empty() && now - made_.front().first >= kLife) {
    matches_.erase(made_.front().second);
    made_.pop_front();
  }
}

std::optional<std::size_t> Matching::person(const std::string& match_id) {
  forget_old();
  const auto known = matches_.find(match_id);
  if (known == matches_.end()) return std::nullopt;
  return known->second.person;
}

http::Response Matching::match(const Asked& asked) {
  if (asked.is_p1()) {
    if (auto refused = need_scope(asked, "read:individuals-matching")) return *refused;
  } else if (asked.grant.rights(Api::matching).links == 0) {
    return insufficient();
  }
  Sent sent;
  if (auto refused = read(asked.request.body, sent)) return *refused;
  if (auto refused = check_correlation_id(asked)) return *refused;
  const auto person = find(sent);
  if (!person) {
    return coded(asked.is_p1() ? 403 : 404, "MATCHING_FAILED",
                 "There is no match for the information provided");
  }
  forget_old();
  const std::string id = new_id();
  matches_.emplace(id, Match{std::move(sent), *person});
  made_.emplace_back(clock_.steady(), id);
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links links(asked.fault, std::string(kPath));
  if (asked.is_p1()) links.with_verb();
  links.add("individual", std::string(kPath) + id, "Get a matched individual's information");
  links.write(out);
  out.end_object();
  return hal_reply(std::move(body));
}

http::Response Matching::individual(const Asked& asked) {
  const Rights& rights = asked.grant.rights(Api::matching);
  if (asked.is_p1()) {
    if (auto refused = need_scope(asked, "read:individuals-matching")) return *refused;
  } else if (rights.links == 0) {
    return insufficient();
  }
  if (auto refused = check_correlation_id(asked)) return *refused;
  forget_old();
  const auto known = matches_.find(asked.match_id);
  if (known == matches_.end()) return coded(404, "NOT_FOUND", "The resource can not be found");
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links links(asked.fault, std::string(kPath) + asked.match_id);
  if (asked.is_p1()) links.with_verb();
  for (const Api api : {Api::income, Api::employments, Api::benefits, Api::details}) {
    const bool offered =
        asked.is_p1() ? api == Api::income || api == Api::employments : rights.leads_to(api);
    if (!offered) continue;
    links.add(std::string(name(api)),
              fmt::format("/individuals/{}/?matchId={}", name(api), asked.match_id),
              "Get the individual's data");
  }
  links.write(out);
  const Sent& sent = known->second.sent;
  out.key("individual").begin_object();
  out.member("firstName", sent.first_name).member("lastName", sent.last_name);
  out.member("nino", sent.nino).member("dateOfBirth", sent.born).end_object();
  out.end_object();
  return hal_reply(std::move(body));
}

}  // namespace ig::adapters::sandbox
