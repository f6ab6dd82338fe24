#include "core/rules/assess.hpp"

#include "core/rules/draft.hpp"
#include "core/rules/effect.hpp"
#include "core/rules/find_figure.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/kinds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using facts::Basis;

/// The first regulation whose number differs in the twin of Northern Ireland.
constexpr int kShiftedFrom = 34;

void sort_unique(std::vector<std::string>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

/// All kinds but INITIAL look at a figure in force that rests on income. Without current income an
/// in-year request tests nothing, so it may be about a case that has no such figure.
std::optional<Error> check_in_force(const Request& request) {
  if (request.kind == DecisionKind::initial) return std::nullopt;
  const bool tests_nothing =
      request.kind == DecisionKind::in_year_income && !request.current && !request.in_force;
  if (tests_nothing) return std::nullopt;
  if (!request.in_force) {
    return Error{ErrorCode::MISSING_MEMBER, "/in_force", "this kind needs the figure in force"};
  }
  const Basis basis = request.in_force->basis;
  if (basis == Basis::default_rate || basis == Basis::not_income_based) {
    return Error{ErrorCode::WRONG_KIND, "/in_force/basis",
                 "a figure that does not rest on income is never tested"};
  }
  return std::nullopt;
}

Result<Draft> decide(const Request& request, const HistoricFigure& historic,
                     const Parameters& parameters) {
  switch (request.kind) {
    case DecisionKind::initial:
      return initial(request, historic, parameters);
    case DecisionKind::annual_review:
      return annual_review(request, historic, parameters);
    case DecisionKind::in_year_income:
      return in_year(request, historic, parameters);
    case DecisionKind::periodic_current_check:
      return periodic_check(request, historic, parameters);
    case DecisionKind::revision:
      return revision(request, historic, parameters);
  }
  IG_UNREACHABLE("a kind of decision is one of five");
}

Assessment finish(const Request& request, Draft draft, const HistoricFigure& historic,
                  const Parameters& parameters, const std::string& version) {
  Assessment out;
  out.id = request.id;
  out.kind = request.kind;
  out.action = draft.action;
  out.basis = draft.basis;
  out.gross_weekly_income = draft.weekly;
  out.historic_weekly = historic.weekly_if_known();
  out.test = draft.test;
  out.effect = effect_of(request, draft.weekly, parameters);
  out.alternatives = std::move(draft.alternatives);
  out.flags = std::move(draft.flags);
  sort_unique(out.flags);
  for (const Article& article : draft.articles) out.citations.push_back(text(article, parameters));
  if (!draft.citation.empty()) out.citations.push_back(std::move(draft.citation));
  sort_unique(out.citations);
  out.parameters_version = version;
  out.explanation = std::move(draft.says);
  out.explanation.push_back('.');
  return out;
}

}  // namespace

std::string text(const Article& article, const Parameters& parameters) {
  const int shift = article.regulation >= kShiftedFrom ? parameters.regulation_shift : 0;
  return fmt::format("{} reg {}{}", parameters.instrument, article.regulation + shift,
                     article.paragraph);
}

Draft without_figure(Action action, std::vector<Article> articles, std::string says) {
  Draft out;
  out.action = action;
  out.articles = std::move(articles);
  out.says = std::move(says);
  return out;
}

Result<Assessment> assess(const Request& request, const ParameterSet& parameters) {
  const Parameters* in_force = parameters.find(request.effective_date, request.jurisdiction);
  if (in_force == nullptr) {
    return Error{ErrorCode::PARAMETER_MISSING, "/effective_date",
                 "no parameter is in force before 2012-12-10"};
  }
  if (auto error = check_in_force(request)) return *std::move(error);
  const auto historic = historic_figure(request.historic, *in_force);
  if (!historic) return historic.error();
  auto draft = decide(request, *historic, *in_force);
  if (!draft) return std::move(draft).error();
  if (historic->state == HistoricState::rejected) draft = rejected_response();
  return finish(request, *std::move(draft), *historic, *in_force, parameters.version());
}

}  // namespace ig::core::rules
