#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ledger/person_income.hpp"
#include "core/rules/request.hpp"
#include "core/triggers/trigger.hpp"

namespace ig::core::triggers {

/// Something seen beside a sum: a job that started, ended, lapsed or came second.
struct Signal {
  std::string code;  ///< JOB_STARTED, JOB_ENDED, JOB_LAPSED, SECOND_JOB
  values::EmploymentKey employment;
  std::string employer;
  std::optional<values::Date> on;  ///< the day it happened, when a source says so
};

/// What travels with a request from propose to raise, in its `context` member.
struct Context {
  values::CaseKey case_key;
  std::string person;  ///< opaque id or empty
  values::Date as_of;
  std::optional<values::Date> review_date;
  std::optional<values::Date> reg9a_notified_on;
  std::optional<values::Date> change_on;  ///< first payday on which the change shows
  ledger::Confidence confidence = ledger::Confidence::low;
  std::vector<std::string> reasons;   ///< sorted codes: why this is proposed, or why not as income
  std::vector<Signal> signals;
  std::vector<std::string> payments;  ///< ids of the payments it rests on
  bool test_called_for = true;  ///< false: only signals travel; raise reports them, nothing else
};

/// An assessment request that the facts call for, for one case.
struct Proposal {
  rules::Request request;
  Context context;
};

}  // namespace ig::core::triggers
