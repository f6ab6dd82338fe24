#include "tests/scenario/worked_cases/names.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace ig::tests::worked {
namespace {

using core::facts::Benefit;

bool is_year_with_stroke(const std::string& text) {
  return text.size() == 7 && text[4] == '/' &&
         text.find_first_not_of("0123456789/") == std::string::npos;
}

}  // namespace

Json percent(core::values::Money base, core::values::Money other) {
  if (base == core::values::Money()) return {};
  const std::int64_t difference = other.in_pence() - base.in_pence();
  const std::int64_t size = difference < 0 ? -difference : difference;
  const std::int64_t cut = size * 1'000'000 / base.in_pence();
  return fmt::format("{}{}.{:04}", difference < 0 ? '-' : '+', cut / 10'000, cut % 10'000);
}

const std::vector<ContractName>& contract_names() {
  static const std::vector<ContractName> names = {
      {"ZERO_BASE_READING_A08", "ZERO_BASE_A08", "the flag's name in contracts.md, IN_YEAR_INCOME"},
      {"NO_EFFECT_NOTICE", "NONE", "the member `effect` took the place of the notice"},
      {"none", "NONE", "`effect` is written in capitals"},
      {"none: both above the cap", "NONE", "`effect` is a code; the reason stands apart"},
      {"CURRENT_ESTIMATE_REG42", "CURRENT_ESTIMATE", "the basis's name in contracts.md, assess"},
      {"CONFIGURABLE_A13", "A13", "an open question is named by its number alone"},
      {"state_pension", "uk_state_pension", "one name for a kind of income in all of a figure"},
  };
  return names;
}

Json in_contract_words(const Json& expected) {
  if (expected.is_array()) {
    Json out = Json::array();
    for (const Json& one : expected) out.push_back(in_contract_words(one));
    return out;
  }
  if (!expected.is_string()) return expected;
  auto text = expected.get<std::string>();
  for (const ContractName& name : contract_names()) {
    if (name.in_case == text) return std::string(name.in_contract);
  }
  if (is_year_with_stroke(text)) text[4] = '-';
  return text;
}

Benefit benefit_named(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Benefit>, 5> names = {{
      {"UC", Benefit::UC},
      {"ESA (2013)", Benefit::ESA_NS},
      {"new-style ESA (contributory)", Benefit::ESA_NS},
      {"state pension credit", Benefit::PC},
      {"carer's allowance", Benefit::CA},
  }};
  for (const auto& [name, benefit] : names) {
    if (name == text) return benefit;
  }
  core::base::require(false, "a case names a benefit that is known");
  return Benefit::UC;
}

}  // namespace ig::tests::worked
