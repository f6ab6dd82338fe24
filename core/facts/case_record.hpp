#pragma once

#include "core/facts/source.hpp"
#include "core/values/money.hpp"
#include "core/values/tax_year.hpp"

#include <map>
#include <optional>
#include <string>

namespace ig::core::facts {

enum class Jurisdiction : std::uint8_t { gb, ni };
enum class CaseStatus : std::uint8_t { open, closed };
enum class Collection : std::uint8_t { direct_pay, collect_and_pay };
enum class Safety : std::uint8_t { normal, shielded, restricted };
/// What the figure in force rests on. The last two are never tested against income.
enum class Basis : std::uint8_t {
  historic,
  current,
  current_estimate,
  default_rate,
  not_income_based
};

/// The weekly figure the maintenance in force rests on: before variations, cap and other children.
struct InForce {
  Basis basis = Basis::historic;
  std::optional<values::Money> weekly;
  std::optional<values::TaxYear> tax_year;
  std::optional<values::Money> annual;
  std::map<std::string, values::Money> parts;  ///< what the annual figure is made of, when known
  std::optional<values::Date> effective_date;
  std::optional<values::Date> since;
};

/// A case as its case system last told us. Holds no receiving parent, child or address.
struct CaseRecord {
  values::CaseKey key;
  std::int64_t version = 0;
  values::Instant sent_at;
  CaseStatus status = CaseStatus::open;
  Jurisdiction jurisdiction = Jurisdiction::gb;
  Collection collection = Collection::direct_pay;
  Safety safety = Safety::normal;
  Subject person;
  std::optional<values::Date> initial_effective_date;
  std::optional<values::Date> review_date;
  std::optional<values::Date> reg9a_notified_on;
  bool variation_in_force = false;
  std::optional<InForce> in_force;  ///< absent until the first figure is known
};

}  // namespace ig::core::facts
