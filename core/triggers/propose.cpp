#include "core/triggers/propose.hpp"

#include "core/ledger/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace ig::core::triggers {
namespace {

using facts::Basis;
using ledger::EmploymentIncome;
using ledger::EmploymentStatus;
using ledger::PersonIncome;
namespace notes = ledger::notes;
using values::Date;
using values::Fraction;
using values::Money;

bool rests_on_income(const facts::CaseRecord& record) {
  if (!record.in_force || !record.in_force->weekly) return false;
  switch (record.in_force->basis) {
    case Basis::historic:
    case Basis::current:
    case Basis::current_estimate:
      return true;
    case Basis::default_rate:
    case Basis::not_income_based:
      return false;
  }
  IG_UNREACHABLE("a basis is one of five");
}

/// What the parts of the figure in force come to a week that real-time income can see, when there
/// are others it cannot; nothing when the whole can be compared.
std::optional<Fraction> seen_part(const facts::InForce& in_force) {
  Money seen = Money::pence(0);
  bool unseen = false;
  for (const auto& [part, amount] : in_force.parts) {
    if (part == "employment" || part == "pension") {
      seen += amount;
    } else if (amount != Money::pence(0)) {
      unseen = true;
    }
  }
  if (!unseen) return std::nullopt;
  return Fraction{seen.in_pence(), 365} * Fraction{7, 1};
}

/// One-off pay and nothing else: no weekly rate, and no reason to doubt that of another job.
bool is_one_off(const EmploymentIncome& job) {
  return notes::contains(job.notes, notes::kOneOffPayment) && job.exact_weekly == Fraction{};
}

/// Pay of LOW confidence that its notes expect to go back, in every job that is unsure.
bool is_explained(const PersonIncome& income) {
  if (income.confidence != ledger::Confidence::low) return false;
  const bool others_paid = std::ranges::any_of(income.employments, [](const auto& job) {
    return job.status == EmploymentStatus::active && !is_one_off(job);
  });
  bool explained = false;
  for (const EmploymentIncome& job : income.employments) {
    const bool sure =
        job.status != EmploymentStatus::active || job.confidence != ledger::Confidence::low;
    if (sure || (others_paid && is_one_off(job))) continue;
    if (!std::ranges::any_of(job.notes, notes::explains)) return false;
    explained = true;
  }
  return explained;
}

/// One pay period is not current income; the next payday shows whether it lasts.
bool rests_on_single_payment(const PersonIncome& income) {
  return std::ranges::any_of(income.employments, [](const EmploymentIncome& job) {
    const bool few = notes::contains(job.notes, notes::kFewPeriods);
    return job.status == EmploymentStatus::active && few && job.window &&
           job.window->payments.size() == 1;
  });
}

/// The level of a job's regular pay is so new that it may still pass: paid for fewer days than the
/// policy asks for, the period up to its first payday counted. A fall that no report explains may
/// be sickness and is asked for longer.
bool level_is_short(const PersonIncome& income, const ProposePolicy& policy) {
  return std::ranges::any_of(income.employments, [&](const EmploymentIncome& job) {
    if (job.status != EmploymentStatus::active || !job.frequency) return false;
    const int weeks = values::weeks_in_period(*job.frequency);
    if (job.method == ledger::Method::average_of_periods && job.window && weeks > 0 &&
        values::days_between(job.window->from, job.window->to) + 1 < policy.level_days) {
      return true;
    }
    const bool tells_level = job.method == ledger::Method::settled_pattern ||
                             notes::contains(job.notes, notes::kLevelShifted);
    if (!tells_level || !job.level_since || !job.last_paid_on) return false;
    const int paid_days = values::days_between(*job.level_since, *job.last_paid_on) + 7 * weeks;
    const bool fell = notes::contains(job.notes, notes::kFallNotExplained);
    return weeks > 0 && paid_days < (fell ? policy.fall_days : policy.level_days);
  });
}

/// Of several jobs one has missed its payday: it may have ended, or be paid under a new payroll id.
bool counts_overdue_job(const PersonIncome& income) {
  const auto active =
      std::ranges::count(income.employments, EmploymentStatus::active, &EmploymentIncome::status);
  return active > 1 && std::ranges::any_of(income.employments, [](const EmploymentIncome& job) {
           return job.status == EmploymentStatus::active &&
                  notes::contains(job.notes, notes::kPayOverdue);
         });
}

constexpr int kSameMove = 31;  ///< a job that starts so long before another ends takes its place

/// The day from which a job that ended pays nothing: the later of its leaving date and its final
/// pay, which may come a while after.
std::optional<Date> ended_on(const EmploymentIncome& job) {
  if (job.status != EmploymentStatus::ended || !job.left_on) return std::nullopt;
  return std::max(*job.left_on, job.last_paid_on.value_or(*job.left_on));
}

bool pension_explains(const PersonIncome& income) {
  return notes::contains(income.notes, notes::kNetPayPensionChanged);
}

/// Since when a job's start or end is news to a case.
Date news_since(const facts::CaseRecord& record, const PersonIncome& income,
                const ProposePolicy& policy) {
  const Date recent = income.as_of.plus_days(-policy.signal_days);
  if (!record.in_force) return recent;
  const auto since =
      record.in_force->effective_date ? record.in_force->effective_date : record.in_force->since;
  return since ? std::min(*since, recent) : recent;
}

void add_signals_of(const EmploymentIncome& job, bool others_active, Date since, Date as_of,
                    const ProposePolicy& policy, std::vector<Signal>& out) {
  const auto signal = [&](std::string_view code, std::optional<Date> on) {
    out.push_back({std::string(code), job.employment, job.employer, on});
  };
  const bool renumbered = notes::contains(job.notes, notes::kPayrollIdChanged);
  const bool started = !renumbered && !job.occupational_pension && job.started_on &&
                       *job.started_on > since && *job.started_on <= as_of;
  if (started) {
    signal(reasons::kJobStarted, job.started_on);
    if (others_active && job.status == EmploymentStatus::active) {
      signal(reasons::kSecondJob, job.started_on);
    }
  }
  if (job.status == EmploymentStatus::ended && job.left_on && *job.left_on > since) {
    signal(reasons::kJobEnded, job.left_on);
  }
  // Silence is noticed one limit after the last pay, so it reaches back as far again.
  if (job.status == EmploymentStatus::lapsed && job.last_paid_on &&
      *job.last_paid_on > since.plus_days(-2 * policy.signal_days)) {
    signal(reasons::kJobLapsed, std::nullopt);
  }
}

std::vector<Signal> signals_for(const facts::CaseRecord& record, const PersonIncome& income,
                                const ProposePolicy& policy) {
  std::vector<Signal> out;
  const Date since = news_since(record, income, policy);
  const auto active =
      std::ranges::count(income.employments, EmploymentStatus::active, &EmploymentIncome::status);
  for (const EmploymentIncome& job : income.employments) {
    const bool self = job.status == EmploymentStatus::active;
    add_signals_of(job, active > (self ? 1 : 0), since, income.as_of, policy, out);
  }
  return out;
}

/// The first payday on which the figure shows: the newest change of pay, or a job's start or end,
/// since the figure in force took effect.
std::optional<Date> change_on(const facts::CaseRecord& record, const PersonIncome& income,
                              const std::vector<Signal>& signals) {
  std::optional<Date> out;
  const auto later = [&](std::optional<Date> day) {
    if (day && *day <= income.as_of && (!out || *day > *out)) out = day;
  };
  for (const EmploymentIncome& job : income.employments) {
    if (job.status == EmploymentStatus::active) later(job.level_since);
  }
  for (const Signal& signal : signals) later(signal.on);
  const auto since = record.in_force ? record.in_force->effective_date : std::optional<Date>{};
  if (out && since && *out < *since) return std::nullopt;
  return out;
}

void sort_unique(std::vector<std::string>& codes) {
  std::ranges::sort(codes);
  const auto repeated = std::ranges::unique(codes);
  codes.erase(repeated.begin(), repeated.end());
}

class Proposer {
 public:
  Proposer(const PersonIncome& income, const facts::CaseRecord& record, const ProposePolicy& policy)
      : income_(income), record_(record), policy_(policy) {}

  std::optional<Proposal> propose() {
    fill_context();
    fill_request();
    decide_test();
    Context& context = out_.context;
    const bool silent = !context.test_called_for && !seen_in_part_ && context.signals.empty();
    if (silent && context.human_review.empty()) return std::nullopt;
    for (const Signal& signal : context.signals) reason(signal.code);
    for (const std::string& note : income_.notes) reason(note);
    sort_unique(context.reasons);
    return std::move(out_);
  }

 private:
  void reason(std::string_view code) { out_.context.reasons.emplace_back(code); }

  void fill_context() {
    Context& context = out_.context;
    context.case_key = record_.key;
    if (record_.person.person) context.person = values::text(*record_.person.person);
    context.as_of = income_.as_of;
    context.review_date = record_.review_date;
    context.reg9a_notified_on = record_.reg9a_notified_on;
    context.confidence = income_.confidence;
    context.signals = signals_for(record_, income_, policy_);
    context.change_on = change_on(record_, income_, context.signals);
    if (income_.exact_weekly) context.weekly = income_.exact_weekly->half_up();
    for (const EmploymentIncome& job : income_.employments) {
      context.jobs.push_back({job.employment, job.status});
      if (job.window) {
        context.payments.insert(context.payments.end(), job.window->payments.begin(),
                                job.window->payments.end());
      }
    }
  }

  void fill_request() {
    rules::Request& request = out_.request;
    request.id = fmt::format("{}/{}/{}/IN_YEAR_INCOME/{}", record_.key.case_system,
                             record_.key.case_id, record_.key.paying_parent, income_.as_of.text());
    request.kind = rules::DecisionKind::in_year_income;
    request.effective_date = income_.as_of;
    request.as_of = income_.as_of;
    request.jurisdiction = record_.jurisdiction;
    request.variation_in_force = record_.variation_in_force;
    if (!rests_on_income(record_)) return;
    const facts::InForce& figure = *record_.in_force;
    out_.context.base = figure.weekly;
    request.in_force = rules::FigureInForce{figure.basis,  *figure.weekly, figure.tax_year,
                                            figure.annual, figure.since,   record_.review_date};
  }

  void decide_test() {
    Context& context = out_.context;
    context.test_called_for = false;
    if (!rests_on_income(record_)) return reason(reasons::kNoIncomeTest);
    if (!context.weekly) return reason(reasons::kIncomeNotKnown);
    const Money base = *record_.in_force->weekly;
    const Money weekly = *context.weekly;
    reason(weekly > base   ? reasons::kIncomeUp
           : weekly < base ? reasons::kIncomeDown
                           : reasons::kIncomeSame);
    if (is_explained(income_)) return reason(reasons::kExplained);
    if (is_young()) return reason(reasons::kTooYoung);
    if (rests_on_single_payment(income_)) return reason(reasons::kSinglePayment);
    if (level_is_short(income_, policy_)) return reason(reasons::kLevelTooShort);
    if (weekly < base && job_just_ended()) return reason(reasons::kJobJustEnded);
    if (weekly > base && counts_overdue_job(income_)) return reason(reasons::kJobOverdue);
    if (within_spread(base)) return reason(reasons::kWithinSpread);
    if (weekly < base) {
      if (const auto seen = seen_part(*record_.in_force)) return look_at(*seen);
      if (pension_explains(income_)) {
        context.human_review = notes::kNetPayPensionChanged;
        return;
      }
    }
    context.test_called_for = true;
    out_.request.current = rules::Current{rules::Evidence::detected, weekly, income_.exact_weekly};
  }

  bool is_young() const {
    const auto& changed = out_.context.change_on;
    return changed && values::days_between(*changed, income_.as_of) < policy_.settle_days;
  }

  /// A job ended a short while ago and the next one has not shown: the day on which that is no
  /// longer so is looked at again.
  bool job_just_ended() const {
    return std::ranges::any_of(income_.employments, [&](const EmploymentIncome& job) {
      const auto on = ended_on(job);
      return on && values::days_between(*on, income_.as_of) < policy_.leaver_days &&
             !is_followed(*job.left_on);
    });
  }

  /// Another job or a pension began about that day or later, and is paid.
  bool is_followed(Date left_on) const {
    return std::ranges::any_of(income_.employments, [&](const EmploymentIncome& job) {
      return job.status == EmploymentStatus::active && job.started_on &&
             *job.started_on > left_on.plus_days(-kSameMove);
    });
  }

  bool within_spread(Money base) const {
    const bool varies = std::ranges::any_of(income_.employments, [](const EmploymentIncome& job) {
      return job.status == EmploymentStatus::active &&
             notes::contains(job.notes, notes::kPayVaries);
    });
    const Fraction size = size_of(*income_.exact_weekly - Fraction::whole(base));
    return varies && size < Fraction::whole(base) * policy_.varying_threshold;
  }

  /// Real-time income below a figure in force of which it sees only a part: like against like, and
  /// never as income.
  void look_at(const Fraction& seen) {
    const Fraction size = size_of(*income_.exact_weekly - seen);
    reason(reasons::kNotCovered);
    seen_in_part_ = true;  // proposed even where nothing differs, so that raise can withdraw
    if (size > Fraction{} && size >= seen * policy_.look_threshold) {
      out_.context.human_review = reasons::kNotCovered;
    }
  }

  const PersonIncome& income_;
  const facts::CaseRecord& record_;
  const ProposePolicy& policy_;
  bool seen_in_part_ = false;
  Proposal out_;
};

}  // namespace

std::vector<Proposal> propose(const PersonIncome& income,
                              std::span<const facts::CaseRecord> cases_of_person,
                              const ProposePolicy& policy) {
  std::vector<Proposal> out;
  if (income.employments.empty()) return out;
  for (const facts::CaseRecord& record : cases_of_person) {
    if (record.status != facts::CaseStatus::open) continue;
    if (auto proposal = Proposer(income, record, policy).propose()) {
      out.push_back(*std::move(proposal));
    }
  }
  return out;
}

std::optional<Date> look_again_on(const PersonIncome& income,
                                  std::span<const facts::CaseRecord> cases_of_person,
                                  const ProposePolicy& policy) {
  std::optional<Date> out = income.until;
  const auto on = [&](std::optional<Date> day) {
    if (day && *day > income.as_of && (!out || *day < *out)) out = day;
  };
  for (const facts::CaseRecord& record : cases_of_person) {
    if (record.status != facts::CaseStatus::open) continue;
    on(record.review_date);
    const auto signals = signals_for(record, income, policy);
    const auto changed = change_on(record, income, signals);
    if (changed) on(changed->plus_days(policy.settle_days));
    for (const Signal& signal : signals) {
      if (signal.on) on(signal.on->plus_days(policy.signal_days));
    }
  }
  for (const EmploymentIncome& job : income.employments) {
    if (const auto ended = ended_on(job)) on(ended->plus_days(policy.leaver_days));
  }
  return out;
}

}  // namespace ig::core::triggers
