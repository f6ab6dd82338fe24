#include "core/values/date.hpp"
#include "core/values/fraction.hpp"
#include "core/values/instant.hpp"
#include "core/values/money.hpp"
#include "core/values/nino.hpp"
#include "core/values/tax_year.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>

namespace ig::core::values {
namespace {

std::int64_t any_pence() {
  return *rc::gen::inRange<std::int64_t>(-base::limits::money_pence_max,
                                         base::limits::money_pence_max + 1);
}

Fraction any_fraction() {
  return {*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000),
          *rc::gen::inRange<std::int64_t>(1, 1'000'000)};
}

RC_GTEST_PROP(MoneyProperty, IsReadBackFromWhatItWrites, ()) {
  const Money money = Money::pence(any_pence());
  RC_ASSERT(*Money::parse(money.text()) == money);
  RC_ASSERT(*Money::parse(money.text(), Places::exactly_two) == money);
}

/// The grammar once more, in another form: no text is money by one and not by the other.
bool in_grammar(const std::string& text) {
  const std::string body = text.starts_with('-') ? text.substr(1) : text;
  const auto dot = body.find('.');
  const std::string whole = body.substr(0, dot);
  const std::string part = dot == std::string::npos ? "0" : body.substr(dot + 1);
  const auto digits = [](const std::string& run, std::size_t most) {
    return !run.empty() && run.size() <= most &&
           run.find_first_not_of("0123456789") == std::string::npos;
  };
  return digits(whole, 11) && (whole == "0" || whole[0] != '0') && digits(part, 2);
}

RC_GTEST_PROP(MoneyProperty, ReadsExactlyTheGrammar, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', '.', '-', '+'));
  RC_ASSERT(Money::parse(text).has_value() == in_grammar(text));
}

RC_GTEST_PROP(MoneyProperty, AddsLikeItsPence, ()) {
  const std::int64_t a = any_pence();
  const std::int64_t b = any_pence();
  RC_ASSERT((Money::pence(a) + Money::pence(b)).in_pence() == a + b);
  RC_ASSERT((Money::pence(a) - Money::pence(b)).in_pence() == a - b);
  RC_ASSERT((Money::pence(a) < Money::pence(b)) == (a < b));
}

RC_GTEST_PROP(DateProperty, IsReadBackFromWhatItWrites, ()) {
  const Date day = Date::of(1900, 1, 1).plus_days(*rc::gen::inRange(0, 73'049));
  RC_ASSERT(*Date::parse(day.text()) == day);
}

RC_GTEST_PROP(DateProperty, LiesInExactlyOneTaxYear, ()) {
  const Date day = Date::of(1900, 4, 6).plus_days(*rc::gen::inRange(0, 72'000));
  const TaxYear year = TaxYear::of(day);
  RC_ASSERT(year.first_day() <= day && day <= year.last_day());
  RC_ASSERT(*TaxYear::parse(year.text()) == year);
  RC_ASSERT(year.last_day().plus_days(1) == TaxYear::starting(year.start_year() + 1).first_day());
}

RC_GTEST_PROP(DateProperty, KeepsItsOrderWhenMonthsAreAdded, ()) {
  const Date a = Date::of(1950, 1, 1).plus_days(*rc::gen::inRange(0, 40'000));
  const Date b = a.plus_days(*rc::gen::inRange(0, 400));
  const int months = *rc::gen::inRange(-240, 241);
  RC_ASSERT(a.plus_months(months) <= b.plus_months(months));
}

RC_GTEST_PROP(InstantProperty, IsReadBackFromWhatItWrites, ()) {
  const auto at =
      Instant::of_millis(*rc::gen::inRange<std::int64_t>(-2'208'988'800'000, 4'102'444'799'999));
  RC_ASSERT(*Instant::parse(at.text()) == at);
}

RC_GTEST_PROP(NinoProperty, ReadsWhatItRevealsAsTheSameNumber, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::element('A', 'B', 'C', 'N', 'O', 'T', 'z', '0', '1', '7', ' '));
  const auto nino = Nino::parse(text);
  RC_ASSERT(nino.has_value() == (Nino::classify(text) != NinoClass::invalid));
  if (nino) {
    const auto again = Nino::parse(nino->reveal());
    RC_ASSERT(again.has_value() && again->reveal() == nino->reveal());
    RC_ASSERT(again->kind() == nino->kind());
  }
}

RC_GTEST_PROP(FractionProperty, ObeysTheLawsOfArithmetic, ()) {
  const Fraction a = any_fraction();
  const Fraction b = any_fraction();
  const Fraction c = any_fraction();
  RC_ASSERT(a + b == b + a);
  RC_ASSERT((a + b) + c == a + (b + c));
  RC_ASSERT(a - a == Fraction{});
  RC_ASSERT((a + b) - b == a);
  RC_ASSERT(a * b == b * a);
  RC_ASSERT((a < b) == (b > a));
}

RC_GTEST_PROP(FractionProperty, IsInLowestTerms, ()) {
  const Fraction a = any_fraction();
  const auto scale = *rc::gen::inRange<std::int64_t>(1, 1'000);
  RC_ASSERT(Fraction(a.numerator() * scale, a.denominator() * scale).denominator() ==
            a.denominator());
}

RC_GTEST_PROP(FractionProperty, RoundsToWithinHalfAPennyAndMirrors, ()) {
  const Fraction a = any_fraction();
  const Fraction error = Fraction::whole(a.half_up()) - a;
  RC_ASSERT(error <= Fraction(1, 2) && error >= Fraction(-1, 2));
  RC_ASSERT((Fraction{} - a).half_up().in_pence() == -a.half_up().in_pence());
}

}  // namespace
}  // namespace ig::core::values
