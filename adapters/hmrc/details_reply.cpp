#include "adapters/hmrc/details_reply.hpp"

#include "adapters/hmrc/individuals_reply.hpp"

#include <utility>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using formats::Fields;
using formats::FirstError;
using wire::json::Value;

Residence read_residence(Fields row) {
  Residence out;
  out.type = loose_text(row, "residenceType");
  out.in_use = row.boolean_if("inUse");
  if (const auto address = row.object_if("address")) {
    for (const char* name : {"line1", "line2", "line3", "line4", "line5"}) {
      std::string line = loose_text(*address, name);
      if (!line.empty()) out.lines.emplace_back(std::move(line));
    }
    out.postcode =
        Personal(loose_text(*address, address->has("postcode") ? "postcode" : "postalCode"));
  }
  return out;
}

std::vector<Personal> read_numbers(Fields& from, std::string_view name) {
  std::vector<Personal> out;
  for (std::string& number : from.texts(name)) out.emplace_back(std::move(number));
  return out;
}

}  // namespace

Result<std::vector<Residence>> read_addresses(const Value& body) {
  FirstError wrong;
  Fields top(body, wrong);
  const std::string_view list = top.has("residence") ? "residence" : "residences";
  if (!top.has(list)) {
    top.refuse(list, ErrorCode::MISSING_MEMBER, "a list of residences is expected");
  }
  std::vector<Residence> out;
  const std::size_t residences = top.count(list);
  out.reserve(residences);
  for (std::size_t i = 0; i < residences; ++i) out.push_back(read_residence(top.item(list, i)));
  if (wrong.failed()) return wrong.take();
  return out;
}

Result<ContactDetails> read_contact_details(const Value& body) {
  FirstError wrong;
  Fields top(body, wrong);
  Fields details = top.object("contactDetails");
  ContactDetails out;
  out.daytime = read_numbers(details, "daytimeTelephones");
  out.evening = read_numbers(details, "eveningTelephones");
  out.mobile = read_numbers(details, "mobileTelephones");
  if (wrong.failed()) return wrong.take();
  return out;
}

}  // namespace ig::adapters::hmrc
