#include "adapters/sandbox/tax_credits.hpp"

#include <fmt/format.h>

namespace ig::adapters::sandbox {
namespace {

using std::chrono::days;

constexpr std::string_view kRoot = "/individuals/benefits-and-credits/";
constexpr Day kLastDay{std::chrono::year{2025} / 4 / 5};
constexpr int kPaymentsKept = 12;
constexpr int kPeriod = 28;

Refusal may_ask(const Asked& asked, const Rights& rights) {
  if (rights.credits == 0) return insufficient();
  return check_correlation_id(asked);
}

/// Four-weekly payments that lie in the range, newest first, up to the end of the credits.
void write_payments(wire::json::Writer& out, const DayRange& range, bool child, std::int64_t each) {
  out.key("payments").begin_array();
  for (int i = 0; i < kPaymentsKept; ++i) {
    const Day end = kLastDay - days{i * kPeriod};
    const Day start = end - days{kPeriod - 1};
    if (start < range.from || end > range.to) continue;
    out.begin_object().member("startDate", text(start)).member("endDate", text(end));
    out.member("postedDate", text(end - days{7})).member("frequency", kPeriod);
    out.member("tcType", child ? "ICC" : "ETC").key("amount").raw(amount(each)).end_object();
  }
  out.end_array();
}

void write_award(wire::json::Writer& out, const Asked& asked, const DayRange& range, bool child) {
  const auto extra = static_cast<std::int64_t>(asked.world.chance(asked.person, 31) % 90'000);
  const std::int64_t family = 54'500;
  const std::int64_t entitled = (child ? 345'500 : 243'500) + extra;
  out.begin_object().member("payProfCalcDate", text(kLastDay - days{200}));
  out.key("totalEntitlement").raw(amount(entitled + family));
  if (!child) {
    out.key("workingTaxCredit").begin_object().key("amount").raw(amount(entitled));
    out.key("paidYTD").raw(amount(entitled * 4 / 5)).end_object();
  }
  out.key("childTaxCredit").begin_object();
  out.key("childCareAmount").raw(amount(child ? 0 : 93'098));
  if (child) {
    out.key("ctcChildAmount").raw(amount(entitled));
    out.key("familyAmount").raw(amount(family));
    out.key("paidYTD").raw(amount((entitled + family) * 4 / 5));
  }
  out.end_object();
  write_payments(out, range, child, (entitled + family) / 13);
  out.end_object();
}

}  // namespace

http::Response tax_credits_root(const Asked& asked) {
  const Rights& rights = asked.grant.rights(Api::benefits);
  if (auto refused = may_ask(asked, rights)) return *refused;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links links(asked.fault, self_of(asked, kRoot));
  for (const auto& [name, path] : {std::pair{"childTaxCredit", "child-tax-credit"},
                                   std::pair{"workingTaxCredit", "working-tax-credit"}}) {
    links.add(name, template_of(asked, fmt::format("{}{}", kRoot, path), "fromDate", "toDate"),
              "Get tax credit details");
  }
  links.write(out);
  out.end_object();
  return hal_reply(std::move(body));
}

http::Response tax_credits(const Asked& asked, bool child) {
  const Rights& rights = asked.grant.rights(Api::benefits);
  if (auto refused = may_ask(asked, rights)) return *refused;
  DayRange range{};
  if (auto refused = read_range(asked, true, range)) return *refused;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  // HMRC's own link to itself, in the plural, leads nowhere.
  const auto self = fmt::format("{}{}", kRoot, child ? "child-tax-credits" : "working-tax-credits");
  Links(asked.fault, self_of(asked, self, "fromDate", "toDate")).write(out);
  out.key("applications").begin_array();
  if (asked.world.has_tax_credits(asked.person) && range.from <= kLastDay) {
    out.begin_object();
    if ((rights.credits & kApplication) != 0) {
      out.member("id", static_cast<std::int64_t>(22'000'000'000 + asked.person));
    }
    out.key("awards").begin_array();
    write_award(out, asked, range, child);
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return hal_reply(std::move(body));
}

}  // namespace ig::adapters::sandbox
