#include "adapters/cli/facts_by_person.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/formats/facts.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/adapters/cli/lines_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::values::Instant;
using core::values::Nino;
using ::testing::SizeIs;

core::facts::Fact fact(const std::string& line) {
  return *formats::read_fact(*wire::json::Reader().read(line));
}

FactsByPerson known_before(const char* moment) { return FactsByPerson(*Instant::parse(moment)); }

TEST(FactsByPerson, FindsAPersonWhateverTheSuffix) {
  auto known = known_before("2026-02-01T00:00:00Z");
  ASSERT_TRUE(known.take(fact(payment("NA000799C", "2026-01-30", 1, 1))).has_value());
  ASSERT_TRUE(known.take(fact(payment("NA000799", "2025-12-31", 1, 1))).has_value());
  const PersonFacts* person = known.of(*Nino::parse("NA000799D"));
  ASSERT_NE(person, nullptr);
  EXPECT_THAT(person->payments, SizeIs(2));
  EXPECT_EQ(known.of(*Nino::parse("NA000800C")), nullptr);
}

TEST(FactsByPerson, PassesOverWhatWasReceivedLater) {
  auto known = known_before("2026-01-29T10:11:12Z");
  ASSERT_TRUE(known.take(fact(payment("NA000799C", "2026-01-30", 1, 1))).has_value());
  EXPECT_EQ(known.of(*Nino::parse("NA000799C")), nullptr);
}

TEST(FactsByPerson, RefusesTestFactsAndFactsAboutNobody) {
  auto known = known_before("2026-02-01T00:00:00Z");
  auto test = fact(payment("NA000799C", "2026-01-30", 1, 1));
  core::facts::header(test).test = true;
  EXPECT_EQ(known.take(test).error().code, ErrorCode::TEST_MESSAGE);
  auto nobody = fact(payment("NA000799C", "2026-01-30", 1, 1));
  core::facts::header(nobody).subject = {};
  EXPECT_EQ(known.take(nobody).error().code, ErrorCode::NO_PERSON);
}

struct Answered {
  int status = 0;
  std::string out;
};

Answered answered(const std::string& lines, const OnQuestion& on_question) {
  const tests::support::TempFolder folder;
  std::ofstream(folder.file("in")) << lines;
  const int in = ::open(folder.file("in").c_str(), O_RDONLY | O_CLOEXEC);
  const int out = ::open(folder.file("out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  Answered result;
  result.status = answer_each(in, out, "test", on_question);
  ::close(in);
  ::close(out);
  std::ifstream written(folder.file("out"));
  result.out.assign(std::istreambuf_iterator<char>(written), {});
  return result;
}

TEST(AnswerEach, PutsAnErrorLineInThePlaceOfAnAnswer) {
  const auto result = answered("{\"id\":\"a\"}\nnot json\n{\"id\":\"b\"}\n",
                               [](const wire::json::Value&, std::string& out) -> Result<void> {
                                 out += "answer\n";
                                 return {};
                               });
  EXPECT_EQ(result.status, kRefused);
  EXPECT_THAT(result.out, ::testing::MatchesRegex("answer\n.*MALFORMED_JSON.*\nanswer\n"));
}

TEST(AnswerEach, EndsWhereTheStoreFailsAndKeepsWhatWasAnswered) {
  int asked = 0;
  const auto result =
      answered("{}\n{}\n{}\n", [&](const wire::json::Value&, std::string& out) -> Result<void> {
        if (++asked == 2) return Error{ErrorCode::STORE_FAILED, {}, "no"};
        out += "answer\n";
        return {};
      });
  EXPECT_EQ(result.status, kCouldNot);
  EXPECT_EQ(result.out, "answer\n");
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace ig::adapters::cli
