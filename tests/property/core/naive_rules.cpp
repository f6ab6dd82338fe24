#include "tests/property/core/naive_rules.hpp"

namespace ig::tests {
namespace {

using core::base::ErrorCode;
using core::facts::Basis;
using core::facts::FigureStatus;
using core::facts::Jurisdiction;
using core::rules::Action;
using core::rules::DecisionKind;
using core::rules::Effect;
using core::rules::Evidence;
using core::rules::Request;
using core::rules::TestBase;
using core::values::Date;
using core::values::TaxYear;

// --- arithmetic ---------------------------------------------------------------------------------

/// A number of pence, never reduced.
struct Rational {
  Wide over = 0;
  Wide under = 1;
};

bool at_most(const Rational& a, const Rational& b) { return a.over * b.under <= b.over * a.under; }

Rational gap(const Rational& a, const Rational& b) {
  const Wide difference = a.over * b.under - b.over * a.under;
  return {difference < 0 ? -difference : difference, a.under * b.under};
}

/// "Differs by at least 25 % of the base"; from nil, anything above nil does.
bool differs_by_a_quarter(const Rational& base, const Rational& other) {
  if (base.over == 0) return other.over > 0;
  const Rational quarter{base.over, base.under * 4};
  return at_most(quarter, gap(base, other));
}

/// A day as three numbers, compared as it is written.
struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
};

Day day_of(Date date) {
  const std::string text = date.text();
  return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)), std::stoi(text.substr(8, 2))};
}

int days_of_month(int year, int month) {
  if (month == 2) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return leap ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// The same day of the month eleven months on, or the last where the month is shorter.
Day eleven_months_after(Day from) {
  Day out = from;
  for (int i = 0; i < 11; ++i) {
    ++out.month;
    if (out.month == 13) {
      out.month = 1;
      ++out.year;
    }
  }
  const int last = days_of_month(out.year, out.month);
  if (out.day > last) out.day = last;
  return out;
}

// --- H ------------------------------------------------------------------------------------------

enum class Answer { not_asked, unavailable, no_data, rejected, known };

/// HMRC's answer after the step "H" of the contract.
struct Figure {
  Answer answer = Answer::not_asked;
  std::optional<ErrorCode> error;
  Rational exact;
  Wide weekly = 0;
  Wide annual = 0;
  std::optional<TaxYear> year;
};

bool nil_is_no_data(const Request& request) {
  const Day nil_counts_from{2013, 11, 25};
  return request.jurisdiction == Jurisdiction::ni ||
         day_of(request.effective_date) < nil_counts_from;
}

Figure find_h(const Request& request) {
  const auto& historic = request.historic;
  Figure out;
  if (historic.status == FigureStatus::not_asked) return out;
  out.answer = Answer::unavailable;
  if (historic.status == FigureStatus::unavailable) return out;
  out.answer = Answer::no_data;
  if (historic.status == FigureStatus::no_data) return out;
  if (historic.status == FigureStatus::available) {
    out.answer = Answer::rejected;
    if (!historic.tax_year) return out;
    if (!historic.annual) {
      out.error = ErrorCode::MISSING_MEMBER;
      return out;
    }
    out.annual = historic.annual->in_pence();
  } else if (historic.annual && historic.annual->in_pence() != 0) {
    out.error = ErrorCode::CONTRADICTION;
    return out;
  }
  out.answer = Answer::known;
  out.year = historic.tax_year;
  Wide counted = out.annual;
  const auto& relief = historic.relief_at_source;
  if (relief && relief->requested && relief->evidenced) counted -= relief->annual.in_pence();
  if (counted < 0) counted = 0;
  out.exact = {counted * 7, 365};
  out.weekly = out.exact.over / 365;
  const Wide left = out.exact.over - out.weekly * 365;
  if (left + left >= 365) out.weekly += 1;
  if (out.weekly == 0 && nil_is_no_data(request)) {
    out = {};
    out.answer = Answer::no_data;
  }
  return out;
}

// --- the figure found ---------------------------------------------------------------------------

/// A C, with the fraction it was given as where there is one.
struct Sum {
  Wide weekly = 0;
  std::optional<Rational> exact;
};

Sum sum_of(const core::rules::Current& current) {
  Sum out;
  out.weekly = current.weekly.in_pence();
  if (current.exact_weekly) {
    out.exact = Rational{current.exact_weekly->numerator(), current.exact_weekly->denominator()};
  }
  return out;
}

std::optional<Sum> verified(const Request& request) {
  if (!request.current || request.current->evidence != Evidence::verified) return std::nullopt;
  return sum_of(*request.current);
}

/// Seen in real-time data only; never let into the gate.
std::optional<Sum> detected(const Request& request) {
  if (!request.current || request.current->evidence != Evidence::detected) return std::nullopt;
  return sum_of(*request.current);
}

NaiveAnswer answer_of(Action action) {
  NaiveAnswer out;
  out.outcome.action = action;
  return out;
}

NaiveAnswer error_of(ErrorCode code) {
  NaiveAnswer out;
  out.error = code;
  return out;
}

NaiveAnswer determine(Basis basis, Wide weekly) {
  NaiveAnswer out = answer_of(Action::DETERMINE);
  out.outcome.basis = basis;
  out.outcome.weekly = weekly;
  return out;
}

NaiveAnswer through_the_gate(const Figure& h, const Sum& c) {
  NaiveTest test;
  test.base = TestBase::historic;
  test.base_pence = h.weekly;
  test.other_pence = c.weekly;
  test.met = differs_by_a_quarter({h.weekly, 1}, {c.weekly, 1});
  if (c.exact) test.met_unrounded = differs_by_a_quarter(h.exact, *c.exact);
  NaiveAnswer out;
  if (test.met_unrounded && *test.met_unrounded != test.met) {
    out = answer_of(Action::MARGINAL_ROUNDING_HUMAN);
  } else if (test.met) {
    out = determine(Basis::current, c.weekly);
  } else {
    out = determine(Basis::historic, h.weekly);
  }
  out.test = test;
  return out;
}

/// INITIAL from "NO_DATA" on; ANNUAL_REVIEW finds its figure in the same way.
NaiveAnswer find_figure(const Figure& h, const std::optional<Sum>& c,
                        const std::optional<Sum>& seen) {
  if (h.answer == Answer::no_data) {
    return c ? determine(Basis::current, c->weekly) : answer_of(Action::NEED_CURRENT_INCOME);
  }
  if (c) return through_the_gate(h, *c);
  NaiveAnswer out = determine(Basis::historic, h.weekly);
  out.flags.insert(h.weekly == 0 ? "NIL_ACCEPTED_CURRENT_UNKNOWN" : "NOT_TESTED_NO_C");
  if (seen && differs_by_a_quarter({h.weekly, 1}, {seen->weekly, 1})) {
    out.flags.insert("RTI_DIFFERS");
  }
  return out;
}

NaiveAnswer unavailable(const Request& request, Action in_time) {
  const bool early =
      request.as_of && request.anchor_date && day_of(*request.as_of) < day_of(*request.anchor_date);
  if (early) return answer_of(in_time);
  return answer_of(request.jurisdiction == Jurisdiction::ni ? Action::HUMAN_UNAVAILABLE
                                                            : Action::HUMAN_34_2_C);
}

// --- the kinds ----------------------------------------------------------------------------------

NaiveAnswer initial(const Request& request, const Figure& h) {
  if (h.answer == Answer::not_asked) return error_of(ErrorCode::NOT_ASKED);
  if (h.answer == Answer::unavailable) return unavailable(request, Action::RETRY);
  return find_figure(h, verified(request), detected(request));
}

/// The figure found against the one in force, no tolerance.
NaiveAnswer held_against_force(NaiveAnswer found, const Request& request, const Figure& h) {
  if (found.outcome.action != Action::DETERMINE) return found;
  const auto& force = *request.in_force;
  const bool same_sum = *found.outcome.weekly == force.weekly.in_pence();
  const bool same_basis = *found.outcome.basis == force.basis;
  const bool other_year = found.outcome.basis == Basis::historic && h.year && force.tax_year &&
                          h.year->start_year() != force.tax_year->start_year();
  if (!same_sum) {
    found.outcome.action = Action::SUPERSEDE_FROM_REVIEW_DATE;
  } else if (!same_basis || other_year) {
    found.outcome.action = Action::RECORD_UPDATE;
  } else {
    found.outcome.action = Action::NO_CHANGE;
  }
  return found;
}

NaiveAnswer review_of_current(const Request& request, const Figure& h) {
  Sum held;
  held.weekly = request.in_force->weekly.in_pence();
  const NaiveAnswer by_held = held_against_force(find_figure(h, held, std::nullopt), request, h);
  const auto newer = verified(request);
  if (!newer) return by_held;
  const NaiveAnswer by_newer = held_against_force(find_figure(h, newer, std::nullopt), request, h);
  if (by_held.outcome.basis == by_newer.outcome.basis &&
      by_held.outcome.weekly == by_newer.outcome.weekly) {
    return by_held;
  }
  NaiveAnswer out = answer_of(Action::HUMAN_REVIEW);
  out.test = by_held.test;
  out.flags.insert("REVIEW_C_A09");
  out.alternatives = {by_held.outcome, by_newer.outcome};
  return out;
}

NaiveAnswer annual_review(const Request& request, const Figure& h) {
  if (h.answer == Answer::not_asked) return error_of(ErrorCode::NOT_ASKED);
  if (h.answer == Answer::unavailable) return unavailable(request, Action::RETRY_THEN_HUMAN);
  const auto& force = *request.in_force;
  bool same_year = false;
  if (h.answer == Answer::known && h.year && force.tax_year) {
    if (h.year->start_year() < force.tax_year->start_year()) {
      return answer_of(Action::REREQUEST_HMRC);
    }
    same_year =
        force.basis == Basis::historic && h.year->start_year() == force.tax_year->start_year();
    if (same_year && force.annual && force.annual->in_pence() != h.annual) {
      return answer_of(Action::REVISION_CANDIDATE);
    }
  }
  if (force.basis == Basis::current) return review_of_current(request, h);
  NaiveAnswer out =
      held_against_force(find_figure(h, verified(request), detected(request)), request, h);
  if (same_year) out.flags.insert("STALE_SAME_YEAR");
  return out;
}

NaiveAnswer in_year(const Request& request) {
  if (!request.current) return answer_of(Action::NOT_TESTED_NO_C);
  const auto& force = *request.in_force;
  const Wide old_sum = force.weekly.in_pence();
  const Wide new_sum = request.current->weekly.in_pence();
  if (force.review_date && day_of(request.effective_date) >= day_of(*force.review_date)) {
    return answer_of(Action::HOLD_UNTIL_REVIEW);
  }
  NaiveAnswer out;
  if (new_sum == old_sum) {
    out = answer_of(Action::NO_CHANGE);
    out.outcome.basis = force.basis;
    out.outcome.weekly = old_sum;
    return out;
  }
  std::optional<NaiveTest> test;
  if (force.basis != Basis::current_estimate) {
    test.emplace();
    test->base = force.basis == Basis::current ? TestBase::current_in_force : TestBase::historic;
    test->base_pence = old_sum;
    test->other_pence = new_sum;
    test->met = differs_by_a_quarter({old_sum, 1}, {new_sum, 1});
  }
  const bool met = !test || test->met;
  if (!met) {
    out = answer_of(force.basis == Basis::current ? Action::NO_SUPERSESSION_REG23_2
                                                  : Action::NO_SUPERSESSION);
  } else if (request.current->evidence == Evidence::detected) {
    out = answer_of(Action::DETECT_ONLY_NOT_DECIDE);
  } else {
    out = answer_of(Action::SUPERSEDE);
    out.outcome.basis = Basis::current;
    out.outcome.weekly = new_sum;
  }
  out.test = test;
  if (force.basis == Basis::current && old_sum == 0) out.flags.insert("ZERO_BASE_A08");
  return out;
}

NaiveAnswer periodic_check(const Request& request) {
  const auto& force = *request.in_force;
  if (force.basis != Basis::current) return error_of(ErrorCode::WRONG_KIND);
  if (!force.since) return error_of(ErrorCode::MISSING_MEMBER);
  if (day_of(request.effective_date) < eleven_months_after(day_of(*force.since))) {
    return error_of(ErrorCode::WRONG_KIND);
  }
  const auto c = verified(request);
  if (!c) return answer_of(Action::NEED_CURRENT_INCOME);
  NaiveAnswer out =
      answer_of(c->weekly == force.weekly.in_pence() ? Action::NO_CHANGE : Action::SUPERSEDE);
  out.outcome.basis = Basis::current;
  out.outcome.weekly = c->weekly;
  return out;
}

/// Of several sums for one year the one in force counts, then the last one listed.
NaiveAnswer revision_of_known(const Request& request, const Figure& h) {
  const auto& force = *request.in_force;
  const int year = h.year->start_year();
  bool is_used = false;
  bool is_newest = true;
  std::optional<Wide> sum;
  for (const auto& used : request.used) {
    if (used.tax_year.start_year() == year) {
      is_used = true;
      sum = used.annual.in_pence();
    }
    if (used.tax_year.start_year() >= year) is_newest = false;
  }
  if (force.tax_year) {
    if (force.tax_year->start_year() == year) {
      is_used = true;
      if (force.annual) sum = force.annual->in_pence();
    }
    if (force.tax_year->start_year() >= year) is_newest = false;
  }
  if (is_used && !sum) return error_of(ErrorCode::MISSING_MEMBER);
  if (is_used && *sum == h.annual) {
    NaiveAnswer out = answer_of(Action::NO_CHANGE);
    out.outcome.basis = force.basis;
    out.outcome.weekly = force.weekly.in_pence();
    return out;
  }
  if (is_used) return answer_of(Action::REVISION_CANDIDATE);
  return answer_of(is_newest ? Action::HOLD_UNTIL_REVIEW : Action::REREQUEST_HMRC);
}

NaiveAnswer revision(const Request& request, const Figure& h) {
  if (h.answer == Answer::not_asked) return error_of(ErrorCode::NOT_ASKED);
  if (h.answer == Answer::unavailable) return answer_of(Action::RETRY);
  if (h.answer == Answer::no_data) return answer_of(Action::HUMAN_REVIEW);
  if (!h.year) return answer_of(Action::REJECT_RESPONSE);
  return revision_of_known(request, h);
}

NaiveAnswer by_kind(const Request& request, const Figure& h) {
  // An answer without a tax year is nobody's figure; that the request fits its kind comes first.
  if (request.kind == DecisionKind::periodic_current_check) {
    NaiveAnswer out = periodic_check(request);
    if (out.error) return out;
  }
  if (h.answer == Answer::rejected) return answer_of(Action::REJECT_RESPONSE);
  if (request.kind == DecisionKind::initial) return initial(request, h);
  if (request.kind == DecisionKind::annual_review) return annual_review(request, h);
  if (request.kind == DecisionKind::in_year_income) return in_year(request);
  if (request.kind == DecisionKind::revision) return revision(request, h);
  return periodic_check(request);
}

/// Below 7 pounds, 7 to 100 pounds, 3,000 pounds and more; 0 between the last two.
int zone_without_effect(Wide weekly) {
  if (weekly < 700) return 1;
  if (weekly <= 10'000) return 2;
  if (weekly >= 300'000) return 3;
  return 0;
}

Effect effect(const Request& request, const NaiveAnswer& answer) {
  if (request.kind == DecisionKind::initial || request.variation_in_force) return Effect::unknown;
  if (!request.in_force || !answer.outcome.weekly) return Effect::unknown;
  const int before = zone_without_effect(request.in_force->weekly.in_pence());
  const int after = zone_without_effect(*answer.outcome.weekly);
  return before != 0 && before == after ? Effect::none : Effect::possible;
}

}  // namespace

NaiveAnswer naive_assess(const Request& request) {
  const Day first_day{2012, 12, 10};
  if (day_of(request.effective_date) < first_day) return error_of(ErrorCode::PARAMETER_MISSING);
  const bool without_test = request.kind == DecisionKind::in_year_income && !request.current;
  if (request.kind != DecisionKind::initial) {
    if (!request.in_force && !without_test) return error_of(ErrorCode::MISSING_MEMBER);
    if (request.in_force && (request.in_force->basis == Basis::default_rate ||
                             request.in_force->basis == Basis::not_income_based)) {
      return error_of(ErrorCode::WRONG_KIND);
    }
  }
  const Figure h = find_h(request);
  if (h.error) return error_of(*h.error);
  NaiveAnswer out = by_kind(request, h);
  if (out.error) return out;
  if (h.answer == Answer::known) out.historic_weekly = h.weekly;
  out.effect = effect(request, out);
  return out;
}

}  // namespace ig::tests
