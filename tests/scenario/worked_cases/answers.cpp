#include "tests/scenario/worked_cases/answers.hpp"

#include "adapters/formats/rule_words.hpp"
#include "core/rules/around_review.hpp"
#include "tests/scenario/worked_cases/names.hpp"

namespace ig::tests::worked {

using namespace core::rules;
using core::facts::Basis;
using core::facts::FigureStatus;
namespace words = adapters::formats::words;

Assessment answered(const Request& request, const Law& law) {
  auto answer = assess(request, law.set);
  core::base::require(answer.has_value(), "the rules answer a case");
  return *std::move(answer);
}

std::optional<Basis> basis_led_to(const Request& request, const Law& law) {
  const Assessment answer = answered(request, law);
  if (answer.action != Action::NEED_CURRENT_INCOME) return answer.basis;
  Request known = request;
  known.current = current(Evidence::verified, 0);
  const auto by_nil = answered(known, law).basis;
  known.current = current(Evidence::verified, 1);
  return answered(known, law).basis == by_nil ? by_nil : std::nullopt;
}

Json basis_word(std::optional<Basis> basis) {
  return basis ? Json(words::word(words::kBases, *basis)) : Json();
}

std::optional<FigureStatus> status_named(std::string_view word) {
  for (const auto& [text, status] : words::kStatuses) {
    if (text == word) return status;
  }
  return std::nullopt;
}

std::optional<Basis> basis_named(const std::string& word) {
  const Json ours = in_contract_words(word);
  for (const auto& [text, basis] : words::kBases) {
    if (ours == Json(text)) return basis;
  }
  return std::nullopt;
}

void put_test(Members& out, const Assessment& answer) {
  if (!answer.test) return;
  const Test& test = *answer.test;
  out["base"] = words::word(words::kTestBases, test.base);
  out["base_pence"] = pence_of(test.base_amount);
  out["compare_with_historic"] = test.base == TestBase::historic;
  out["variance_percent"] = percent(test.base_amount, test.other_amount);
  out["meets_25"] = test.met;
  out["deemed_25"] = test.base_amount == core::values::Money() && test.met;
  if (test.met_unrounded) out["meets_25_unrounded_shadow"] = *test.met_unrounded;
}

void put_in_force_after(Members& out, const Request& request, const Assessment& answer) {
  const FigureInForce& before = request.in_force.value();
  const auto moved = after(answer, before, request.historic, request.effective_date);
  const FigureInForce& now = moved ? *moved : before;
  out["basis"] = basis_word(now.basis);
  out["gwi_pence"] = pence_of(now.weekly);
  out["changed"] = now.basis != before.basis || now.weekly != before.weekly;
  out["in_force_continues"] = !moved.has_value();
}

}  // namespace ig::tests::worked
