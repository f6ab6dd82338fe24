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

/// The first day after `as_of` on which a book of the job's payments may read otherwise.
std::optional<Date> next_in_book(const Job& job, Date as_of) {
  std::optional<Date> out;
  for (const facts::Payment* payment : job.payments) {
    for (const auto& day : {std::optional(payment->paid_on), payment->no_longer_valid_on}) {
      if (day && *day > as_of && (!out || *day < *out)) out = day;
    }
  }
  return out;
}

bool same_facts(const Job& a, const Job& b) {
  return a.key == b.key && a.payments == b.payments && a.listed == b.listed && a.notes == b.notes;
}

}  // namespace

/// A job with what was found for it, and how long that holds.
struct PersonLedger::Kept {
  Job job;
  Book book;
  std::optional<Date> book_until;
  WeighedJob weighed;
  Date weighed_on;
  bool has_book = false;

  [[nodiscard]] bool holds(Date as_of) const {
    return has_book && as_of >= weighed_on && (!weighed.until || as_of < *weighed.until);
  }
};

PersonLedger::PersonLedger(const LedgerPolicy& policy) : policy_(policy) {}
PersonLedger::~PersonLedger() = default;
PersonLedger::PersonLedger(PersonLedger&&) noexcept = default;
PersonLedger& PersonLedger::operator=(PersonLedger&&) noexcept = default;

void PersonLedger::use(const LedgerPolicy& policy) {
  if (policy == policy_) return;
  policy_ = policy;
  for (Kept& kept : jobs_) kept.has_book = false;
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
    if (!kept.holds(as_of)) weigh(kept, as_of);
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
  const bool book_holds =
      kept.has_book && as_of >= kept.weighed_on && (!kept.book_until || as_of < *kept.book_until);
  if (!book_holds) {
    kept.book = keep_book(kept.job, as_of);
    kept.book_until = next_in_book(kept.job, as_of);
  }
  kept.weighed = weigh_job(kept.job, kept.book, as_of, policy_);
  kept.weighed_on = as_of;
  kept.has_book = true;
}

PersonIncome weigh(std::span<const facts::Payment> payments,
                   std::span<const facts::Employment> employments, values::Date as_of,
                   const LedgerPolicy& policy) {
  PersonLedger ledger(policy);
  ledger.know(payments, employments);
  return ledger.income(as_of);
}

}  // namespace ig::core::ledger
