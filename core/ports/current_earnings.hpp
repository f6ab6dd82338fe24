#pragma once

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/fetched.hpp"

#include <string>
#include <vector>

namespace ig::core::ports {

/// Whose pay is asked for, and between which paydays (both days included, `from` before `to`).
struct EarningsQuestion {
  facts::Subject person;  ///< NINO and surname at least
  values::Date from;
  values::Date to;
  Purpose purpose = Purpose::watch;
};

/// What came back: a fact a row, or one Answer that says which kind of nothing it was.
struct EarningsReply {
  Fetched fetched;
  std::vector<facts::Fact> facts;
  std::vector<base::Error> refused;  ///< rows that cannot be used, by JSON pointer
};

/// Pay as HMRC holds it from real-time information (RTII 1.0).
/// Contract: every call gives a reply; nothing is thrown and nothing is lost: what is not an answer
/// is a FetchResult. The four kinds of nothing stay apart: not_matched (with the bits of what
/// agreed), matched_no_data, unknown_person, and what is no answer at all.
/// Payments lie inside [from, to]. One call at a time.
class CurrentEarnings {
 public:
  virtual ~CurrentEarnings() = default;
  [[nodiscard]] virtual EarningsReply fetch(const EarningsQuestion& question,
                                            base::Deadline by) = 0;
};

}  // namespace ig::core::ports
