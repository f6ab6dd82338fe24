#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/values/date.hpp"
#include "core/values/money.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// `/individuals/benefits-and-credits` 1.0. Tax credits ended in April 2025 and no fact of ours
/// holds an award of the past, so the replies are read for the evidence and for an operator.
namespace ig::adapters::hmrc {

struct TaxCreditPayment {
  std::optional<core::values::Date> from;
  std::optional<core::values::Date> to;
  std::optional<core::values::Date> posted_on;
  std::optional<int> frequency_days;  ///< 1, 7, 14 or 28
  std::string kind;                   ///< "ICC" child, "ETC" working tax credit
  std::optional<core::values::Money> amount;
};

struct TaxCreditAward {
  std::optional<core::values::Date> calculated_on;
  std::optional<core::values::Money> total_entitlement;
  std::optional<core::values::Money> child_care;
  std::optional<core::values::Money> child;
  std::optional<core::values::Money> family;
  std::optional<core::values::Money> baby;
  std::optional<core::values::Money> child_paid_to_date;
  std::optional<core::values::Money> working;
  std::optional<core::values::Money> working_paid_to_date;
  std::vector<TaxCreditPayment> payments;
};

struct TaxCreditApplication {
  std::string id;  ///< of the household's application; decimal text, or empty
  std::vector<TaxCreditAward> awards;
};

struct TaxCreditsReply {
  std::vector<TaxCreditApplication> applications;
  std::vector<core::base::Error> refused;  ///< awards, by JSON pointer

  [[nodiscard]] std::size_t awards() const;
  [[nodiscard]] std::size_t payments() const;
  /// What was paid, of the payments of one kind: "ICC" or "ETC".
  [[nodiscard]] core::values::Money paid(std::string_view kind) const;
};

/// Reads the child and the working tax credit call. An award is refused when its money, dates or
/// periods cannot be read. Errors of the whole: MISSING_MEMBER (no `applications`), WRONG_TYPE.
[[nodiscard]] core::base::Result<TaxCreditsReply> read_tax_credits(const wire::json::Value& body);

}  // namespace ig::adapters::hmrc
