#pragma once

#include "core/base/sensitive.hpp"
#include "core/values/date.hpp"
#include "core/values/ids.hpp"
#include "core/values/instant.hpp"
#include "core/values/nino.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::core::facts {

/// Where a fact comes from.
struct Source {
  std::string system;    ///< "fps", "rtii", "yearly", ...
  std::string document;  ///< "sha256:" and 64 hex digits of the bytes we were given
  std::string position;  ///< JSON pointer, or element path with indexes from 1
};

/// Whom a document says a fact is about, as far as it says. Outside the identity table a stored
/// fact holds a person id in place of this.
struct Subject {
  std::optional<values::PersonId> person;
  std::optional<base::Sensitive<values::Nino>> nino;
  base::Sensitive<std::string> forename;
  base::Sensitive<std::string> second_forename;
  base::Sensitive<std::string> surname;
  std::vector<base::Sensitive<std::string>> other_surnames;  ///< former ones; the register's only
  std::optional<base::Sensitive<values::Date>> date_of_birth;
  std::string gender;  ///< "M", "F" or empty
};

enum class FactState : std::uint8_t { asserted, retracted };

/// How a document's employee was found to be a registered person.
enum class MatchedBy : std::uint8_t {
  nino,
  name,  ///< the document has no genuine number: by name, birth date and gender
};

/// What every fact carries beside its content.
struct FactHeader {
  std::string fact_id;  ///< 32 hex digits; the same for the same content from the same source
  Subject subject;
  values::Instant received_at;                 ///< when we had it
  std::optional<values::Instant> reported_at;  ///< the source's own stamp
  Source source;
  FactState state = FactState::asserted;
  std::string supersedes;  ///< fact_id of the version it replaces, or empty
  bool test = false;       ///< from a test message: never income
  MatchedBy matched_by = MatchedBy::nino;
};

}  // namespace ig::core::facts
