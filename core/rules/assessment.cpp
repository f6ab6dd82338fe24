#include "core/rules/assessment.hpp"

namespace ig::core::rules {

std::string_view name(Action action) noexcept {
  switch (action) {
    case Action::DETERMINE:
      return "DETERMINE";
    case Action::SUPERSEDE:
      return "SUPERSEDE";
    case Action::SUPERSEDE_FROM_REVIEW_DATE:
      return "SUPERSEDE_FROM_REVIEW_DATE";
    case Action::RECORD_UPDATE:
      return "RECORD_UPDATE";
    case Action::NO_CHANGE:
      return "NO_CHANGE";
    case Action::NO_SUPERSESSION:
      return "NO_SUPERSESSION";
    case Action::NO_SUPERSESSION_REG23_2:
      return "NO_SUPERSESSION_REG23_2";
    case Action::NEED_CURRENT_INCOME:
      return "NEED_CURRENT_INCOME";
    case Action::HUMAN_34_2_C:
      return "HUMAN_34_2_C";
    case Action::HUMAN_UNAVAILABLE:
      return "HUMAN_UNAVAILABLE";
    case Action::HUMAN_REVIEW:
      return "HUMAN_REVIEW";
    case Action::RETRY:
      return "RETRY";
    case Action::RETRY_THEN_HUMAN:
      return "RETRY_THEN_HUMAN";
    case Action::REREQUEST_HMRC:
      return "REREQUEST_HMRC";
    case Action::REJECT_FIGURE_REREQUEST:
      return "REJECT_FIGURE_REREQUEST";
    case Action::REJECT_RESPONSE:
      return "REJECT_RESPONSE";
    case Action::REVISION_CANDIDATE:
      return "REVISION_CANDIDATE";
    case Action::HOLD_UNTIL_REVIEW:
      return "HOLD_UNTIL_REVIEW";
    case Action::MARGINAL_ROUNDING_HUMAN:
      return "MARGINAL_ROUNDING_HUMAN";
    case Action::DETECT_ONLY_NOT_DECIDE:
      return "DETECT_ONLY_NOT_DECIDE";
    case Action::NOT_TESTED_NO_C:
      return "NOT_TESTED_NO_C";
  }
  IG_UNREACHABLE("an action is one of the list");
}

}  // namespace ig::core::rules
