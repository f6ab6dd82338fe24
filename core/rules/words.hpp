#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/request.hpp"

#include <string>
#include <string_view>

/// The words explanations are made of: plain English a caseworker can put in a letter. Each
/// function writes at the end of `out`. Sums are pounds with the pound sign; percentages are cut,
/// not rounded, to two places and never decide.
namespace ig::core::rules {

/// "\u00a31,234.50".
void put_pounds(std::string& out, values::Money amount);

/// "\u00a3500.00 a week".
void put_a_week(std::string& out, values::Money amount);

/// How far `other` lies from `base`: "25.00 % above", "24.99 % below", "above" from nil, or
/// "equal to".
void put_distance(std::string& out, values::Money base, values::Money other);

/// "25 %", or "1/3" where the part is no whole percentage.
void put_part(std::string& out, int numerator, int denominator);

/// "HMRC's figure for 2025-26", without the year when it is not known.
void put_hmrc_figure(std::string& out, const HistoricFigure& historic);

/// ", which is at least 25 %" or ", which is less than 25 %".
void put_verdict(std::string& out, const Test& test);

/// "Your current income", or "The pay seen in real-time data" when it is not verified.
[[nodiscard]] std::string_view income_word_first(Evidence evidence) noexcept;

/// "a current figure" and the like.
[[nodiscard]] std::string_view basis_word(facts::Basis basis) noexcept;

}  // namespace ig::core::rules
