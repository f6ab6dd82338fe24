#pragma once

#include "core/facts/source.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ig::core::facts {

/// Does the number name a person? A temporary one stands in until one is known, an administrative
/// one names no taxpayer.
[[nodiscard]] bool says_who(const Subject& told);

/// Where an index has whom a document names (values::name_key); none without surname or birth date.
[[nodiscard]] std::optional<std::uint64_t> name_key(const Subject& told);
/// Every key of a registered person: one for the surname and one for each former one.
[[nodiscard]] std::vector<std::uint64_t> name_keys(const Subject& registered);

/// How far two descriptions of somebody agree (design.md: money-relevant doubt goes to a person).
enum class NameAgreement : std::uint8_t {
  none,     ///< surname, birth date, gender or forename say it is somebody else
  partial,  ///< nothing contradicts, but the forename is missing, an initial or a short form
  full,     ///< surname (or a former one), birth date, forename, and gender where both say it
};

/// Compares what a document says of an employee with a registered person. Names as folded_name()
/// has them. Twins differ in the forename and are two people.
[[nodiscard]] NameAgreement agreement(const Subject& told, const Subject& registered);

/// Whom of `registered` is meant: the index of the only one who agrees in full while nobody else
/// agrees even in part.
struct NameMatch {
  enum class Kind : std::uint8_t { nobody, one, doubtful };
  Kind kind = Kind::nobody;
  std::size_t index = 0;  ///< of `registered`, for `one`
};
[[nodiscard]] NameMatch match_by_name(const Subject& told, std::span<const Subject> registered);

}  // namespace ig::core::facts
