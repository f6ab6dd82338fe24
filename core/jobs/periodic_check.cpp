#include "core/jobs/periodic_check.hpp"

#include "core/jobs/decide.hpp"
#include "core/jobs/proposals.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::RegisteredCase;
using triggers::Kind;
using values::Date;

constexpr std::string_view kSubject = "PERIODIC_CURRENT_CHECK";

bool is_of_this_check(const triggers::Raised& raised) {
  return raised.kind == Kind::NEED_CURRENT_INCOME && raised.subject == kSubject;
}

/// One case in one transaction.
Result<void> check(const JobContext& context, const RegisteredCase& of, Date due, Date as_of,
                   PeriodicSummary& summary) {
  auto unit = context.store.begin();
  if (!unit) return unit.error();
  auto standing = context.store.raised_of(of.record.key);
  if (!standing) return standing.error();
  const auto told = std::ranges::find_if(*standing, is_of_this_check);
  if (told != standing->end() && told->raised_on >= due) {
    ++summary.told;
    return {};
  }
  if (told != standing->end()) {
    // It was about a figure that is no longer in force, or in force anew.
    standing->erase(told);
    const auto put = (*unit)->put_raised(of.record.key, *standing);
    if (!put) return put;
  }
  const auto kept = (*unit)->keep_parameters(context.parameters.version(), context.parameters_text);
  if (!kept) return kept;
  const auto decided = record_decision(context, **unit, of, periodic_proposal(of, due, as_of), {},
                                       "periodic", Keep::always);
  if (!decided) return decided.error();
  summary.triggers += decided->triggers;
  return (*unit)->commit();
}

}  // namespace

Result<PeriodicSummary> run_periodic_checks(const JobContext& context, Date as_of) {
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const int months = law->periodic_check_months;
  // A month may be three days shorter than the one it is counted into.
  const auto cases = context.store.cases_current_since(as_of.plus_months(-months).plus_days(3));
  if (!cases) return cases.error();
  PeriodicSummary summary;
  for (const RegisteredCase& one : *cases) {
    const facts::InForce& figure = *one.record.in_force;
    if (!figure.since || !figure.weekly) continue;
    const Date due = figure.since->plus_months(months);
    if (due > as_of) continue;
    ++summary.due;
    if (const auto done = check(context, one, due, as_of, summary); !done) return done.error();
  }
  return summary;
}

}  // namespace ig::core::jobs
