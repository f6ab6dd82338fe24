#include "core/jobs/review.hpp"

#include "core/jobs/proposals.hpp"
#include "core/rules/hmrc_window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::RegisteredCase;

constexpr const char* kPurpose = "ANNUAL_REVIEW";  ///< why HMRC is asked

bool income_based(const facts::CaseRecord& record) {
  if (!record.in_force || !record.in_force->weekly) return false;
  switch (record.in_force->basis) {
    case facts::Basis::historic:
    case facts::Basis::current:
    case facts::Basis::current_estimate:
      return true;
    case facts::Basis::default_rate:
    case facts::Basis::not_income_based:
      return false;
  }
  IG_UNREACHABLE("a basis is one of five");
}

/// One person's cases that wait for an answer, and what counted on the way there.
struct Due {
  values::PersonId person;
  std::vector<RegisteredCase> cases;
};

Result<bool> answered(const JobContext& context, const RegisteredCase& of) {
  const auto standing = context.store.raised_of(of.record.key);
  if (!standing) return standing.error();
  const std::string subject = of.record.review_date->text();
  return std::ranges::any_of(*standing, [&](const triggers::Raised& raised) {
    return raised.kind == triggers::Kind::ANNUAL_REVIEW && raised.subject == subject;
  });
}

Result<std::vector<Due>> find_due(const JobContext& context, values::Date as_of, int days,
                                  ReviewPlan& plan) {
  auto cases = context.store.cases_with_review_until(as_of.plus_days(days));
  if (!cases) return std::move(cases).error();
  std::vector<Due> due;
  for (RegisteredCase& one : *cases) {
    const auto done = answered(context, one);
    if (!done) return done.error();
    if (*done) {
      ++plan.answered;
      continue;
    }
    if (!income_based(one.record)) {
      ++plan.not_tested;
      continue;
    }
    ++plan.cases;
    if (due.empty() || due.back().person != one.person) due.push_back({one.person, {}});
    due.back().cases.push_back(std::move(one));
  }
  plan.people = due.size();
  return due;
}

/// The reply held for the person when it was asked for inside the window of every case.
Result<std::optional<facts::YearlyFigure>> usable_reply(const JobContext& context, const Due& due,
                                                        values::Date as_of,
                                                        const rules::Parameters& law) {
  auto latest = context.store.latest_yearly(due.person);
  if (!latest) return std::move(latest).error();
  if (!*latest || !(*latest)->requested_on) return std::optional<facts::YearlyFigure>{};
  const values::Date asked = *(*latest)->requested_on;
  for (const RegisteredCase& one : due.cases) {
    if (asked > as_of || !rules::request_timing(asked, *one.record.review_date, law).in_window) {
      return std::optional<facts::YearlyFigure>{};
    }
  }
  return std::move(*latest);
}

/// Works through the people of one run.
class Run {
 public:
  Run(const JobContext& context, ports::YearlyFigures& hmrc, const ReviewOptions& options,
      const rules::Parameters& law)
      : context_(context),
        hmrc_(hmrc),
        options_(options),
        law_(law),
        bucket_(static_cast<std::uint32_t>(options.requests_per_second), 1) {}

  Result<void> person(const Due& due) {
    auto reply = usable_reply(context_, due, options_.as_of, law_);
    if (!reply) return std::move(reply).error();
    if (*reply) {
      ++summary_.reused;
      auto unit = begin();
      if (!unit) return std::move(unit).error();
      return decide_all(std::move(*unit), due, **reply);
    }
    auto answer = ask(due);
    if (!answer) return std::move(answer).error();
    if (!answer->figure) return unreachable(due, answer->fetched);
    failures_in_a_row_ = 0;
    return keep_and_decide(due, answer->fetched.raw, *std::move(answer->figure));
  }

  [[nodiscard]] bool give_up() {
    if (failures_in_a_row_ < options_.failures_in_a_row_max) return false;
    summary_.upstream_down = true;
    return true;
  }
  [[nodiscard]] ReviewSummary& summary() { return summary_; }

 private:
  Result<std::unique_ptr<ports::UnitOfWork>> begin() {
    auto unit = context_.store.begin();
    if (!unit) return unit;
    const auto kept =
        (*unit)->keep_parameters(context_.parameters.version(), context_.parameters_text);
    if (!kept) return kept.error();
    return unit;
  }

  Result<ports::YearlyReply> ask(const Due& due) {
    auto identity = context_.store.identity(due.person);
    if (!identity) return std::move(identity).error();
    ports::YearlyQuestion question;
    question.request_id =
        ports::hex(context_.digest.sha256(fmt::format("yearly|{}|{}", values::text(due.person),
                                                      options_.as_of.text())),
                   16);
    question.person = *std::move(identity);
    question.purpose = ports::Purpose::review;
    question.asked_on = options_.as_of;
    for (auto wait = bucket_.take(context_.clock.steady()); wait.count() > 0;
         wait = bucket_.take(context_.clock.steady())) {
      options_.wait(wait);
    }
    ++summary_.asked;
    return hmrc_.fetch(question, base::Deadline::in(options_.call_limit));
  }

  /// The reply with its bytes and its fact, unless the very same bytes were kept before.
  Result<void> keep_reply(ports::UnitOfWork& work, const Due& due, const std::string& raw,
                          const facts::YearlyFigure& figure, const std::string& sha256) {
    const auto known = context_.store.document_by_hash(sha256);
    if (!known) return known.error();
    if (*known && (*known)->state == ports::DocumentState::accepted) return {};
    const auto document = work.add_document("yearly", sha256, context_.now());
    if (!document) return document.error();
    ports::StagedFact staged;
    staged.person = due.person;
    staged.fact = figure;
    const auto fresh = work.stage(*document, std::span(&staged, 1));
    if (!fresh) return fresh.error();
    if (const auto kept = work.keep_raw(*document, raw); !kept) return kept;
    const auto accepted = work.accept(*document, sha256, raw.size(), "{}");
    if (!accepted) return accepted;
    const auto done = work.worked_through(*document, due.person, true);
    if (!done) return done;
    return {};
  }

  Result<void> keep_and_decide(const Due& due, const std::string& raw, facts::YearlyFigure figure) {
    auto unit = begin();
    if (!unit) return std::move(unit).error();
    ports::UnitOfWork& work = **unit;
    const std::string sha256 = ports::hex(context_.digest.sha256(raw));
    figure.header.subject = {};
    figure.header.subject.person = due.person;
    figure.header.received_at = context_.now();
    figure.requested_on = options_.as_of;
    if (const auto kept = keep_reply(work, due, raw, figure, sha256); !kept) return kept;
    const auto earliest = std::ranges::min_element(
        due.cases, {}, [](const RegisteredCase& one) { return *one.record.review_date; });
    const auto pulled = work.put_pull(
        {due.person, kPurpose, *earliest->record.review_date, 1, {}, context_.now(), true});
    if (!pulled) return pulled;
    return decide_all(*std::move(unit), due, figure);
  }

  Result<void> decide_all(std::unique_ptr<ports::UnitOfWork> unit, const Due& due,
                          const facts::YearlyFigure& figure) {
    for (const RegisteredCase& one : due.cases) {
      const auto decided = record_decision(
          context_, *unit, one, review_proposal(one, historic_of(figure), options_.as_of, {}),
          {figure.header.fact_id}, "review", Keep::always);
      if (!decided) return decided.error();
      count(*decided);
    }
    return unit->commit();
  }

  Result<void> unreachable(const Due& due, const ports::Fetched& why) {
    ++summary_.unavailable;
    const bool person_unknown = why.result == ports::FetchResult::unknown_person;
    failures_in_a_row_ = person_unknown ? 0 : failures_in_a_row_ + 1;
    auto unit = begin();
    if (!unit) return std::move(unit).error();
    const std::string code(ports::name(why.result));
    rules::Historic nothing;
    nothing.status = facts::FigureStatus::unavailable;
    for (const RegisteredCase& one : due.cases) {
      if (*one.record.review_date > options_.as_of) {
        ++summary_.waiting;
        continue;
      }
      const auto decided = record_decision(
          context_, **unit, one, review_proposal(one, nothing, options_.as_of, "HMRC_" + code), {},
          "review", Keep::always);
      if (!decided) return decided.error();
      count(*decided);
    }
    if (const auto noted = note_attempt(**unit, due, code); !noted) return noted;
    return (*unit)->commit();
  }

  Result<void> note_attempt(ports::UnitOfWork& unit, const Due& due, const std::string& code) {
    const auto earliest = std::ranges::min_element(
        due.cases, {}, [](const RegisteredCase& one) { return *one.record.review_date; });
    const values::Date anchor = *earliest->record.review_date;
    const auto before = context_.store.pull(due.person, kPurpose, anchor);
    if (!before) return before.error();
    const std::uint32_t attempts = *before ? (*before)->attempts + 1 : 1;
    const auto noted =
        unit.put_pull({due.person, kPurpose, anchor, attempts, code, context_.now(), false});
    if (!noted) return noted;
    return unit.audit({context_.now(), "system", "PULL_FAILED", values::text(due.person), code});
  }

  void count(const DecideTotals& decided) {
    summary_.triggers += decided.triggers;
    for (const auto& [kind, number] : decided.by_kind) summary_.outcomes[kind] += number;
  }

  const JobContext& context_;
  ports::YearlyFigures& hmrc_;
  const ReviewOptions& options_;
  const rules::Parameters& law_;
  delivery::TokenBucket bucket_;
  ReviewSummary summary_;
  std::uint32_t failures_in_a_row_ = 0;
};

}  // namespace

Result<ReviewPlan> plan_review(const JobContext& context, values::Date as_of) {
  ReviewPlan plan;
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const auto due = find_due(context, as_of, law->request_days_before, plan);
  if (!due) return due.error();
  for (const Due& one : *due) {
    const auto reply = usable_reply(context, one, as_of, *law);
    if (!reply) return reply.error();
    if (!*reply) ++plan.requests;
  }
  return plan;
}

Result<ReviewSummary> run_review(const JobContext& context, ports::YearlyFigures& hmrc,
                                 const ReviewOptions& options) {
  const auto law = context.parameters.on(options.as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  ReviewPlan plan;
  const auto due = find_due(context, options.as_of, law->request_days_before, plan);
  if (!due) return due.error();
  Run run(context, hmrc, options, *law);
  std::uint64_t people = 0;
  for (const Due& one : *due) {
    if (options.stop() || run.give_up()) break;
    if (const auto done = run.person(one); !done) return done.error();
    if (options.progress) options.progress(++people);
  }
  run.summary().plan = plan;
  return std::move(run.summary());
}

}  // namespace ig::core::jobs
