#pragma once

#include "adapters/hmrc/individuals_reply.hpp"

namespace ig::adapters::hmrc {

/// Reads `/individuals/income/paye`, P1.0 and 2.0: a Payment for each row of `paye.income`, an
/// Answer NO_DATA for none. P1.0 writes `taxablePayment` and an employer of `office/reference`; 2.0
/// writes `taxablePay`, mostly without an office, which then comes from `context.employers` where
/// one of them alone has the reference. NICs are read in both spellings; gross pay for them is the
/// sum of the four letters' sums.
/// A row is refused that has no payday, no employer (without one it cannot be told from the same
/// pay in another source), or money, dates, periods or a frequency that cannot be read.
/// Errors of the whole: MISSING_MEMBER (no `paye`), WRONG_TYPE.
[[nodiscard]] core::base::Result<IndividualsReply> read_income_paye(
    const wire::json::Value& body, const IndividualsContext& context, core::ports::Digest& digest);

/// How many rows the reply has, those that cannot be used too.
[[nodiscard]] std::size_t count_income_paye(const wire::json::Value& body);

}  // namespace ig::adapters::hmrc
