#pragma once

#include "core/rules/assess.hpp"
#include "tests/scenario/worked_cases/inputs.hpp"

#include <optional>
#include <string_view>

/// Requests to assess() and what their answers come to.
namespace ig::tests::worked {

/// The answer to a request that has one.
[[nodiscard]] core::rules::Assessment answered(const core::rules::Request& request, const Law& law);

/// The basis a request leads to. Where current income is asked for (the contract's basis is then
/// null), the basis of any current income that is then proven.
[[nodiscard]] std::optional<core::facts::Basis> basis_led_to(const core::rules::Request& request,
                                                             const Law& law);

/// "HISTORIC", or null.
[[nodiscard]] Json basis_word(std::optional<core::facts::Basis> basis);

/// The status a case names; nothing when it names none.
[[nodiscard]] std::optional<core::facts::FigureStatus> status_named(std::string_view word);

/// The basis in force a case names; nothing when it names none.
[[nodiscard]] std::optional<core::facts::Basis> basis_named(const std::string& word);

/// The test of an answer as members: base, base_pence, meets_25, variance_percent and the like.
void put_test(Members& out, const core::rules::Assessment& answer);

/// The figure in force once an answer is applied: basis, gwi_pence.
void put_in_force_after(Members& out, const core::rules::Request& request,
                        const core::rules::Assessment& answer);

}  // namespace ig::tests::worked
