#pragma once

#include "core/jobs/context.hpp"

namespace ig::core::jobs {

/// A decision made again.
struct Rebuilt {
  triggers::Proposal proposal;
  rules::Assessment assessment;
};

/// Makes a stored decision again from the facts, the register and the parameters as they stood:
/// `context.parameters` is the set of the decision's own version, `stored` its context as kept.
/// The caller compares the result with what was stored, byte for byte.
/// Errors: STORE_FAILED; INTEGRITY_BROKEN when what it rests on is gone.
[[nodiscard]] base::Result<Rebuilt> rebuild_decision(const JobContext& context,
                                                     const ports::StoredDecision& decision,
                                                     const triggers::Context& stored);

}  // namespace ig::core::jobs
