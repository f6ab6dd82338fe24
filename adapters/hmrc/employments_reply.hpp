#pragma once

#include "adapters/hmrc/individuals_reply.hpp"

namespace ig::adapters::hmrc {

/// A payment the employments API lists beside a job. It names no period and no pay to date, so it
/// is no fact: the income API has the same payday in full.
struct EmploymentPay {
  core::values::EmploymentKey employment;
  core::values::Date paid_on;
  core::values::Money taxable_pay;
};

struct EmploymentsReply : IndividualsReply {
  std::vector<core::values::EmploymentKey> keys;  ///< of the jobs, in the order of the reply
  std::vector<EmploymentPay> pay;                 ///< what can be read of it
};

/// Reads `/individuals/employments/paye`, P1.0 and 2.0: an Employment for each job that names its
/// employer, an Answer NO_DATA for none. An end of 2099-12-31 or later is none; frequencies are
/// read as words and as codes; payments under `payment` or `payments`.
/// A job is refused that has no employer, or dates or a frequency that cannot be read.
/// Errors of the whole: MISSING_MEMBER (no `employments`), WRONG_TYPE.
[[nodiscard]] core::base::Result<EmploymentsReply> read_employments(
    const wire::json::Value& body, const IndividualsContext& context, core::ports::Digest& digest);

}  // namespace ig::adapters::hmrc
