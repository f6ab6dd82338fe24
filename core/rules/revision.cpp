#include "core/rules/explain.hpp"
#include "core/rules/find_figure.hpp"
#include "core/rules/kinds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using values::Money;
using values::TaxYear;

constexpr Article kAmended{14, "(1)(f)"};
constexpr Article kReviseFirst{17, "(4)"};

/// The latest sum of a tax year that fed a decision: the one in force, else the last one listed.
struct UsedYear {
  bool used = false;
  std::optional<Money> annual;
};

UsedYear find_used(const Request& request, TaxYear year) {
  UsedYear out;
  for (const UsedFigure& figure : request.used) {
    if (figure.tax_year == year) out = {true, figure.annual};
  }
  const FigureInForce& in_force = *request.in_force;
  if (in_force.tax_year == year) {
    out.used = true;
    if (in_force.annual) out.annual = in_force.annual;
  }
  return out;
}

bool is_newest(const Request& request, TaxYear year) {
  const auto& in_force = *request.in_force;
  if (in_force.tax_year && *in_force.tax_year >= year) return false;
  return std::all_of(request.used.begin(), request.used.end(),
                     [&](const UsedFigure& figure) { return figure.tax_year < year; });
}

Draft same_sum(const FigureInForce& in_force, TaxYear year) {
  Draft out;
  out.action = Action::NO_CHANGE;
  out.basis = in_force.basis;
  out.weekly = in_force.weekly;
  out.articles = {kAmended};
  out.says =
      fmt::format("HMRC gives the same sum for {} as before, so nothing changes", year.text());
  return out;
}

base::Result<Draft> against_used(const Request& request, const HistoricFigure& historic) {
  const TaxYear year = *historic.tax_year;
  const UsedYear used = find_used(request, year);
  if (used.used && !used.annual) {
    return Error{ErrorCode::MISSING_MEMBER, "/in_force/annual_pence",
                 "the sum that was used for this tax year is needed"};
  }
  if (used.used && *used.annual == historic.annual) return same_sum(*request.in_force, year);
  if (used.used) {
    return without_figure(
        Action::REVISION_CANDIDATE, {kAmended, kReviseFirst},
        fmt::format("HMRC now gives {} for {} in place of {}, so the decision that used it may "
                    "have to be revised",
                    pounds(historic.annual), year.text(), pounds(*used.annual)));
  }
  if (is_newest(request, year)) {
    return without_figure(Action::HOLD_UNTIL_REVIEW, {{20, "(1)"}},
                          fmt::format("HMRC's figure for {} is newer than any used, so it waits "
                                      "for the review",
                                      year.text()));
  }
  return without_figure(Action::REREQUEST_HMRC, {{35, "(1)"}},
                        fmt::format("HMRC answered for {}, which fed no decision and is not the "
                                    "newest, so it is asked again",
                                    year.text()));
}

}  // namespace

base::Result<Draft> revision(const Request& request, const HistoricFigure& historic,
                             const Parameters& parameters) {
  switch (historic.state) {
    case HistoricState::not_asked:
      return not_asked();
    case HistoricState::unavailable:
      return without_figure(Action::RETRY, {kAmended},
                            "HMRC could not be reached, so it is asked again");
    case HistoricState::rejected:
      return rejected_response();
    case HistoricState::no_data: {
      Draft out = without_figure(Action::HUMAN_REVIEW, {kAmended, {34, "(3)"}},
                                 "HMRC gives no figure any more where one was used, so a person "
                                 "looks at it");
      if (historic.nil_counts_as_no_data) out.citation = parameters.nil_citation;
      return out;
    }
    case HistoricState::known:
      if (!historic.tax_year) return rejected_response();
      return against_used(request, historic);
  }
  IG_UNREACHABLE("a historic figure is in one of five states");
}

}  // namespace ig::core::rules
