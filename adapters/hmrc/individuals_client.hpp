#pragma once

#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/income_sa_reply.hpp"
#include "adapters/hmrc/name_candidates.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/ports/civil_zone.hpp"
#include "core/ports/digest.hpp"
#include "core/ports/identified_individual.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace ig::adapters::hmrc {

struct IndividualsOptions {
  std::string origin;                 ///< "https://host": absolute links are followed there only
  std::string base = "/individuals";  ///< path that all services of the family lie under
  /// Of matching, income and employments: p1_0 or v2_0. Tax credits and details know 1.0 only.
  Version version = Version::v2_0;
  std::size_t names_max = kNameCandidatesMax;  ///< name candidates tried for one person
  std::uint32_t split_calls_max = 32;          ///< to isolate a record that fails each time
  SaScope sa_scope{};                          ///< fields whose zero is a zero
  std::string paye_reference{};  ///< "120/XB4471", for a scope that has to name the employer
};

/// The port IdentifiedIndividual over individuals-* P1.0 and 2.0: match by one name candidate after
/// the other, read what HMRC links to the person, follow the links to the parts that are wanted.
///
/// A question is refused before any call where its dates are out of range (pay from 2013-03-31,
/// Self Assessment from six years before the current one, `from` before `to`) or the person lacks a
/// name, a NINO with suffix or a birth date. A match id that is unknown by the time it is used is
/// matched again once. Where income PAYE answers 500 each time, the days that do so are isolated by
/// halves: the rest is taken and the days stand in `refused`, REFUSED_BY_PEER with their span in
/// the message. `raw` of a part is its body, or a JSON array of them where it took several;
/// positions of facts point into it. Tax credits and details give no facts: see their readers.
/// Caller, clock, zone and chance outlive it. One thread.
class IndividualsClient final : public core::ports::IdentifiedIndividual {
 public:
  IndividualsClient(Caller& caller, const core::base::Clock& clock,
                    const core::ports::CivilZone& zone, core::base::Random& random,
                    IndividualsOptions options);
  ~IndividualsClient() override;

  [[nodiscard]] core::ports::IndividualReply fetch(const core::ports::IndividualQuestion& question,
                                                   core::base::Deadline by) override;

 private:
  Caller& caller_;
  const core::base::Clock& clock_;
  const core::ports::CivilZone& zone_;
  core::base::Random& random_;
  const IndividualsOptions options_;
  std::unique_ptr<core::ports::Digest> digest_;
  wire::json::Reader reader_;
};

}  // namespace ig::adapters::hmrc
