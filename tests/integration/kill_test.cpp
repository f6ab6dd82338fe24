// A day of the gateway (register, review, three bulk files, delivery) in a child process that is
// killed at its n-th write, for every n; then the same day once more, undisturbed. Whatever the
// moment, the end is the same: the same triggers with the same ids and sequences, each applied
// once.

#include "core/jobs/deliver.hpp"
#include "core/jobs/review.hpp"
#include "tests/contract/store/faulty_vfs.hpp"
#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace ig::tests {
namespace {

using contract::store::Fault;
using contract::store::FaultyVfs;
using core::jobs::JobContext;

/// A receiver that lives outside the gateway: what it applied stands in a file of its own, written
/// before it answers, so that a killed gateway cannot take it back.
class FileReceiver final : public core::ports::CaseSystem {
 public:
  explicit FileReceiver(std::string file) : file_(std::move(file)) {}
  Result<core::ports::Receipt> push(const core::ports::Dispatch& dispatch,
                                    core::base::Deadline) override {
    const std::string line = dispatch.trigger.id + " " + std::to_string(dispatch.sequence) + "\n";
    core::ports::Receipt receipt;
    receipt.status = 200;
    receipt.outcome = core::ports::ReceiptOutcome::received;
    receipt.duplicate = applied().contains(dispatch.trigger.id);
    if (!receipt.duplicate) {
      const int descriptor = ::open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600);
      const auto written = ::write(descriptor, line.data(), line.size());
      ::close(descriptor);
      if (written != static_cast<ssize_t>(line.size())) receipt.status = 500;
    }
    return receipt;
  }
  /// Trigger id -> how often it was applied.
  [[nodiscard]] std::map<std::string, int> applied() const {
    std::map<std::string, int> out;
    std::ifstream in(file_);
    for (std::string id, sequence; in >> id >> sequence;) ++out[id];
    return out;
  }

 private:
  std::string file_;
};

std::string fps_of(const char* paid_on, const char* month, const char* to_date) {
  FpsEmployee employee;
  employee.nino = "JG103759A";
  employee.paid_on = paid_on;
  employee.pay = "3000.00";
  employee.to_date = to_date;
  FpsMessage message;
  message.employees = employee.text();
  std::string text = message.text();
  const std::string label = "<MonthNo>10<";
  text.replace(text.find(label), label.size(), std::string("<MonthNo>") + month + "<");
  return text;
}

bool take_in(const JobContext& context, const std::string& text) {
  if (!core::jobs::finish_documents(context, kIntakeDay)) return false;
  const auto people = core::jobs::load_people(context.store);
  if (!people) return false;
  adapters::rti::RtiReader reader;
  return take_bulk(context, text, reader, *people).has_value();
}

bool deliver(World& world, const JobContext& context, FileReceiver& receiver) {
  if (!core::jobs::take_over_claims(world.store())) return false;
  core::jobs::DeliverOptions options;
  options.answers_in_a_unit = 1;
  core::jobs::Deliverer deliverer(context, {{"cms", &receiver}, {"cms2", &receiver}},
                                  world.random(), options);
  while (true) {
    const auto round = deliverer.round([] { return false; });
    if (!round) return false;
    if (round->attempted + round->postponed == 0) return true;
  }
}

/// The whole day. False when a step failed.
bool run_day(const std::string& folder, const char* vfs) {
  World world(folder + "/store.db", vfs);
  if (!world.is_open()) return false;
  world.add_case(case_of("JG103759A", "1", "cms"));
  world.add_case(case_of("JG103759A", "2", "cms2"));
  world.add_case(case_of("JG103760B", "3", "cms"));
  const auto context = world.context();
  FakeHmrc hmrc;
  hmrc.annual_pence["JG103760"] = 3'000'000;
  hmrc.annual_pence["JG103759"] = 2'600'000;
  const auto how = World::review_on(Date::of(2026, 2, 10));
  if (!tests::run_review(context, {.yearly = &hmrc}, how)) return false;
  if (!take_in(context, fps_of("2025-11-28", "8", "24000.00"))) return false;
  if (!take_in(context, fps_of("2025-12-31", "9", "27000.00"))) return false;
  if (!take_in(context, fps_of("2026-01-30", "10", "30000.00"))) return false;
  world.clock().advance(std::chrono::hours{1});  // whatever was raised is due by now
  FileReceiver receiver(folder + "/applied");
  return deliver(world, context, receiver);
}

/// Runs the day in a child, which is killed at its n-th write; true when it came to its end.
bool run_day_killed_at(const std::string& folder, std::int64_t nth) {
  const pid_t child = ::fork();
  if (child == 0) {
    FaultyVfs::plan(nth == 0 ? Fault::none : Fault::killed, nth);
    ::_exit(run_day(folder, FaultyVfs::name()) ? 0 : 3);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Every trigger with its sequence and state, in order.
std::vector<std::string> triggers_in(const std::string& folder) {
  World world(folder + "/store.db");
  std::vector<std::string> out;
  const auto read = world.store().each_trigger({}, [&](const core::ports::StoredTrigger& stored) {
    out.push_back(stored.trigger.case_key.case_id + " " + stored.trigger.id + " " +
                  std::to_string(stored.sequence.value_or(0)) + " " +
                  std::to_string(static_cast<int>(stored.state)));
  });
  EXPECT_TRUE(read.has_value());
  const auto audit = world.store().verify_audit();
  EXPECT_TRUE(audit.has_value() && !audit->first_broken);
  std::ranges::sort(out);
  return out;
}

TEST(Kill, AtAnyWriteLeadsToTheSameEndOnceTheDayIsRunAgain) {
  TempFolder calm;
  ASSERT_TRUE(run_day_killed_at(calm.file(""), 0));
  const auto expected = triggers_in(calm.file(""));
  const auto applied = FileReceiver(calm.file("applied")).applied();
  ASSERT_GE(expected.size(), 3u);
  ASSERT_EQ(applied.size(), expected.size());

  std::int64_t nth = 1;
  for (bool ended = false; !ended; ++nth) {
    TempFolder folder;
    ended = run_day_killed_at(folder.file(""), nth);
    ASSERT_TRUE(run_day_killed_at(folder.file(""), 0)) << "killed at write " << nth;
    EXPECT_EQ(triggers_in(folder.file("")), expected) << "killed at write " << nth;
    EXPECT_EQ(FileReceiver(folder.file("applied")).applied(), applied) << "killed at write " << nth;
    ASSERT_LT(nth, 5'000) << "the day has an end";
  }
  RecordProperty("kill_points", static_cast<int>(nth - 1));
}

}  // namespace
}  // namespace ig::tests
