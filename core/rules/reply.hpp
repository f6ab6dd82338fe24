#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/hmrc_window.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What an answer of HMRC must have to be used (SI 2012/2677 regs 34(3), 35, 36(1); FQ [2016]
/// UKUT 446; SB [2016] UKUT 84; law.md ).
namespace ig::core::rules {

/// At which stage of a tax computation a figure was taken.
enum class FigureStage : std::uint8_t {
  charged_to_tax,            ///< the one reg 36(1) names, or not tagged otherwise
  after_personal_allowance,  ///< less than what is charged to tax: never used
};

/// HMRC's answer to one request, as far as it was given.
struct Reply {
  std::string request_id;
  std::optional<values::Date> requested_on;
  std::optional<values::Instant> received_at;
  bool subject_matches = false;  ///< the person it is about is the person asked about
  bool holds_figure = true;      ///< false: HMRC says it holds none, so no year, sum or source
  std::optional<values::TaxYear> tax_year;
  std::optional<values::Money> annual;
  std::optional<FigureSource> source;
  FigureStage stage = FigureStage::charged_to_tax;
};

/// What is known beside the answer.
struct ReplyContext {
  values::Date anchor;  ///< the initial effective date or the review date
  /// The newest tax year there is evidence of a filed return or of reported pay for; or nothing.
  std::optional<values::TaxYear> evidenced_year;
};

/// Why an answer cannot be used.
enum class ReplyFault : std::uint8_t {
  none,
  other_person,
  request_unknown,       ///< no request id, day of the request or moment of receipt
  asked_outside_window,  ///< kept, but never "the last requested" (reg 35(2))
  no_tax_year,           ///< the window cannot be tested, nor the year named
  year_outside_window,   ///< not one of the relevant tax years (reg 34(3))
  no_source,             ///< neither SA nor PAYE
  no_sum,                ///< no sum, or one below nil
  after_allowance,       ///< less than what is charged to tax
  newer_year_evidenced,  ///< an older year, although a newer one is evidenced
};

/// What is to be done with an answer.
struct ReplyJudgement {
  ReplyFault fault = ReplyFault::none;
  std::optional<Action> action;  ///< nothing: USABLE
  std::string_view says;         ///< why, as a sentence without its full stop; empty when usable

  [[nodiscard]] bool usable() const noexcept { return !action.has_value(); }
};

/// Judges an answer. REJECT_RESPONSE: something it needs is absent, or its year or its request lie
/// outside their windows. REJECT_FIGURE_REREQUEST: its figure is net of the personal allowance.
/// REREQUEST_HMRC: its year is older than one that is evidenced; what is evidenced never takes the
/// place of HMRC's figure. The first fault found is given, in the order of ReplyFault.
[[nodiscard]] ReplyJudgement judge(const Reply& reply, const ReplyContext& context,
                                   const Parameters& parameters);

}  // namespace ig::core::rules
