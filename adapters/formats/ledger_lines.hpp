#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/facts/source.hpp"
#include "core/ledger/person_income.hpp"

#include <string>

namespace ig::adapters::formats {

/// One line of `ledger`: a person and what their jobs pay a week.
struct LedgerLine {
  core::facts::Subject subject;  ///< person id or NINO, as the facts named the person
  core::ledger::PersonIncome income;
};

/// Appends one ledger line without the line end, members in the order of contracts.md ("ledger").
/// A figure that is not known is null; what a job does not have is left out. Holds personal data.
void write_ledger_line(std::string& out, const LedgerLine& line);

/// Reads a ledger line back, for `propose`. The exact figures are needed where there is a figure.
/// Errors carry the JSON pointer: NO_PERSON and those of Fields.
[[nodiscard]] core::base::Result<LedgerLine> read_ledger_line(const wire::json::Value& value);

}  // namespace ig::adapters::formats
