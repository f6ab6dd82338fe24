#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/request.hpp"
#include "core/rules/words.hpp"
#include "core/values/fraction.hpp"

#include <fmt/format.h>

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A request and its answer as one line of text each, by the core alone: for golden files and for
/// what a failing test says. Every member is written; "-" is absent.
namespace ig::tests {

namespace lines_detail {

inline std::string text(core::values::Money sum) { return fmt::format("{}", sum.in_pence()); }
inline std::string text(core::values::Date day) { return day.text(); }
inline std::string text(core::values::TaxYear year) { return year.text(); }
inline std::string text(bool value) { return value ? "yes" : "no"; }
inline std::string text(const core::values::Fraction& sum) {
  return core::values::text(sum.numerator()) + "/" + core::values::text(sum.denominator());
}
inline std::string text(core::facts::Basis basis) {
  constexpr std::string_view names[] = {"HISTORIC", "CURRENT", "CURRENT_ESTIMATE", "DEFAULT",
                                        "NOT_INCOME_BASED"};
  return std::string(names[static_cast<std::size_t>(basis)]);
}
inline std::string text(core::rules::DecisionKind kind) {
  constexpr std::string_view names[] = {"INITIAL", "ANNUAL_REVIEW", "PERIODIC_CURRENT_CHECK",
                                        "IN_YEAR_INCOME", "REVISION"};
  return std::string(names[static_cast<std::size_t>(kind)]);
}
inline std::string text(core::facts::FigureStatus status) {
  constexpr std::string_view names[] = {"AVAILABLE", "NIL", "NO_DATA", "UNAVAILABLE", "NOT_ASKED"};
  return std::string(names[static_cast<std::size_t>(status)]);
}
inline std::string text(core::rules::Effect effect) {
  constexpr std::string_view names[] = {"NONE", "POSSIBLE", "UNKNOWN"};
  return std::string(names[static_cast<std::size_t>(effect)]);
}

template <class Value>
std::string text(const std::optional<Value>& value) {
  return value ? text(*value) : "-";
}

inline std::string joined(const std::vector<std::string>& words, std::string_view between) {
  return words.empty() ? "-" : fmt::format("{}", fmt::join(words, between));
}

}  // namespace lines_detail

/// "ANNUAL_REVIEW 2026-12-01 GB historic=AVAILABLE,2025-26,2000000,- current=...".
inline std::string line_of(const core::rules::Request& request) {
  using lines_detail::text;
  const auto& historic = request.historic;
  std::string out =
      fmt::format("{} {} {} as_of={} anchor={} historic={},{},{}", text(request.kind),
                  request.effective_date.text(),
                  request.jurisdiction == core::facts::Jurisdiction::gb ? "GB" : "NI",
                  text(request.as_of), text(request.anchor_date), text(historic.status),
                  text(historic.tax_year), text(historic.annual));
  if (const auto& relief = historic.relief_at_source) {
    out += fmt::format(" relief={},{},{}", text(relief->annual), text(relief->requested),
                       text(relief->evidenced));
  }
  if (const auto& current = request.current) {
    out +=
        fmt::format(" current={},{},{}",
                    current->evidence == core::rules::Evidence::verified ? "VERIFIED" : "DETECTED",
                    text(current->weekly), text(current->exact_weekly));
  }
  if (const auto& force = request.in_force) {
    out += fmt::format(" in_force={},{},{},{},{},{}", text(force->basis), text(force->weekly),
                       text(force->tax_year), text(force->annual), text(force->since),
                       text(force->review_date));
  }
  for (const auto& used : request.used) {
    out += fmt::format(" used={},{}", text(used.tax_year), text(used.annual));
  }
  if (request.variation_in_force) out += " variation";
  return out;
}

/// "DETERMINE CURRENT 50000 H=40000 test=HISTORIC,40000,50000,10000,1/4,yes,- ...", then the
/// flags, the citations and the whole explanation.
inline std::string line_of(const core::rules::Assessment& answer) {
  using lines_detail::joined;
  using lines_detail::text;
  std::string out = fmt::format("{} {} {} H={} effect={}", core::rules::name(answer.action),
                                text(answer.basis), text(answer.gross_weekly_income),
                                text(answer.historic_weekly), text(answer.effect));
  if (const auto& test = answer.test) {
    out +=
        fmt::format(" test={},{},{},{},{}/{},{},{}",
                    test->base == core::rules::TestBase::historic ? "HISTORIC" : "CURRENT_IN_FORCE",
                    text(test->base_amount), text(test->other_amount), text(test->difference),
                    test->threshold_numerator, test->threshold_denominator, text(test->met),
                    text(test->met_unrounded));
  }
  for (const auto& other : answer.alternatives) {
    out += fmt::format(" or={},{},{}", core::rules::name(other.action), text(other.basis),
                       text(other.gross_weekly_income));
  }
  return out + fmt::format(" flags={} | {} | {}", joined(answer.flags, ","),
                           joined(answer.citations, "; "), answer.explanation);
}

/// "MISSING_MEMBER /in_force: this kind needs the figure in force".
inline std::string line_of(const core::base::Error& error) {
  return fmt::format("error {} {}: {}", core::base::name(error.code), error.field, error.message);
}

}  // namespace ig::tests
