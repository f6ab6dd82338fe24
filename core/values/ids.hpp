#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace ig::core::values {

/// One type an id, so that a document's id is never passed where a person's is wanted.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
};

using PersonId = Id<struct PersonTag>;      ///< opaque; the NINO stands in the identity table only
using DocumentId = Id<struct DocumentTag>;  ///< a file or reply we were given
using DecisionId = Id<struct DecisionTag>;  ///< an assessment we made

/// "p-000000017": how a person id is written in our formats.
[[nodiscard]] std::string text(PersonId person);

/// Which case of which paying parent, in which case system.
struct CaseKey {
  std::string case_system;
  std::string case_id;
  std::string paying_parent;
  friend auto operator<=>(const CaseKey&, const CaseKey&) = default;
};

/// An employment as payers report it: PAYE office and reference, then payroll id. HMRC's sequence
/// number is an alias, learnt when both are seen.
struct EmploymentKey {
  std::string office;
  std::string reference;
  std::string payroll_id;
  std::int32_t sequence = 0;  ///< 0 when not known
  friend auto operator<=>(const EmploymentKey&, const EmploymentKey&) = default;
};

}  // namespace ig::core::values
