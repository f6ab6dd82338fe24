#pragma once

#include "core/facts/fact.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/instant.hpp"
#include "core/values/tax_year.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// When HMRC is asked, for which tax years, and which of its answers counts (SI 2012/2677 regs 4,
/// 34(3), 35(2), 36(5); law.md ).
namespace ig::core::rules {

// ---- tax years ----

/// The tax years a request may be answered for, newest first: those that ended before the day of
/// the request. The running year is out; on 6 April the year that ended the day before comes in.
[[nodiscard]] std::vector<values::TaxYear> relevant_tax_years(values::Date request,
                                                              const Parameters& parameters);

/// Is `year` one of relevant_tax_years()?
[[nodiscard]] bool is_relevant(values::TaxYear year, values::Date request,
                               const Parameters& parameters);

/// Which of HMRC's systems a year's figure comes from.
enum class FigureSource : std::uint8_t { sa, paye };

/// "SA" or "PAYE".
[[nodiscard]] std::string_view name(FigureSource source) noexcept;

/// A tax year for which HMRC holds a figure.
struct HeldYear {
  values::TaxYear tax_year;
  FigureSource source = FigureSource::paye;
  std::optional<values::Money> annual;  ///< pence a year; absent where only the holding is known
  friend bool operator==(const HeldYear&, const HeldYear&) = default;
};

/// What HMRC holds that can be used.
struct LatestYear {
  facts::FigureStatus status = facts::FigureStatus::no_data;  ///< available or no_data
  std::optional<HeldYear> used;                               ///< when available
  bool stale = false;  ///< older than the newest relevant year: lawful, and flagged
};

/// The latest available tax year of those HMRC holds. `asserted` is the year HMRC itself named as
/// the latest, where it named one. Years out of the window count for nothing; in one year SA comes
/// before PAYE. hmrc.latest_year_policy (A05): AS_ASSERTED keeps to the asserted year,
/// LATER_PAYE_BEATS_SA lets the PAYE figure of a later year go before an asserted return.
[[nodiscard]] LatestYear latest_available(std::span<const HeldYear> held,
                                          const std::optional<HeldYear>& asserted,
                                          values::Date request, const Parameters& parameters);

// ---- the day of the request ----

/// How a request lies to the date it is made for: the initial effective date or the review date.
struct RequestTiming {
  int days_before = 0;        ///< negative after the anchor date
  bool after_anchor = false;  ///< allowed by A06, and then logged
  bool in_window = false;     ///< false: a reply may be kept and is never "the last requested"
};

/// Reg 35(2): day 30 before the anchor date is in, day 31 is out. request.after_anchor (A06) says
/// whether a request after the anchor date counts.
[[nodiscard]] RequestTiming request_timing(values::Date request, values::Date anchor,
                                           const Parameters& parameters);

/// The first day on which HMRC may be asked for an anchor date.
[[nodiscard]] values::Date earliest_request(values::Date anchor, const Parameters& parameters);

/// The days on which HMRC is first asked about a review: the earliest day, and the first day of the
/// new tax year where it lies after that and not after the review date (reviews due 6 April to
/// 5 May), unless hmrc.april_straddle is FIRST_STANDS (A31). Ascending.
[[nodiscard]] std::vector<values::Date> ask_dates(values::Date review_date,
                                                  const Parameters& parameters);

/// What can be asked of HMRC at a review.
enum class RequestType : std::uint8_t { yearly_figure, unearned_income };

/// What a review asks for: unearned income only where a variation under reg 69 is in force, as no
/// more is asked for than is needed (reg 21; R-044).
[[nodiscard]] std::vector<RequestType> requests_at_review(bool reg69_variation_in_force);

// ---- several replies ----

/// One reply as it is told from the others.
struct ReplyMark {
  std::string request_id;
  values::Instant requested_at;
  values::Instant received_at;
};

/// The replies that may lead to a trigger, as indexes in the order of their requests: the first
/// received of each request. What comes again for the same request is a replay.
[[nodiscard]] std::vector<std::size_t> first_replies(std::span<const ReplyMark> replies);

/// The reply to the last request (reg 35(1)(a)), whenever it came: a late reply to an older request
/// never takes its place. Nothing when there is no reply.
[[nodiscard]] std::optional<std::size_t> standing_reply(std::span<const ReplyMark> replies);

}  // namespace ig::core::rules
