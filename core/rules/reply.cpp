#include "core/rules/reply.hpp"

namespace ig::core::rules {
namespace {

ReplyJudgement fault_of(ReplyFault fault, std::string_view says,
                        Action action = Action::REJECT_RESPONSE) {
  return {fault, action, says};
}

/// Was it asked for this person, by a known request, inside the window?
ReplyJudgement of_request(const Reply& reply, const ReplyContext& context,
                          const Parameters& parameters) {
  if (!reply.subject_matches) {
    return fault_of(ReplyFault::other_person, "HMRC's answer is about another person");
  }
  if (reply.request_id.empty() || !reply.requested_on || !reply.received_at) {
    return fault_of(ReplyFault::request_unknown,
                    "HMRC's answer cannot be traced to a request and its times");
  }
  if (!request_timing(*reply.requested_on, context.anchor, parameters).in_window) {
    return fault_of(ReplyFault::asked_outside_window,
                    "HMRC was asked outside the permitted days, so its answer is kept and not "
                    "used");
  }
  return {};
}

/// Is it the figure of a year that may be used?
ReplyJudgement of_figure(const Reply& reply, const ReplyContext& context,
                         const Parameters& parameters) {
  if (!reply.tax_year) {
    return fault_of(ReplyFault::no_tax_year,
                    "HMRC's answer names no tax year, so it cannot be said which year was used");
  }
  if (!is_relevant(*reply.tax_year, *reply.requested_on, parameters)) {
    return fault_of(ReplyFault::year_outside_window,
                    "HMRC's answer is for a tax year outside the years it may be asked for");
  }
  if (!reply.source) {
    return fault_of(ReplyFault::no_source,
                    "HMRC's answer says neither that it is from a return nor from PAYE");
  }
  if (!reply.annual || *reply.annual < values::Money()) {
    return fault_of(ReplyFault::no_sum, "HMRC's answer has no sum of nil or more");
  }
  if (reply.stage == FigureStage::after_personal_allowance) {
    return fault_of(ReplyFault::after_allowance,
                    "HMRC's figure is net of the personal allowance, so it is asked for again",
                    Action::REJECT_FIGURE_REREQUEST);
  }
  if (context.evidenced_year && *context.evidenced_year > *reply.tax_year &&
      is_relevant(*context.evidenced_year, *reply.requested_on, parameters)) {
    return fault_of(ReplyFault::newer_year_evidenced,
                    "HMRC answered for an older tax year than one there is evidence of, so it is "
                    "asked again",
                    Action::REREQUEST_HMRC);
  }
  return {};
}

}  // namespace

ReplyJudgement judge(const Reply& reply, const ReplyContext& context,
                     const Parameters& parameters) {
  const ReplyJudgement of_asking = of_request(reply, context, parameters);
  if (!of_asking.usable() || !reply.holds_figure) return of_asking;
  return of_figure(reply, context, parameters);
}

}  // namespace ig::core::rules
