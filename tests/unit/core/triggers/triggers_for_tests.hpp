#pragma once

#include "core/ports/digest.hpp"
#include "core/triggers/propose.hpp"
#include "core/triggers/raise.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace ig::core::triggers::testing {

inline values::Date day(int year, unsigned month, unsigned day_of_month) {
  return values::Date::of(year, month, day_of_month);
}
inline values::Money pence(std::int64_t amount) { return values::Money::pence(amount); }

/// Stands in for SHA-256: different texts give different ids, which is all that is asked of it.
class TextDigest final : public ports::Digest {
 public:
  std::array<std::byte, 32> sha256(std::string_view bytes) override {
    std::array<std::byte, 32> out{};
    std::uint64_t hash = 1'469'598'103'934'665'603U;
    for (std::size_t i = 0; i < out.size(); ++i) {
      for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
      out[i] = static_cast<std::byte>(hash >> 32U);
    }
    return out;
  }
};

inline ledger::EmploymentIncome job(std::int64_t weekly_pence, std::string payroll_id = "E17") {
  ledger::EmploymentIncome out;
  out.employment = {"120", "XB4471", std::move(payroll_id), 0};
  out.exact_weekly = values::Fraction::whole(pence(weekly_pence));
  out.confidence = ledger::Confidence::high;
  out.level_since = day(2026, 1, 30);
  out.window = ledger::Window{day(2025, 11, 1), day(2026, 1, 31), {"41"}};
  return out;
}

inline ledger::PersonIncome person(std::int64_t weekly_pence) {
  ledger::PersonIncome out;
  out.as_of = day(2026, 2, 10);
  out.exact_weekly = values::Fraction::whole(pence(weekly_pence));
  out.confidence = ledger::Confidence::high;
  out.covers_employment = true;
  out.employments = {job(weekly_pence)};
  return out;
}

inline facts::CaseRecord open_case(std::int64_t weekly_pence, std::string id = "100") {
  facts::CaseRecord out;
  out.key = {"cms", std::move(id), "PP1"};
  out.review_date = day(2026, 12, 1);
  facts::InForce in_force;
  in_force.basis = facts::Basis::historic;
  in_force.weekly = pence(weekly_pence);
  in_force.effective_date = day(2025, 12, 1);
  in_force.since = day(2025, 12, 1);
  out.in_force = in_force;
  return out;
}

/// What assess says of an in-year request: the test as the law has it.
inline rules::Assessment assessed(const Proposal& proposal) {
  rules::Assessment out;
  out.id = proposal.request.id;
  out.kind = proposal.request.kind;
  out.explanation = "As it was tested.";
  out.effect = rules::Effect::possible;
  if (!proposal.request.current) {
    out.action = rules::Action::NOT_TESTED_NO_C;
    return out;
  }
  const std::int64_t base = proposal.request.in_force->weekly.in_pence();
  const std::int64_t other = proposal.request.current->weekly.in_pence();
  if (base == other) {
    out.action = rules::Action::NO_CHANGE;
    out.gross_weekly_income = pence(base);
    return out;
  }
  rules::Test test;
  test.base_amount = pence(base);
  test.other_amount = pence(other);
  test.difference = pence(other - base);
  test.met = 4 * (other > base ? other - base : base - other) >= base;
  out.action = test.met ? rules::Action::DETECT_ONLY_NOT_DECIDE : rules::Action::NO_SUPERSESSION;
  out.test = test;
  return out;
}

}  // namespace ig::core::triggers::testing
