#pragma once

#include "core/facts/benefit.hpp"
#include "tests/scenario/worked_cases/inputs.hpp"

#include <string>
#include <string_view>

/// Where the words of the cases and those of contracts.md differ. The contract is right.
namespace ig::tests::worked {

/// A word of a case, the contract's, and why they differ.
struct ContractName {
  std::string_view in_case;
  std::string_view in_contract;
  std::string_view reason;
};

/// The table of names that differ.
[[nodiscard]] const std::vector<ContractName>& contract_names();

/// An expected value in the words of the contract: names by the table, tax years with a hyphen.
[[nodiscard]] Json in_contract_words(const Json& expected);

/// The benefit a case speaks of.
[[nodiscard]] core::facts::Benefit benefit_named(std::string_view text);

}  // namespace ig::tests::worked
