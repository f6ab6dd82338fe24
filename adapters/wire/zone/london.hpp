#pragma once

#include "core/ports/civil_zone.hpp"

#include <memory>

namespace ig::adapters::wire::zone {

/// Europe/London from the system's zone files, read once and kept as a table from 1900 to 2099;
/// the calls are a binary search, safe from any thread. Where the files end (2037) the table goes
/// on by the rule in force: summer time from the last Sunday of March to the last Sunday of
/// October, at 01:00 GMT (Summer Time Act 1972 as amended by SI 2002/262).
/// A system without zone files is a broken installation and ends the process.
[[nodiscard]] std::unique_ptr<core::ports::CivilZone> make_london();

}  // namespace ig::adapters::wire::zone
