#include "adapters/sandbox/employments.hpp"

#include "core/base/require.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace ig::adapters::sandbox {
namespace {

constexpr std::string_view kRoot = "/individuals/employments/";
constexpr std::string_view kPaye = "/individuals/employments/paye";

std::string_view word(Rhythm rhythm) {
  switch (rhythm) {
    case Rhythm::monthly:
      return "CALENDAR_MONTHLY";
    case Rhythm::weekly:
      return "WEEKLY";
    case Rhythm::four_weekly:
      return "FOUR_WEEKLY";
  }
  IG_UNREACHABLE("a rhythm is one of three");
}

std::string reference_of(const Scheme& scheme) {
  return fmt::format("{}/{}", scheme.office, scheme.reference);
}

void write_employer(wire::json::Writer& out, const Scheme& scheme, std::uint32_t fields) {
  if ((fields & (kReference | kName | kEmployerAddress)) == 0) return;
  const auto employer = employer_name(scheme);
  out.key("employer").begin_object();
  if ((fields & kReference) != 0) out.member("payeReference", reference_of(scheme));
  if ((fields & kName) != 0) out.member("name", employer.name);
  if ((fields & kEmployerAddress) != 0) {
    out.key("address").begin_object().member("line1", employer.line1);
    out.member("line2", employer.line2).member("postcode", employer.postcode).end_object();
  }
  out.end_object();
}

void write_employment(wire::json::Writer& out, const Asked& asked, const Employment& one,
                      const DayRange& range, std::uint32_t fields) {
  out.begin_object();
  if ((fields & kStart) != 0) out.member("startDate", text(one.started_on));
  if ((fields & kEnd) != 0 && one.ended_on) out.member("endDate", text(*one.ended_on));
  if ((fields & kWords) != 0) out.member("payFrequency", word(one.scheme->rhythm));
  write_employer(out, *one.scheme, fields);
  if (asked.is_p1()) out.member("payrollId", one.job->payroll_id);
  if ((fields & kPayments) != 0) {
    out.key("payment").begin_array();
    for (const PaidRow& row : asked.world.rows(asked.person, range.from, range.to, asked.fault)) {
      if (row.job != one.job) continue;
      out.begin_object().member("date", text(row.paid_on));
      out.key("paidTaxablePay").raw(amount(row.pay)).end_object();
    }
    out.end_array();
  }
  out.end_object();
}

Refusal may_ask(const Asked& asked, std::string_view scope, const Rights& rights) {
  if (asked.is_p1()) return need_scope(asked, scope);
  if (rights.employments == 0) return insufficient();
  return check_correlation_id(asked);
}

}  // namespace

http::Response employments_root(const Asked& asked) {
  const Rights& rights = asked.grant.rights(Api::employments);
  if (auto refused = may_ask(asked, "read:individuals-employments", rights)) return *refused;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links links(asked.fault, self_of(asked, kRoot));
  if (asked.is_p1()) links.with_verb();
  links.add("paye", template_of(asked, kPaye, "fromDate", "toDate"),
            "Get an individual's PAYE employment data");
  links.write(out);
  out.end_object();
  return hal_reply(std::move(body));
}

http::Response employments_paye(const Asked& asked) {
  const Rights& rights = asked.grant.rights(Api::employments);
  if (auto refused = may_ask(asked, "read:individuals-employments-paye", rights)) return *refused;
  DayRange range{};
  if (auto refused = read_range(asked, false, range)) return *refused;
  const auto employer = asked.query("payeReference");
  if (!asked.is_p1() && rights.must_name_employer && !employer) {
    return invalid("payeReference is required for the scopes you have been assigned");
  }
  if (asked.world.poisoned(asked.person, range.from, range.to, asked.fault)) {
    return something_wrong();
  }
  auto all = asked.world.employments(asked.person, range.from, range.to);
  std::erase_if(all, [&](const Employment& one) {
    return employer && *employer != reference_of(*one.scheme);
  });
  std::sort(all.begin(), all.end(), [&](const Employment& a, const Employment& b) {
    const auto end_of_a = a.ended_on.value_or(range.to);
    const auto end_of_b = b.ended_on.value_or(range.to);
    return std::tie(end_of_b, a.started_on) < std::tie(end_of_a, b.started_on);
  });
  const auto fields = asked.is_p1() ? kEmploymentsAll & ~kPayments : rights.employments;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links(asked.fault, self_of(asked, kPaye, "fromDate", "toDate")).write(out);
  out.key("employments").begin_array();
  for (const Employment& one : all) write_employment(out, asked, one, range, fields);
  out.end_array().end_object();
  return hal_reply(std::move(body));
}

}  // namespace ig::adapters::sandbox
