#pragma once

#include "core/base/result.hpp"
#include "core/facts/fact.hpp"

#include <map>
#include <string>
#include <vector>

namespace ig::adapters::cli {

/// What fact lines say about one person.
struct PersonFacts {
  core::facts::Subject subject;
  std::vector<core::facts::Payment> payments;
  std::vector<core::facts::Employment> employments;
};

/// The fact lines of a run, by person: a person id where a record has one, else the first eight
/// characters of the NINO.
class FactsByPerson {
 public:
  /// Facts received at that moment or later are passed over.
  explicit FactsByPerson(core::values::Instant known_before) : known_before_(known_before) {}

  /// Errors: TEST_MESSAGE, NO_PERSON.
  core::base::Result<void> take(core::facts::Fact fact);

  [[nodiscard]] const std::map<std::string, PersonFacts>& people() const { return people_; }
  /// What is known under a number; nullptr when nothing is.
  [[nodiscard]] const PersonFacts* of(const core::values::Nino& nino) const;

 private:
  core::values::Instant known_before_;
  std::map<std::string, PersonFacts> people_;
};

}  // namespace ig::adapters::cli
