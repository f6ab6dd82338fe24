#include "adapters/cli/chain.hpp"

#include "adapters/cli/assess.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/zone/london.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/adapters/cli/lines_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::values::Date;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Ran {
  int status = 0;
  std::string out;
  std::string errors;
};

/// A folder in which stages run on files in place of pipes.
class Bench {
 public:
  Bench() : parameters_(*load_parameters({})), zone_(wire::zone::make_london()) {}

  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name)) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(file(name));
    return {std::istreambuf_iterator<char>(in), {}};
  }

  Ran ledger(const std::string& facts, Date as_of) const {
    return run(facts,
               [&](const Pipes& pipes) { return ledger_stage(pipes, as_of, parameters_, *zone_); });
  }
  Ran propose(const std::string& lines, Date as_of) const {
    return run(lines, [&](const Pipes& pipes) {
      return propose_stage(pipes, file("cases"), as_of, parameters_);
    });
  }
  Ran assess(const std::string& requests) const {
    return run(requests,
               [&](const Pipes& pipes) { return assess_lines(pipes.in, pipes.out, parameters_); });
  }
  Ran raise(const std::string& assessments) const {
    const auto digest = wire::crypto::make_digest();
    return run(assessments,
               [&](const Pipes& pipes) { return raise_stage(pipes, file("raised"), *digest); });
  }
  /// All four, one after the other.
  std::string chain(const std::string& facts, Date as_of) const {
    return raise(assess(propose(ledger(facts, as_of).out, as_of).out).out).out;
  }

 private:
  template <class Stage>
  Ran run(const std::string& input, Stage stage) const {
    write("in", input);
    Pipes pipes;
    pipes.in = ::open(file("in").c_str(), O_RDONLY | O_CLOEXEC);
    pipes.out = ::open(file("out").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    pipes.errors = ::open(file("errors").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    Ran out;
    out.status = stage(pipes);
    for (const int descriptor : {pipes.in, pipes.out, pipes.errors}) ::close(descriptor);
    out.out = read("out");
    out.errors = read("errors");
    return out;
  }

  tests::support::TempFolder folder_;
  core::rules::ParameterSet parameters_;
  std::unique_ptr<core::ports::CivilZone> zone_;
};

const Date kAsOf = Date::of(2026, 2, 10);

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(LedgerStage, WritesOneLineAPersonInOrder) {
  const Bench bench;
  const auto ran =
      bench.ledger(three_months("NA000800C", 200'000) + three_months("NA000799C", 231'050), kAsOf);
  EXPECT_EQ(ran.status, kDone);
  EXPECT_EQ(lines(ran.out), 2U);
  EXPECT_THAT(ran.out, StartsWith(R"({"nino":"NA000799C","as_of":"2026-02-10",)"
                                  R"("weekly_pence":53173,)"));
  EXPECT_THAT(ran.errors, IsEmpty());
}

TEST(LedgerStage, JoinsANinoWithAndWithoutItsSuffix) {
  const Bench bench;
  const auto ran = bench.ledger(payment("NA000799", "2025-12-31", 200'000, 1'800'000) +
                                    payment("NA000799C", "2026-01-30", 200'000, 2'000'000),
                                kAsOf);
  EXPECT_EQ(lines(ran.out), 1U);
  EXPECT_THAT(ran.out, StartsWith(R"({"nino":"NA000799C")"));
}

TEST(LedgerStage, SeesWhatWasReceivedBeforeMidnightInLondon) {
  const Bench bench;
  const Date summer = Date::of(2025, 7, 1);
  const auto seen = bench.ledger(
      payment("NA000799C", "2025-06-30", 200'000, 200'000, "2025-07-01T22:59:59Z"), summer);
  EXPECT_EQ(lines(seen.out), 1U);
  const auto late = bench.ledger(
      payment("NA000799C", "2025-06-30", 200'000, 200'000, "2025-07-01T23:00:00Z"), summer);
  EXPECT_EQ(late.status, kDone);
  EXPECT_THAT(late.out, IsEmpty());
  const auto winter = bench.ledger(
      payment("NA000799C", "2026-01-30", 200'000, 200'000, "2026-02-10T23:59:59Z"), kAsOf);
  EXPECT_EQ(lines(winter.out), 1U);
}

TEST(LedgerStage, RefusesTestFactsAndFactsWithoutAPerson) {
  const Bench bench;
  std::string nobody = payment("NA000799C", "2026-01-30", 1, 1);
  nobody.replace(nobody.find(R"("nino":"NA000799C",)"), 19, "");
  const auto ran = bench.ledger(
      payment("NA000799C", "2026-01-30", 1, 1, "2026-01-29T00:00:00Z", R"(,"test":true)") + nobody +
          "no record\n" + three_months("NA000800C", 200'000),
      kAsOf);
  EXPECT_EQ(ran.status, kRefused);
  EXPECT_EQ(lines(ran.out), 1U);
  EXPECT_THAT(ran.errors, HasSubstr(R"("line":1,"error":{"code":"TEST_MESSAGE")"));
  EXPECT_THAT(ran.errors, HasSubstr(R"("line":2,"error":{"code":"NO_PERSON")"));
  EXPECT_THAT(ran.errors, HasSubstr(R"("line":3,"error":{"code":"MALFORMED_JSON")"));
  EXPECT_THAT(ran.errors, Not(HasSubstr("NA000799")));
}

TEST(ProposeStage, AsksForEveryCaseOfAPerson) {
  const Bench bench;
  bench.write("cases", open_case("2", "NA000799C", 40'000) + open_case("1", "NA000799", 30'000) +
                           open_case("3", "NA000800C", 30'000));
  const auto ran =
      bench.propose(bench.ledger(three_months("NA000799C", 231'050), kAsOf).out, kAsOf);
  EXPECT_EQ(ran.status, kDone);
  EXPECT_EQ(lines(ran.out), 2U);
  EXPECT_THAT(ran.out, StartsWith(R"({"id":"cms/1/PP1/IN_YEAR_INCOME/2026-02-10")"));
  EXPECT_THAT(ran.out, Not(HasSubstr("NA000799")));
}

TEST(ProposeStage, TakesTheNewestVersionOfACase) {
  const Bench bench;
  bench.write("cases",
              open_case("1", "NA000799C", 40'000, 2) + open_case("1", "NA000799C", 30'000, 1));
  const auto ran =
      bench.propose(bench.ledger(three_months("NA000799C", 231'050), kAsOf).out, kAsOf);
  EXPECT_EQ(lines(ran.out), 1U);
  EXPECT_THAT(ran.out, HasSubstr(R"("base_pence":40000)"));
}

TEST(ProposeStage, RefusesALedgerOfAnotherDay) {
  const Bench bench;
  bench.write("cases", open_case("1", "NA000799C", 40'000));
  const auto ran = bench.propose(bench.ledger(three_months("NA000799C", 231'050), kAsOf).out,
                                 kAsOf.plus_days(1));
  EXPECT_EQ(ran.status, kRefused);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.errors, HasSubstr("/as_of"));
}

TEST(ProposeStage, CannotRunWithoutItsCases) {
  const Bench bench;
  EXPECT_EQ(bench.propose("", kAsOf).status, kCouldNot);
}

TEST(RaiseStage, TellsOnceAndWithdrawsWhatWasCorrected) {
  const Bench bench;
  bench.write("cases", open_case("1", "NA000799C", 40'000));
  const std::string risen = three_months("NA000799C", 231'050);
  const std::string first = bench.chain(risen, kAsOf);
  EXPECT_EQ(lines(first), 1U);
  EXPECT_THAT(first, HasSubstr(R"("kind":"IN_YEAR_INCOME","outcome":null,"direction":"UP",)"
                               R"("base_pence":40000,"weekly_pence":53173)"));
  EXPECT_THAT(first, HasSubstr(R"("relation":"NEW","refers_to":null)"));
  EXPECT_THAT(bench.chain(risen, kAsOf), IsEmpty());
  const std::string back = bench.chain(three_months("NA000799C", 174'000), kAsOf.plus_days(1));
  EXPECT_EQ(lines(back), 1U);
  EXPECT_THAT(back, HasSubstr(R"("relation":"WITHDRAWS","refers_to":")" + first.substr(7, 32)));
  EXPECT_THAT(bench.read("raised"), IsEmpty());
}

TEST(RaiseStage, GivesTheSameIdsAgainWhenItsMemoryWasNotWritten) {
  const Bench bench;
  bench.write("cases", open_case("1", "NA000799C", 40'000));
  const std::string risen = three_months("NA000799C", 231'050);
  const std::string first = bench.chain(risen, kAsOf);
  bench.write("raised", "");
  EXPECT_EQ(bench.chain(risen, kAsOf), first);
}

TEST(RaiseStage, ReportsAJobForACaseWithoutAnIncomeTest) {
  const Bench bench;
  bench.write("cases",
              R"({"case_system":"cms","case":"1","paying_parent":"PP1","version":1,)"
              R"("sent_at":"2025-12-02T06:00:00Z","status":"OPEN","person":{"nino":"NA000799C"},)"
              R"("in_force":{"basis":"NOT_INCOME_BASED","effective_date":"2025-12-01"}})"
              "\n");
  const std::string facts = payment("NA000799C", "2026-01-30", 200'000, 200'000,
                                    "2026-01-29T00:00:00Z", R"(,"started_on":"2026-01-02")");
  const std::string out = bench.chain(facts, kAsOf);
  EXPECT_EQ(lines(out), 1U);
  EXPECT_THAT(out, HasSubstr(R"("kind":"EMPLOYMENT_STARTED")"));
  EXPECT_THAT(out, HasSubstr(R"("reasons":["FEW_PERIODS","JOB_STARTED","NO_INCOME_TEST"])"));
}

TEST(RaiseStage, RefusesAnAssessmentThatProposeDidNotAskFor) {
  const Bench bench;
  const auto assessed = bench.assess(
      R"({"id":"a","kind":"INITIAL","effective_date":"2026-12-01","historic":{"status":"NIL"}})"
      "\n"
      R"({"id":"b"})"
      "\n");
  const auto ran = bench.raise(assessed.out);
  EXPECT_EQ(ran.status, kRefused);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.errors, HasSubstr(R"({"id":"a","line":1,"error":{"code":"MISSING_MEMBER",)"
                                    R"("field":"/context")"));
  EXPECT_THAT(ran.errors, HasSubstr(R"({"id":"b","line":2,"error":{"code":"MISSING_MEMBER")"));
}

TEST(RaiseStage, DecidesNothingOnAMemoryItCannotRead) {
  const Bench bench;
  bench.write("cases", open_case("1", "NA000799C", 40'000));
  bench.write("raised", "{\"case\":\n");
  EXPECT_THAT(bench.chain(three_months("NA000799C", 231'050), kAsOf), IsEmpty());
  EXPECT_EQ(bench.read("raised"), "{\"case\":\n");
}

}  // namespace
}  // namespace ig::adapters::cli
