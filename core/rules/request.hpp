#pragma once

#include "core/facts/case_record.hpp"
#include "core/facts/fact.hpp"
#include "core/values/fraction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::core::rules {

/// The kinds of decision that can be tested (law.md R-001).
enum class DecisionKind : std::uint8_t {
  initial,
  annual_review,
  periodic_current_check,
  in_year_income,
  revision,
};

/// How far current income can be trusted: proven to a person, or seen in real-time data only.
enum class Evidence : std::uint8_t { verified, detected };

/// HMRC's figure as it goes into a decision.
struct Historic {
  facts::FigureStatus status = facts::FigureStatus::not_asked;
  std::optional<values::TaxYear> tax_year;
  std::optional<values::Money> annual;
  std::string source;  ///< "SA", "PAYE" or empty
  struct ReliefAtSource {
    values::Money annual;
    bool requested = false;
    bool evidenced = false;
  };
  std::optional<ReliefAtSource> relief_at_source;
};

/// Current income that is known; absent from a Request when it is not.
struct Current {
  Evidence evidence = Evidence::detected;
  values::Money weekly;
  std::optional<values::Fraction> exact_weekly;  ///< pence
};

/// The figure in force, as a rule needs it.
struct FigureInForce {
  facts::Basis basis = facts::Basis::historic;
  values::Money weekly;
  std::optional<values::TaxYear> tax_year;
  std::optional<values::Money> annual;
  std::optional<values::Date> since;
  std::optional<values::Date> review_date;
};

/// A tax year's sum that once fed a decision (REVISION).
struct UsedFigure {
  values::TaxYear tax_year;
  values::Money annual;
};

/// One question to the rules: contracts.md, "assess". Everything the decision may look at.
struct Request {
  std::string id;
  DecisionKind kind = DecisionKind::initial;
  values::Date effective_date;
  facts::Jurisdiction jurisdiction = facts::Jurisdiction::gb;
  std::optional<values::Date> as_of;
  std::optional<values::Date> anchor_date;
  Historic historic;
  std::optional<Current> current;
  std::optional<FigureInForce> in_force;
  std::vector<UsedFigure> used;
  bool variation_in_force = false;
};

}  // namespace ig::core::rules
