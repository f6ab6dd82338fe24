#include "adapters/formats/assessments.hpp"

#include "core/rules/assess.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::facts::Basis;
using core::rules::DecisionKind;
using core::rules::Evidence;

std::string sample_line() {
  auto request = tests::request_of(DecisionKind::annual_review);
  request.in_force = tests::in_force(Basis::current, 30'000);
  request.historic = tests::available(2'085'714);
  request.current = tests::current(Evidence::verified, 38'000);
  const auto assessment = core::rules::assess(request, tests::sample_parameters());
  std::string out;
  write_assessment(out, *assessment, R"({"case":"1"})");
  return out;
}

core::base::Result<AssessmentLine> read(const std::string& text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_assessment(*value);
}

TEST(Assessments, WriteTheirMembersInTheOrderOfTheContract) {
  const std::string line = sample_line();
  const char* names[] = {"id",
                         "kind",
                         "context",
                         "action",
                         "basis",
                         "gross_weekly_income_pence",
                         "historic_weekly_pence",
                         "test",
                         "effect",
                         "alternatives",
                         "flags",
                         "citations",
                         "parameters_version",
                         "explanation"};
  wire::json::Reader reader;
  const auto value = reader.read(line);
  ASSERT_TRUE(value.has_value());
  ASSERT_EQ(value->members().size(), std::size(names));
  for (std::size_t i = 0; i < std::size(names); ++i) {
    EXPECT_EQ(value->members()[i].name, names[i]);
  }
}

TEST(Assessments, AreReadBackAsTheyWereWritten) {
  const std::string line = sample_line();
  const auto read_back = read(line);
  ASSERT_TRUE(read_back.has_value()) << read_back.error().field;
  std::string again;
  write_assessment(again, read_back->assessment, read_back->context_json);
  EXPECT_EQ(again, line);
  EXPECT_EQ(read_back->assessment.alternatives.size(), 2U);
}

TEST(Assessments, WriteNullWhereNothingIsKnown) {
  core::rules::Assessment bare;
  bare.id = "x";
  bare.parameters_version = "v";
  bare.explanation = "None.";
  bare.test = core::rules::Test{};
  bare.test->met_unrounded = true;
  std::string line;
  write_assessment(line, bare, {});
  EXPECT_NE(line.find(R"("context":null)"), std::string::npos);
  EXPECT_NE(line.find(R"("basis":null,"gross_weekly_income_pence":null)"), std::string::npos);
  EXPECT_NE(line.find(R"("met_unrounded":true)"), std::string::npos);
  EXPECT_TRUE(read(line).has_value());
}

TEST(Assessments, RefuseWhatTheyCannotHold) {
  const struct {
    std::string_view from, to, field;
    ErrorCode code;
  } cases[] = {
      {"\"action\":\"HUMAN_REVIEW\"", "\"action\":\"DECIDE\"", "/action", ErrorCode::UNKNOWN_CODE},
      {"\"threshold\":\"1/4\"", "\"threshold\":\"25%\"", "/test/threshold",
       ErrorCode::INVALID_NUMBER},
      {"\"threshold\":\"1/4\"", "\"threshold\":\"1/0\"", "/test/threshold",
       ErrorCode::INVALID_NUMBER},
      {"\"base_pence\":40000", "\"base_pence\":-40000", "/test/base_pence",
       ErrorCode::MONEY_OUT_OF_RANGE},
      {"\"action\":\"NO_CHANGE\"", "\"action\":1", "/alternatives/0/action", ErrorCode::WRONG_TYPE},
      {"\"flags\":[\"REVIEW_C_A09\"]", "\"flags\":[1]", "/flags", ErrorCode::WRONG_TYPE},
      {"\"effect\":\"UNKNOWN\"", "\"effect\":\"SOME\"", "/effect", ErrorCode::UNKNOWN_CODE},
  };
  for (const auto& one : cases) {
    std::string line = sample_line();
    const auto at = line.find(one.from);
    ASSERT_NE(at, std::string::npos) << one.from;
    const auto result = read(line.replace(at, one.from.size(), one.to));
    ASSERT_FALSE(result.has_value()) << one.to;
    EXPECT_EQ(name(result.error().code), name(one.code));
    EXPECT_EQ(result.error().field, one.field);
  }
}

TEST(Assessments, RefuseEveryCutOfALine) {
  const std::string line = sample_line();
  for (std::size_t cut = 0; cut < line.size(); ++cut) {
    EXPECT_FALSE(read(line.substr(0, cut)).has_value()) << "cut at byte " << cut;
  }
}

TEST(Assessments, KnowEveryActionAgain) {
  for (int i = 0; i <= static_cast<int>(core::rules::Action::NOT_TESTED_NO_C); ++i) {
    core::rules::Assessment one;
    one.id = "x";
    one.parameters_version = "v";
    one.explanation = "None.";
    one.action = static_cast<core::rules::Action>(i);
    std::string line;
    write_assessment(line, one, {});
    const auto read_back = read(line);
    ASSERT_TRUE(read_back.has_value());
    EXPECT_EQ(read_back->assessment.action, one.action);
  }
}

}  // namespace
}  // namespace ig::adapters::formats
