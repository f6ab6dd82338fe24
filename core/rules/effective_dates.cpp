#include "core/rules/effective_dates.hpp"

namespace ig::core::rules {

using values::Date;

ReportDuty report_duty(std::optional<Date> reg9a_notified_on, std::optional<Date> changed_on,
                       DutyFigure figure) {
  if (!reg9a_notified_on || figure == DutyFigure::not_borne_on) return ReportDuty::not_required;
  if (!changed_on) return ReportDuty::not_known;
  if (*reg9a_notified_on > *changed_on) return ReportDuty::not_required;
  return figure == DutyFigure::borne_on ? ReportDuty::required : ReportDuty::not_known;
}

Date report_deadline(Date changed_on, const Parameters& parameters) {
  const int counted = parameters.report_counts_day_of_change ? 1 : 0;
  return changed_on.plus_days(parameters.report_days - counted);
}

bool reported_late(Date changed_on, Date reported_on, const Parameters& parameters) {
  return reported_on > report_deadline(changed_on, parameters);
}

EffectiveDateCandidates EffectiveDateCandidates::of_income_change(const IncomeChange& change) {
  std::vector<EffectiveDateCandidate> out;
  if (change.duty != ReportDuty::not_required) {
    out.push_back({change.changed_on, "date of the change (reg 18(4))"});
  }
  if (change.duty == ReportDuty::required) return EffectiveDateCandidates(std::move(out));
  if (change.applied_on) {
    out.push_back({change.applied_on, "date of the application (1991 Act s 17(4))"});
    out.push_back({change.decided_on,
                   "date of the decision, where it is not made on the application (reg 18(6))"});
  } else {
    out.push_back({change.decided_on, "date of the decision, or of the application (reg 18(6))"});
  }
  return EffectiveDateCandidates(std::move(out));
}

EffectiveDateCandidates EffectiveDateCandidates::of_expected_change(Date expected_on) {
  return EffectiveDateCandidates({{expected_on, "date the change is expected for (reg 18(2))"}});
}

EffectiveDateCandidates EffectiveDateCandidates::of_review(Date review_date) {
  return EffectiveDateCandidates({{review_date, "review date (reg 20)"}});
}

std::optional<SettledDate> EffectiveDateCandidates::settled() const {
  if (all_.size() != 1 || !all_.front().date) return std::nullopt;
  return SettledDate(*all_.front().date);
}

ExpectedChange expected_change(Date expected_on, Date today, bool withdrawn) {
  if (withdrawn) return ExpectedChange::cancelled;
  return today < expected_on ? ExpectedChange::held : ExpectedChange::due;
}

}  // namespace ig::core::rules
