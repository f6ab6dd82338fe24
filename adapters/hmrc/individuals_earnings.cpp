#include "adapters/hmrc/individuals_earnings.hpp"

#include <utility>

namespace ig::adapters::hmrc {

using core::base::Deadline;
using core::ports::EarningsQuestion;
using core::ports::EarningsReply;
using core::ports::IndividualQuestion;
using core::ports::RecordPart;

EarningsReply IndividualsEarnings::fetch(const EarningsQuestion& question, Deadline by) {
  IndividualQuestion wanted;
  wanted.person = question.person;
  wanted.parts = {RecordPart::employments, RecordPart::income_paye};
  wanted.from = question.from;
  wanted.to = question.to;
  wanted.from_year = core::values::TaxYear::of(question.to);
  wanted.to_year = wanted.from_year;
  wanted.purpose = question.purpose;
  auto reply = individuals_.fetch(wanted, by);
  EarningsReply out;
  std::uint32_t calls = reply.match.calls;
  out.fetched = std::move(reply.match);
  for (core::ports::PartReply& part : reply.parts) {
    calls += part.fetched.calls;
    if (part.part != RecordPart::income_paye) continue;
    if (out.fetched.result == core::ports::FetchResult::matched) {
      out.fetched = std::move(part.fetched);
    }
    out.facts = std::move(part.facts);
    out.refused = std::move(part.refused);
  }
  out.fetched.calls = calls;
  return out;
}

}  // namespace ig::adapters::hmrc
