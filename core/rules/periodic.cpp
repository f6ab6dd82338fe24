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

base::Result<Decision> periodic_check(const Request& request, const HistoricFigure& /*historic*/,
                                      const Parameters& parameters) {
  if (auto error = wrong_kind(request, parameters)) return *std::move(error);
  if (!request.current || request.current->evidence == Evidence::detected) {
    return without_figure(Action::NEED_CURRENT_INCOME, {Article::reg22}, Clause::evidence_needed);
  }
  const bool same = request.current->weekly == request.in_force->weekly;
  Decision out;
  out.action = same ? Action::NO_CHANGE : Action::SUPERSEDE;
  out.basis = Basis::current;
  out.weekly = request.current->weekly;
  out.cite({Article::reg22, Article::reg23_3_a});
  out.clauses.add(same ? Clause::still_the_same : Clause::replaced_at_check);
  return out;
}

}  // namespace ig::core::rules
