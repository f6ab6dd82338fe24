#pragma once

#include "core/ports/yearly_batch.hpp"

namespace ig::adapters::hmrc {

/// Reads one answer file (schemas/yearly-answer.xsd) in one pass; see core::ports::YearlyBatch. A
/// file that the schema refuses is refused whole; an answer whose members deny each other is given
/// to `on_answer` as refused, and the rest stands.
/// Errors of the report: those of wire::xml::PushParser, UNKNOWN_NAMESPACE, UNEXPECTED_ELEMENT,
/// MISSING_ELEMENT, INVALID_TEXT, INVALID_NUMBER, INVALID_INSTANT, INVALID_TAX_YEAR, INVALID_MONEY,
/// MONEY_OUT_OF_RANGE, UNKNOWN_CODE, LIMIT_EXCEEDED, and for a file that is not whole TRUNCATED,
/// MISSING_ELEMENT (the trailer) and CONTROL_TOTAL.
[[nodiscard]] core::base::Result<core::ports::BatchReport> read_yearly_answers(
    core::ports::ByteSource& source, const core::ports::BatchContext& context,
    const core::ports::OnAnswer& on_answer);

}  // namespace ig::adapters::hmrc
