#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/rules/request.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::formats {

/// An assessment request and what travels with it.
struct RequestLine {
  core::rules::Request request;
  std::string context_json;  ///< the `context` object as JSON; empty when there is none
};

/// Reads one assessment request of contracts.md ("assess"). Unknown members are ignored; null and
/// absent mean "not known". Errors carry the JSON pointer: MISSING_MEMBER, WRONG_TYPE,
/// UNKNOWN_CODE, INVALID_TEXT, INVALID_MONEY, MONEY_OUT_OF_RANGE, INVALID_NUMBER, INVALID_DATE,
/// DATE_OUT_OF_RANGE (effective_date before 2012-12-10 or after 2099), INVALID_TAX_YEAR.
[[nodiscard]] core::base::Result<RequestLine> read_request(const wire::json::Value& value);

/// Appends one request without the line end, members in the order of contracts.md; what is not
/// known is left out. `context_json` is a JSON object, or empty for none.
void write_request(std::string& out, const core::rules::Request& request,
                   std::string_view context_json);

}  // namespace ig::adapters::formats
