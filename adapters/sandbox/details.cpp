#include "adapters/sandbox/details.hpp"

#include <fmt/format.h>

namespace ig::adapters::sandbox {
namespace {

constexpr std::string_view kRoot = "/individuals/details/";
constexpr std::string_view kAddresses = "/individuals/details/addresses";
constexpr std::string_view kContactDetails = "/individuals/details/contact-details";

Refusal may_ask(const Asked& asked, std::uint32_t fields) {
  if (fields == 0) return insufficient();
  return check_correlation_id(asked);
}

std::uint32_t fields_of(const Asked& asked) { return asked.grant.rights(Api::details).details; }

void write_residence(wire::json::Writer& out, std::string_view type, std::uint64_t number,
                     std::string_view street) {
  out.begin_object().member("residenceType", type).member("inUse", true);
  out.key("address").begin_object().member("line1", fmt::format("{} {}", number, street));
  out.member("line2", "Nowhere").member("postcode", "ZZ1 1ZZ").end_object().end_object();
}

}  // namespace

http::Response details_root(const Asked& asked) {
  const auto fields = fields_of(asked);
  if (auto refused = may_ask(asked, fields)) return *refused;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links links(asked.fault, self_of(asked, kRoot));
  if ((fields & kResidences) != 0) {
    links.add("addresses", self_of(asked, kAddresses), "Get addresses");
  }
  if ((fields & kContacts) != 0) {
    links.add("contact-details", self_of(asked, kContactDetails), "Get contact details");
  }
  links.write(out);
  out.end_object();
  return hal_reply(std::move(body));
}

http::Response details_addresses(const Asked& asked) {
  if (auto refused = may_ask(asked, fields_of(asked) & kResidences)) return *refused;
  const auto number = asked.world.chance(asked.person, 41);
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links(asked.fault, self_of(asked, kAddresses)).write(out);
  out.key("residences").begin_array();
  write_residence(out, "BASE", number % 200 + 1, "Invented Street");
  if (number % 5 == 0) write_residence(out, "NOMINATED", number % 90 + 1, "Other Road");
  out.end_array().end_object();
  return hal_reply(std::move(body));
}

http::Response details_contacts(const Asked& asked) {
  if (auto refused = may_ask(asked, fields_of(asked) & kContacts)) return *refused;
  const auto number = asked.world.chance(asked.person, 42);
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links(asked.fault, self_of(asked, kContactDetails)).write(out);
  out.key("contactDetails").begin_object();
  out.key("daytimeTelephones").begin_array();
  if (number % 3 == 0) out.string(fmt::format("01632960{:03}", number % 1'000));
  out.end_array().key("eveningTelephones").begin_array().end_array();
  out.key("mobileTelephones").begin_array();
  out.string(fmt::format("07700900{:03}", number % 1'000)).end_array();
  out.end_object().end_object();
  return hal_reply(std::move(body));
}

}  // namespace ig::adapters::sandbox
