#pragma once

#include "core/ports/store.hpp"

#include <string>

/// Made-up cases, facts, decisions and triggers for the store's tests.
namespace ig::tests::contract::store {

/// 2026-02-01T00:00:00Z and `seconds`.
[[nodiscard]] core::values::Instant at(std::int64_t seconds);

/// A NINO of a made-up person: "NA000001A", "NA000002A" ...
[[nodiscard]] core::values::Nino nino(int person);

/// An open case of a made-up person with a HISTORIC figure, due for review on 2026-12-01.
[[nodiscard]] core::facts::CaseRecord a_case(const std::string& case_system,
                                             const std::string& case_id, int person,
                                             std::int64_t version = 1);

/// A monthly payment with its own id, received at(0).
[[nodiscard]] core::ports::StagedFact a_payment(core::values::PersonId person, int number);

/// A yearly figure with its own id.
[[nodiscard]] core::ports::StagedFact a_yearly_figure(core::values::PersonId person, int number,
                                                      core::values::Instant received_at);

/// 32 hex digits that name the number.
[[nodiscard]] std::string id32(int number);

/// A decision on a case as the register holds it.
[[nodiscard]] core::ports::NewDecision a_decision(const core::ports::RegisteredCase& of,
                                                  const std::string& parameters_version);

/// A trigger of a case with its own id.
[[nodiscard]] core::triggers::Trigger a_trigger(const core::values::CaseKey& key, int number);

/// A receipt that says it was applied.
[[nodiscard]] core::ports::Receipt applied();

/// Puts cases into the register in a unit of their own; each must be added.
void register_cases(core::ports::Store& store, const std::vector<core::facts::CaseRecord>& records);

/// The person of a NINO; must be registered.
[[nodiscard]] core::values::PersonId person(core::ports::Store& store, int number);

/// Stores `numbers` as triggers of a case in mode LIVE, each on a decision of its own.
void raise(core::ports::Store& store, const core::values::CaseKey& key,
           const std::vector<int>& numbers, core::values::Instant when = at(0));

}  // namespace ig::tests::contract::store
