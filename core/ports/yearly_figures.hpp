#pragma once

#include "core/base/deadline.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/fetched.hpp"

#include <optional>
#include <string>

namespace ig::core::ports {

/// Whom a yearly figure is asked for, and under which purpose it is recorded.
struct YearlyQuestion {
  std::string request_id;  ///< ours; the same id asks for the same answer again
  facts::Subject person;   ///< NINO at least
  Purpose purpose = Purpose::review;
  values::Date asked_on;
};

/// What came back; the figure where there was an answer about the person.
struct YearlyReply {
  Fetched fetched;
  std::optional<facts::YearlyFigure> figure;
};

/// HMRC's figure for the latest complete tax year of one person.
/// Contract: every call gives a reply; nothing is thrown and nothing is lost: what is not an answer
/// is a FetchResult. There is a figure exactly where the result is matched (AVAILABLE or NIL) or
/// matched_no_data (NO_DATA); a person HMRC does not know is unknown_person; an answer that breaks
/// HMRC's contract is config_fault. Asking twice with one request_id has no other effect than
/// asking once. One call at a time.
class YearlyFigures {
 public:
  virtual ~YearlyFigures() = default;
  [[nodiscard]] virtual YearlyReply fetch(const YearlyQuestion& question, base::Deadline by) = 0;
};

}  // namespace ig::core::ports
