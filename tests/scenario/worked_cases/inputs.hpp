#pragma once

#include "core/base/require.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"
#include "core/values/money.hpp"
#include "core/values/tax_year.hpp"
#include "tests/support/rules.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a worked case gives, and the law it is decided under.
namespace ig::tests::worked {

using Json = nlohmann::json;

/// The members found for a case; a member of a member is named "outer.inner".
using Members = std::map<std::string, Json, std::less<>>;

/// The law on the day of a decision.
struct Law {
  core::rules::ParameterSet set;

  [[nodiscard]] const core::rules::Parameters& on(core::values::Date day = kDecisionDay) const {
    const auto* found = set.find(day, core::facts::Jurisdiction::gb);
    core::base::require(found != nullptr, "the law has parameters on the day");
    return *found;
  }
  /// The open question a row of the law answers: "A03".
  [[nodiscard]] std::string question(std::string_view name) const {
    for (const auto& row : set.rows()) {
      if (row.name == name) return row.question;
    }
    return {};
  }
  /// The word a choice of the law is set to.
  [[nodiscard]] std::string choice(std::string_view name) const {
    for (const auto& row : set.rows()) {
      if (row.name == name) return std::get<std::string>(row.value);
    }
    return {};
  }
};

/// The law under another reading of one row, on the day of a decision.
[[nodiscard]] inline core::rules::Parameters other_reading(
    std::string_view name, const core::rules::ParameterValue& value) {
  return law_with(name, value).on(kDecisionDay, core::facts::Jurisdiction::gb).value();
}

/// The inputs of a case.
class Inputs {
 public:
  explicit Inputs(const Json& json) : json_(&json) {}

  [[nodiscard]] bool has(std::string_view name) const { return json_->contains(name); }
  [[nodiscard]] const Json& at(std::string_view name) const { return json_->at(std::string(name)); }
  [[nodiscard]] std::string text(std::string_view name) const {
    return has(name) && at(name).is_string() ? at(name).get<std::string>() : std::string();
  }
  [[nodiscard]] bool flag(std::string_view name) const {
    return has(name) && at(name).is_boolean() && at(name).get<bool>();
  }
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const {
    if (!has(name) || !at(name).is_number_integer()) return std::nullopt;
    return at(name).get<std::int64_t>();
  }
  /// The sum of the first of the names that has one.
  [[nodiscard]] std::optional<core::values::Money> money(
      std::initializer_list<std::string_view> names) const {
    for (const auto name : names) {
      if (const auto found = number(name)) return core::values::Money::pence(*found);
    }
    return std::nullopt;
  }
  /// A sum that must be there.
  [[nodiscard]] core::values::Money pence(std::string_view name) const {
    const auto found = number(name);
    core::base::require(found.has_value(), "a case gives the sum its shape needs");
    return core::values::Money::pence(*found);
  }
  [[nodiscard]] std::optional<core::values::Date> date(std::string_view name) const {
    const auto found = core::values::Date::parse(text(name));
    return found ? std::optional(*found) : std::nullopt;
  }

 private:
  const Json* json_;
};

/// "2025/26" or "2025-26".
[[nodiscard]] inline core::values::TaxYear year_of(std::string text) {
  if (text.size() == 7 && text[4] == '/') text[4] = '-';
  return core::values::TaxYear::parse(text).value();
}

/// A yearly sum whose week is `weekly`.
[[nodiscard]] inline core::values::Money annual_of(core::values::Money weekly) {
  return core::values::Money::pence((weekly.in_pence() * 365 + 3) / 7);
}

[[nodiscard]] inline Json pence_of(core::values::Money amount) { return amount.in_pence(); }
[[nodiscard]] inline Json pence_of(const std::optional<core::values::Money>& amount) {
  return amount ? Json(amount->in_pence()) : Json();
}

/// How far `other` lies from `base`, in percent cut to four places: "+25.0000"; null from nil.
[[nodiscard]] Json percent(core::values::Money base, core::values::Money other);

}  // namespace ig::tests::worked
