#include "adapters/hmrc/individuals_parts.hpp"

#include "adapters/hmrc/details_reply.hpp"
#include "adapters/hmrc/employments_reply.hpp"
#include "adapters/hmrc/income_paye_reply.hpp"
#include "adapters/hmrc/income_sa_reply.hpp"
#include "adapters/hmrc/tax_credits_reply.hpp"
#include "core/base/require.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::facts::Fact;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::NextMove;
using core::ports::PartReply;
using core::ports::RecordPart;
using wire::json::Value;

constexpr int kPoisonStatus = 500;
constexpr core::values::Date kEarliestPay = core::values::Date::of(2013, 3, 31);

/// The kinds of a return, in the order they are asked for.
constexpr std::array<Relation, 13> kSaKinds = {
    Relation::sa_summary,
    Relation::sa_employments,
    Relation::sa_self_employments,
    Relation::sa_partnerships,
    Relation::sa_pensions_and_state_benefits,
    Relation::sa_uk_properties,
    Relation::sa_interests_and_dividends,
    Relation::sa_trusts,
    Relation::sa_foreign,
    Relation::sa_other,
    Relation::sa_additional_information,
    Relation::sa_source,
    Relation::sa_further_details,
};

/// A body that was read but is not what HMRC promises.
void break_contract(Error why, PartReply& out) {
  out.fetched.result = FetchResult::config_fault;
  out.fetched.next = NextMove::alarm;
  out.fetched.code = core::base::name(why.code);
  out.refused.push_back(std::move(why));
}

void fill(const IndividualsReply& reply, PartReply& out) {
  for (const Fact& fact : reply.facts) {
    if (!std::holds_alternative<core::facts::Answer>(fact)) out.facts.push_back(fact);
  }
  out.refused.insert(out.refused.end(), reply.refused.begin(), reply.refused.end());
}

std::string_view system_of(RecordPart part) {
  switch (part) {
    case RecordPart::income_paye:
    case RecordPart::income_sa:
      return kIncomeSystem;
    case RecordPart::employments:
      return kEmploymentsSystem;
    case RecordPart::child_tax_credit:
    case RecordPart::working_tax_credit:
      return kTaxCreditsSystem;
    case RecordPart::addresses:
    case RecordPart::contact_details:
      return kDetailsSystem;
  }
  IG_UNREACHABLE("a part is one of seven");
}

}  // namespace

PartReply IndividualsParts::fetch(RecordPart part) {
  PartReply out = [&] {
    switch (part) {
      case RecordPart::income_paye:
        return income_paye();
      case RecordPart::income_sa:
        return income_sa();
      case RecordPart::employments:
        return employments();
      case RecordPart::child_tax_credit:
      case RecordPart::working_tax_credit:
        return tax_credits(part);
      case RecordPart::addresses:
      case RecordPart::contact_details:
        return details(part);
    }
    IG_UNREACHABLE("a part is one of seven");
  }();
  out.part = part;
  if (out.fetched.result == FetchResult::matched_no_data) no_data(system_of(part), out);
  return out;
}

IndividualsContext IndividualsParts::context_of(const PartReply& out, std::string pointer) {
  IndividualsContext context;
  context.subject = question_.person;
  context.received_at = core::values::Instant::of(world_.clock.now());
  context.document = "sha256:" + core::ports::hex(world_.digest.sha256(out.fetched.raw));
  context.pointer = std::move(pointer);
  return context;
}

void IndividualsParts::no_data(std::string_view system, PartReply& out) {
  out.facts = {
      answer_of(core::facts::AnswerStatus::no_data, context_of(out), system, world_.digest)};
}

Body IndividualsParts::root_body(Interface interface, PartReply& out, Gathered& gathered) {
  Got root = world_.session.root(interface);
  gathered.count(root.fetched);
  out.fetched = std::move(root.fetched);
  return std::move(root.body);
}

bool IndividualsParts::data_body(const Value& root, Interface interface, Relation relation,
                                 std::span<const UriVariable> variables, PartReply& out,
                                 Gathered& gathered) {
  auto target = world_.session.target(root, relation, interface, variables);
  if (!target) {
    const Version version = world_.session.version_of(interface);
    const bool missing = target.error().code == ErrorCode::FORBIDDEN;
    out.fetched = refused_by_us(interface, version, target.error().code);
    out.fetched.calls = gathered.calls();
    if (missing) {
      out.refused.push_back(std::move(target).error());
    } else {
      break_contract(std::move(target).error(), out);
    }
    return false;
  }
  Got got = world_.session.get(interface, *target);
  const bool found = got.body != nullptr;
  out.fetched = got.fetched;
  gathered.keep(std::move(got));
  if (found) out.fetched = gathered.fetched();
  out.fetched.calls = gathered.calls();
  return found;
}

bool IndividualsParts::one_body(Interface interface, Relation relation,
                                std::span<const UriVariable> variables, PartReply& out,
                                Gathered& gathered) {
  const auto root = root_body(interface, out, gathered);
  return root && data_body(*root, interface, relation, variables, out, gathered);
}

PartReply IndividualsParts::employments() {
  PartReply out;
  Gathered gathered;
  const std::string from = question_.from.text();
  const std::string to = question_.to.text();
  std::vector<UriVariable> variables = {{"fromDate", from}, {"toDate", to}};
  if (!world_.options.paye_reference.empty()) {
    variables.push_back({"payeReference", world_.options.paye_reference});
  }
  if (!one_body(Interface::employments, Relation::paye, variables, out, gathered)) return out;
  auto reply = read_employments(*gathered.bodies().front(), context_of(out), world_.digest);
  if (!reply) {
    break_contract(std::move(reply).error(), out);
    return out;
  }
  employers_ = reply->keys;
  fill(*reply, out);
  if (out.facts.empty() && out.refused.empty()) out.fetched.result = FetchResult::matched_no_data;
  return out;
}

PartReply IndividualsParts::income_paye() {
  PartReply out;
  Gathered gathered;
  const std::string from = question_.from.text();
  const std::string to = question_.to.text();
  const UriVariable dates[] = {{"fromDate", from}, {"toDate", to}};
  std::vector<DaySpan> kept = {{question_.from, question_.to}};
  const auto root = root_body(Interface::income, out, gathered);
  if (!root) return out;
  if (!data_body(*root, Interface::income, Relation::paye, dates, out, gathered)) {
    if (out.fetched.status != kPoisonStatus) return out;
    isolate(*root, out, gathered, kept);
    if (gathered.bodies().empty()) return out;
  }
  read_paye(gathered, kept, out);
  return out;
}

void IndividualsParts::isolate(const Value& root, PartReply& out, Gathered& gathered,
                               std::vector<DaySpan>& kept) {
  kept.clear();
  Gathered pieces;
  std::optional<Fetched> stopped;
  const DaySplitLimits limits{kEarliestPay, world_.options.split_calls_max};
  const auto ask = [&](DaySpan span, DaySpan keep) {
    const std::string from = span.from.text();
    const std::string to = span.to.text();
    const UriVariable dates[] = {{"fromDate", from}, {"toDate", to}};
    const auto target = world_.session.target(root, Relation::paye, Interface::income, dates);
    core::base::require(target.has_value(), "a link that was followed is followed again");
    Got got = world_.session.get(Interface::income, *target, 1);
    gathered.count(got.fetched);
    if (got.body) {
      kept.push_back(keep);
      pieces.keep(std::move(got));
      return Probe::taken;
    }
    if (got.fetched.status == kPoisonStatus) return Probe::failing;
    stopped = std::move(got.fetched);
    return Probe::stopped;
  };
  const DaySplit split = split_days({question_.from, question_.to}, limits, ask);
  const std::uint32_t calls = gathered.calls();
  if (stopped) {
    // What is missing is no bad record but another fault: the part is asked for again as a whole.
    out.fetched = *std::move(stopped);
  } else if (split.any_taken) {
    out.fetched = pieces.fetched();
    gathered = std::move(pieces);
    for (const DaySpan& span : split.bad) {
      out.refused.push_back(fail(ErrorCode::REFUSED_BY_PEER, {},
                                 fmt::format("HMRC fails on the pay of {} to {} each time: a "
                                             "person asks the employer or HMRC for it",
                                             span.from.text(), span.to.text())));
    }
    for (const DaySpan& span : split.left) {
      out.refused.push_back(fail(ErrorCode::LIMIT_EXCEEDED, {},
                                 fmt::format("HMRC fails somewhere in the pay of {} to {}; the "
                                             "calls to isolate it are used up",
                                             span.from.text(), span.to.text())));
    }
  }
  out.fetched.calls = calls;
}

void IndividualsParts::read_paye(const Gathered& gathered, const std::vector<DaySpan>& kept,
                                 PartReply& out) {
  for (std::size_t i = 0; i < gathered.bodies().size(); ++i) {
    IndividualsContext context = context_of(out, gathered.pointer(i));
    context.days = formats::DateRange{kept[i].from, kept[i].to};
    context.employers = employers_;
    auto reply = read_income_paye(*gathered.bodies()[i], context, world_.digest);
    if (!reply) {
      out.facts.clear();
      break_contract(std::move(reply).error(), out);
      return;
    }
    fill(*reply, out);
  }
  if (out.facts.empty() && out.refused.empty()) out.fetched.result = FetchResult::matched_no_data;
}

bool IndividualsParts::sa_kinds(std::span<const UriVariable> years, PartReply& out,
                                Gathered& gathered) {
  std::optional<Fetched> failed;
  bool any = false;
  for (const Relation kind : kSaKinds) {
    const Value& footprint = *gathered.bodies().front();
    if (!has_link(footprint, kind)) continue;
    const auto target = world_.session.target(footprint, kind, Interface::income, years);
    if (!target) {
      out.refused.push_back(target.error());
      continue;
    }
    Got got = world_.session.get(Interface::income, *target);
    if (got.body) {
      any = true;
      gathered.keep(std::move(got));
      continue;
    }
    gathered.count(got.fetched);
    const bool only_this =
        got.fetched.status == kPoisonStatus ||
        (got.fetched.status == 403 && got.fetched.result == FetchResult::not_permitted);
    if (!only_this) {
      out.fetched = std::move(got.fetched);
      return false;
    }
    out.refused.push_back(fail(ErrorCode::REFUSED_BY_PEER,
                               fmt::format("/_links/{}", names(kind).front()),
                               "HMRC does not give this kind: its sums are not known"));
    failed = std::move(got.fetched);
  }
  if (!failed || any) return true;
  out.fetched = *std::move(failed);
  return false;
}

PartReply IndividualsParts::income_sa() {
  PartReply out;
  Gathered gathered;
  const std::string from = question_.from_year.text();
  const std::string to = question_.to_year.text();
  const UriVariable years[] = {{"fromTaxYear", from}, {"toTaxYear", to}};
  if (!one_body(Interface::income, Relation::self_assessment, years, out, gathered)) return out;
  SaRecord footprint;
  if (auto read = footprint.add(*gathered.bodies().front()); !read) {
    break_contract(std::move(read).error(), out);
    return out;
  }
  if (footprint.years().empty() && footprint.refused().empty()) {
    out.fetched.result = FetchResult::matched_no_data;
    return out;
  }
  const bool whole = sa_kinds(years, out, gathered);
  const std::uint32_t calls = gathered.calls();
  if (whole) out.fetched = gathered.fetched();
  out.fetched.calls = calls;
  if (!whole) return out;
  SaRecord record;
  for (std::size_t i = 0; i < gathered.bodies().size(); ++i) {
    auto read = record.add(*gathered.bodies()[i], gathered.pointer(i));
    if (!read) out.refused.push_back(std::move(read).error());
  }
  out.refused.insert(out.refused.end(), record.refused().begin(), record.refused().end());
  IndividualsReply figures{record.figures(world_.options.sa_scope, context_of(out), world_.digest),
                           {}};
  fill(figures, out);
  if (out.facts.empty() && out.refused.empty()) out.fetched.result = FetchResult::matched_no_data;
  return out;
}

PartReply IndividualsParts::tax_credits(RecordPart part) {
  PartReply out;
  Gathered gathered;
  const std::string from = question_.from.text();
  const std::string to = question_.to.text();
  const UriVariable dates[] = {{"fromDate", from}, {"toDate", to}};
  const Relation relation = part == RecordPart::child_tax_credit ? Relation::child_tax_credit
                                                                 : Relation::working_tax_credit;
  if (!one_body(Interface::tax_credits, relation, dates, out, gathered)) return out;
  auto reply = read_tax_credits(*gathered.bodies().front());
  if (!reply) {
    break_contract(std::move(reply).error(), out);
    return out;
  }
  out.refused = std::move(reply->refused);
  if (reply->awards() == 0 && out.refused.empty()) {
    out.fetched.result = FetchResult::matched_no_data;
  }
  return out;
}

PartReply IndividualsParts::details(RecordPart part) {
  PartReply out;
  Gathered gathered;
  const bool addresses = part == RecordPart::addresses;
  const Relation relation = addresses ? Relation::addresses : Relation::contact_details;
  if (!one_body(Interface::details, relation, {}, out, gathered)) return out;
  bool empty = false;
  if (addresses) {
    auto read = read_addresses(*gathered.bodies().front());
    if (!read) break_contract(read.error(), out);
    empty = read && read->empty();
  } else {
    auto read = read_contact_details(*gathered.bodies().front());
    if (!read) break_contract(read.error(), out);
    empty = read && read->empty();
  }
  if (empty) out.fetched.result = FetchResult::matched_no_data;
  return out;
}

}  // namespace ig::adapters::hmrc
