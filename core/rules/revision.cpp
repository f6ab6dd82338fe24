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

Decision same_sum(const FigureInForce& in_force) {
  Decision out = without_figure(Action::NO_CHANGE, {Article::reg14_1_f}, Clause::same_sum);
  out.basis = in_force.basis;
  out.weekly = in_force.weekly;
  return out;
}

Decision amended(Money used_annual) {
  Decision out = without_figure(Action::REVISION_CANDIDATE, {Article::reg14_1_f, Article::reg17_4},
                                Clause::amended);
  out.used_annual = used_annual;
  return out;
}

base::Result<Decision> against_used(const Request& request, const HistoricFigure& historic) {
  const TaxYear year = *historic.tax_year;
  const UsedYear used = find_used(request, year);
  if (used.used && !used.annual) {
    return Error{ErrorCode::MISSING_MEMBER, "/in_force/annual_pence",
                 "the sum that was used for this tax year is needed"};
  }
  if (used.used && *used.annual == historic.annual) return same_sum(*request.in_force);
  if (used.used) return amended(*used.annual);
  if (is_newest(request, year)) {
    return without_figure(Action::HOLD_UNTIL_REVIEW, {Article::reg20_1}, Clause::newer_year);
  }
  return without_figure(Action::REREQUEST_HMRC, {Article::reg35_1}, Clause::year_not_used);
}

}  // namespace

base::Result<Decision> revision(const Request& request, const HistoricFigure& historic,
                                const Parameters& /*parameters*/) {
  switch (historic.state) {
    case HistoricState::not_asked:
      return not_asked();
    case HistoricState::unavailable:
      return without_figure(Action::RETRY, {Article::reg14_1_f}, Clause::revision_unreachable);
    case HistoricState::rejected:
      return rejected_response();
    case HistoricState::no_data: {
      Decision out = without_figure(Action::HUMAN_REVIEW, {Article::reg14_1_f, Article::reg34_3},
                                    Clause::no_figure_any_more);
      out.cites_nil_rule = historic.nil_counts_as_no_data;
      return out;
    }
    case HistoricState::known:
      if (!historic.tax_year) return rejected_response();
      return against_used(request, historic);
  }
  IG_UNREACHABLE("a historic figure is in one of five states");
}

}  // namespace ig::core::rules
