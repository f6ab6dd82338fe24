#include "core/ledger/ledger.hpp"

#include "core/base/require.hpp"
#include "core/ledger/book.hpp"
#include "core/ledger/employment.hpp"
#include "core/ledger/jobs.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace ig::core::ledger {
namespace {

using values::Date;
using values::Fraction;

/// The person's sum: the exact fractions of the active jobs; see PersonIncome for when there is
/// none.
void add_up(PersonIncome& person) {
  Fraction sum;
  values::Money deductible = values::Money::pence(0);
  bool known = true;
  bool any_active = false;
  bool any_lapsed = false;
  person.confidence = Confidence::high;
  for (const EmploymentIncome& job : person.employments) {
    (job.occupational_pension ? person.covers_pension : person.covers_employment) = true;
    person.notes.insert(person.notes.end(), job.notes.begin(), job.notes.end());
    any_lapsed = any_lapsed || job.status == EmploymentStatus::lapsed;
    if (job.status != EmploymentStatus::active) continue;
    any_active = true;
    person.confidence = std::min(person.confidence, job.confidence);
    deductible += job.deductible_weekly.value_or(values::Money::pence(0));
    if (job.exact_weekly) {
      sum = sum + *job.exact_weekly;
    } else {
      known = false;
    }
  }
  if (any_lapsed) person.confidence = std::min(person.confidence, Confidence::medium);
  if (!any_active && any_lapsed) known = false;
  if (known) {
    person.exact_weekly = sum;
  } else {
    person.confidence = Confidence::low;
  }
  if (deductible > values::Money::pence(0)) person.deductible_weekly = deductible;
  std::ranges::sort(person.notes);
  const auto repeated = std::ranges::unique(person.notes);
  person.notes.erase(repeated.begin(), repeated.end());
}

bool same_facts(const Job& a, const Job& b) {
  return a.key == b.key && a.payments == b.payments && a.listed == b.listed &&
         a.year_corrections == b.year_corrections && a.notes == b.notes;
}

}  // namespace

/// A job with what was found for it, and how long that holds.
struct PersonLedger::Kept {
  Job job;
  std::optional<Book> book;  ///< absent: nothing was found yet
  WeighedJob weighed;
  Date weighed_on;

  /// What was found then, until that day, still stands.
  [[nodiscard]] bool stands(const std::optional<Date>& until, Date as_of) const {
    return book && as_of >= weighed_on && (!until || as_of < *until);
  }
};

PersonLedger::PersonLedger(const LedgerPolicy& policy) : policy_(policy) {}
PersonLedger::~PersonLedger() = default;
PersonLedger::PersonLedger(PersonLedger&&) noexcept = default;
PersonLedger& PersonLedger::operator=(PersonLedger&&) noexcept = default;

void PersonLedger::use(const LedgerPolicy& policy) {
  if (policy == policy_) return;
  policy_ = policy;
  for (Kept& kept : jobs_) kept.book.reset();
}

void PersonLedger::know(std::span<const facts::Payment> payments,
                        std::span<const facts::Employment> employments) {
  std::vector<Kept> before = std::move(jobs_);
  jobs_.clear();
  for (Job& job : sort_into_jobs(payments, employments)) {
    const auto same =
        std::ranges::find_if(before, [&](const Kept& one) { return same_facts(one.job, job); });
    if (same == before.end()) {
      jobs_.emplace_back().job = std::move(job);
    } else {
      jobs_.push_back(std::move(*same));
    }
  }
}

PersonIncome PersonLedger::income(Date as_of) {
  PersonIncome person;
  person.as_of = as_of;
  for (Kept& kept : jobs_) {
    if (!kept.stands(kept.weighed.until, as_of)) weigh(kept, as_of);
    const WeighedJob& weighed = kept.weighed;
    if (weighed.income) person.employments.push_back(*weighed.income);
    if (weighed.until && (!person.until || *weighed.until < *person.until)) {
      person.until = weighed.until;
    }
  }
  if (!person.employments.empty()) add_up(person);
  return person;
}

void PersonLedger::weigh(Kept& kept, Date as_of) {
  const bool same_book = kept.book && kept.stands(kept.book->until, as_of);
  if (!same_book) kept.book = keep_book(kept.job, as_of);
  kept.weighed = weigh_job(kept.job, *kept.book, as_of, policy_);
  kept.weighed_on = as_of;
}

PersonIncome weigh(std::span<const facts::Payment> payments,
                   std::span<const facts::Employment> employments, values::Date as_of,
                   const LedgerPolicy& policy) {
  PersonLedger ledger(policy);
  ledger.know(payments, employments);
  return ledger.income(as_of);
}

}  // namespace ig::core::ledger
