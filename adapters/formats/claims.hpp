#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/values/nino.hpp"
#include "core/verify/verify.hpp"

#include <string>

namespace ig::adapters::formats {

/// A line of the input of `verify`.
struct ClaimLine {
  std::string id;
  core::base::Sensitive<core::values::Nino> nino;
  core::verify::Claim claim;
};

/// Reads
/// {"id","nino","claim":INCOME|JOB_STARTED|JOB_ENDED,"weekly_pence","from","employer":{"office",
/// "reference","name"}}; weekly_pence goes with INCOME, and with it alone. Errors: those of Fields,
/// INVALID_NINO, CONTRADICTION.
[[nodiscard]] core::base::Result<ClaimLine> read_claim(const wire::json::Value& value);

/// Appends the finding, without a line end: {"id","as_of","verdict","reasons","claimed_pence",
/// "weekly_pence","payments","ask_again_on"}; what is not known is null.
void write_finding(std::string& out, const ClaimLine& line, core::values::Date as_of,
                   const core::verify::Finding& finding);

}  // namespace ig::adapters::formats
