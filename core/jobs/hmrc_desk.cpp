#include "core/jobs/hmrc_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::ErrorCode;
using base::Result;
using ports::HmrcRequest;
using ports::Purpose;
using values::Date;

/// Who is asked about, when an open case is there to ask for.
Result<facts::Subject> subject_of(const JobContext& context, values::PersonId person) {
  const auto cases = context.store.cases_of(person);
  if (!cases) return cases.error();
  const bool open = std::ranges::any_of(*cases, [](const ports::RegisteredCase& one) {
    return one.record.status == facts::CaseStatus::open;
  });
  if (!open) {
    return base::fail(ErrorCode::NOT_FOUND, {}, "nobody is asked about without an open case");
  }
  return context.store.identity(person);
}

HmrcRequest begun(const JobContext& context, const Asking& asking, const char* what) {
  HmrcRequest out;
  out.person = asking.person;
  out.purpose = asking.purpose;
  out.anchor = asking.anchor;
  out.request_id = ports::hex(
      context.digest.sha256(fmt::format("{}|{}|{}|{}", what, values::text(asking.person),
                                        ports::name(asking.purpose), asking.asked_on.text())),
      16);
  out.asked_at = context.now();
  return out;
}

void finish(const JobContext& context, const HmrcPorts& hmrc, ports::Fetched fetched,
            HmrcRequest& request) {
  request.fetched = std::move(fetched);
  request.answered_at = std::max(context.now(), request.asked_at);
  if (hmrc.take_waited) request.waited = hmrc.take_waited();
}

/// The reply as a document of its own with its facts; nothing without bytes. Gives how many of the
/// facts are new.
Result<std::size_t> keep_reply(const JobContext& context, ports::UnitOfWork& unit,
                               const char* system, HmrcRequest& request,
                               std::span<facts::Fact> facts, std::span<const base::Error> refused) {
  if (request.fetched.raw.empty()) return std::size_t{0};
  const std::string sha256 = ports::hex(context.digest.sha256(request.fetched.raw));
  const auto known = context.store.document_by_hash(sha256);
  if (!known) return known.error();
  if (*known && (*known)->state == ports::DocumentState::accepted) {
    // Bytes with figures name their person or payments; the same again says the same. Bytes that
    // say "nothing" are the same for many people, and `request` says for whom they came.
    request.document = (*known)->id;
    return std::size_t{0};
  }
  const auto document = unit.add_document(system, request.request_id, request.answered_at);
  if (!document) return document.error();
  std::vector<ports::StagedFact> staged;
  for (facts::Fact& fact : facts) {
    ports::StagedFact one;
    one.person = request.person;
    one.fact = fact;
    staged.push_back(std::move(one));
  }
  const auto fresh = unit.stage(*document, staged);
  if (!fresh) return fresh.error();
  std::vector<ports::Refused> rows;
  for (const base::Error& error : refused) rows.push_back(ports::Refused::of(error.field, error));
  if (const auto done = unit.add_refused(*document, rows); !done) return done.error();
  const auto raw = unit.keep_raw(*document, request.fetched.raw);
  if (!raw) return raw.error();
  const std::string receipt = fmt::format(R"({{"interface":"{}","facts":{},"refused":{}}})",
                                          request.fetched.interface, facts.size(), refused.size());
  const auto accepted = unit.accept(*document, sha256, request.fetched.raw.size(), receipt);
  if (!accepted) return accepted.error();
  request.document = *document;
  const auto through = unit.worked_through(*document, request.person, true);
  if (!through) return through.error();
  return static_cast<std::size_t>(std::ranges::count(*fresh, true));
}

/// A fact as it is stored: about a person by number, received when we had it.
void own(facts::FactHeader& header, const HmrcRequest& request) {
  header.subject = {};
  header.subject.person = request.person;
  header.received_at = request.answered_at;
}

Result<void> write_down(ports::UnitOfWork& unit, const HmrcRequest& request) {
  if (const auto done = unit.add_hmrc_request(request); !done) return done;
  const std::string what =
      fmt::format("{} {} {}", ports::name(request.purpose), request.fetched.interface,
                  ports::name(request.fetched.result));
  return unit.audit(
      {request.answered_at, "system", "HMRC_ASKED", values::text(request.person), what});
}

}  // namespace

Result<AskedYearly> ask_yearly(const JobContext& context, const HmrcPorts& hmrc,
                               const Asking& asking, bool unearned) {
  if (hmrc.yearly == nullptr) {
    return base::fail(ErrorCode::CONFIG_INVALID, {}, "no source of yearly figures is configured");
  }
  auto subject = subject_of(context, asking.person);
  if (!subject) return std::move(subject).error();
  AskedYearly out;
  out.request = begun(context, asking, "yearly");
  ports::YearlyQuestion question;
  question.request_id = out.request.request_id;
  question.person = *std::move(subject);
  question.purpose = asking.purpose;
  question.asked_on = asking.asked_on;
  question.unearned = unearned;
  auto reply = hmrc.yearly->fetch(question, base::Deadline::in(asking.limit));
  finish(context, hmrc, std::move(reply.fetched), out.request);
  out.figure = std::move(reply.figure);
  if (out.figure) {
    own(out.figure->header, out.request);
    out.figure->requested_on = asking.asked_on;
  }
  return out;
}

Result<AskedEarnings> ask_earnings(const JobContext& context, const HmrcPorts& hmrc,
                                   const Asking& asking, Date from, Date to) {
  if (hmrc.earnings == nullptr) {
    return base::fail(ErrorCode::CONFIG_INVALID, {}, "no source of real-time pay is configured");
  }
  auto subject = subject_of(context, asking.person);
  if (!subject) return std::move(subject).error();
  AskedEarnings out;
  out.request = begun(context, asking, "earnings");
  auto reply = hmrc.earnings->fetch({*std::move(subject), from, to, asking.purpose},
                                    base::Deadline::in(asking.limit));
  finish(context, hmrc, std::move(reply.fetched), out.request);
  out.facts = std::move(reply.facts);
  out.refused = std::move(reply.refused);
  for (facts::Fact& fact : out.facts) own(facts::header(fact), out.request);
  return out;
}

Result<void> keep(const JobContext& context, ports::UnitOfWork& unit, AskedYearly& asked) {
  std::vector<facts::Fact> facts;
  if (asked.figure) facts.emplace_back(*asked.figure);
  const auto kept = keep_reply(context, unit, "yearly", asked.request, facts, {});
  if (!kept) return kept.error();
  return write_down(unit, asked.request);
}

Date earliest_pay(Date as_of, const rules::Parameters& law) {
  constexpr int payday_before = 35;
  return as_of.plus_months(-law.window_months).plus_days(-payday_before);
}

Result<std::size_t> keep(const JobContext& context, ports::UnitOfWork& unit, AskedEarnings& asked) {
  const auto kept = keep_reply(context, unit, "rtii", asked.request, asked.facts, asked.refused);
  if (!kept) return kept;
  const auto written = write_down(unit, asked.request);
  if (!written) return written.error();
  return kept;
}

Result<void> hold_once(const JobContext& context, ports::UnitOfWork& unit, const std::string& kind,
                       const std::string& subject, const std::string& code,
                       const std::string& detail) {
  const auto open = context.store.is_held(subject, code);
  if (!open) return open.error();
  if (*open) return {};
  const auto done = unit.hold(ports::Held::fresh(kind, subject, code, detail, context.now()));
  if (!done) return done.error();
  return {};
}

Result<std::vector<ports::FieldSeen>> absent_fields(ports::Store& store) {
  auto seen = store.fields_seen();
  if (!seen) return seen;
  std::erase_if(*seen, [](const ports::FieldSeen& field) {
    return field.asked < kRepliesBeforeAbsent || field.received != 0;
  });
  return seen;
}

Result<std::size_t> hold_absent_fields(const JobContext& context) {
  const auto absent = absent_fields(context.store);
  if (!absent) return absent.error();
  if (absent->empty()) return std::size_t{0};
  auto unit = context.store.begin();
  if (!unit) return unit.error();
  for (const ports::FieldSeen& field : *absent) {
    const auto held = hold_once(
        context, **unit, "FIELD", fmt::format("{}/{}", field.interface, field.field),
        "FIELD_NEVER_RECEIVED",
        fmt::format("asked for in {} replies for {} and never there: is it still in our scope?",
                    field.asked, ports::name(field.purpose)));
    if (!held) return held.error();
  }
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return absent->size();
}

}  // namespace ig::core::jobs
