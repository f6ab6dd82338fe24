#pragma once

#include "adapters/sandbox/matching.hpp"

#include <string_view>

namespace ig::adapters::sandbox {

/// The individuals family behind one door: which service, in which version, about whom.
/// matching, income and employments in P1.0 and 2.0; benefits-and-credits and details in 1.0.
class Individuals {
 public:
  Individuals(const HmrcWorld& world, const core::base::Clock& clock)
      : world_(world), matching_(world, clock) {}
  [[nodiscard]] http::Response handle(const http::Request& request, const Grant& grant,
                                      const ActiveFault& fault);
  /// Who is meant: by the matchId of the query or path, or by the NINO of a match; empty when
  /// nobody the sandbox knows.
  [[nodiscard]] std::string nino_of(const http::Request& request);

  [[nodiscard]] static bool serves(std::string_view path) {
    return path.starts_with("/individuals/");
  }

 private:
  [[nodiscard]] http::Response match(Asked& asked, std::string_view rest);
  [[nodiscard]] Refusal find_person(Asked& asked);

  const HmrcWorld& world_;
  Matching matching_;
};

}  // namespace ig::adapters::sandbox
