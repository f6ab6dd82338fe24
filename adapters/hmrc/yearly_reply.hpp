#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/digest.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::hmrc {

/// What is known about a reply beside its bytes.
struct YearlyContext {
  core::facts::Subject subject;       ///< whom the question was about
  core::values::Instant received_at;  ///< when we had the reply
  std::optional<core::values::Date> requested_on{};
  std::string request_id{};  ///< what the reply must repeat; empty: anything (a file)
};

/// Reads the 200 body of the yearly-figure service (schemas/yearly-figures.openapi.yaml). NIL is a
/// figure of 0, also when the service writes AVAILABLE with 0; NO_DATA has no sum. The status is
/// never `unavailable` or `not_asked`. Amounts are decimal text, or JSON numbers by their text.
/// Errors: those of the JSON reader, MISSING_MEMBER, WRONG_TYPE, UNKNOWN_CODE, INVALID_MONEY,
/// MONEY_OUT_OF_RANGE, INVALID_TAX_YEAR, CONTRADICTION (a sum that does not fit the status, or the
/// reply to another question).
[[nodiscard]] core::base::Result<core::facts::YearlyFigure> read_yearly(
    std::string_view body, const YearlyContext& context, wire::json::Reader& reader,
    core::ports::Digest& digest);

/// The same for a body of any status, as a file holds it: a figure, or for the problem body
/// {"code"} an Answer: UNKNOWN_PERSON as it is, THROTTLED and UNAVAILABLE as unavailable.
/// Errors: as read_yearly(); UNKNOWN_CODE for any other problem code.
[[nodiscard]] core::base::Result<core::facts::Fact> read_yearly_file(std::string_view body,
                                                                     const YearlyContext& context,
                                                                     wire::json::Reader& reader,
                                                                     core::ports::Digest& digest);

}  // namespace ig::adapters::hmrc
