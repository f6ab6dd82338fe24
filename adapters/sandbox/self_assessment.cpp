#include "adapters/sandbox/self_assessment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace ig::adapters::sandbox {
namespace {

constexpr std::string_view kPath = "/individuals/income/sa";

/// One amount of an item and where it comes from; `none`: nobody of the sandbox has it.
struct Sum {
  std::string_view name;
  std::uint32_t field;
  std::int64_t (*of)(const SaReturn&);
};

std::int64_t none(const SaReturn&) { return 0; }
std::int64_t total(const SaReturn& one) { return one.total(); }
std::int64_t employment(const SaReturn& one) { return one.employment; }
std::int64_t trade(const SaReturn& one) { return one.trade; }
std::int64_t interest(const SaReturn& one) { return one.uk_interest; }
std::int64_t dividends(const SaReturn& one) { return one.uk_dividends; }
std::int64_t property(const SaReturn& one) { return one.property; }

constexpr std::array<Sum, 14> kSums = {{
    {"totalIncome", kSummary, total},
    {"employmentIncome", kSaEmployments, employment},
    {"selfEmploymentProfit", kSelfEmployments, trade},
    {"partnershipProfit", kPartnerships, none},
    {"trustIncome", kTrusts, none},
    {"foreignIncome", kForeign, none},
    {"ukInterestsIncome", kUkInterest, interest},
    {"foreignDividendsIncome", kForeignDividends, none},
    {"ukDividendsIncome", kUkDividends, dividends},
    {"totalIncome", kSaPensions, none},
    {"totalProfit", kProperty, property},
    {"gainsOnLifePolicies", kAdditional, none},
    {"sharesOptionsIncome", kAdditional, none},
    {"otherIncome", kOther, none},
}};

/// One endpoint under /sa. `path` is its part, its P1.0 scope and its way in a link.
struct Part {
  std::string_view path;
  std::string_view key;   ///< of the items of a return, and of its link
  std::uint32_t fields;   ///< any of them opens it
  bool with_utr = false;  ///< 2.0 shows the UTR, where a scope has it
};

constexpr std::array<Part, 13> kParts = {{
    {"summary", "summary", kSummary, true},
    {"employments", "employments", kSaEmployments, true},
    {"self-employments", "selfEmployments", kSelfEmployments, true},
    {"partnerships", "partnerships", kPartnerships},
    {"trusts", "trusts", kTrusts},
    {"foreign", "foreign", kForeign},
    {"interests-and-dividends", "interestsAndDividends",
     kUkInterest | kForeignDividends | kUkDividends},
    {"pensions-and-state-benefits", "pensionsAndStateBenefits", kSaPensions},
    {"uk-properties", "ukProperties", kProperty},
    {"additional-information", "additionalInformation", kAdditional},
    {"other", "other", kOther, true},
    {"source", "sources", kBusiness | kAddress | kTelephone},
    {"further-details", "furtherDetails", kFurther | kPaid},
}};

bool offered(const Asked& asked, const Part& part, std::uint32_t fields) {
  return asked.is_p1() ? part.path != "further-details" : (part.fields & fields) != 0;
}

/// The name of a link to a part: its key, but "source" in the singular.
std::string link_name(const Part& part) {
  return std::string(part.path == "source" ? part.path : part.key);
}

void write_source(wire::json::Writer& out, const Asked& asked, const SaReturn& one,
                  std::uint32_t fields) {
  if (one.trade == 0) return;
  if ((fields & kBusiness) != 0) out.member("businessDescription", "Joinery");
  if ((fields & kAddress) != 0) {
    out.key("businessAddress").begin_object();
    out.member("line1", "The Workshop").member("line2", "Invented Lane");
    out.member(asked.is_p1() ? "postcode" : "postalCode", "ZZ4 4ZZ");
    if (asked.is_p1()) {
      out.member("addressType", "homeAddress");
      out.member("effectiveDate", text(asked.world.sa_registered(asked.person)));
    }
    out.end_object();
  }
  if ((fields & kTelephone) != 0) out.member("telephoneNumber", "01632960001");
}

void write_further(wire::json::Writer& out, const Asked& asked, const SaReturn& one,
                   std::uint32_t fields) {
  if ((fields & kPaid) != 0) {
    out.key("totalTaxPaid").raw(amount(one.total() / 8));
    out.key("totalNIC").raw(amount(one.trade * 6 / 100));
  }
  if ((fields & kFurther) == 0 || one.trade == 0) return;
  out.member("busStartDate", text(asked.world.sa_registered(asked.person)));
  out.key("turnover").raw(amount(one.trade * 5 / 4));
  out.key("otherBusIncome").raw("0");
  out.key("deducts").begin_object().key("totalBusExpenses").raw(amount(one.trade / 4));
  out.key("totalDisallowBusExp").raw("0").end_object();
}

void write_item(wire::json::Writer& out, const Asked& asked, const Part& part, const SaReturn& one,
                std::uint32_t fields) {
  out.begin_object();
  const bool utr = asked.is_p1() || (part.with_utr && (fields & kUtr) != 0);
  if (utr && part.path != "further-details") out.member("utr", one.utr);
  if (part.path == "source") {
    write_source(out, asked, one, fields);
  } else if (part.path == "further-details") {
    write_further(out, asked, one, fields);
  } else {
    for (const Sum& sum : kSums) {
      if ((sum.field & part.fields) == 0) continue;
      const bool seen = (sum.field & fields) != 0;
      out.key(sum.name).raw(seen ? amount(sum.of(one)) : "0");
    }
  }
  out.end_object();
}

/// The returns of a year stand together: a list of them inside the year.
template <class WriteOne>
void write_years(wire::json::Writer& out, std::span<const SaReturn> returns, std::string_view key,
                 WriteOne write_one) {
  out.key("taxReturns").begin_array();
  for (std::size_t i = 0; i < returns.size(); ++i) {
    if (i == 0 || returns[i].year != returns[i - 1].year) {
      out.begin_object().member("taxYear", tax_year_text(returns[i].year));
      out.key(key).begin_array();
    }
    write_one(returns[i]);
    if (i + 1 == returns.size() || returns[i].year != returns[i + 1].year) {
      out.end_array().end_object();
    }
  }
  out.end_array();
}

void write_footprint(wire::json::Writer& out, const Asked& asked, std::span<const SaReturn> returns,
                     std::uint32_t fields) {
  const bool utr = (fields & kUtr) != 0;
  out.key("registrations").begin_array();
  const auto all = asked.world.returns(asked.person);
  if (!all.empty() && (fields & (kRegistered | kUtr)) != 0) {
    out.begin_object();
    if (utr) out.member("utr", all.front().utr);
    if ((fields & kRegistered) != 0) {
      out.member("registrationDate", text(asked.world.sa_registered(asked.person)));
    }
    out.end_object();
  }
  out.end_array();
  write_years(out, returns, "submissions", [&](const SaReturn& one) {
    out.begin_object();
    if (utr) out.member("utr", one.utr);
    if ((fields & kReceived) != 0) out.member("receivedDate", text(one.received));
    out.end_object();
  });
}

std::vector<SaReturn> returns_in(const Asked& asked, const YearRange& range) {
  auto out = asked.world.returns(asked.person);
  std::erase_if(out,
                [&](const SaReturn& one) { return one.year < range.from || one.year > range.to; });
  if (asked.is_p1()) std::reverse(out.begin(), out.end());
  return out;
}

Links links_of(const Asked& asked, const Part* part, std::uint32_t fields) {
  std::string path(kPath);
  if (part != nullptr) {
    path.append("/").append(part->path);
    // P1.0 names itself by a path that does not exist.
    if (asked.is_p1() && part->path == "source") path += 's';
  }
  Links links(asked.fault, self_of(asked, path, "fromTaxYear", "toTaxYear"));
  if (part != nullptr) return links;
  for (const Part& one : kParts) {
    if (!offered(asked, one, fields)) continue;
    links.add(link_name(one),
              template_of(asked, fmt::format("{}/{}", kPath, one.path), "fromTaxYear", "toTaxYear"),
              "Get an individual's Self Assessment data");
  }
  return links;
}

}  // namespace

std::optional<http::Response> self_assessment(const Asked& asked, std::string_view path) {
  const auto known = std::find_if(kParts.begin(), kParts.end(),
                                  [&](const Part& part) { return part.path == path; });
  if (!path.empty() && known == kParts.end()) return std::nullopt;
  const Part* part = path.empty() ? nullptr : &*known;
  if (part != nullptr && asked.is_p1() && part->path == "further-details") return std::nullopt;
  auto fields = asked.grant.rights(Api::income).sa;
  if (asked.is_p1()) {
    fields = kSaAll;
    std::string scope = "read:individuals-income-sa";
    if (part != nullptr) scope.append("-").append(part->path);
    if (auto refused = need_scope(asked, scope)) return refused;
  } else if (part == nullptr ? fields == 0 : !offered(asked, *part, fields)) {
    return insufficient();
  }
  YearRange range;
  if (auto refused = read_years(asked, range)) return refused;
  const auto returns = returns_in(asked, range);
  // The back end has been asked by now: here the id is looked at last.
  if (auto refused = check_correlation_id(asked)) return refused;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  links_of(asked, part, fields).write(out);
  out.key("selfAssessment").begin_object();
  if (part == nullptr) {
    write_footprint(out, asked, returns, fields);
  } else {
    write_years(out, returns, part->key,
                [&](const SaReturn& one) { write_item(out, asked, *part, one, fields); });
  }
  out.end_object().end_object();
  return hal_reply(std::move(body));
}

}  // namespace ig::adapters::sandbox
