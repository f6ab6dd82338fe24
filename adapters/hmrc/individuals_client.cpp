#include "adapters/hmrc/individuals_client.hpp"

#include "adapters/hmrc/individuals_parts.hpp"
#include "adapters/hmrc/individuals_session.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ig::adapters::hmrc {
namespace {

namespace values = core::values;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::IndividualQuestion;
using core::ports::IndividualReply;
using core::ports::PartReply;
using core::ports::RecordPart;

constexpr values::Date kEarliest = values::Date::of(2013, 3, 31);
constexpr int kSaYearsBack = 6;

Interface interface_of(RecordPart part) {
  switch (part) {
    case RecordPart::income_paye:
    case RecordPart::income_sa:
      return Interface::income;
    case RecordPart::employments:
      return Interface::employments;
    case RecordPart::child_tax_credit:
    case RecordPart::working_tax_credit:
      return Interface::tax_credits;
    case RecordPart::addresses:
    case RecordPart::contact_details:
      return Interface::details;
  }
  IG_UNREACHABLE("a part is one of seven");
}

std::optional<Error> wrong_years(const IndividualQuestion& question, values::TaxYear current) {
  const int earliest = current.start_year() - kSaYearsBack;
  const auto wrong = [](const char* field, const char* rule) {
    return fail(ErrorCode::DATE_OUT_OF_RANGE, field, rule);
  };
  if (question.from_year > question.to_year) {
    return wrong("/from_year", "the first tax year is not after the last");
  }
  if (question.from_year.start_year() < earliest) {
    return wrong("/from_year", "HMRC gives the current tax year and six before it");
  }
  if (question.to_year > current) {
    return wrong("/to_year", "HMRC gives no tax year after the current one");
  }
  return std::nullopt;
}

std::optional<Error> wrong_days(const IndividualQuestion& question, bool may_be_equal) {
  const auto wrong = [](const char* rule) {
    return fail(ErrorCode::DATE_OUT_OF_RANGE, "/from", rule);
  };
  if (question.from < kEarliest) return wrong("HMRC gives nothing before 2013-03-31");
  if (question.from < question.to) return std::nullopt;
  if (may_be_equal && question.from == question.to) return std::nullopt;
  return wrong("the first day comes before the last");
}

/// Why HMRC would refuse the dates of a part; nothing when it would not.
std::optional<Error> wrong_dates(const IndividualQuestion& question, RecordPart part,
                                 values::TaxYear current) {
  switch (part) {
    case RecordPart::income_sa:
      return wrong_years(question, current);
    case RecordPart::income_paye:
    case RecordPart::employments:
      return wrong_days(question, false);
    case RecordPart::child_tax_credit:
    case RecordPart::working_tax_credit:
      return wrong_days(question, true);
    case RecordPart::addresses:
    case RecordPart::contact_details:
      return std::nullopt;
  }
  IG_UNREACHABLE("a part is one of seven");
}

/// The order the parts are asked for in: employments lend the income their PAYE offices.
std::vector<std::size_t> order_of(const std::vector<RecordPart>& parts) {
  std::vector<std::size_t> out;
  for (const bool lending : {true, false}) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if ((parts[i] == RecordPart::employments) == lending) out.push_back(i);
    }
  }
  return out;
}

}  // namespace

IndividualsClient::IndividualsClient(Caller& caller, const core::base::Clock& clock,
                                     const core::ports::CivilZone& zone, core::base::Random& random,
                                     IndividualsOptions options)
    : caller_(caller),
      clock_(clock),
      zone_(zone),
      random_(random),
      options_(std::move(options)),
      digest_(wire::crypto::make_digest()) {
  core::base::require(options_.version == Version::p1_0 || options_.version == Version::v2_0,
                      "individuals-* is asked for by P1.0 or 2.0");
}

IndividualsClient::~IndividualsClient() = default;

IndividualReply IndividualsClient::fetch(const IndividualQuestion& question,
                                         core::base::Deadline by) {
  IndividualReply reply;
  IndividualsSession session({caller_, random_, reader_, options_}, question, by);
  const auto current = values::TaxYear::of(zone_.day_of(values::Instant::of(clock_.now())));
  const auto label = [&](Interface interface, ErrorCode code) {
    return refused_by_us(interface, session.version_of(interface), code);
  };
  std::vector<std::size_t> askable;
  reply.parts.resize(question.parts.size());
  for (const std::size_t i : order_of(question.parts)) {
    reply.parts[i].part = question.parts[i];
    if (auto wrong = wrong_dates(question, question.parts[i], current)) {
      reply.parts[i].fetched = label(interface_of(question.parts[i]), wrong->code);
      reply.parts[i].refused.push_back(*std::move(wrong));
    } else {
      askable.push_back(i);
    }
  }
  if (askable.empty() && !question.parts.empty()) {
    reply.match = label(Interface::matching, ErrorCode::DATE_OUT_OF_RANGE);
    return reply;
  }
  const bool matched = session.match(reply);
  IndividualsParts parts({session, *digest_, options_, clock_}, question);
  for (const std::size_t i : askable) {
    PartReply& part = reply.parts[i];
    if (!matched) {
      part.fetched.result = reply.match.result;
      part.fetched.next = reply.match.next;
      part.fetched.code = reply.match.code;
      continue;
    }
    part = parts.fetch(question.parts[i]);
    if (!is_expired(part.fetched) || !session.match_again(reply)) continue;
    const std::uint32_t calls = part.fetched.calls;
    part = parts.fetch(question.parts[i]);
    part.fetched.calls += calls;
  }
  return reply;
}

}  // namespace ig::adapters::hmrc
