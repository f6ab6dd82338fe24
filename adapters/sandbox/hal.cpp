#include "adapters/sandbox/hal.hpp"

#include "adapters/sandbox/names.hpp"
#include "adapters/sandbox/reply.hpp"

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

http::Response two_words(unsigned status, std::string_view code, const char* name,
                         std::string_view words) {
  std::string body;
  wire::json::Writer(body).begin_object().member("code", code).member(name, words).end_object();
  return json_reply(status, std::move(body));
}

}  // namespace

std::string amount(std::int64_t pence) {
  std::string out = decimal(pence < 0 ? -pence : pence);
  while (out.ends_with('0')) out.pop_back();
  if (out.ends_with('.')) out.pop_back();
  return pence < 0 ? "-" + out : out;
}

http::Response hal_reply(std::string body) {
  http::Response out;
  out.headers.push_back({"Content-Type", "application/hal+json"});
  out.body = std::move(body);
  return out;
}

http::Response coded(unsigned status, std::string_view code, std::string_view message) {
  return two_words(status, code, "message", message);
}

http::Response reasoned(unsigned status, std::string_view code, std::string_view reason) {
  return two_words(status, code, "reason", reason);
}

Links& Links::add(std::string name, std::string href, std::string_view title) {
  const bool lost = fault_.kind == Fault::LINK_MISSING &&
                    (fault_.argument.empty() ? links_.empty() : fault_.argument == name);
  links_.push_back({lost ? std::string() : std::move(name), std::move(href), title});
  return *this;
}

std::string Links::seen(const std::string& href) const {
  if (fault_.kind != Fault::LINK_ELSEWHERE) return href;
  return "https://elsewhere.invalid" + href;
}

void Links::write(wire::json::Writer& out) const {
  out.key("_links").begin_object();
  out.key("self").begin_object().member("href", self_).end_object();
  for (const Link& link : links_) {
    if (link.name.empty()) continue;
    out.key(link.name).begin_object().member("href", seen(link.href));
    if (verb_) out.member("name", "GET");
    out.member_if("title", link.title).end_object();
  }
  out.end_object();
}

std::string_view query_of(std::string_view target) {
  return target.substr(std::min(target.find('?'), target.size() - 1) + 1);
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

}  // namespace ig::adapters::sandbox
