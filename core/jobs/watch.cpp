#include "core/jobs/watch.hpp"

#include <utility>

namespace ig::core::jobs {
namespace {

constexpr std::size_t kPeopleInAUnit = 200;

}  // namespace

base::Result<std::uint64_t> plan_watch(const JobContext& context) {
  std::uint64_t count = 0;
  values::PersonId after;
  while (true) {
    const auto people = context.store.people_with_payments(after, kPeopleInAUnit);
    if (!people) return people.error();
    count += people->size();
    if (people->size() < kPeopleInAUnit) return count;
    after = people->back();
  }
}

base::Result<DecideTotals> run_watch(const JobContext& context, const WatchOptions& options) {
  DecideTotals totals;
  values::PersonId after;
  while (!options.stop()) {
    const auto people = context.store.people_with_payments(after, kPeopleInAUnit);
    if (!people) return people.error();
    auto unit = context.store.begin();
    if (!unit) return std::move(unit).error();
    const auto kept =
        (*unit)->keep_parameters(context.parameters.version(), context.parameters_text);
    if (!kept) return kept.error();
    for (const values::PersonId person : *people) {
      const auto decided =
          decide_income(context, **unit, person, options.as_of, "watch", Keep::when_new);
      if (!decided) return decided.error();
      totals.add(*decided);
    }
    if (const auto done = (*unit)->commit(); !done) return done.error();
    if (options.progress) options.progress(totals.people);
    if (people->size() < kPeopleInAUnit) break;
    after = people->back();
  }
  return totals;
}

}  // namespace ig::core::jobs
