#include "adapters/cli/facts_by_person.hpp"

#include <utility>
#include <variant>

namespace ig::adapters::cli {
namespace {

namespace facts = core::facts;
using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

std::string key_of(const core::values::Nino& nino) { return std::string(nino.first_eight()); }

std::string key_of(const facts::Subject& subject) {
  return subject.person ? core::values::text(*subject.person) : key_of(subject.nino->reveal());
}

/// A NINO with its suffix is better than one without; of two suffixes the later letter stays,
/// whatever the order of the facts.
void know(facts::Subject& known, const facts::Subject& told) {
  if (told.person) known.person = told.person;
  const bool better =
      told.nino && (!known.nino || known.nino->reveal().reveal() < told.nino->reveal().reveal());
  if (better) known.nino = told.nino;
}

}  // namespace

Result<void> FactsByPerson::take(facts::Fact fact) {
  const facts::FactHeader& header = facts::header(fact);
  if (header.test) {
    return Error{ErrorCode::TEST_MESSAGE, "/test", "a fact of a test message is never income"};
  }
  const facts::Subject& subject = header.subject;
  if (!subject.person && !subject.nino) {
    return Error{ErrorCode::NO_PERSON, "/nino", "the fact says neither nino nor person"};
  }
  if (header.received_at >= known_before_) return {};
  PersonFacts& person = people_[key_of(subject)];
  know(person.subject, subject);
  if (auto* payment = std::get_if<facts::Payment>(&fact)) {
    person.payments.push_back(std::move(*payment));
  } else if (auto* employment = std::get_if<facts::Employment>(&fact)) {
    person.employments.push_back(std::move(*employment));
  }
  return {};
}

const PersonFacts* FactsByPerson::of(const core::values::Nino& nino) const {
  const auto found = people_.find(key_of(nino));
  return found == people_.end() ? nullptr : &found->second;
}

}  // namespace ig::adapters::cli
