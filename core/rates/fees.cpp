#include "core/rates/fees.hpp"

#include "core/rules/collection_fee.hpp"

namespace ig::core::rates {

using values::Money;

CollectionFees collection_fees(Money weekly, const rules::Parameters& parameters) {
  const std::int64_t payer = parameters.rates.payer_fee_mille;
  const std::int64_t receiver = parameters.rates.receiver_fee_mille;
  CollectionFees out;
  out.by_week = {rules::fee_by_week(weekly, payer), rules::fee_by_week(weekly, receiver)};
  out.by_day = {rules::fee_by_day(weekly, payer), rules::fee_by_day(weekly, receiver)};
  out.counted = {rules::collection_fee(weekly, payer, parameters),
                 rules::collection_fee(weekly, receiver, parameters)};
  out.payer_total = weekly + out.counted.payer;
  out.receiver_net = weekly - out.counted.receiver;
  return out;
}

Money application_fee(const rules::Parameters& parameters) {
  return parameters.rates.application_fee;
}

}  // namespace ig::core::rates
