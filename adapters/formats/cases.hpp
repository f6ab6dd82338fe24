#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/facts/case_record.hpp"

#include <string>

/// The case line of contracts.md ("Case") as JSON.
namespace ig::adapters::formats {

/// Reads one case line. Needed: case_system, case, paying_parent, version, sent_at, status,
/// person.nino; within in_force the basis and, for a basis that is income, weekly_pence. Unknown
/// members are ignored; null and absent mean "not known". Administrative, temporary and dummy
/// numbers are read: holding them is the importer's choice.
/// Errors carry the JSON pointer and the rule, never the value: MISSING_MEMBER, WRONG_TYPE,
/// UNKNOWN_CODE, INVALID_TEXT, INVALID_NUMBER, MONEY_OUT_OF_RANGE and those of the values.
[[nodiscard]] core::base::Result<core::facts::CaseRecord> read_case(const wire::json::Value& value);

/// Appends one case line without the line end, members in the order of contracts.md; what is not
/// known is left out. Holds personal data.
void write_case(std::string& out, const core::facts::CaseRecord& record);

/// The `in_force` member alone, as a receipt carries it too. Errors as read_case(), with pointers
/// from the member on ("/weekly_pence").
[[nodiscard]] core::base::Result<core::facts::InForce> read_in_force(
    const wire::json::Value& value);
void write_in_force(std::string& out, const core::facts::InForce& figure);

/// "HISTORIC", "CURRENT", "CURRENT_ESTIMATE", "DEFAULT", "NOT_INCOME_BASED".
[[nodiscard]] std::string_view name(core::facts::Basis basis) noexcept;

}  // namespace ig::adapters::formats
