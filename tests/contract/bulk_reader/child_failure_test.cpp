// What a document can do to the child that parses it, and what the gateway then says of it.

#include "adapters/rti/confine.hpp"
#include "core/base/limits.hpp"
#include "tests/contract/bulk_reader/reading.hpp"
#include "tests/support/fps_text.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/wait.h>

namespace ig::tests::contract {
namespace {

using adapters::rti::ChildOptions;
using adapters::rti::ChildProcess;
using adapters::rti::ChildReader;
using adapters::rti::PeopleFilter;
using core::base::ErrorCode;

/// A document of some hundred kilobytes.
std::string long_document() {
  FpsMessage out;
  for (int i = 0; i < 500; ++i) out.employees += FpsEmployee{}.text();
  return out.text();
}

/// The report of a child that fails.
ports::BulkReport report_of(ChildOptions options, std::size_t* employees = nullptr) {
  ChildReader reader(PeopleFilter::everybody(), std::move(options));
  support::TextSource source(long_document());
  Witness witness;
  auto report = reader.read(source, witness, {});
  EXPECT_TRUE(report.has_value());
  if (employees != nullptr) *employees = witness.employees;
  return report ? *std::move(report) : ports::BulkReport{};
}

void expect_failed(const ports::BulkReport& report, const std::string& why) {
  ASSERT_TRUE(report.document_error.has_value());
  EXPECT_EQ(report.document_error->code, ErrorCode::PARSER_FAILED);
  EXPECT_NE(report.document_error->message.find(why), std::string::npos)
      << report.document_error->message;
  EXPECT_TRUE(report.refused());
  ASSERT_EQ(report.messages.size(), 1U);
  EXPECT_EQ(report.messages[0].refused_code, "PARSER_FAILED");
  // The document's name is taken all the same: it is known when it comes again.
  adapters::rti::RtiReader here;
  support::TextSource source(long_document());
  Witness witness;
  const auto want = here.read(source, witness, {});
  EXPECT_EQ(report.sha256, want->sha256);
  EXPECT_EQ(report.bytes, want->bytes);
}

/// How a child that does this after 200 KiB of the document ends; under a sanitizer, which answers
/// for the kernel, one way or another.
void expect_refused_after(const char* act, const std::string& end) {
  std::size_t employees = 0;
  const auto report = report_of(child_of_tests({act, "200"}), &employees);
  expect_failed(report, adapters::rti::kConfines ? end : "the parser's process");
  EXPECT_LT(employees, 500U);
}

std::string killed_by(int signal) { return fmt::format("was killed by signal {}", signal); }

TEST(ChildReader, RefusesTheDocumentWhoseChildCrashes) {
  expect_refused_after("crash", killed_by(SIGSEGV));
}

TEST(ChildReader, RefusesTheDocumentWhoseChildIsKilledForWhatItTried) {
  expect_refused_after("open-a-file", killed_by(SIGSYS));
}

TEST(ChildReader, RefusesTheDocumentWhoseChildTakesTooMuchMemory) {
  expect_refused_after("memory", "was killed by signal");
}

TEST(ChildReader, RefusesTheDocumentWhoseChildComputesForEver) {
  expect_refused_after("cpu", killed_by(SIGKILL));
}

TEST(ChildReader, RefusesTheDocumentWhoseChildStandsStill) {
  auto options = child_of_tests({"stand-still", "200"});
  options.limits.stall = std::chrono::milliseconds{200};
  expect_failed(report_of(std::move(options)), "stood still");
}

TEST(ChildReader, RefusesTheDocumentWhoseChildSendsNoRecords) {
  expect_refused_after("babble", "the parser's process sent a record that is not one");
}

TEST(ChildReader, RefusesTheDocumentWhoseChildEndsBeforeIt) {
  expect_failed(report_of(child_of_tests({"nothing"})), "ended with status 42");
}

TEST(ChildReader, SaysWhenNoChildCanBeStarted) {
  auto options = child_of_tests({});
  options.program.file = "/nowhere";
  ChildReader reader(PeopleFilter::everybody(), std::move(options));
  EXPECT_TRUE(told_by(reader, long_document()).starts_with("PARSER_FAILED the parser's process"));
}

TEST(ChildReader, LeavesNoProcessBehind) {
  {
    ChildReader reader(PeopleFilter::everybody(), child_of_tests({adapters::rti::kChildWord}));
    support::TextSource read(long_document());
    support::TextSource never_read(long_document());
    ASSERT_TRUE(reader.begin(never_read).has_value());
    Witness witness;
    ASSERT_TRUE(reader.read(read, witness, {}).has_value());
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

/// The wait status of a confined process that does one thing.
int status_of(const char* act) {
  const auto options = child_of_tests({act});
  auto child = ChildProcess::start(options.program);
  EXPECT_TRUE(child.has_value());
  return child ? child->end(std::chrono::seconds{20}) : -1;
}

/// True when the kernel killed it; says so where nothing is confined.
bool is_killed(const char* act) {
  if (!adapters::rti::kConfines) {
    fmt::print("NOT CONFINED: under a sanitizer '{}' is not forbidden\n", act);
    return true;
  }
  const int status = status_of(act);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

TEST(Confined, MayEndAsItLikes) { EXPECT_EQ(WEXITSTATUS(status_of("nothing")), 42); }
TEST(Confined, IsKilledWhenItOpensAFile) { EXPECT_TRUE(is_killed("open-a-file")); }
TEST(Confined, IsKilledWhenItOpensASocket) { EXPECT_TRUE(is_killed("open-a-socket")); }
TEST(Confined, IsKilledWhenItForks) { EXPECT_TRUE(is_killed("fork")); }
TEST(Confined, IsKilledWhenItRunsAProgram) { EXPECT_TRUE(is_killed("exec")); }
TEST(Confined, IsKilledWhenItLooksForItsParent) { EXPECT_TRUE(is_killed("signal-parent")); }
TEST(Confined, IsKilledWhenItSignalsAProcess) { EXPECT_TRUE(is_killed("signal")); }
TEST(Confined, IsKilledWhenItTracesAProcess) { EXPECT_TRUE(is_killed("ptrace")); }
TEST(Confined, IsKilledWhenItWritesElsewhere) { EXPECT_TRUE(is_killed("write-elsewhere")); }
TEST(Confined, IsKilledWhenItWritesWhereItReads) { EXPECT_TRUE(is_killed("write-where-it-reads")); }
TEST(Confined, IsKilledWhenItReadsElsewhere) { EXPECT_TRUE(is_killed("read-elsewhere")); }
TEST(Confined, IsKilledWhenItMakesARing) { EXPECT_TRUE(is_killed("make-a-ring")); }
TEST(Confined, IsKilledWhenItMakesAMemoryFile) { EXPECT_TRUE(is_killed("make-a-memory-file")); }
TEST(Confined, IsKilledWhenItCopiesADescriptor) { EXPECT_TRUE(is_killed("copy-a-descriptor")); }
TEST(Confined, IsKilledWhenItRaisesItsLimits) { EXPECT_TRUE(is_killed("raise-its-limits")); }
#if defined(__x86_64__)
TEST(Confined, IsKilledWhenItCallsByAnX32Number) { EXPECT_TRUE(is_killed("call-by-x32-number")); }
TEST(Confined, IsKilledWhenItCallsAsA32BitProgram) {
  EXPECT_TRUE(is_killed("call-as-32-bit-program"));
}
#endif
TEST(Confined, IsKilledWhenItMapsCode) { EXPECT_TRUE(is_killed("map-code")); }
TEST(Confined, IsKilledWhenItMakesCode) { EXPECT_TRUE(is_killed("make-code")); }
TEST(Confined, IsKilledWhenItTakesTooMuchMemory) {
  // The allocation fails, and a process without rights cannot even abort in the usual way.
  EXPECT_TRUE(is_killed("memory"));
}
TEST(Confined, IsKilledWhenItComputesForEver) {
  EXPECT_EQ(WTERMSIG(status_of("cpu")), SIGKILL);  // under a sanitizer too
}

}  // namespace
}  // namespace ig::tests::contract
