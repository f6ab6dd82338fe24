#include "adapters/formats/cases.hpp"
#include "adapters/formats/facts.hpp"
#include "adapters/store/sqlite/open.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "tests/contract/store/faulty_vfs.hpp"
#include "tests/contract/store/made_up.hpp"
#include "tests/support/temp_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <sys/wait.h>
#include <unistd.h>

namespace ig::tests::contract::store {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::ports::Store;
using core::ports::UnitOfWork;
using core::values::CaseKey;

const CaseKey kFirst{"cms", "1", "PP1"};
const CaseKey kSecond{"cms", "2", "PP1"};

Result<std::unique_ptr<Store>> open(const std::string& file) {
  adapters::store::sqlite::SqliteOptions options;
  options.file = file;
  options.identity_key = core::base::Sensitive(std::string(32, 'k'));
  options.vfs = FaultyVfs::name();
  return adapters::store::sqlite::open_sqlite_store(options, adapters::wire::crypto::make_digest());
}

// ---- a small run: each step is one unit of work, and writes one audit entry --------------------

using Step = std::function<Result<void>(Store&, UnitOfWork&)>;

template <class T>
Result<void> plain(const Result<T>& result) {
  if (!result) return result.error();
  return {};
}

Result<void> put_both(Store&, UnitOfWork& unit) {
  const auto first = unit.put_case(a_case("cms", "1", 1), at(0));
  return first ? plain(unit.put_case(a_case("cms", "2", 2), at(0))) : plain(first);
}

Result<void> stage_two(Store& store, UnitOfWork& unit) {
  const auto document = unit.add_document("fps", "june.xml", at(0));
  if (!document) return document.error();
  const auto who = store.person_of(nino(1));
  if (!who) return who.error();
  const std::vector<core::ports::StagedFact> facts{a_payment(**who, 1), a_payment(**who, 2)};
  return plain(unit.stage(*document, facts));
}

Result<void> accept_them(Store&, UnitOfWork& unit) { return unit.accept({1}, "aa", 9, "{}"); }

Step decide(const CaseKey& key, int number) {
  return [key, number](Store& store, UnitOfWork& unit) -> Result<void> {
    const auto of = store.case_of(key);
    if (!of) return of.error();
    const auto decision = unit.add_decision(a_decision(**of, "made-up"));
    if (!decision) return decision.error();
    const auto added = unit.add_trigger(a_trigger(key, number), core::triggers::Mode::live,
                                        *decision, at(0), "c0ffee");
    if (!added) return added.error();
    return unit.worked_through({1}, {number}, number == 3);
  };
}

Result<void> claim_heads(Store&, UnitOfWork& unit) {
  return plain(unit.claim(at(1), 10, std::chrono::seconds{60}));
}

Result<void> deliver_first(Store&, UnitOfWork& unit) {
  const auto done = unit.delivered(id32(1), applied(), at(2));
  if (!done) return done;
  core::facts::InForce figure;
  figure.basis = core::facts::Basis::current;
  figure.weekly = core::values::Money::pence(70001);
  return unit.move_figure(kFirst, figure, std::nullopt, id32(1), at(2));
}

Result<void> retry_other(Store&, UnitOfWork& unit) { return unit.retry(id32(3), 1, at(90), "503"); }

const std::vector<Step>& steps() {
  static const std::vector<Step> all{put_both,          stage_two,         accept_them,
                                     decide(kFirst, 1), decide(kFirst, 2), decide(kSecond, 3),
                                     claim_heads,       deliver_first,     retry_other};
  return all;
}

/// What anybody can see of the store, as one text.
std::string seen(Store& store) {
  std::string out;
  for (const CaseKey& key : {kFirst, kSecond}) {
    const auto of = store.case_of(key);
    if (!of || !*of) continue;
    adapters::formats::write_case(out, (*of)->record);
    out += fmt::format(" history {}\n", (*of)->history);
    const auto payments = store.payments_of((*of)->person, at(1));
    for (const auto& payment : *payments) {
      out += fmt::format("{}\n", payment.header.fact_id);
    }
  }
  const auto documents = store.unfinished_documents();
  for (const auto& document : *documents) {
    out += fmt::format("{} {} {}\n", document.id.value, static_cast<int>(document.state),
                       document.worked_through.value);
  }
  const auto listed = store.each_trigger({}, [&](const core::ports::StoredTrigger& one) {
    out += fmt::format("{} {} {} {} {}\n", one.trigger.id, one.sequence.value_or(0),
                       static_cast<int>(one.state), one.attempts, one.last_answer);
  });
  EXPECT_TRUE(listed.has_value());
  const auto outbox = store.outbox();
  for (const auto& line : *outbox) {
    out += fmt::format("{} {} {}\n", line.pending, line.delivered, line.parked);
  }
  out += fmt::format("due {}\n", store.next_due()->value_or(core::values::Instant{}).text());
  return out;
}

std::size_t entries(Store& store) {
  const auto report = store.verify_audit();
  EXPECT_TRUE(report.has_value() && !report->first_broken.has_value());
  return report.has_value() ? static_cast<std::size_t>(report->entries) : 0;
}

Result<void> run_step(Store& store, const Step& step) {
  auto unit = store.begin();
  if (!unit) return unit.error();
  const auto done = step(store, **unit);
  if (!done) return done;
  const auto audited = (*unit)->audit({at(0), "system", "STEP", "made-up", ""});
  if (!audited) return audited;
  return (*unit)->commit();
}

/// Runs the steps that are not done yet; calls `acknowledged` after each commit.
Result<void> run_rest(const std::string& file, const std::function<void()>& acknowledged) {
  auto store = open(file);
  if (!store) return store.error();
  for (std::size_t i = entries(**store); i < steps().size(); ++i) {
    const auto done = run_step(**store, steps()[i]);
    if (!done) return done;
    acknowledged();
  }
  return {};
}

/// What is seen after each number of steps of an undisturbed run.
std::vector<std::string> undisturbed() {
  const support::TempFolder folder;
  FaultyVfs::plan(Fault::none, 0);
  auto store = open(folder.file("ig.db"));
  std::vector<std::string> out{seen(**store)};
  for (const Step& step : steps()) {
    const auto done = run_step(**store, step);
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    out.push_back(seen(**store));
  }
  return out;
}

/// After a disturbance: opens the store again, compares it with the undisturbed run, finishes the
/// work and compares again. Gives how many steps were found done.
std::size_t check_and_finish(const std::string& file, const std::vector<std::string>& expected) {
  FaultyVfs::plan(Fault::none, 0);
  std::size_t found = 0;
  {
    auto store = open(file);
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().message);
    if (!store) return 0;
    found = entries(**store);
    EXPECT_EQ(seen(**store), expected.at(found));
  }
  const auto finished = run_rest(file, [] {});
  EXPECT_TRUE(finished.has_value()) << (finished ? "" : finished.error().message);
  auto store = open(file);
  EXPECT_EQ(seen(**store), expected.back());
  return found;
}

/// Runs the steps in a child that dies at its nth write; true when it lived to the end.
bool run_killed(const std::string& file, std::int64_t nth, std::size_t& acknowledged) {
  int ends[2] = {-1, -1};
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    FaultyVfs::plan(Fault::killed, nth);
    const auto done = run_rest(file, [&] {
      if (::write(ends[1], "x", 1) != 1) ::_exit(8);
    });
    ::_exit(done ? 0 : 7);
  }
  ::close(ends[1]);
  char byte = 0;
  acknowledged = 0;
  while (::read(ends[0], &byte, 1) == 1) ++acknowledged;
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_TRUE(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9) << WEXITSTATUS(status);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(Crash, KilledAtEachWriteNothingCommittedIsLostAndNothingIsHalfDone) {
  const auto expected = undisturbed();
  for (std::int64_t nth = 1;; ++nth) {
    SCOPED_TRACE(fmt::format("killed at write {}", nth));
    const support::TempFolder folder;
    std::size_t acknowledged = 0;
    const bool lived = run_killed(folder.file("ig.db"), nth, acknowledged);
    const std::size_t found = check_and_finish(folder.file("ig.db"), expected);
    EXPECT_GE(found, acknowledged);
    EXPECT_LE(found, acknowledged + 1);
    if (lived || HasFailure()) {
      EXPECT_GT(nth, 50) << "a run has many writes";
      return;
    }
  }
}

/// One run with a failing write; gives false when no write was left to fail.
void fail_at_each_write(Fault fault) {
  const auto expected = undisturbed();
  for (std::int64_t nth = 1;; ++nth) {
    SCOPED_TRACE(fmt::format("write {} fails", nth));
    const support::TempFolder folder;
    FaultyVfs::plan(fault, nth);
    std::size_t acknowledged = 0;
    const auto ran = run_rest(folder.file("ig.db"), [&] { ++acknowledged; });
    const bool hit = FaultyVfs::writes() >= nth;
    const std::size_t found = check_and_finish(folder.file("ig.db"), expected);
    EXPECT_GE(found, acknowledged);
    const bool in_doubt = !ran && ran.error().code == ErrorCode::STORE_IN_DOUBT;
    EXPECT_LE(found, acknowledged + (in_doubt ? 1 : 0));
    if (!hit || testing::Test::HasFailure()) {
      EXPECT_TRUE(ran.has_value());
      return;
    }
  }
}

TEST(Crash, OneWriteThatFailsLosesNothing) { fail_at_each_write(Fault::fails_once); }

TEST(Crash, ADiskThatFailsFromSomeWriteOnLosesNothing) { fail_at_each_write(Fault::fails_on); }

TEST(Crash, AfterACommitInDoubtTheStoreDoesNotGoOn) {
  const support::TempFolder folder;
  FaultyVfs::plan(Fault::none, 0);
  auto store = open(folder.file("ig.db"));
  auto unit = (*store)->begin();
  ASSERT_TRUE((*unit)->put_case(a_case("cms", "1", 1), at(0)).has_value());
  FaultyVfs::plan(Fault::fails_once, 1);
  EXPECT_EQ((*unit)->commit().error().code, ErrorCode::STORE_IN_DOUBT);
  unit->reset();
  EXPECT_EQ((*store)->begin().error().code, ErrorCode::STORE_FAILED);
  EXPECT_EQ((*store)->count_cases().error().code, ErrorCode::STORE_FAILED);
  store->reset();
  auto again = open(folder.file("ig.db"));
  EXPECT_TRUE((*again)->begin().has_value());
}

}  // namespace
}  // namespace ig::tests::contract::store
