#pragma once

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/fetched.hpp"
#include "core/values/tax_year.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ig::core::ports {

/// The parts of a person's record that can be asked for.
enum class RecordPart : std::uint8_t {
  income_paye,
  income_sa,  ///< every kind of the return the application may see, one call each
  employments,
  child_tax_credit,
  working_tax_credit,
  addresses,
  contact_details,
};
[[nodiscard]] std::string_view name(RecordPart part) noexcept;

struct IndividualQuestion {
  facts::Subject person;  ///< NINO with suffix, both names and birth date
  std::vector<RecordPart> parts;
  values::Date from;  ///< of pay, employments and tax credits
  values::Date to;
  values::TaxYear from_year;  ///< of Self Assessment, both included
  values::TaxYear to_year;
  Purpose purpose = Purpose::review;
};

/// One name that was tried, by its number in the list of candidates: never the name itself.
struct NameTried {
  std::uint32_t candidate = 0;  ///< from 1
  std::string rule;             ///< which rule made it: "ENTIRE", "ALIAS", ...
  FetchResult result = FetchResult::not_matched;
};

/// What one part came to.
struct PartReply {
  RecordPart part = RecordPart::income_paye;
  Fetched fetched;
  std::vector<facts::Fact> facts;
  std::vector<base::Error> refused;
};

struct IndividualReply {
  Fetched match;                 ///< of the match; the parts are asked only when it is `matched`
  std::vector<NameTried> tried;  ///< in order
  std::vector<PartReply> parts;  ///< in the order of the question
};

/// A person found by name, NINO and birth date, and what HMRC links to them (individuals-*).
/// Contract: as CurrentEarnings; a part that fails does not take the others with it. Links are
/// followed on the same origin and under the service's own path only. One call at a time.
class IdentifiedIndividual {
 public:
  virtual ~IdentifiedIndividual() = default;
  [[nodiscard]] virtual IndividualReply fetch(const IndividualQuestion& question,
                                              base::Deadline by) = 0;
};

}  // namespace ig::core::ports
