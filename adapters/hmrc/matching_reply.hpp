#pragma once

#include "adapters/hmrc/name_candidates.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/values/date.hpp"
#include "core/values/nino.hpp"

#include <string>

namespace ig::adapters::hmrc {

/// The body of POST /individuals/matching/, P1.0 and 2.0. Personal: the body of a request only.
/// Errors: INVALID_NINO (matching takes a NINO with its suffix only).
[[nodiscard]] core::base::Result<std::string> match_request(const NameCandidate& candidate,
                                                            const core::values::Nino& nino,
                                                            core::values::Date date_of_birth);

/// Checks what GET /individuals/matching/{id} says of the person: HMRC repeats the names that were
/// sent, so only another NINO or birth date says something. Members that are absent say nothing.
/// Errors: CONTRADICTION (another person than was asked about), WRONG_TYPE.
[[nodiscard]] core::base::Result<void> check_individual(const wire::json::Value& body,
                                                        const core::values::Nino& nino,
                                                        core::values::Date date_of_birth);

}  // namespace ig::adapters::hmrc
