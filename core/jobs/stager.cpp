#include "core/jobs/stager.hpp"

#include "core/base/limits.hpp"

#include <utility>

namespace ig::core::jobs {
namespace {

namespace limits = base::limits;
using base::ErrorCode;
using base::Result;

std::int64_t pence_of(const ports::StagedFact& staged) {
  const auto* payment = std::get_if<facts::Payment>(&staged.fact);
  return payment != nullptr && payment->taxable_pay ? payment->taxable_pay->in_pence() : 0;
}

}  // namespace

Result<void> Stager::employee(ports::EmployeePiece&& piece) {
  ++receipt_.employees;
  if (piece.test) {
    count(piece, Fate::refused);
    return {};
  }
  if (piece.refused) {
    ++employees_refused_;
    ++receipt_.refusals[piece.refused->code];
    count(piece, Fate::refused);
    return keep_back({piece.refused->position, piece.refused->code, {}, piece.refused->message});
  }
  const bool dummy =
      piece.subject.nino && piece.subject.nino->reveal().is_dummy() && !options_.allow_dummy_ninos;
  if (dummy) {
    ++dummies_;
    count(piece, Fate::held);
    return {};
  }
  if (!piece.wanted) {
    count(piece, Fate::unmatched);
    return {};
  }
  if (facts::says_who(piece.subject)) {
    const auto person = people_.find(piece.subject.nino->reveal().packed());
    base::require(person.has_value(), "a wanted employee is in the index");
    return stage(std::move(piece), *person, facts::MatchedBy::nino);
  }
  return stage_by_name(std::move(piece));
}

Result<void> Stager::flush() {
  if (batch_.empty() && refused_.empty()) return {};
  auto unit = context_.store.begin();
  if (!unit) return std::move(unit).error();
  const auto fresh = (*unit)->stage(document_, batch_);
  if (!fresh) return fresh.error();
  if (const auto kept = (*unit)->add_refused(document_, refused_); !kept) return kept.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    const std::int64_t amount = pence_of(batch_[i]);
    auto& payments = (*fresh)[i] ? receipt_.payments.kept : receipt_.payments.duplicate;
    auto& pence = (*fresh)[i] ? receipt_.pence.kept : receipt_.pence.duplicate;
    ++payments;
    pence += amount;
  }
  batch_.clear();
  refused_.clear();
  return {};
}

bool Stager::too_many_refused() const {
  return employees_refused_ * 1000 >
         receipt_.employees * static_cast<std::uint64_t>(limits::refused_permille_max);
}

/// Of somebody without a genuine number: whoever alone has the name, the birth date and the gender.
/// In doubt its place is kept for a person to look at, and nothing of it is income.
Result<void> Stager::stage_by_name(ports::EmployeePiece&& piece) {
  const auto key = facts::name_key(piece.subject);
  base::require(key.has_value(), "whoever is wanted by name has one");
  const std::vector<values::PersonId> people = people_.names().find(*key);
  std::vector<facts::Subject> registered;
  for (const values::PersonId person : people) {
    auto one = context_.store.identity(person);
    if (!one) return std::move(one).error();
    registered.push_back(*std::move(one));
  }
  const facts::NameMatch match = facts::match_by_name(piece.subject, registered);
  switch (match.kind) {
    case facts::NameMatch::Kind::nobody:
      count(piece, Fate::unmatched);
      return {};
    case facts::NameMatch::Kind::one:
      return stage(std::move(piece), people[match.index], facts::MatchedBy::name);
    case facts::NameMatch::Kind::doubtful:
      break;
  }
  ++doubtful_;
  count(piece, Fate::held);
  return keep_back({std::move(piece.position), std::string(base::name(ErrorCode::AMBIGUOUS_PERSON)),
                    "Name",
                    "no NINO; name, birth date and gender fit a registered person in part, or "
                    "more than one"});
}

void Stager::count(const ports::EmployeePiece& piece, Fate fate) {
  const auto number = static_cast<std::int64_t>(piece.payment_count);
  const std::int64_t amount = piece.taxable_pay.in_pence();
  receipt_.payments.in += number;
  receipt_.pence.in += amount;
  switch (fate) {
    case Fate::unmatched:
      receipt_.payments.unmatched += number;
      receipt_.pence.unmatched += amount;
      return;
    case Fate::refused:
      receipt_.payments.refused += number;
      receipt_.pence.refused += amount;
      return;
    case Fate::held:
      receipt_.payments.held += number;
      receipt_.pence.held += amount;
      return;
  }
  IG_UNREACHABLE("an employee has one of three fates");
}

Result<void> Stager::stage(ports::EmployeePiece&& piece, values::PersonId person,
                           facts::MatchedBy matched_by) {
  receipt_.payments.in += static_cast<std::int64_t>(piece.payment_count);
  receipt_.pence.in += piece.taxable_pay.in_pence();
  base::require(piece.payments.size() == piece.payment_count,
                "an employee that is not refused has every payment built");
  for (facts::Payment& payment : piece.payments) {
    payment.header.subject = {};
    payment.header.subject.person = person;
    payment.header.matched_by = matched_by;
    ports::StagedFact staged;
    staged.person = person;
    staged.fact = std::move(payment);
    staged.evidence = std::move(piece.raw);  // with the first payment; later ones find it moved
    piece.raw.clear();
    staged.byte_from = piece.byte_from;
    staged.byte_to = piece.byte_to;
    batch_.push_back(std::move(staged));
  }
  return batch_.size() >= limits::stage_batch_rows ? flush() : Result<void>{};
}

Result<void> Stager::keep_back(ports::Refused piece) {
  refused_.push_back(std::move(piece));
  return refused_.size() >= limits::stage_batch_rows ? flush() : Result<void>{};
}

}  // namespace ig::core::jobs
