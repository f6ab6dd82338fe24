#pragma once

#include "adapters/formats/parameters.hpp"
#include "adapters/store/sqlite/open.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/zone/london.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/jobs/context.hpp"
#include "core/jobs/review.hpp"
#include "core/ports/case_system.hpp"
#include "core/ports/yearly_figures.hpp"
#include "tests/support/temp_folder.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// What the integration tests stand on: a store in a folder of its own, a clock that stands still,
/// the parameters built in, and people and peers that do as they are told.
namespace ig::tests {

using core::base::Result;
using core::values::Date;
using core::values::Instant;
using core::values::Money;

using support::TempFolder;

/// A store with everything a job needs around it.
class World {
 public:
  explicit World(const std::string& file, const std::string& vfs = {}) {
    adapters::store::sqlite::SqliteOptions options;
    options.file = file;
    options.identity_key = core::base::Sensitive<std::string>(std::string(32, 'k'));
    options.vfs = vfs;
    auto opened =
        adapters::store::sqlite::open_sqlite_store(options, adapters::wire::crypto::make_digest());
    if (opened) store_ = *std::move(opened);
    auto set = adapters::formats::embedded_parameters(*digest_);
    core::base::require(set.has_value(), "the embedded parameters can be read");
    parameters_ = std::make_unique<core::rules::ParameterSet>(*std::move(set));
  }

  [[nodiscard]] bool is_open() const { return store_ != nullptr; }
  [[nodiscard]] core::ports::Store& store() { return *store_; }
  [[nodiscard]] core::base::ManualClock& clock() { return clock_; }
  [[nodiscard]] core::base::SeededRandom& random() { return random_; }
  [[nodiscard]] core::jobs::JobContext context() { return context_with(clock_); }
  /// The same in the time of another clock.
  [[nodiscard]] core::jobs::JobContext context_with(const core::base::Clock& clock) {
    return {*store_,
            *parameters_,
            ig::embedded::parameters_toml,
            *zone_,
            *digest_,
            clock,
            [this](const std::string&, core::triggers::Kind) { return mode; },
            "0123456789abcdef"};
  }
  /// Options of a review that nobody stops.
  [[nodiscard]] static core::jobs::HmrcRunOptions review_on(Date as_of) {
    core::jobs::HmrcRunOptions out;
    out.as_of = as_of;
    out.stop = [] { return false; };
    return out;
  }
  core::triggers::Mode mode = core::triggers::Mode::task;

  /// Registers a case; commits.
  void add_case(const core::facts::CaseRecord& record) {
    auto unit = store_->begin();
    core::base::require(unit.has_value(), "a unit begins");
    const auto put = (*unit)->put_case(record, Instant::of(clock_.now()));
    core::base::require(put.has_value(), "a case is put");
    core::base::require((*unit)->commit().has_value(), "a case is kept");
  }

 private:
  std::unique_ptr<core::ports::Digest> digest_ = adapters::wire::crypto::make_digest();
  std::unique_ptr<core::ports::CivilZone> zone_ = adapters::wire::zone::make_london();
  core::base::ManualClock clock_{Instant::parse("2026-02-10T09:00:00Z").value().at()};
  core::base::SeededRandom random_{1};
  std::unique_ptr<core::rules::ParameterSet> parameters_;
  std::unique_ptr<core::ports::Store> store_;
};

/// An open case on a historic figure of 26,000.00 a year.
inline core::facts::CaseRecord case_of(const std::string& nino, const std::string& case_id,
                                       const std::string& case_system = "cms") {
  core::facts::CaseRecord out;
  out.key = {case_system, case_id, "PP1"};
  out.version = 1;
  out.sent_at = Instant::parse("2025-12-02T06:00:00Z").value();
  out.person.nino = core::base::Sensitive(core::values::Nino::parse(nino).value());
  out.person.surname = core::base::Sensitive<std::string>("Joseph");
  out.initial_effective_date = Date::of(2023, 3, 1);
  out.review_date = Date::of(2026, 3, 1);
  core::facts::InForce figure;
  figure.basis = core::facts::Basis::historic;
  figure.weekly = Money::pence(49863);
  figure.tax_year = core::values::TaxYear::starting(2023);
  figure.annual = Money::pence(2'600'000);
  figure.effective_date = Date::of(2025, 3, 1);
  figure.since = Date::of(2025, 3, 1);
  out.in_force = figure;
  return out;
}

/// A review by one worker.
inline Result<core::jobs::ReviewSummary> run_review(const core::jobs::JobContext& context,
                                                    const core::jobs::HmrcPorts& hmrc,
                                                    const core::jobs::HmrcRunOptions& options) {
  const auto run = core::jobs::ReviewRun::find(context, options.as_of);
  if (!run) return run.error();
  if (const auto done = (*run)->work(context, hmrc, options); !done) return done.error();
  return (*run)->summary();
}

inline Result<core::jobs::ReviewPlan> plan_review(const core::jobs::JobContext& context,
                                                  Date as_of) {
  const auto run = core::jobs::ReviewRun::find(context, as_of);
  if (!run) return run.error();
  return (*run)->plan();
}

/// HMRC as a test wants it: one answer a NINO, and the questions it was asked.
class FakeHmrc final : public core::ports::YearlyFigures {
 public:
  std::map<std::string, std::int64_t> annual_pence;  ///< by first eight characters
  core::values::TaxYear tax_year = core::values::TaxYear::starting(2024);
  std::uint64_t asked = 0;
  bool down = false;
  core::ports::NextMove next_when_down = core::ports::NextMove::retry;
  bool asked_for_unearned = false;

  core::ports::YearlyReply fetch(const core::ports::YearlyQuestion& question,
                                 core::base::Deadline) override {
    using core::ports::FetchResult;
    ++asked;
    asked_for_unearned = question.unearned;
    core::ports::YearlyReply out;
    out.fetched.interface = "yearly";
    out.fetched.calls = 1;
    out.fetched.status = down ? 503 : 200;
    if (down) {
      out.fetched.code = "SERVER_ERROR";
      out.fetched.next = next_when_down;
      return out;
    }
    const std::string eight(question.person.nino->reveal().first_eight());
    const auto found = annual_pence.find(eight);
    core::facts::YearlyFigure figure;
    figure.header.source = {"yearly", {}, {}};
    figure.requested_on = question.asked_on;
    figure.status = core::facts::FigureStatus::no_data;
    out.fetched.result = FetchResult::matched_no_data;
    if (found != annual_pence.end()) {
      figure.status = core::facts::FigureStatus::available;
      figure.tax_year = tax_year;
      figure.annual = Money::pence(found->second);
      figure.source_of_figure = "PAYE";
      out.fetched.result = FetchResult::matched;
    }
    out.fetched.next = core::ports::NextMove::use;
    out.fetched.raw = "reply to " + question.request_id;
    figure.header.fact_id =
        core::ports::hex(adapters::wire::crypto::make_digest()->sha256(out.fetched.raw), 16);
    out.figure = figure;
    return out;
  }
};

/// A case system that applies each id once and remembers what it was sent.
class FakeCaseSystem final : public core::ports::CaseSystem {
 public:
  struct Seen {
    std::string case_id;
    std::int64_t sequence = 0;
    std::string id;
  };
  std::vector<Seen> pushes;
  std::map<std::string, std::int64_t> applied;  ///< by trigger id: how often
  int answer_status = 200;
  bool silent = false;          ///< give no answer at all
  int lose_answer_of_nth = -1;  ///< apply that push, then lose the answer
  std::optional<core::facts::InForce> moves_to;

  Result<core::ports::Receipt> push(const core::ports::Dispatch& dispatch,
                                    core::base::Deadline) override {
    if (silent) return core::base::fail(core::base::ErrorCode::UNAVAILABLE, {}, "no answer");
    const auto& trigger = dispatch.trigger;
    pushes.push_back({trigger.case_key.case_id, dispatch.sequence, trigger.id});
    core::ports::Receipt receipt;
    receipt.status = answer_status;
    if (answer_status != 200) return receipt;
    receipt.duplicate = applied.contains(trigger.id);
    if (!receipt.duplicate) ++applied[trigger.id];
    receipt.outcome = core::ports::ReceiptOutcome::applied;
    receipt.in_force = moves_to;
    if (static_cast<int>(pushes.size()) - 1 == lose_answer_of_nth) {
      return core::base::fail(core::base::ErrorCode::DEADLINE, {}, "the answer was lost");
    }
    return receipt;
  }
};

}  // namespace ig::tests
