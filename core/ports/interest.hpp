#pragma once

#include "core/values/ids.hpp"
#include "core/values/instant.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace ig::core::ports {

/// How far a source of extracts is known to watch a person for us.
enum class InterestState : std::uint8_t {
  asked,      ///< we asked for it; the source has not shown it yet
  confirmed,  ///< the source's own list had it
};

/// Our interest in one person, registered with one source of extracts or changes (benefits.md 2,
/// rti.md 5: notices flow only where the interest is set).
struct Interest {
  std::string source;
  values::PersonId person;
  InterestState state = InterestState::asked;
  values::Instant since;  ///< of that state
};

using InterestVisitor = std::function<void(const Interest&)>;

}  // namespace ig::core::ports
