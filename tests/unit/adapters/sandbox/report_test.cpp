#include "adapters/sandbox/report.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

Case review_case() {
  Case out;
  out.case_system = "cms";
  out.id = "1";
  out.must = {{"ANNUAL_REVIEW", "", "CHANGED"}, {"IN_YEAR_INCOME", "UP", ""}};
  out.may = {{"REVISION"}};
  return out;
}

Applied trigger(std::string id, std::string kind, std::string direction = {},
                std::string outcome = {}) {
  return {std::move(id), std::move(kind), std::move(direction), std::move(outcome), "NEW", {}};
}

Report judged(const std::vector<Applied>& applied) {
  Report out;
  judge_case(review_case(), "test", applied, out);
  return out;
}

const std::vector<Applied> kAll = {trigger("a", "ANNUAL_REVIEW", "UP", "CHANGED"),
                                   trigger("b", "IN_YEAR_INCOME", "UP")};

TEST(SandboxReport, IsGoodWhenAllCameOnce) {
  EXPECT_TRUE(judged(kAll).good());
  EXPECT_EQ(judged(kAll).unexpected, 0);
}

TEST(SandboxReport, MissesWhatDidNotCome) {
  EXPECT_EQ(judged({}).missing, 2);
  EXPECT_EQ(judged({kAll[0]}).missing, 1);
  EXPECT_EQ(judged({kAll[0]}).missing_list.front(), "cms 1 test: IN_YEAR_INCOME UP");
}

TEST(SandboxReport, DoesNotTakeTheWrongOneForTheRightOne) {
  const auto other = judged(
      {trigger("a", "ANNUAL_REVIEW", "", "UNCHANGED"), trigger("b", "IN_YEAR_INCOME", "DOWN")});
  EXPECT_EQ(other.missing, 2);
  EXPECT_EQ(other.unexpected, 1) << "a fall that never was";
}

TEST(SandboxReport, SeesOneEffectUnderTwoIds) {
  auto twice = kAll;
  twice.push_back(trigger("c", "IN_YEAR_INCOME", "UP"));
  EXPECT_EQ(judged(twice).applied_twice, 1);
  EXPECT_FALSE(judged(twice).good());
  twice.back().relation = "REPLACES";
  twice.back().refers_to = "b";
  EXPECT_EQ(judged(twice).applied_twice, 0) << "income that moved on is no second effect";
}

TEST(SandboxReport, TakesBackWhatIsWithdrawn) {
  auto withdrawn = kAll;
  withdrawn.push_back({"c", "IN_YEAR_INCOME", "UP", "", "WITHDRAWS", "b"});
  EXPECT_EQ(judged(withdrawn).missing, 1);
  EXPECT_EQ(judged({trigger("x", "HUMAN_REVIEW"), {"y", "HUMAN_REVIEW", "", "", "WITHDRAWS", "x"}})
                .unexpected,
            0);
}

TEST(SandboxReport, AllowsWhatMayCome) {
  auto more = kAll;
  more.push_back(trigger("c", "REVISION"));
  EXPECT_EQ(judged(more).unexpected, 0);
  more.push_back(trigger("d", "EMPLOYMENT_ENDED"));
  EXPECT_EQ(judged(more).unexpected, 1);
}

TEST(SandboxReport, ReadsItsOwnJson) {
  Report report;
  report.cases = 3;
  report.by_kind["ANNUAL_REVIEW"] = 2;
  EXPECT_TRUE(report_is_good(report_json(report)));
  EXPECT_NE(report_table(report_json(report)).find("ANNUAL_REVIEW"), std::string::npos);
  EXPECT_EQ(report_summary(report_json(report)),
            "3 cases, 0 triggers applied, 0 missing, 0 applied twice, 0 redelivered");
  EXPECT_EQ(report_summary("no report"), "");
  report.missing = 1;
  EXPECT_FALSE(report_is_good(report_json(report)));
  report.missing = 0;
  report.applied_twice = 1;
  EXPECT_FALSE(report_is_good(report_json(report)));
  for (const char* wrong : {"", "[]", "{}", R"({"missing":0})", R"({"missing":"0"})"}) {
    EXPECT_FALSE(report_is_good(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace ig::adapters::sandbox
