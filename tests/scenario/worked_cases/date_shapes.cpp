#include "core/rules/effective_dates.hpp"
#include "core/rules/hmrc_window.hpp"
#include "core/rules/review_dates.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

#include <fmt/format.h>

#include <array>

/// Cases about review dates, notices and effective dates.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::values::Date;

constexpr int kReviews = 4;

Json text_of(const std::optional<Date>& day) { return day ? Json(day->text()) : Json(); }

/// Does an anniversary fall on a day of which the law leaves open where it lies?
bool lies_open(Date anchor, const Law& law) {
  const Parameters other = other_reading("review.feb29", std::string("MAR_1"));
  return anniversary(anchor, 1, law.on()) != anniversary(anchor, 1, other);
}

Members of_review_dates(const Inputs& in, const Law& law) {
  ReviewBasis basis;
  basis.initial_effective_date = in.date("initial_effective_date").value();
  basis.fixed_other_date = in.date("fixed_other_date");
  const auto found = review_dates(basis, kReviews, law.on());
  Json dates = Json::array();
  for (const Date day : found) dates.push_back(day.text());
  Members out = {
      {"review_dates", dates},
      {"earliest_request", earliest_request(found.front(), law.on()).text()},
  };
  if (lies_open(basis.initial_effective_date, law)) out["flag"] = law.question("review.feb29");
  return out;
}

Members of_aligned_review(const Inputs& in, const Law& law) {
  ReviewBasis basis;
  basis.initial_effective_date = in.date("new_application_effective").value();
  basis.existing_next_review = in.date("existing_next_review");
  return {{"first_review_for_new", review_dates(basis, 1, law.on()).front().text()}};
}

Members of_notice(const Inputs& in, const Law& law) {
  Notice notice;
  const std::string channel = in.text("channel");
  if (channel == "telephone") notice.channel = NoticeChannel::telephone;
  if (channel == "electronic") notice.channel = NoticeChannel::electronic;
  notice.given_on = in.date(in.has("posted") ? "posted" : "sent").value();
  const NoticeCheck check =
      check_notice(notice, in.date("initial_effective_date").value(), law.on());
  constexpr std::array<std::string_view, 4> counts = {"no", "one", "two", "three"};
  return {
      {"notice_valid", check.valid()},
      {"required", fmt::format("at least {} days before",
                               counts.at(static_cast<std::size_t>(check.days_needed)))},
  };
}

/// "2026-06-20 (date of application)", or what the date is of while it is not known: the first
/// words of the rule's own.
std::string words_of(const EffectiveDateCandidate& candidate) {
  std::string what = candidate.when.substr(0, candidate.when.find_first_of(",("));
  while (what.ends_with(' ')) what.pop_back();
  const auto the = what.find("the ");
  if (the != std::string::npos) what.erase(the, 4);
  return candidate.date ? fmt::format("{} ({})", candidate.date->text(), what) : what;
}

Members of_late_report(const Inputs& in, const Law& law) {
  const Date changed = in.date("change_date").value();
  const Date reported = in.date("reported").value();
  const auto notified = in.flag("reg9A_notified") ? std::optional(changed) : std::nullopt;
  IncomeChange change;
  const bool is_current = in.text("in_force_basis") == "CURRENT";
  change.duty =
      report_duty(notified, changed, is_current ? DutyFigure::borne_on : DutyFigure::not_borne_on);
  change.changed_on = changed;
  change.applied_on = reported;
  const auto found = EffectiveDateCandidates::of_income_change(change);
  const auto settled = found.settled();
  Json candidates = Json::array();
  for (const auto& one : found.all()) candidates.push_back(words_of(one));
  return {
      {"effective_date", text_of(settled ? std::optional(settled->date()) : std::nullopt)},
      {"candidates", candidates},
      {"human_decision", !settled},
      {"report_deadline", report_deadline(changed, law.on(changed)).text()},
      {"reported_late", reported_late(changed, reported, law.on(changed))},
  };
}

}  // namespace

const std::vector<Shape>& date_shapes() {
  static const std::vector<Shape> shapes = {
      {"review-dates", {"initial_effective_date"}, of_review_dates},
      {"aligned-review", {"existing_next_review", "new_application_effective"}, of_aligned_review},
      {"notice", {"channel", "initial_effective_date"}, of_notice},
      {"late-report", {"reg9A_notified", "change_date", "reported"}, of_late_report},
  };
  return shapes;
}

}  // namespace ig::tests::worked
