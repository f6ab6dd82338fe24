#pragma once

#include "adapters/formats/fields.hpp"
#include "adapters/formats/rule_words.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/ledger/person_income.hpp"
#include "core/values/ids.hpp"

#include <array>
#include <limits>
#include <string>
#include <vector>

/// What ledger lines and contexts of requests share: words, employment keys, lists.
namespace ig::adapters::formats::words {

inline constexpr std::array<Code<core::ledger::Confidence>, 3> kConfidences = {{
    {"LOW", core::ledger::Confidence::low},
    {"MEDIUM", core::ledger::Confidence::medium},
    {"HIGH", core::ledger::Confidence::high},
}};

inline constexpr std::array<Code<core::ledger::EmploymentStatus>, 3> kEmploymentStatuses = {{
    {"ACTIVE", core::ledger::EmploymentStatus::active},
    {"ENDED", core::ledger::EmploymentStatus::ended},
    {"LAPSED", core::ledger::EmploymentStatus::lapsed},
}};

inline constexpr std::array<Code<core::ledger::Method>, 2> kMethods = {{
    {"SETTLED_PATTERN", core::ledger::Method::settled_pattern},
    {"AVERAGE_OF_PERIODS", core::ledger::Method::average_of_periods},
}};

/// Members office, reference, sequence and payroll_id, into an object that is open.
inline void write_employment(wire::json::Writer& out, const core::values::EmploymentKey& key) {
  out.member("office", key.office).member("reference", key.reference);
  if (key.sequence != 0) out.member("sequence", static_cast<std::int64_t>(key.sequence));
  out.member_if("payroll_id", key.payroll_id);
}

inline core::values::EmploymentKey read_employment(Fields& fields) {
  core::values::EmploymentKey out;
  out.office = fields.text("office");
  out.reference = fields.text("reference");
  out.payroll_id = fields.text_if("payroll_id").value_or("");
  out.sequence = static_cast<std::int32_t>(
      fields.integer_if("sequence", 1, std::numeric_limits<std::int32_t>::max()).value_or(0));
  return out;
}

inline void write_texts(wire::json::Writer& out, std::string_view name,
                        const std::vector<std::string>& texts) {
  out.key(name).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

}  // namespace ig::adapters::formats::words
