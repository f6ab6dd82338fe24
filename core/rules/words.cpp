#include "core/rules/words.hpp"

#include <array>
#include <charconv>

namespace ig::core::rules {
namespace {

using values::Int128;
using values::Money;

void put_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void put_two_digits(std::string& out, std::int64_t number) {
  out.push_back(static_cast<char>('0' + number / 10));
  out.push_back(static_cast<char>('0' + number % 10));
}

}  // namespace

void put_pounds(std::string& out, Money amount) {
  out += "\xc2\xa3";
  std::array<char, 20> digits{};
  const char* at = digits.data();
  const char* end =
      std::to_chars(digits.data(), digits.data() + digits.size(), amount.in_pence() / 100).ptr;
  while (at != end) {
    out.push_back(*at++);
    if (at != end && (end - at) % 3 == 0) out.push_back(',');
  }
  out.push_back('.');
  put_two_digits(out, amount.in_pence() % 100);
}

void put_a_week(std::string& out, Money amount) {
  put_pounds(out, amount);
  out += " a week";
}

void put_distance(std::string& out, Money base, Money other) {
  if (base == other) {
    out += "equal to";
    return;
  }
  const bool above = other > base;
  const std::int64_t whole = base.in_pence();
  if (whole != 0) {
    const Money gap = above ? other - base : base - other;
    const Int128 hundredths = Int128{gap.in_pence()} * 10'000 / whole;
    put_number(out, static_cast<std::int64_t>(hundredths / 100));
    out.push_back('.');
    put_two_digits(out, static_cast<std::int64_t>(hundredths % 100));
    out += " % ";
  }
  out += above ? "above" : "below";
}

void put_part(std::string& out, int numerator, int denominator) {
  if (numerator * 100 % denominator == 0) {
    put_number(out, numerator * 100 / denominator);
    out += " %";
    return;
  }
  put_number(out, numerator);
  out.push_back('/');
  put_number(out, denominator);
}

void put_hmrc_figure(std::string& out, const HistoricFigure& historic) {
  out += "HMRC's figure";
  if (historic.tax_year) {
    out += " for ";
    out += historic.tax_year->text();
  }
  if (historic.relief_exceeds_figure) {
    out += ", which the pension paid exceeds and so brings to nil,";
  } else if (historic.relief_taken_off) {
    out += ", less the pension paid,";
  }
}

void put_verdict(std::string& out, const Test& test) {
  out += test.met ? ", which is at least " : ", which is less than ";
  put_part(out, test.threshold_numerator, test.threshold_denominator);
}

std::string_view income_word_first(Evidence evidence) noexcept {
  return evidence == Evidence::verified ? "Your current income" : "The pay seen in real-time data";
}

std::string_view basis_word(facts::Basis basis) noexcept {
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

}  // namespace ig::core::rules
