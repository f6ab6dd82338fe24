#include "core/rules/collection_fee.hpp"

#include "core/values/fraction.hpp"

namespace ig::core::rules {
namespace {

using values::Fraction;
using values::Money;

constexpr std::int64_t kDaysOfWeek = 7;

}  // namespace

Money fee_by_week(Money weekly, std::int64_t per_mille) {
  return (Fraction::whole(weekly) * Fraction::per_mille(per_mille)).half_up();
}

Money fee_by_day(Money weekly, std::int64_t per_mille) {
  const Fraction daily =
      Fraction::whole(weekly) * Fraction::per_mille(per_mille) * Fraction(1, kDaysOfWeek);
  return (Fraction::whole(daily.half_up()) * Fraction(kDaysOfWeek, 1)).half_up();
}

Money collection_fee(Money weekly, std::int64_t per_mille, const Parameters& parameters) {
  return parameters.rates.fee_by_day ? fee_by_day(weekly, per_mille)
                                     : fee_by_week(weekly, per_mille);
}

}  // namespace ig::core::rules
