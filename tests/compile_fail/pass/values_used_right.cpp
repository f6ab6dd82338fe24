// The control: the same headers and flags, used as they are meant to be.
#include "core/base/result.hpp"
#include "core/base/sensitive.hpp"
#include "core/values/date.hpp"
#include "core/values/ids.hpp"
#include "core/values/money.hpp"
#include "core/values/nino.hpp"

#include <fmt/format.h>

#include <iostream>
#include <string>

using ig::core::values::Money;

constexpr auto kDay = ig::core::values::Date::of(2024, 2, 29);

ig::core::base::Result<int> answer();
void wanted(ig::core::values::PersonId person);

Money right(Money a) { return a + Money::pence(1); }

int right() {
  const auto result = answer();
  return result ? *result : 0;
}

void right(const ig::core::values::Nino& nino, const ig::core::base::Sensitive<std::string>& name) {
  std::cout << nino.reveal() << name.reveal() << fmt::format("{}", kDay.text());
  wanted(ig::core::values::PersonId{1});
}
