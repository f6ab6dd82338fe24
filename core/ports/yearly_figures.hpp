#pragma once

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"

#include <string>

namespace ig::core::ports {

/// Whom a yearly figure is asked for, and under which purpose it is recorded.
struct YearlyQuestion {
  std::string request_id;  ///< ours; the same id asks for the same answer again
  facts::Subject person;
  std::string purpose;  ///< "ANNUAL_REVIEW", "INITIAL"
  values::Date asked_on;
};

/// The answer with the bytes it was read from (kept as evidence).
struct YearlyAnswer {
  facts::YearlyFigure figure;
  std::string raw;
};

/// HMRC's figure for the latest complete tax year of one person.
/// Contract: NIL, NO_DATA and AVAILABLE are answers; UNAVAILABLE is an Error of code UNAVAILABLE,
/// THROTTLED, DEADLINE, TLS_FAILED or UNAUTHORISED; a person HMRC does not know is NOT_FOUND, a
/// question it refuses for good REFUSED_BY_PEER or FORBIDDEN; an answer that breaks HMRC's contract
/// is BAD_REPLY. Asking twice with one request_id has no other effect than asking once.
/// One call at a time.
class YearlyFigures {
 public:
  virtual ~YearlyFigures() = default;
  [[nodiscard]] virtual base::Result<YearlyAnswer> fetch(const YearlyQuestion& question,
                                                         base::Deadline by) = 0;
};

}  // namespace ig::core::ports
