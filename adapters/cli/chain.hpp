#pragma once

#include "core/ports/civil_zone.hpp"
#include "core/ports/digest.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"

#include <string>

/// The stages ledger, propose and raise over file descriptors, as their commands run them. Each
/// gives an exit status: kRefused when some lines were refused, kCouldNot when reading, writing or
/// the parameters failed.
namespace ig::adapters::cli {

/// Where a stage reads and writes. The caller owns the descriptors; `refused` may be -1.
struct Pipes {
  int in = 0;
  int out = 1;
  int errors = 2;
  int refused = -1;  ///< --refused FILE: a second copy of the error lines
};

/// `ledger --as-of D`: fact lines in any order to one line a person, sorted by person.
[[nodiscard]] int ledger_stage(const Pipes& pipes, core::values::Date as_of,
                               const core::rules::ParameterSet& parameters,
                               const core::ports::CivilZone& zone);

/// `propose --cases FILE --as-of D`: ledger lines to assessment requests.
[[nodiscard]] int propose_stage(const Pipes& pipes, const std::string& cases_file,
                                core::values::Date as_of,
                                const core::rules::ParameterSet& parameters);

/// `raise --raised FILE`: assessments to triggers. The file is rewritten at the end, after the
/// triggers are out, so that a run that was cut short gives the same ids again.
[[nodiscard]] int raise_stage(const Pipes& pipes, const std::string& raised_file,
                              core::ports::Digest& digest);

}  // namespace ig::adapters::cli
