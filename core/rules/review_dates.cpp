#include "core/rules/review_dates.hpp"

namespace ig::core::rules {
namespace {

using values::Date;

constexpr int kMonthsInYear = 12;

/// The day from which anniversaries run, and how many years after it the first review lies.
struct Start {
  Date anchor;
  int first = 0;
};

Start start_of(const ReviewBasis& basis) {
  if (basis.fixed_other_date) return {*basis.fixed_other_date, 0};
  if (basis.existing_next_review) return {*basis.existing_next_review, 0};
  return {basis.initial_effective_date, 1};
}

int days_needed(NoticeChannel channel, const NoticeDays& days) {
  switch (channel) {
    case NoticeChannel::post:
      return days.post;
    case NoticeChannel::telephone:
      return days.telephone;
    case NoticeChannel::electronic:
      return days.electronic;
  }
  IG_UNREACHABLE("a notice has one of three channels");
}

}  // namespace

NoticeCheck check_notice(const Notice& notice, Date initial_effective_date,
                         const Parameters& parameters) {
  NoticeCheck out;
  out.days_given = values::days_between(notice.given_on, initial_effective_date);
  out.days_needed = days_needed(notice.channel, parameters.notice);
  out.lacks_confirmation =
      notice.channel == NoticeChannel::telephone && !notice.confirmed_in_writing;
  return out;
}

std::optional<Date> initial_anchor(const std::optional<Notice>& notice, Date initial_effective_date,
                                   const Parameters& parameters) {
  if (!notice || !check_notice(*notice, initial_effective_date, parameters).valid()) {
    return std::nullopt;
  }
  return initial_effective_date;
}

Date anniversary(Date anchor, int years, const Parameters& parameters) {
  const Date out = anchor.plus_months(kMonthsInYear * years);
  const bool moved = out.ymd().day() != anchor.ymd().day();
  if (moved && !parameters.leap_day_to_february) return out.plus_days(1);
  return out;
}

std::vector<Date> review_dates(const ReviewBasis& basis, int count, const Parameters& parameters) {
  const Start start = start_of(basis);
  base::require(count >= 0, "a count of review dates is not negative");
  std::vector<Date> out;
  out.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    out.push_back(anniversary(start.anchor, start.first + i, parameters));
  }
  return out;
}

Date next_review_date(const ReviewBasis& basis, Date day, const Parameters& parameters) {
  const Start start = start_of(basis);
  int years = start.first;
  while (anniversary(start.anchor, years, parameters) <= day) ++years;
  return anniversary(start.anchor, years, parameters);
}

}  // namespace ig::core::rules
