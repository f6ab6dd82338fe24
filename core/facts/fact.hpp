#pragma once

#include "core/facts/payment.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>

namespace ig::core::facts {

/// The four kinds of nothing, kept apart from each other and from a sum.
enum class FigureStatus : std::uint8_t { available, nil, no_data, unavailable, not_asked };

/// HMRC's figure for the latest tax year it holds (SI 2012/2677 regs 35, 36).
struct YearlyFigure {
  FactHeader header;
  FigureStatus status = FigureStatus::not_asked;
  std::optional<values::TaxYear> tax_year;
  std::optional<values::Money> annual;  ///< as HMRC gave it, before any deduction
  std::string source_of_figure;         ///< "SA" or "PAYE"
  std::map<std::string, values::Money> parts;
  std::map<std::string, values::Money> unearned;
  std::optional<values::Date> requested_on;
};

/// A job as a source lists it, without pay.
struct Employment {
  FactHeader header;
  values::EmploymentKey employment;
  std::string employer;
  std::optional<values::Date> started_on;
  std::optional<values::Date> left_on;
  std::optional<values::PayFrequency> frequency;
};

/// An employer's word that nobody was paid (EPS).
struct NilPeriod {
  FactHeader header;
  std::string office;
  std::string reference;
  values::Date from;
  values::Date to;
};

enum class AnswerStatus : std::uint8_t { no_data, unknown_person, not_matched, unavailable };

/// A reply that held no fact: which kind of nothing it was.
struct Answer {
  FactHeader header;
  AnswerStatus status = AnswerStatus::no_data;
  std::optional<int> match_pattern;  ///< RTII bits 0 to 63
  std::string code;                  ///< the source's own code, or empty
};

using Fact = std::variant<Payment, YearlyFigure, Employment, NilPeriod, Answer>;

[[nodiscard]] inline FactHeader& header(Fact& fact) {
  return std::visit([](auto& f) -> FactHeader& { return f.header; }, fact);
}
[[nodiscard]] inline const FactHeader& header(const Fact& fact) {
  return std::visit([](const auto& f) -> const FactHeader& { return f.header; }, fact);
}

}  // namespace ig::core::facts
