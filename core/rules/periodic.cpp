#include "core/rules/explain.hpp"
#include "core/rules/kinds.hpp"

#include <fmt/format.h>

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using facts::Basis;

std::optional<Error> wrong_kind(const Request& request, const Parameters& parameters) {
  const FigureInForce& in_force = *request.in_force;
  if (in_force.basis != Basis::current) {
    return Error{ErrorCode::WRONG_KIND, "/in_force/basis",
                 "the periodic check is for a figure on current income"};
  }
  if (!in_force.since) {
    return Error{ErrorCode::MISSING_MEMBER, "/in_force/since",
                 "the periodic check needs the day since when the figure stands"};
  }
  if (request.effective_date < in_force.since->plus_months(parameters.periodic_check_months)) {
    return Error{ErrorCode::WRONG_KIND, "/in_force/since",
                 fmt::format("the periodic check is for a figure that has stood {} months",
                             parameters.periodic_check_months)};
  }
  return std::nullopt;
}

}  // namespace

base::Result<Draft> periodic_check(const Request& request, const HistoricFigure& /*historic*/,
                                   const Parameters& parameters) {
  if (auto error = wrong_kind(request, parameters)) return *std::move(error);
  if (!request.current || request.current->evidence == Evidence::detected) {
    return without_figure(Action::NEED_CURRENT_INCOME, {{22, ""}},
                          fmt::format("Current income has not been looked at for {} months, so "
                                      "evidence of it is needed",
                                      parameters.periodic_check_months));
  }
  const FigureInForce& in_force = *request.in_force;
  Draft out;
  out.basis = Basis::current;
  out.weekly = request.current->weekly;
  out.articles = {{22, ""}, {23, "(3)(a)"}};
  if (request.current->weekly == in_force.weekly) {
    out.action = Action::NO_CHANGE;
    out.says =
        fmt::format("Your current income is still {}, so nothing changes", a_week(in_force.weekly));
  } else {
    out.action = Action::SUPERSEDE;
    out.says = fmt::format(
        "Your current income of {} takes the place of {} at the periodic check, "
        "where no tolerance applies",
        a_week(request.current->weekly), a_week(in_force.weekly));
  }
  return out;
}

}  // namespace ig::core::rules
