#include "core/rules/explain.hpp"

#include <fmt/format.h>

namespace ig::core::rules {
namespace {

using values::Int128;
using values::Money;

}  // namespace

std::string pounds(Money amount) {
  std::string digits = std::to_string(amount.in_pence() / 100);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return fmt::format("\xc2\xa3{}.{:02}", digits, amount.in_pence() % 100);
}

std::string a_week(Money amount) { return pounds(amount) + " a week"; }

std::string distance(Money base, Money other) {
  if (base == other) return "equal to";
  const std::string_view side = other > base ? "above" : "below";
  if (base == Money()) return std::string(side);
  const Int128 gap = Int128{other.in_pence()} - base.in_pence();
  const Int128 hundredths = (gap < 0 ? -gap : gap) * 10'000 / base.in_pence();
  return fmt::format("{}.{:02} % {}", values::text(hundredths / 100),
                     static_cast<int>(hundredths % 100), side);
}

std::string part_text(int numerator, int denominator) {
  if (numerator * 100 % denominator == 0) return fmt::format("{} %", numerator * 100 / denominator);
  return fmt::format("{}/{}", numerator, denominator);
}

std::string hmrc_figure(const HistoricFigure& historic) {
  std::string out = "HMRC's figure";
  if (historic.tax_year) out += " for " + historic.tax_year->text();
  if (historic.relief_exceeds_figure) {
    out += ", which the pension paid exceeds and so brings to nil,";
  } else if (historic.relief_taken_off) {
    out += ", less the pension paid,";
  }
  return out;
}

std::string income_word(Evidence evidence) {
  return evidence == Evidence::verified ? "your current income" : "the pay seen in real-time data";
}

std::string income_word_first(Evidence evidence) {
  return evidence == Evidence::verified ? "Your current income" : "The pay seen in real-time data";
}

std::string_view basis_word(facts::Basis basis) {
  switch (basis) {
    case facts::Basis::historic:
      return "historic income";
    case facts::Basis::current:
      return "current income";
    case facts::Basis::current_estimate:
      return "an estimate of current income";
    case facts::Basis::default_rate:
      return "the default rate";
    case facts::Basis::not_income_based:
      return "something other than income";
  }
  IG_UNREACHABLE("a basis is one of five");
}

std::string verdict(const Test& test) {
  return fmt::format(", which is {} {}", test.met ? "at least" : "less than",
                     part_text(test.threshold_numerator, test.threshold_denominator));
}

}  // namespace ig::core::rules
