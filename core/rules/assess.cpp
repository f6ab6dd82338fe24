#include "core/rules/assess.hpp"

#include "core/rules/effect.hpp"
#include "core/rules/explain.hpp"
#include "core/rules/find_figure.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/kinds.hpp"

#include <algorithm>

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using facts::Basis;

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

Result<Decision> by_kind(const Request& request, const HistoricFigure& historic,
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

/// The parameters whose threshold counts where the day of the decision picks it (A26); nullptr
/// where the effective date does.
const Parameters* of_decision_day(const Request& request, const Parameters& in_force,
                                  const ParameterSet& parameters) {
  if (!in_force.threshold_of_decision_day || !request.as_of) return nullptr;
  return parameters.find(*request.as_of, request.jurisdiction);
}

Parameters with_thresholds(Parameters parameters, const Parameters& other) {
  parameters.threshold_historic = other.threshold_historic;
  parameters.threshold_current = other.threshold_current;
  parameters.at_least = other.at_least;
  parameters.rise_counts = other.rise_counts;
  parameters.fall_counts = other.fall_counts;
  return parameters;
}

template <class Code, class Name>
std::vector<std::string> sorted_names(const CodeSet<Code>& codes, int count, Name name_of) {
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) {
    const auto code = static_cast<Code>(i);
    if (codes.has(code)) out.emplace_back(name_of(code));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> citations_of(const Decision& decision, const Parameters& parameters) {
  auto out = sorted_names(decision.articles, kArticleCount,
                          [&](Article article) { return text(article, parameters); });
  if (decision.cites_nil_rule) {
    const auto at = std::lower_bound(out.begin(), out.end(), parameters.nil_citation);
    if (at == out.end() || *at != parameters.nil_citation) out.insert(at, parameters.nil_citation);
  }
  return out;
}

}  // namespace

Result<Decided> decide(const Request& request, const ParameterSet& parameters) {
  Decided out;
  out.parameters = parameters.find(request.effective_date, request.jurisdiction);
  if (out.parameters == nullptr) {
    return Error{ErrorCode::PARAMETER_MISSING, "/effective_date",
                 "no parameter is in force before 2012-12-10"};
  }
  if (const Parameters* other = of_decision_day(request, *out.parameters, parameters)) {
    out.mixed = std::make_shared<const Parameters>(with_thresholds(*out.parameters, *other));
    out.parameters = out.mixed.get();
  }
  if (auto error = check_in_force(request)) return *std::move(error);
  auto historic = historic_figure(request.historic, *out.parameters);
  if (!historic) return std::move(historic).error();
  out.historic = *historic;
  auto decision = by_kind(request, out.historic, *out.parameters);
  if (!decision) return std::move(decision).error();
  out.decision = out.historic.state == HistoricState::rejected ? rejected_response() : *decision;
  out.decision.effect = effect_of(request, out.decision.weekly, *out.parameters);
  return out;
}

Assessment in_words(const Request& request, const Decided& decided, const std::string& version) {
  const Decision& decision = decided.decision;
  Assessment out;
  out.id = request.id;
  out.kind = request.kind;
  out.action = decision.action;
  out.basis = decision.basis;
  out.gross_weekly_income = decision.weekly;
  out.historic_weekly = decided.historic.weekly_if_known();
  out.test = decision.test;
  out.effect = decision.effect;
  out.alternatives.assign(decision.alternatives.begin(), decision.alternatives.end());
  out.flags = sorted_names(decision.flags, kFlagCount, [](Flag flag) { return name(flag); });
  out.citations = citations_of(decision, *decided.parameters);
  out.parameters_version = version;
  out.explanation = explanation(decision, {request, decided.historic, *decided.parameters});
  return out;
}

Result<Assessment> assess(const Request& request, const ParameterSet& parameters) {
  auto decided = decide(request, parameters);
  if (!decided) return std::move(decided).error();
  return in_words(request, *decided, parameters.version());
}

}  // namespace ig::core::rules
