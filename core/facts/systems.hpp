#pragma once

#include <string_view>

/// Names of Source::system that the gateway itself has to know apart.
namespace ig::core::facts {

/// A Full Payment Submission: each payment is a payday.
inline constexpr std::string_view kFullPaymentSubmission = "fps";
/// An Employer Payment Summary: a period in which the scheme paid nobody.
inline constexpr std::string_view kEmployerPaymentSummary = "eps";
/// An Earlier Year Update: each payment is a signed difference from the total that was last
/// reported of a closed year (rti.md 1.5, hazard 51), dated on that year's last day; it is no
/// payday. Two for one year add together.
inline constexpr std::string_view kEarlierYearUpdate = "eyu";

}  // namespace ig::core::facts
