#include "adapters/cli/backtest_run.hpp"

#include "adapters/formats/triggers.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/files/progress.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <thread>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

namespace backtest = core::backtest;
namespace facts = core::facts;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::triggers::Trigger;

/// What all workers look at; each person is taken by one of them.
struct Shared {
  const BacktestPeople& people;
  const FactFile& file;
  const backtest::Span& tried;
  const backtest::Span* today;
  backtest::Feedback feedback;
  std::atomic<std::uint32_t> next = 0;
  std::atomic<bool> failed = false;
};

class Worker {
 public:
  explicit Worker(Shared& shared) : shared_(shared), digest_(wire::crypto::make_digest()) {}

  /// Takes people until none is left. `progress` is that of the one worker that shows it.
  void work(wire::files::Progress* progress) {
    while (!shared_.failed) {
      const std::uint32_t slot = shared_.next++;
      if (slot >= shared_.people.cases.size()) return;
      if (auto done = person(slot); !done) {
        failure = std::move(done).error();
        shared_.failed = true;
      }
      if (progress != nullptr) progress->at(slot);
    }
  }

  BacktestResult out;
  std::vector<RefusedLine> refused_facts;
  std::vector<RefusedLine> refused_cases;
  std::optional<Error> failure;

 private:
  Result<void> person(std::uint32_t slot) {
    const std::size_t refused_before = refused_facts.size();
    auto found = shared_.file.facts_of(slot, refused_facts);
    if (!found) return std::move(found).error();
    out.facts_refused += refused_facts.size() - refused_before;
    backtest::History history = history_of(slot, *std::move(found));
    const std::size_t of_use = history.payments.size() + history.employments.size();
    std::optional<backtest::Replayed> today;
    if (shared_.today != nullptr) {
      auto replayed = backtest::replay(history, *shared_.today, shared_.feedback, *digest_);
      if (!replayed) return refuse(slot, std::move(replayed).error());
      today = *std::move(replayed);
    }
    const auto tried =
        backtest::replay(std::move(history), shared_.tried, shared_.feedback, *digest_);
    if (!tried) return refuse(slot, tried.error());
    if (today) out.comparison.add(today->triggers, tried->triggers);
    if (!today) out.comparison.add({}, tried->triggers);
    out.case_days += tried->case_days;
    out.facts_used += tried->facts_known;
    out.facts_held += of_use - tried->facts_known;
    std::uint32_t order = 0;
    for (const Trigger& trigger : tried->triggers) {
      TriggerLine& line = out.lines.emplace_back();
      line.raised_on = trigger.raised_on;
      line.case_key = trigger.case_key;
      line.order = order++;
      line.kind = core::triggers::name(trigger.kind);
      formats::write_trigger(line.text, trigger);
      line.text.push_back('\n');
    }
    return {};
  }

  /// Payments and jobs; other facts are nothing the chain reads.
  backtest::History history_of(std::uint32_t slot, std::vector<facts::Fact> all) {
    backtest::History out_history;
    out_history.cases = shared_.people.cases[slot];
    for (facts::Fact& fact : all) {
      if (auto* payment = std::get_if<facts::Payment>(&fact)) {
        out_history.payments.push_back(std::move(*payment));
      } else if (auto* employment = std::get_if<facts::Employment>(&fact)) {
        out_history.employments.push_back(std::move(*employment));
      } else {
        ++out.facts_held;
      }
    }
    return out_history;
  }

  Result<void> refuse(std::uint32_t slot, Error error) {
    refused_cases.push_back(
        {slot, shared_.people.cases[slot].front().key.case_id, std::move(error)});
    return {};
  }

  Shared& shared_;
  std::unique_ptr<core::ports::Digest> digest_;
};

void add(BacktestResult& into, BacktestResult&& more) {
  std::ranges::move(more.lines, std::back_inserter(into.lines));
  into.comparison.merge(more.comparison);
  into.case_days += more.case_days;
  into.facts_used += more.facts_used;
  into.facts_held += more.facts_held;
  into.facts_refused += more.facts_refused;
}

/// Error lines in the order of the file, then those of cases in the order of theirs.
Result<void> number_lines(const FactFile& file, std::vector<RefusedLine> lines,
                          std::vector<RefusedLine> cases, BacktestResult& out) {
  std::ranges::sort(lines, {}, &RefusedLine::offset);
  std::vector<std::uint64_t> offsets;
  offsets.reserve(lines.size());
  for (const RefusedLine& one : lines) offsets.push_back(one.offset);
  const auto numbers = file.line_numbers(offsets);
  if (!numbers) return numbers.error();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out.refused.emplace_back((*numbers)[i], std::move(lines[i]));
  }
  std::ranges::sort(cases, {}, &RefusedLine::offset);
  for (RefusedLine& one : cases) out.refused.emplace_back(0, std::move(one));
  return {};
}

}  // namespace

Result<void> BacktestPeople::take(facts::CaseRecord record) {
  const auto& nino = record.person.nino;
  const bool known =
      nino && nino->reveal().kind() == core::values::NinoClass::nino && !nino->reveal().is_dummy();
  if (!known) {
    return fail(ErrorCode::NO_PERSON, "/person/nino", "the number names nobody for certain");
  }
  const auto [at, fresh] =
      slots.try_emplace(nino->reveal().packed(), static_cast<std::uint32_t>(cases.size()));
  if (fresh) cases.emplace_back();
  auto& lines = cases[at->second];
  const bool seen = std::ranges::any_of(
      lines, [&](const facts::CaseRecord& one) { return one.key == record.key; });
  if (!seen) ++case_count;
  lines.push_back(std::move(record));
  return {};
}

Result<BacktestResult> run_backtest(const BacktestPeople& people, const backtest::Span& tried,
                                    const backtest::Span* today, const BacktestOptions& options) {
  auto file = FactFile::open(options.facts_file, people.slots, options.threads);
  if (!file) return std::move(file).error();
  Shared shared{people, **file, tried, today, options.feedback};
  std::vector<Worker> workers;
  for (unsigned i = 0; i < std::max(1U, options.threads); ++i) workers.emplace_back(shared);
  wire::files::Progress progress(STDERR_FILENO, "backtest", "people", people.cases.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers.size(); ++i) {
    threads.emplace_back([&, i] { workers[i].work(nullptr); });
  }
  workers[0].work(&progress);
  for (std::thread& one : threads) one.join();
  BacktestResult out;
  std::vector<RefusedLine> lines = std::move((*file)->refused());
  std::vector<RefusedLine> cases;
  out.facts_refused = lines.size();
  out.facts_unmatched = (*file)->counts().unmatched;
  out.facts_held = (*file)->counts().held;
  for (Worker& worker : workers) {
    if (worker.failure) return *std::move(worker.failure);
    add(out, std::move(worker.out));
    std::ranges::move(worker.refused_facts, std::back_inserter(lines));
    std::ranges::move(worker.refused_cases, std::back_inserter(cases));
  }
  std::ranges::sort(out.lines, {}, [](const TriggerLine& line) {
    const auto& key = line.case_key;
    return std::tie(line.raised_on, key.case_id, line.kind, key.case_system, key.paying_parent,
                    line.order);
  });
  if (auto numbered = number_lines(**file, std::move(lines), std::move(cases), out); !numbered) {
    return std::move(numbered).error();
  }
  return out;
}

}  // namespace ig::adapters::cli
