#include "core/ledger/jobs.hpp"

#include "core/facts/systems.hpp"
#include "core/ledger/notes.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace ig::core::ledger {
namespace {

using facts::Payment;
using Payments = std::vector<const Payment*>;

/// What one payroll id of one PAYE scheme was reported with.
struct Group {
  Payments payments;
  std::set<std::int32_t> sequences;
  std::set<std::string> systems;
  std::set<std::string_view> notes;

  void add(const Payment& payment) {
    payments.push_back(&payment);
    if (payment.employment.sequence != 0) sequences.insert(payment.employment.sequence);
    systems.insert(payment.header.source.system);
  }
  void take(Group& other) {
    payments.insert(payments.end(), other.payments.begin(), other.payments.end());
    sequences.insert(other.sequences.begin(), other.sequences.end());
    systems.insert(other.systems.begin(), other.systems.end());
    notes.insert(other.notes.begin(), other.notes.end());
  }
};

/// One PAYE scheme: its payroll ids, and the rows that name a job by its sequence alone.
struct Scheme {
  std::map<std::string, Group> groups;
  std::map<std::int32_t, Group> aliases;
};
using SchemeKey = std::pair<std::string, std::string>;

/// Ids of facts that no longer stand: superseded, or retracted and not asserted again later.
template <class Fact>
std::set<std::string> fallen(std::span<const Fact> all) {
  std::set<std::string> out;
  std::map<std::string, std::pair<values::Instant, bool>> last;
  for (const Fact& fact : all) {
    const facts::FactHeader& header = fact.header;
    if (header.test) continue;
    if (!header.supersedes.empty() && header.supersedes != header.fact_id) {
      out.insert(header.supersedes);
    }
    const bool retracted = header.state == facts::FactState::retracted;
    const std::pair now{header.received_at, retracted};
    const auto [at, fresh] = last.try_emplace(header.fact_id, now);
    if (!fresh) at->second = std::max(at->second, now);
  }
  for (const auto& [id, state] : last) {
    if (state.second) out.insert(id);
  }
  return out;
}

template <class Fact>
std::vector<const Fact*> standing(std::span<const Fact> all) {
  const std::set<std::string> gone = fallen(all);
  std::vector<const Fact*> out;
  for (const Fact& fact : all) {
    if (fact.header.test || fact.header.state == facts::FactState::retracted) continue;
    if (!fact.header.fact_id.empty() && gone.contains(fact.header.fact_id)) continue;
    out.push_back(&fact);
  }
  return out;
}

const Payment& first_paid(const Payments& payments) {
  return **std::ranges::min_element(payments, [](const Payment* a, const Payment* b) {
    return std::pair(a->paid_on, a->taxable_pay_to_date) <
           std::pair(b->paid_on, b->taxable_pay_to_date);
  });
}
const Payment& last_paid(const Payments& payments) {
  return **std::ranges::max_element(payments, [](const Payment* a, const Payment* b) {
    return std::pair(a->paid_on, a->taxable_pay_to_date) <
           std::pair(b->paid_on, b->taxable_pay_to_date);
  });
}

constexpr int kDaysSilent = 62;  ///< a job silent for longer is not looked for under a new id

/// A first row of a year says nothing by its total: it is the same job when it starts no job, pays
/// by the same rhythm about the same, and comes when the other's next pay was due.
bool goes_on_in_new_year(const Payment& last, const Payment& first) {
  if (first.tax_year.previous() != last.tax_year || first.frequency != last.frequency) return false;
  if (last.left_on || !last.taxable_pay || !first.taxable_pay) return false;
  const auto before = total_before(first);
  const std::int64_t old_pay = last.taxable_pay->in_pence();
  const std::int64_t apart = first.taxable_pay->in_pence() - old_pay;
  return before && before->in_pence() == 0 && old_pay > 0 && 4 * std::abs(apart) <= old_pay;
}

/// `later` is `earlier` under a new payroll id: said so, or its total goes on where the other's
/// ended or beyond (a row between them is missing or late), and the other was never paid again.
/// The total of a job of its own begins with its own pay.
bool renumbered(const std::string& old_id, const Group& earlier, const Group& later) {
  const bool told = std::ranges::any_of(later.payments, [&](const Payment* payment) {
    return !old_id.empty() && payment->payroll_id_changed_from == old_id;
  });
  if (told) return true;
  const Payment& last = last_paid(earlier.payments);
  const Payment& first = first_paid(later.payments);
  if (first.paid_on <= last.paid_on) return false;
  const auto before = total_before(first);
  if (first.tax_year == last.tax_year && before && before->in_pence() > 0 &&
      before == last.taxable_pay_to_date) {
    return true;
  }
  if (values::days_between(last.paid_on, first.paid_on) > kDaysSilent) return false;
  if (first.started_on && *first.started_on > last.paid_on) return false;
  if (first.tax_year != last.tax_year) return goes_on_in_new_year(last, first);
  if (!before || before->in_pence() <= 0 || !last.taxable_pay_to_date) return false;
  return before >= last.taxable_pay_to_date ||
         std::ranges::any_of(earlier.payments, [&](const Payment* row) {
           return row->tax_year == first.tax_year && row->taxable_pay_to_date == before;
         });
}

/// Joins payroll ids that are one job; gives whether it did anything.
bool join_renumbered(Scheme& scheme) {
  for (auto& [old_id, earlier] : scheme.groups) {
    for (auto& [new_id, later] : scheme.groups) {
      if (old_id == new_id || !renumbered(old_id, earlier, later)) continue;
      later.take(earlier);
      later.notes.insert(notes::kPayrollIdChanged);
      scheme.groups.erase(old_id);
      return true;
    }
  }
  return false;
}

bool shares_payment(const Group& a, const Group& b) {
  return std::ranges::any_of(a.payments, [&](const Payment* one) {
    return std::ranges::any_of(b.payments,
                               [&](const Payment* other) { return same_payment(*one, *other); });
  });
}

/// The payroll ids a row without one may belong to.
std::vector<Group*> fitting(Scheme& scheme, const Group& alias, std::int32_t sequence,
                            std::size_t unlearnt_aliases) {
  std::vector<Group*> learnt;
  std::vector<Group*> twins;
  std::vector<Group*> open;
  for (auto& [id, group] : scheme.groups) {
    if (sequence != 0 && group.sequences.contains(sequence)) learnt.push_back(&group);
    if (!group.sequences.empty()) continue;
    if (shares_payment(alias, group)) twins.push_back(&group);
    open.push_back(&group);
  }
  if (!learnt.empty()) return learnt;
  if (!twins.empty()) return twins;
  if (open.size() > 1) return open;
  return unlearnt_aliases == 1 ? open : std::vector<Group*>{};
}

/// Gives the rows of an alias to the job they fit; where two fit, row by row, and says so.
void attach(const Group& alias, const std::vector<Group*>& fits) {
  if (fits.size() > 1) {
    for (Group* group : fits) group->notes.insert(notes::kAliasAmbiguous);
  }
  for (const Payment* payment : alias.payments) {
    Group* home = fits.front();
    for (Group* group : fits) {
      const bool told = std::ranges::any_of(
          group->payments, [&](const Payment* other) { return same_payment(*payment, *other); });
      if (told) {
        home = group;
        break;
      }
    }
    home->add(*payment);
  }
}

/// Rows of a source that gives no payroll id at all, where another source gives one.
void join_rows_without_id(Scheme& scheme) {
  const auto bare = scheme.groups.find("");
  if (bare == scheme.groups.end() || scheme.groups.size() == 1) return;
  Group rows = bare->second;
  std::vector<Group*> others;
  std::vector<Group*> twins;
  for (auto& [id, group] : scheme.groups) {
    if (id.empty()) continue;
    const bool apart = std::ranges::none_of(
        group.systems, [&](const std::string& system) { return rows.systems.contains(system); });
    if (!apart) return;
    others.push_back(&group);
    if (shares_payment(rows, group)) twins.push_back(&group);
  }
  const std::vector<Group*>& fits = twins.empty() ? others : twins;
  if (twins.empty() && others.size() != 1) return;
  scheme.groups.erase(bare);
  attach(rows, fits);
}

void join_aliases(Scheme& scheme) {
  std::size_t unlearnt = 0;
  for (const auto& [sequence, alias] : scheme.aliases) {
    const bool learnt = std::ranges::any_of(scheme.groups, [number = sequence](const auto& one) {
      return one.second.sequences.contains(number);
    });
    if (!learnt) ++unlearnt;
  }
  std::map<std::int32_t, Group> alone;
  for (auto& [sequence, alias] : scheme.aliases) {
    const auto fits = fitting(scheme, alias, sequence, unlearnt);
    if (fits.empty()) {
      alone.emplace(sequence, std::move(alias));
    } else {
      attach(alias, fits);
    }
  }
  scheme.aliases = std::move(alone);
}

Job make_job(const SchemeKey& scheme, Group group) {
  Job job;
  const Payment& newest = last_paid(group.payments);
  job.key = {scheme.first, scheme.second, newest.employment.payroll_id, 0};
  if (job.key.payroll_id.empty()) {
    for (const Payment* payment : group.payments) {
      job.key.payroll_id = std::max(job.key.payroll_id, payment->employment.payroll_id);
    }
  }
  if (!group.sequences.empty()) job.key.sequence = *group.sequences.rbegin();
  job.payments = std::move(group.payments);
  std::ranges::sort(job.payments,
                    [](const Payment* a, const Payment* b) { return known_before(*a, *b); });
  job.notes.assign(group.notes.begin(), group.notes.end());
  return job;
}

/// The job a listed employment is about: same payroll id or sequence, else the only one of its
/// scheme.
Job* job_of(std::vector<Job>& jobs, const values::EmploymentKey& key) {
  Job* only = nullptr;
  std::size_t in_scheme = 0;
  for (Job& job : jobs) {
    if (job.key.office != key.office || job.key.reference != key.reference) continue;
    const bool same_id = !key.payroll_id.empty() && key.payroll_id == job.key.payroll_id;
    const bool same_sequence = key.sequence != 0 && key.sequence == job.key.sequence;
    if (same_id || same_sequence) return &job;
    only = &job;
    ++in_scheme;
  }
  if (in_scheme != 1) return nullptr;
  const bool other_id = !key.payroll_id.empty() && !only->key.payroll_id.empty();
  return other_id ? nullptr : only;
}

}  // namespace

bool known_before(const facts::Payment& a, const facts::Payment& b) {
  const auto rank = [](const Payment& p) {
    return std::tuple(p.header.received_at, p.header.reported_at.value_or(p.header.received_at),
                      p.paid_on, p.taxable_pay_to_date, p.taxable_pay,
                      std::string_view(p.header.source.system), std::string_view(p.header.fact_id),
                      std::string_view(p.header.source.position));
  };
  return rank(a) < rank(b);
}

bool same_payment(const facts::Payment& a, const facts::Payment& b) {
  if (a.paid_on != b.paid_on || a.taxable_pay != b.taxable_pay) return false;
  return !a.taxable_pay_to_date || !b.taxable_pay_to_date ||
         a.taxable_pay_to_date == b.taxable_pay_to_date;
}

std::optional<values::Money> total_before(const facts::Payment& payment) {
  if (!payment.taxable_pay || !payment.taxable_pay_to_date) return std::nullopt;
  return *payment.taxable_pay_to_date - *payment.taxable_pay;
}

std::vector<Job> sort_into_jobs(std::span<const facts::Payment> payments,
                                std::span<const facts::Employment> employments) {
  std::map<SchemeKey, Scheme> schemes;
  Payments corrections;
  Payments all = standing(payments);
  std::ranges::sort(all, [](const Payment* a, const Payment* b) { return known_before(*a, *b); });
  for (const Payment* payment : all) {
    if (payment->non_individual.value_or(false)) continue;
    if (payment->header.source.system == facts::kEarlierYearUpdate) {
      corrections.push_back(payment);
      continue;
    }
    const values::EmploymentKey& key = payment->employment;
    Scheme& scheme = schemes[{key.office, key.reference}];
    const bool by_sequence = key.payroll_id.empty() && key.sequence != 0;
    (by_sequence ? scheme.aliases[key.sequence] : scheme.groups[key.payroll_id]).add(*payment);
  }
  std::vector<Job> jobs;
  for (auto& [key, scheme] : schemes) {
    while (join_renumbered(scheme)) {
    }
    join_rows_without_id(scheme);
    join_aliases(scheme);
    for (auto& [id, group] : scheme.groups) jobs.push_back(make_job(key, std::move(group)));
    for (auto& [id, group] : scheme.aliases) jobs.push_back(make_job(key, std::move(group)));
  }
  std::ranges::sort(jobs, {}, &Job::key);
  for (const facts::Employment* one : standing(employments)) {
    if (Job* job = job_of(jobs, one->employment)) job->listed.push_back(one);
  }
  for (const Payment* correction : corrections) {
    if (Job* job = job_of(jobs, correction->employment)) {
      job->year_corrections.push_back(correction);
    }
  }
  for (Job& job : jobs) {
    std::ranges::sort(job.listed, {}, [](const facts::Employment* one) {
      return std::tuple(one->header.received_at, one->header.fact_id);
    });
  }
  return jobs;
}

}  // namespace ig::core::ledger
