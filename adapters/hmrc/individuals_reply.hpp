#pragma once

#include "adapters/formats/fields.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/digest.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the readers of the individuals-* replies share. Every field is optional, unknown members
/// are ignored; money is a JSON number or text, by its decimal text.
namespace ig::adapters::hmrc {

/// What is known about a reply beside its bytes.
struct IndividualsContext {
  core::facts::Subject subject;  ///< whom was asked about: the replies do not say
  core::values::Instant received_at;
  std::string document;   ///< "sha256:..." of the body, or of the bodies it stands with
  std::string pointer{};  ///< where the body stands in that document; empty: it is the document
  /// Rows of other days are left out without a word: another reply has them.
  std::optional<formats::DateRange> days{};
  /// Employments of the person known from elsewhere: the income API leaves the PAYE office out.
  std::vector<core::values::EmploymentKey> employers{};
};

/// The facts of a reply, and what cannot be used of it.
struct IndividualsReply {
  std::vector<core::facts::Fact> facts;    ///< of rows; or one Answer
  std::vector<core::base::Error> refused;  ///< with the JSON pointer of the row and member
};

inline constexpr std::string_view kIncomeSystem = "individuals-income";
inline constexpr std::string_view kEmploymentsSystem = "individuals-employments";
inline constexpr std::string_view kTaxCreditsSystem = "individuals-benefits-and-credits";
inline constexpr std::string_view kDetailsSystem = "individuals-details";

/// Header of a fact of this reply.
[[nodiscard]] core::facts::FactHeader header_of(const IndividualsContext& context,
                                                std::string_view system, std::string_view place);

/// An Answer in place of facts.
[[nodiscard]] core::facts::Fact answer_of(core::facts::AnswerStatus status,
                                          const IndividualsContext& context,
                                          std::string_view system, core::ports::Digest& digest,
                                          std::string code = {});

/// The Answer of a body {"code","message"} of any status but 200: MATCHING_FAILED is NOT_MATCHED,
/// every other code UNAVAILABLE. Nothing for a body without a code.
[[nodiscard]] std::optional<core::facts::Fact> error_answer(const wire::json::Value& body,
                                                            const IndividualsContext& context,
                                                            std::string_view system,
                                                            core::ports::Digest& digest);

/// Largest money of a payment: 999,999,999.99 pounds either way.
inline constexpr std::int64_t kPaymentPenceMax = 99'999'999'999;

/// Money of at most `most` pence either way. Sets INVALID_MONEY, MONEY_OUT_OF_RANGE, WRONG_TYPE.
[[nodiscard]] std::optional<core::values::Money> money_if(formats::Fields& row,
                                                          std::string_view name, std::int64_t most);

/// A whole number, or its text. Sets INVALID_NUMBER, WRONG_TYPE.
[[nodiscard]] std::optional<int> number_if(formats::Fields& row, std::string_view name, int least,
                                           int most);

/// Text as it came, or the digits of a number; empty when absent, of another type or too long.
[[nodiscard]] std::string loose_text(const formats::Fields& row, std::string_view name);

/// The tax year of any of HMRC's three notations: "2024-25", "24-25", and "2025" for the year that
/// ends in 2025. Errors: INVALID_TAX_YEAR.
[[nodiscard]] core::base::Result<core::values::TaxYear> any_tax_year(std::string_view text);
[[nodiscard]] std::optional<core::values::TaxYear> tax_year_if(formats::Fields& row,
                                                               std::string_view name);

/// The end of something: 2099-12-31 and every later day mean that it has none. Sets INVALID_DATE,
/// WRONG_TYPE.
[[nodiscard]] std::optional<core::values::Date> end_date_if(formats::Fields& row,
                                                            std::string_view name);

/// A frequency by HMRC's code ("M1") or word ("CALENDAR_MONTHLY"). Sets UNKNOWN_CODE.
[[nodiscard]] std::optional<core::values::PayFrequency> frequency_if(formats::Fields& row,
                                                                     std::string_view name);

/// Office and reference of `name`, "120/XB4471" or "XB4471" with the office elsewhere. Sets
/// INVALID_TEXT for an office that is not one to three digits.
void read_employer_reference(formats::Fields& row, std::string_view name,
                             core::values::EmploymentKey& key);

/// "001" of "1"; nothing when it is not one to three digits.
[[nodiscard]] std::optional<std::string> three_digits(std::string_view office);

}  // namespace ig::adapters::hmrc
