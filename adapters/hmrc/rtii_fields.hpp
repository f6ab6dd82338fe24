#pragma once

#include "core/base/result.hpp"
#include "core/ports/fetched.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The fields of Real Time Income Information 1.0, spelt as HMRC spells them, and which of them are
/// asked for. HMRC sends what was asked and lies inside our scope; the rest never leaves it.
namespace ig::adapters::hmrc {

enum class RtiiGroup : std::uint8_t {
  period,
  employer,
  person,
  employment,
  payment,
  year_to_date,
  statutory_pay,
  flag,
  record,
  insurance_and_tax,
  lump_sum,
  partner,
  timestamp,
};

struct RtiiField {
  std::string_view name;
  RtiiGroup group;
};

/// All 83.
[[nodiscard]] std::span<const RtiiField> rtii_fields() noexcept;
/// The field of that name; nullptr when there is none.
[[nodiscard]] const RtiiField* rtii_field(std::string_view name) noexcept;

/// What is asked for where the configuration names nothing. For pay inside the year: what the
/// ledger reads. For a new case and a review also what a caseworker is shown beside it. For a check
/// of the connection: one field.
[[nodiscard]] std::vector<std::string> default_rtii_fields(core::ports::Purpose purpose);

/// Whether a list from the configuration may be asked for. Errors: CONFIG_INVALID (empty, a name
/// that is no field, a name twice), with the name's place as "/3".
[[nodiscard]] core::base::Result<void> check_rtii_fields(std::span<const std::string> names);

}  // namespace ig::adapters::hmrc
