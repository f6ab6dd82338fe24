#pragma once

#include "core/jobs/context.hpp"
#include "core/ports/current_earnings.hpp"
#include "core/ports/yearly_figures.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// HMRC as one worker reaches it. Owned by the caller; one thread.
struct HmrcPorts {
  ports::YearlyFigures* yearly = nullptr;      ///< nullptr: figures come by file, nobody is asked
  ports::CurrentEarnings* earnings = nullptr;  ///< nullptr: not configured
  /// Time spent waiting for places in the budget since it was last asked; may be empty.
  std::function<std::chrono::milliseconds()> take_waited{};
};

/// Whom HMRC is asked about and why. Nobody is asked about without an open case and a purpose.
struct Asking {
  values::PersonId person;
  ports::Purpose purpose = ports::Purpose::review;
  values::Date anchor;  ///< the date the request serves
  values::Date asked_on;
  std::chrono::milliseconds limit{10'000};  ///< longest wait, repeats and budget included
};

/// A yearly figure with the line that is written down about the question.
struct AskedYearly {
  ports::HmrcRequest request;
  std::optional<facts::YearlyFigure> figure;
};

/// Pay of a span of days, likewise.
struct AskedEarnings {
  ports::HmrcRequest request;
  std::vector<facts::Fact> facts;
  std::vector<base::Error> refused;
};

/// Asks for the yearly figure. The request id is made of person, purpose and day, so that asking
/// again on the same day, after a kill too, is the same question. `unearned`: unearned income is
/// asked for too, which a variation in force calls for (reg 21).
/// Errors: NOT_FOUND (no open case: nothing was asked), CONFIG_INVALID without the port,
/// STORE_FAILED.
[[nodiscard]] base::Result<AskedYearly> ask_yearly(const JobContext& context, const HmrcPorts& hmrc,
                                                   const Asking& asking, bool unearned);

/// Asks for pay between two paydays. Errors: as ask_yearly().
[[nodiscard]] base::Result<AskedEarnings> ask_earnings(const JobContext& context,
                                                       const HmrcPorts& hmrc, const Asking& asking,
                                                       values::Date from, values::Date to);

/// The earliest payday that is asked for on a day: the months of the weekly figure's window, and a
/// payday before them, which tells whether a job is new.
[[nodiscard]] values::Date earliest_pay(values::Date as_of, const rules::Parameters& law);

/// Keeps the question, the reply as it came and its facts, in `unit`; the same bytes twice are one
/// document. Facts are keyed by the person afterwards and hold no name. Rows that cannot be used
/// are kept with their reason.
[[nodiscard]] base::Result<void> keep(const JobContext& context, ports::UnitOfWork& unit,
                                      AskedYearly& asked);
/// Of pay: gives how many of its facts were not known before.
[[nodiscard]] base::Result<std::size_t> keep(const JobContext& context, ports::UnitOfWork& unit,
                                             AskedEarnings& asked);

/// Holds an item for an operator unless one with the same subject and code is open already.
[[nodiscard]] base::Result<void> hold_once(const JobContext& context, ports::UnitOfWork& unit,
                                           const std::string& kind, const std::string& subject,
                                           const std::string& code, const std::string& detail);

/// Replies with rows after which a field that never came is called absent.
inline constexpr std::uint64_t kRepliesBeforeAbsent = 20;

/// Fields that were asked for in so many replies and never came: a scope that lost a field looks
/// like that. Errors: STORE_FAILED.
[[nodiscard]] base::Result<std::vector<ports::FieldSeen>> absent_fields(ports::Store& store);

/// An alarm for each of them, once. Gives how many there are.
[[nodiscard]] base::Result<std::size_t> hold_absent_fields(const JobContext& context);

}  // namespace ig::core::jobs
