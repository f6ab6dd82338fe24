#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/triggers/proposal.hpp"

#include <string>

namespace ig::adapters::formats {

/// Appends the `context` member of a request that `propose` makes: what `raise` needs back. No
/// NINO, no name of a person. Members always stand in the same order; what is not known is left
/// out.
void write_context(std::string& out, const core::triggers::Context& context);

/// Reads a context back. Errors carry the JSON pointer inside the context: MISSING_MEMBER (an
/// annual review without `review_date` is the caller's to refuse) and those of Fields.
[[nodiscard]] core::base::Result<core::triggers::Context> read_context(
    const wire::json::Value& value);

/// Appends a proposal as one assessment request without the line end.
void write_proposal(std::string& out, const core::triggers::Proposal& proposal);

}  // namespace ig::adapters::formats
