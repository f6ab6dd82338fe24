#include "core/jobs/due_reviews.hpp"

#include "core/rules/hmrc_window.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::RegisteredCase;

bool rests_on_income(const facts::CaseRecord& record) {
  if (!record.in_force || !record.in_force->weekly) return false;
  switch (record.in_force->basis) {
    case facts::Basis::historic:
    case facts::Basis::current:
    case facts::Basis::current_estimate:
      return true;
    case facts::Basis::default_rate:
    case facts::Basis::not_income_based:
      return false;
  }
  IG_UNREACHABLE("a basis is one of five");
}

}  // namespace

Result<bool> has_its_review(const JobContext& context, const RegisteredCase& of) {
  const auto standing = context.store.raised_of(of.record.key);
  if (!standing) return standing.error();
  const std::string subject = of.record.review_date->text();
  return std::ranges::any_of(*standing, [&](const triggers::Raised& raised) {
    return raised.kind == triggers::Kind::ANNUAL_REVIEW && raised.subject == subject;
  });
}

Result<DueReviews> find_due_reviews(const JobContext& context, values::Date as_of, int days) {
  auto cases = context.store.cases_with_review_until(as_of.plus_days(days));
  if (!cases) return std::move(cases).error();
  DueReviews out;
  for (RegisteredCase& one : *cases) {
    const auto done = has_its_review(context, one);
    if (!done) return done.error();
    if (*done) {
      ++out.answered;
      continue;
    }
    if (!rests_on_income(one.record)) {
      ++out.not_tested;
      continue;
    }
    ++out.cases;
    if (out.people.empty() || out.people.back().person != one.person) {
      out.people.push_back({one.person, {}});
    }
    out.people.back().cases.push_back(std::move(one));
  }
  return out;
}

bool counts_for(const RegisteredCase& of, values::Date asked, values::Date as_of,
                const rules::Parameters& law) {
  return asked <= as_of && rules::request_timing(asked, *of.record.review_date, law).in_window;
}

bool counts_for_all(const DueReview& due, values::Date asked, values::Date as_of,
                    const rules::Parameters& law) {
  return std::ranges::all_of(
      due.cases, [&](const RegisteredCase& one) { return counts_for(one, asked, as_of, law); });
}

bool needs_unearned(const DueReview& due) {
  return std::ranges::any_of(due.cases, [](const RegisteredCase& one) {
    const auto types = rules::requests_at_review(one.record.variation_in_force);
    return std::ranges::find(types, rules::RequestType::unearned_income) != types.end();
  });
}

}  // namespace ig::core::jobs
