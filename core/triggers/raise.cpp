#include "core/triggers/raise.hpp"

#include "core/ledger/notes.hpp"
#include "core/triggers/propose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace ig::core::triggers {
namespace {

using ledger::EmploymentStatus;
using rules::Action;
using rules::Assessment;
using rules::DecisionKind;
using values::Money;

constexpr std::string_view kInYear = "IN_YEAR_INCOME";
constexpr std::string_view kCauseCorrected = "CAUSE_CORRECTED";
constexpr std::string_view kHumanReviewPending = "HUMAN_REVIEW_PENDING";
constexpr std::size_t kIdBytes = 16;

std::string_view word(DecisionKind kind) {
  constexpr std::array<std::string_view, 5> words = {
      "INITIAL", "ANNUAL_REVIEW", "PERIODIC_CURRENT_CHECK", "IN_YEAR_INCOME", "REVISION"};
  return words[static_cast<std::size_t>(kind)];
}

std::optional<Direction> direction_of(std::optional<Money> base, std::optional<Money> weekly) {
  if (!base || !weekly || *base == *weekly) return std::nullopt;
  return *weekly > *base ? Direction::up : Direction::down;
}

std::optional<Outcome> review_outcome(Action action) {
  switch (action) {
    case Action::DETERMINE:
    case Action::SUPERSEDE:
    case Action::SUPERSEDE_FROM_REVIEW_DATE:
      return Outcome::CHANGED;
    case Action::NO_CHANGE:
    case Action::NO_SUPERSESSION:
    case Action::NO_SUPERSESSION_REG23_2:
    case Action::HUMAN_REVIEW:
    case Action::MARGINAL_ROUNDING_HUMAN:
      return Outcome::UNCHANGED;
    case Action::RECORD_UPDATE:
      return Outcome::RECORD_UPDATE;
    case Action::NEED_CURRENT_INCOME:
      return Outcome::NEED_CURRENT_INCOME;
    case Action::HUMAN_34_2_C:
    case Action::HUMAN_UNAVAILABLE:
      return Outcome::UNREACHABLE;
    case Action::REREQUEST_HMRC:
    case Action::REJECT_FIGURE_REREQUEST:
    case Action::REJECT_RESPONSE:
      return Outcome::REREQUESTED;
    case Action::REVISION_CANDIDATE:
      return Outcome::REVISION_CANDIDATE;
    case Action::RETRY:
    case Action::RETRY_THEN_HUMAN:
    case Action::HOLD_UNTIL_REVIEW:
    case Action::DETECT_ONLY_NOT_DECIDE:
    case Action::NOT_TESTED_NO_C:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_for_a_person(Action action) {
  return action == Action::HUMAN_REVIEW || action == Action::MARGINAL_ROUNDING_HUMAN;
}

/// A trigger in the making, with what it is remembered by.
struct Wanted {
  Kind kind = Kind::IN_YEAR_INCOME;
  std::string subject;
  std::optional<Money> base;
  std::optional<Money> weekly;
  std::optional<Outcome> outcome;
  std::vector<EffectiveCandidate> candidates;
  std::vector<std::string> reasons;
  std::string explanation;
  bool moves_liability = true;  ///< false: the effect of the assessment says nothing about it
};

class Raiser {
 public:
  Raiser(const Assessment& assessment, const Context& context, std::span<const Raised> before,
         ports::Digest& digest)
      : assessment_(assessment), context_(context), digest_(digest) {
    for (const Raised& one : before) {
      if (one.case_key == context.case_key) out_.standing.push_back(one);
    }
  }

  RaiseOutcome raise() {
    job_signals();
    if (assessment_.kind == DecisionKind::annual_review) {
      annual_review();
    } else if (assessment_.kind == DecisionKind::in_year_income) {
      in_year();
    } else {
      decision();
    }
    return std::move(out_);
  }

 private:
  // ---- what stands ----

  Raised* find(Kind kind, std::string_view subject) {
    for (Raised& one : out_.standing) {
      if (one.kind == kind && one.subject == subject) return &one;
    }
    return nullptr;
  }

  void forget(Kind kind, std::string_view subject) {
    std::erase_if(out_.standing,
                  [&](const Raised& one) { return one.kind == kind && one.subject == subject; });
  }

  // ---- making triggers ----

  std::vector<std::string> reasons_and(const std::vector<std::string>& more) const {
    std::vector<std::string> out = context_.reasons;
    out.insert(out.end(), assessment_.flags.begin(), assessment_.flags.end());
    out.insert(out.end(), more.begin(), more.end());
    std::ranges::sort(out);
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
  }

  Trigger make(const Wanted& wanted, Relation relation, std::string refers_to) {
    Trigger out;
    out.raised_on = context_.as_of;
    out.case_key = context_.case_key;
    out.person = context_.person;
    out.kind = wanted.kind;
    out.outcome = wanted.outcome;
    out.direction = direction_of(wanted.base, wanted.weekly);
    out.base = wanted.base;
    out.weekly = wanted.weekly;
    out.effect = wanted.moves_liability ? assessment_.effect : rules::Effect::unknown;
    out.effective_candidates = wanted.candidates;
    out.reasons = reasons_and(wanted.reasons);
    out.relation = relation;
    out.refers_to = std::move(refers_to);
    out.explanation = wanted.explanation;
    out.dedupe_key = dedupe_key(out, wanted.subject);
    out.id = ports::hex(digest_.sha256(out.dedupe_key), kIdBytes);
    return out;
  }

  void push(const Wanted& wanted, Relation relation, std::string refers_to) {
    forget(wanted.kind, wanted.subject);
    Trigger trigger = make(wanted, relation, std::move(refers_to));
    out_.standing.push_back({context_.case_key, wanted.kind, wanted.subject, trigger.id,
                             context_.as_of, trigger.direction, wanted.base, wanted.weekly});
    out_.triggers.push_back(std::move(trigger));
  }

  /// Tells it when it is new, or when its figure moved against the same figure in force.
  void tell(const Wanted& wanted) {
    const Raised* standing = find(wanted.kind, wanted.subject);
    if (standing == nullptr || standing->base != wanted.base) {
      return push(wanted, Relation::fresh, {});
    }
    if (standing->weekly != wanted.weekly) {
      push(wanted, Relation::replaces, standing->trigger_id);
    }
  }

  void withdraw(const Raised& standing, std::string explanation) {
    Wanted wanted;
    wanted.kind = standing.kind;
    wanted.subject = standing.subject;
    wanted.base = standing.base;
    wanted.weekly = standing.weekly;
    wanted.reasons = {std::string(kCauseCorrected)};
    wanted.explanation = std::move(explanation);
    out_.triggers.push_back(make(wanted, Relation::withdraws, standing.trigger_id));
    forget(wanted.kind, wanted.subject);
  }

  // ---- jobs ----

  /// What a job may stand under: its payroll id, or its sequence from before one was known.
  Raised* find_job(Kind kind, const values::EmploymentKey& employment) {
    if (Raised* standing = find(kind, subject_of(employment))) return standing;
    values::EmploymentKey by_sequence = employment;
    by_sequence.payroll_id.clear();
    return employment.sequence == 0 ? nullptr : find(kind, subject_of(by_sequence));
  }

  void job_signals() {
    for (const Signal& signal : context_.signals) {
      if (signal.code == reasons::kJobStarted) job_started(signal);
      if (signal.code == reasons::kJobEnded || signal.code == reasons::kJobLapsed) {
        job_ended(signal);
      }
    }
    for (const KnownJob& job : context_.jobs) {
      if (job.status != EmploymentStatus::active) continue;
      const Raised* ended = find_job(Kind::EMPLOYMENT_ENDED, job.employment);
      if (ended == nullptr) continue;
      const Raised standing = *ended;
      withdraw(standing, "The job that was reported as ended is still paid.");
    }
  }

  void job_started(const Signal& signal) {
    const Raised* told = find_job(Kind::EMPLOYMENT_STARTED, signal.employment);
    const Raised* ended = find_job(Kind::EMPLOYMENT_ENDED, signal.employment);
    const bool again = ended != nullptr && signal.on && *signal.on > ended->raised_on;
    if (told != nullptr && !again) return;
    if (again) {
      const std::string old = ended->subject;
      forget(Kind::EMPLOYMENT_ENDED, old);
    }
    Wanted wanted = about_job(Kind::EMPLOYMENT_STARTED, signal);
    wanted.explanation =
        signal.on ? fmt::format("An employer reports a job that started on {}.", signal.on->text())
                  : "An employer reports a new job.";
    push(wanted, Relation::fresh, {});
  }

  void job_ended(const Signal& signal) {
    if (find_job(Kind::EMPLOYMENT_ENDED, signal.employment) != nullptr) return;
    Wanted wanted = about_job(Kind::EMPLOYMENT_ENDED, signal);
    wanted.explanation =
        signal.on ? fmt::format("An employer reports a job that ended on {}.", signal.on->text())
                  : "A job has not been reported for longer than its pay allows, so it may have "
                    "ended.";
    push(wanted, Relation::fresh, {});
  }

  static Wanted about_job(Kind kind, const Signal& signal) {
    Wanted out;
    out.kind = kind;
    out.subject = subject_of(signal.employment);
    if (signal.on) {
      out.candidates = {
          {signal.on, kind == Kind::EMPLOYMENT_STARTED ? "the job started" : "the job ended"}};
    }
    out.moves_liability = false;
    return out;
  }

  // ---- income between reviews ----

  std::vector<EffectiveCandidate> change_candidates() const {
    rules::IncomeChange change;
    change.duty = rules::report_duty(context_.reg9a_notified_on, context_.change_on,
                                     rules::DutyFigure::not_known);
    change.changed_on = context_.change_on;
    return rules::EffectiveDateCandidates::of_income_change(change).all();
  }

  Wanted income_figure() const {
    Wanted out;
    out.base = context_.base;
    out.weekly = context_.weekly;
    if (assessment_.test) {
      out.base = assessment_.test->base_amount;
      out.weekly = assessment_.test->other_amount;
    }
    if (assessment_.gross_weekly_income) out.weekly = assessment_.gross_weekly_income;
    out.explanation = assessment_.explanation;
    return out;
  }

  void in_year() {
    if (!context_.test_called_for) return in_year_without_test();
    switch (assessment_.action) {
      case Action::SUPERSEDE:
      case Action::DETECT_ONLY_NOT_DECIDE: {
        settle_human_reviews({});
        Wanted wanted = income_figure();
        wanted.candidates = change_candidates();
        return tell(wanted);
      }
      case Action::NO_CHANGE:
      case Action::NO_SUPERSESSION:
      case Action::NO_SUPERSESSION_REG23_2:
        settle_human_reviews({});
        return settle_income();
      default:
        return decision();
    }
  }

  void in_year_without_test() {
    if (!context_.human_review.empty()) {
      settle_human_reviews(context_.human_review);
      Wanted wanted = income_figure();
      wanted.kind = Kind::HUMAN_REVIEW;
      wanted.subject = context_.human_review;
      wanted.reasons = {context_.human_review};
      wanted.explanation =
          context_.human_review == reasons::kNotCovered
              ? "Real-time pay differs from the part of the figure in force that it can see; the "
                "rest is not covered, so a person looks at it."
              : "A larger pension contribution explains why real-time pay fell, so a person looks "
                "at it.";
      return tell(wanted);
    }
    const auto& codes = context_.reasons;
    if (std::ranges::find(codes, reasons::kNotCovered) != codes.end()) settle_human_reviews({});
  }

  /// The income no longer calls for what was raised.
  void settle_income() {
    const Raised* found = find(Kind::IN_YEAR_INCOME, {});
    if (found == nullptr) return;
    const Raised standing = *found;
    const Wanted now = income_figure();
    const bool moved_on = now.base && standing.base && *now.base != *standing.base;
    if (moved_on) return forget(standing.kind, standing.subject);
    withdraw(standing, fmt::format("The trigger of {} no longer holds. {}",
                                   standing.raised_on.text(), assessment_.explanation));
  }

  /// Withdraws what a person was asked to look at between reviews, but for one subject.
  void settle_human_reviews(std::string_view still) {
    for (const std::string_view subject :
         {kInYear, reasons::kNotCovered, ledger::notes::kNetPayPensionChanged}) {
      const Raised* found = find(Kind::HUMAN_REVIEW, subject);
      if (found == nullptr || subject == still) continue;
      const Raised standing = *found;
      withdraw(standing, fmt::format("What was to be looked at since {} no longer holds.",
                                     standing.raised_on.text()));
    }
  }

  // ---- other decisions ----

  void decision() {
    Wanted wanted = income_figure();
    switch (assessment_.action) {
      case Action::DETERMINE:
        wanted.kind = Kind::INITIAL_FIGURE;
        break;
      case Action::SUPERSEDE:
        wanted.kind = assessment_.kind == DecisionKind::periodic_current_check
                          ? Kind::PERIODIC_CURRENT_CHECK
                          : Kind::IN_YEAR_INCOME;
        wanted.candidates = change_candidates();
        break;
      case Action::DETECT_ONLY_NOT_DECIDE:
        wanted.candidates = change_candidates();
        break;
      case Action::NEED_CURRENT_INCOME:
        wanted.kind = Kind::NEED_CURRENT_INCOME;
        break;
      case Action::HUMAN_34_2_C:
      case Action::HUMAN_UNAVAILABLE:
        wanted.kind = Kind::HMRC_UNREACHABLE;
        break;
      case Action::REVISION_CANDIDATE:
        wanted.kind = Kind::REVISION;
        break;
      case Action::HUMAN_REVIEW:
      case Action::MARGINAL_ROUNDING_HUMAN:
        wanted.kind = Kind::HUMAN_REVIEW;
        break;
      default:
        return forget(Kind::NEED_CURRENT_INCOME, word(assessment_.kind));
    }
    const bool names_kind = wanted.kind == Kind::NEED_CURRENT_INCOME ||
                            wanted.kind == Kind::HMRC_UNREACHABLE ||
                            wanted.kind == Kind::REVISION || wanted.kind == Kind::HUMAN_REVIEW;
    if (names_kind) {
      wanted.subject = word(assessment_.kind);
    } else {
      forget(Kind::NEED_CURRENT_INCOME, word(assessment_.kind));
      forget(Kind::HMRC_UNREACHABLE, word(assessment_.kind));
    }
    tell(wanted);
  }

  void annual_review() {
    const auto outcome = review_outcome(assessment_.action);
    if (!outcome) return;
    const values::Date review_date = context_.review_date.value_or(context_.as_of);
    Wanted wanted;
    wanted.subject = review_date.text();
    if (find(Kind::ANNUAL_REVIEW, wanted.subject) != nullptr) return;
    wanted.base = context_.base;
    wanted.explanation = assessment_.explanation;
    wanted.candidates = rules::EffectiveDateCandidates::of_review(review_date).all();
    if (is_for_a_person(assessment_.action)) {
      Wanted look = wanted;
      look.kind = Kind::HUMAN_REVIEW;
      tell(look);
      wanted.reasons = {std::string(kHumanReviewPending)};
    }
    wanted.kind = Kind::ANNUAL_REVIEW;
    wanted.outcome = outcome;
    wanted.weekly = assessment_.gross_weekly_income;
    push(wanted, Relation::fresh, {});
  }

  const Assessment& assessment_;
  const Context& context_;
  ports::Digest& digest_;
  RaiseOutcome out_;
};

/// A part of a key, so that no two lists of parts read the same.
std::string escaped(std::string_view part) {
  std::string out;
  for (const char c : part) {
    if (c == '|' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

std::string subject_of(const values::EmploymentKey& employment) {
  if (employment.payroll_id.empty() && employment.sequence != 0) {
    return fmt::format("{}/{}/#{}", employment.office, employment.reference, employment.sequence);
  }
  return fmt::format("{}/{}/{}", employment.office, employment.reference, employment.payroll_id);
}

std::string dedupe_key(const Trigger& trigger, const std::string& subject) {
  const bool review = trigger.kind == Kind::ANNUAL_REVIEW;
  const std::string day = review ? std::string{} : trigger.raised_on.text();
  const std::string weekly =
      review || !trigger.weekly ? std::string{} : fmt::format("{}", trigger.weekly->in_pence());
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", escaped(trigger.case_key.case_system),
                     escaped(trigger.case_key.case_id), escaped(trigger.case_key.paying_parent),
                     name(trigger.kind), escaped(subject), day, weekly, name(trigger.relation));
}

RaiseOutcome raise(const Assessment& assessment, const Context& context,
                   std::span<const Raised> before, ports::Digest& digest) {
  return Raiser(assessment, context, before, digest).raise();
}

}  // namespace ig::core::triggers
