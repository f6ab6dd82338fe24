#pragma once

#include "core/ports/current_earnings.hpp"
#include "core/ports/identified_individual.hpp"

namespace ig::adapters::hmrc {

/// The port CurrentEarnings over individuals-*: for an application that may not ask RTII, and for
/// HMRC's own test service, which has no RTII. It matches the person, then asks for PAYE income and
/// for the employments that name its offices. No payment has an id here and no correction a mark,
/// so what changed shows as other rows (RTII is to be preferred). The reply is that of the PAYE
/// part with its bytes; without a match it is the match's. `calls` counts all of them.
/// `individuals` outlives it. One thread.
class IndividualsEarnings final : public core::ports::CurrentEarnings {
 public:
  explicit IndividualsEarnings(core::ports::IdentifiedIndividual& individuals)
      : individuals_(individuals) {}

  [[nodiscard]] core::ports::EarningsReply fetch(const core::ports::EarningsQuestion& question,
                                                 core::base::Deadline by) override;

 private:
  core::ports::IdentifiedIndividual& individuals_;
};

}  // namespace ig::adapters::hmrc
