#include "core/backtest/replay.hpp"

#include "core/base/require.hpp"
#include "core/rules/assess.hpp"
#include "core/triggers/raise.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace ig::core::backtest {
namespace {

using base::Result;
using facts::CaseRecord;
using triggers::Kind;
using triggers::Relation;
using values::Date;

/// A line of a case and the day of the run it counts from.
struct Line {
  std::size_t from = 0;
  CaseRecord record;
};

/// Of several lines of one case the newest version stands, as it does in the register; the oldest
/// counts from the beginning.
std::vector<Line> lines_of(std::vector<CaseRecord> records, const Span& span) {
  std::ranges::sort(records, {}, [](const CaseRecord& record) {
    return std::tie(record.key, record.version, record.sent_at);
  });
  std::vector<Line> out;
  for (CaseRecord& record : records) {
    const bool first = out.empty() || out.back().record.key != record.key;
    Line line{first ? 0 : span.known_from(record.sent_at), std::move(record)};
    if (!first) line.from = std::max(line.from, out.back().from);
    out.push_back(std::move(line));
  }
  std::ranges::sort(out, {}, [](const Line& line) {
    return std::tie(line.from, line.record.key, line.record.version);
  });
  return out;
}

class Replay {
 public:
  Replay(History history, const Span& span, Feedback feedback, ports::Digest& digest)
      : span_(span),
        feedback_(feedback),
        digest_(digest),
        payments_(std::move(history.payments)),
        employments_(std::move(history.employments)),
        lines_(lines_of(std::move(history.cases), span)),
        ledger_(span.days().front().ledger) {
    arrivals_ = by_arrival(payments_);
    listed_ = by_arrival(employments_);
  }

  Result<Replayed> run() {
    const std::size_t end = span_.days().size();
    for (std::size_t day = 0; day < end; day = next_after(day)) {
      count_days_until(day);
      learn(day);
      if (const auto looked = look(day); !looked) return looked.error();
    }
    count_days_until(end);
    out_.facts_known = known_payments_ + known_employments_;
    return std::move(out_);
  }

 private:
  /// Sorts facts and gives the days they are known from.
  template <class Fact>
  std::vector<std::size_t> by_arrival(std::vector<Fact>& all) const {
    std::ranges::sort(all, {}, [](const Fact& fact) {
      return std::tie(fact.header.received_at, fact.header.fact_id);
    });
    std::vector<std::size_t> out;
    out.reserve(all.size());
    for (const Fact& fact : all) out.push_back(span_.known_from(fact.header.received_at));
    return out;
  }

  /// Facts and case lines that are known by the end of a day.
  void learn(std::size_t day) {
    const auto known = [&](const std::vector<std::size_t>& from) {
      return static_cast<std::size_t>(std::ranges::upper_bound(from, day) - from.begin());
    };
    const std::size_t payments = known(arrivals_);
    const std::size_t employments = known(listed_);
    if (payments != known_payments_ || employments != known_employments_) {
      known_payments_ = payments;
      known_employments_ = employments;
      ledger_.know(std::span(payments_).first(payments),
                   std::span(employments_).first(employments));
    }
    for (; known_lines_ < lines_.size() && lines_[known_lines_].from <= day; ++known_lines_) {
      take(lines_[known_lines_].record);
    }
    ledger_.use(span_.days()[day].ledger);
  }

  void take(const CaseRecord& record) {
    const auto held = std::ranges::find(cases_, record.key, &CaseRecord::key);
    if (held == cases_.end()) {
      cases_.push_back(record);
    } else if (record.version > held->version) {
      *held = record;
    }
  }

  Result<void> look(std::size_t day) {
    const Day& today = span_.days()[day];
    ++out_.looks;
    again_ = {};
    const auto income = ledger_.income(today.date);
    const auto proposals = triggers::propose(income, cases_, today.propose);
    again_ = triggers::look_again_on(income, cases_, today.propose);
    for (const triggers::Proposal& proposal : proposals) {
      const auto assessment = rules::assess(proposal.request, span_.parameters());
      if (!assessment) return assessment.error();
      auto& standing = standing_[proposal.context.case_key];
      auto outcome = triggers::raise(*assessment, proposal.context, standing, digest_);
      standing = std::move(outcome.standing);
      for (triggers::Trigger& trigger : outcome.triggers) {
        if (feedback_ == Feedback::applied) apply(trigger, today.date);
        out_.triggers.push_back(std::move(trigger));
      }
    }
    return {};
  }

  /// The case system takes the figure up: the case is on current income from today.
  void apply(const triggers::Trigger& trigger, Date today) {
    if (trigger.kind != Kind::IN_YEAR_INCOME || trigger.relation == Relation::withdraws) return;
    if (!trigger.weekly) return;
    const auto held = std::ranges::find(cases_, trigger.case_key, &CaseRecord::key);
    base::require(held != cases_.end(), "a trigger is raised for a case that is watched");
    facts::InForce figure;
    figure.basis = facts::Basis::current;
    figure.weekly = trigger.weekly;
    figure.effective_date = today;
    figure.since = today;
    held->in_force = std::move(figure);
    again_ = today.plus_days(1);
  }

  /// The next day on which anything can be different.
  std::size_t next_after(std::size_t day) const {
    const std::size_t end = span_.days().size();
    std::size_t next = end;
    const auto on = [&](std::size_t place) { next = std::min(next, std::max(place, day + 1)); };
    if (known_payments_ < arrivals_.size()) on(arrivals_[known_payments_]);
    if (known_employments_ < listed_.size()) on(listed_[known_employments_]);
    if (known_lines_ < lines_.size()) on(lines_[known_lines_].from);
    if (again_) on(span_.place_of(*again_));
    for (const std::size_t change : span_.law_changes()) {
      if (change > day) {
        on(change);
        break;
      }
    }
    return next;
  }

  /// Adds the days up to `day` on which the cases stood as they stand now.
  void count_days_until(std::size_t day) {
    const auto open = std::ranges::count(cases_, facts::CaseStatus::open, &CaseRecord::status);
    out_.case_days += static_cast<std::uint64_t>(open) * (day - counted_);
    counted_ = day;
  }

  const Span& span_;
  Feedback feedback_;
  ports::Digest& digest_;
  std::vector<facts::Payment> payments_;        ///< by arrival
  std::vector<facts::Employment> employments_;  ///< by arrival
  std::vector<std::size_t> arrivals_;           ///< the day each payment is known from
  std::vector<std::size_t> listed_;             ///< the same of employments
  std::vector<Line> lines_;
  std::size_t known_payments_ = 0;
  std::size_t known_employments_ = 0;
  std::size_t known_lines_ = 0;
  std::vector<CaseRecord> cases_;
  ledger::PersonLedger ledger_;
  std::map<values::CaseKey, std::vector<triggers::Raised>> standing_;
  std::optional<Date> again_;  ///< when to look again though nothing new arrives
  std::size_t counted_ = 0;
  Replayed out_;
};

}  // namespace

Result<Replayed> replay(History history, const Span& span, Feedback feedback,
                        ports::Digest& digest) {
  return Replay(std::move(history), span, feedback, digest).run();
}

}  // namespace ig::core::backtest
