#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/money.hpp"

/// Fees of the service (SI 2014/612; law.md R-072), for rule tests and policy work.
namespace ig::core::rates {

/// The two fees on a week's maintenance that is collected.
struct FeePair {
  values::Money payer;     ///< on top
  values::Money receiver;  ///< off
  friend bool operator==(const FeePair&, const FeePair&) = default;
};

/// Both ways to round, and the one that counts (A14).
struct CollectionFees {
  FeePair by_week;             ///< a week's fee, rounded
  FeePair by_day;              ///< seven of a day's fee, rounded
  FeePair counted;             ///< of the two, what the switch fee.rounding picks
  values::Money payer_total;   ///< maintenance and the payer's fee that counts
  values::Money receiver_net;  ///< maintenance less the receiver's fee that counts
};

/// The fees on a week's maintenance.
[[nodiscard]] CollectionFees collection_fees(values::Money weekly,
                                             const rules::Parameters& parameters);

/// What an application costs on the day of these parameters; nil where it is free.
[[nodiscard]] values::Money application_fee(const rules::Parameters& parameters);

}  // namespace ig::core::rates
