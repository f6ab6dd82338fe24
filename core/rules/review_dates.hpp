#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// The initial effective date and the review dates that follow from it (SI 2012/2677 regs 12, 19;
/// law.md ). The first day on which HMRC may be asked is earliest_request().
namespace ig::core::rules {

/// How the paying parent was told of the application (reg 12).
enum class NoticeChannel : std::uint8_t { post, telephone, electronic };

/// The notice that names the initial effective date (reg 11).
struct Notice {
  NoticeChannel channel = NoticeChannel::post;
  values::Date given_on;  ///< posted, told or sent
  bool confirmed_in_writing =
      false;  ///< a written confirmation was posted; asked by telephone only
};

/// What was looked at to find a notice good.
struct NoticeCheck {
  int days_given = 0;  ///< from the notice to the initial effective date; negative when it is late
  int days_needed = 0;
  bool lacks_confirmation = false;

  [[nodiscard]] bool valid() const noexcept {
    return days_given >= days_needed && !lacks_confirmation;
  }
};

/// Was the notice given in time, in the way its channel asks for?
[[nodiscard]] NoticeCheck check_notice(const Notice& notice, values::Date initial_effective_date,
                                       const Parameters& parameters);

/// The date the first request to HMRC is counted from: the initial effective date, or nothing until
/// a valid notice of it is recorded.
[[nodiscard]] std::optional<values::Date> initial_anchor(const std::optional<Notice>& notice,
                                                         values::Date initial_effective_date,
                                                         const Parameters& parameters);

/// What fixes the review dates of a case (reg 19).
struct ReviewBasis {
  values::Date initial_effective_date;
  std::optional<values::Date> fixed_other_date;      ///< set by the Secretary of State: it stands
  std::optional<values::Date> existing_next_review;  ///< of another case of this paying parent
};

/// The first `count` review dates. The first is the fixed date, else the next review of the case
/// this one is aligned to, else 12 months after the initial effective date; then each anniversary.
/// review.feb29 (A13) says where the anniversary of a 29 February lies in other years.
[[nodiscard]] std::vector<values::Date> review_dates(const ReviewBasis& basis, int count,
                                                     const Parameters& parameters);

/// The anniversary of `anchor` after `years` years.
[[nodiscard]] values::Date anniversary(values::Date anchor, int years,
                                       const Parameters& parameters);

/// The first review date after `day`: the basis' first, or a later anniversary of it.
[[nodiscard]] values::Date next_review_date(const ReviewBasis& basis, values::Date day,
                                            const Parameters& parameters);

}  // namespace ig::core::rules
