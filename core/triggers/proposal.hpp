#pragma once

#include "core/ledger/person_income.hpp"
#include "core/rules/request.hpp"
#include "core/triggers/trigger.hpp"
#include "core/values/instant.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::core::triggers {

/// Something seen beside a sum: a job that started, ended, lapsed or came second.
struct Signal {
  std::string code;  ///< JOB_STARTED, JOB_ENDED, JOB_LAPSED, SECOND_JOB
  values::EmploymentKey employment;
  std::string employer;
  std::optional<values::Date> on;  ///< the day it happened, when a source says so
};

/// A job of the person as the ledger saw it, so that raise can tell when a job it reported as
/// ended is paid again.
struct KnownJob {
  values::EmploymentKey employment;
  ledger::EmploymentStatus status = ledger::EmploymentStatus::active;
};

/// One question to HMRC that led to no figure, for whoever reads the trigger.
struct Attempt {
  values::Instant at;
  std::string what;  ///< result, status and code: "TRANSIENT 503 SERVER_ERROR"
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
  std::vector<std::string> reasons;  ///< sorted codes: why this is proposed, or why not as income
  std::vector<Signal> signals;
  std::vector<KnownJob> jobs;
  std::optional<values::Money> base;    ///< figure in force a week
  std::optional<values::Money> weekly;  ///< what real-time income comes to a week, if known
  /// A code: what is seen is for a person to look at and is not proposed as income; or empty.
  std::string human_review;
  std::vector<Attempt> attempts;      ///< what was tried, oldest first
  std::vector<std::string> payments;  ///< ids of the payments it rests on
  bool test_called_for = true;  ///< false: only signals travel; raise reports them, nothing else
};

/// An assessment request that the facts call for, for one case.
struct Proposal {
  rules::Request request;
  Context context;
};

}  // namespace ig::core::triggers
