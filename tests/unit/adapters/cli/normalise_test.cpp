#include "adapters/cli/normalise.hpp"

#include "adapters/cli/command.hpp"
#include "tests/support/temp_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Ran {
  int status = 0;
  std::string out;
  std::string errors;
};

class NormaliseTest : public ::testing::Test {
 protected:
  NormaliseTest() {
    asked_.received_at = "2026-01-29T10:11:12Z";
    asked_.nino = "NA000799C";
  }
  void add(const std::string& name, const std::string& text) {
    asked_.files.push_back(folder_.file(name));
    std::ofstream(asked_.files.back()) << text;
  }
  Ran run() {
    Pipes pipes;
    const auto open = [&](const char* name) {
      return ::open(folder_.file(name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    };
    pipes.out = open("out");
    pipes.errors = open("errors");
    Ran out;
    out.status = normalise_stage(pipes, asked_);
    for (const int descriptor : {pipes.out, pipes.errors}) ::close(descriptor);
    out.out = read("out");
    out.errors = read("errors");
    return out;
  }
  [[nodiscard]] std::string read(const char* name) const {
    std::ifstream in(folder_.file(name));
    return {std::istreambuf_iterator<char>(in), {}};
  }

  tests::support::TempFolder folder_;
  NormaliseAsked asked_;
};

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string sa(const std::string& kinds) {
  return R"({"selfAssessment":{"taxReturns":[{"taxYear":"2024-25",)" + kinds + "}]}}";
}

TEST_F(NormaliseTest, TakesPayOfIndividualsIncome) {
  asked_.from = "individuals-income";
  add("one", R"({"paye":{"income":[{"employerPayeReference":"120/XB4471","taxablePayment":2310.5,)"
             R"("paymentDate":"2026-02-27","monthPayNumber":11},{"paymentDate":"2026-01-30"}]}})");
  const Ran ran = run();
  EXPECT_EQ(ran.status, kRefused);
  EXPECT_EQ(lines(ran.out), 1U);
  EXPECT_THAT(ran.out,
              AllOf(StartsWith(R"({"fact":"payment","fact_id":")"),
                    HasSubstr(R"("nino":"NA000799C")"), HasSubstr(R"("taxable_pay_pence":231050)"),
                    HasSubstr(R"("system":"individuals-income")")));
  EXPECT_EQ(lines(ran.errors), 1U);
  EXPECT_THAT(ran.errors, AllOf(HasSubstr("MISSING_MEMBER"), HasSubstr("/paye/income/1/"),
                                Not(HasSubstr("NA000799C"))));
}

TEST_F(NormaliseTest, PutsTheRepliesOfSelfAssessmentTogether) {
  asked_.from = "individuals-income";
  asked_.in_scope = {"all"};
  add("footprint", sa(R"("submissions":[{"receivedDate":"2026-01-29"}])"));
  add("employments", sa(R"("employments":[{"employmentIncome":12000}])"));
  add("trade", sa(R"("selfEmployments":[{"selfEmploymentProfit":18240.75}])"));
  add("partners", sa(R"("partnerships":[{"partnershipProfit":0}])"));
  add("pensions", sa(R"("pensionsAndStateBenefits":[{"totalIncome":0}])"));
  Ran ran = run();
  EXPECT_EQ(ran.status, kDone);
  EXPECT_EQ(lines(ran.out), 1U);
  EXPECT_THAT(ran.out, HasSubstr(R"("status":"AVAILABLE","tax_year":"2024-25",)"
                                 R"("annual_pence":3024075,"source_of_figure":"SA")"));
  asked_.in_scope = {"partnerships.partnershipProfit"};
  ran = run();
  EXPECT_THAT(ran.out, HasSubstr(R"("status":"UNAVAILABLE")"));
  EXPECT_THAT(ran.out, HasSubstr(R"("parts":{"employment":1200000,"trading":1824075})"))
      << "the zero of pensions is out of scope";
}

TEST_F(NormaliseTest, TakesJobsOfIndividualsEmployments) {
  asked_.from = "individuals-employments";
  add("one", R"({"employments":[{"startDate":"2024-05-13","endDate":"2099-12-31",)"
             R"("payFrequency":"WEEKLY","employer":{"payeReference":"120/XB4471"}}]})");
  const Ran ran = run();
  EXPECT_EQ(ran.status, kDone);
  EXPECT_THAT(ran.out, AllOf(StartsWith(R"({"fact":"employment",)"),
                             HasSubstr(R"("started_on":"2024-05-13","frequency":"W1")"),
                             HasSubstr(R"("system":"individuals-employments")")));
}

TEST_F(NormaliseTest, TellsAnErrorBodyFromOneThatIsNone) {
  for (const char* from : {"individuals-income", "individuals-employments"}) {
    asked_.from = from;
    asked_.files.clear();
    add("failed", R"({"code":"MATCHING_FAILED","message":"x"})");
    add("down", R"({"code":"INTERNAL_SERVER_ERROR","message":"x"})");
    add("root", R"({"_links":{}})");
    add("page", "<html>");
    const Ran ran = run();
    EXPECT_EQ(ran.status, kRefused);
    EXPECT_EQ(lines(ran.out), 2U);
    EXPECT_THAT(ran.out, AllOf(HasSubstr(R"("status":"NOT_MATCHED","code":"MATCHING_FAILED")"),
                               HasSubstr(R"("status":"UNAVAILABLE")")));
    EXPECT_EQ(lines(ran.errors), 2U);
    EXPECT_THAT(ran.errors, AllOf(HasSubstr("MISSING_MEMBER"), HasSubstr("MALFORMED_JSON")));
  }
}

TEST_F(NormaliseTest, StillTakesRealTimeIncomeAndYearlyFigures) {
  asked_.from = "rtii";
  add("one", R"({"code":"NOT_FOUND","reason":"x"})");
  EXPECT_THAT(run().out, HasSubstr(R"("status":"NO_DATA","code":"NOT_FOUND")"));
  asked_.from = "yearly";
  asked_.files.clear();
  add("two", R"({"status":"NO_DATA"})");
  EXPECT_THAT(run().out, HasSubstr(R"("fact":"yearly_figure")"));
}

TEST_F(NormaliseTest, IsMisusedWithWhatDoesNotFit) {
  add("one", "{}");
  const auto misused = [&] {
    const Ran ran = run();
    EXPECT_THAT(ran.out, IsEmpty());
    return ran.status == kMisuse;
  };
  asked_.from = "cis";
  EXPECT_TRUE(misused());
  asked_.from = "paper";
  EXPECT_TRUE(misused());
  asked_.from = "fps";
  EXPECT_TRUE(misused()) << "--nino";
  asked_.from = "rtii";
  asked_.in_scope = {"all"};
  EXPECT_TRUE(misused());
  asked_.from = "individuals-income";
  asked_.in_scope = {"selfEmploymentProfit"};
  EXPECT_TRUE(misused());
}

}  // namespace
}  // namespace ig::adapters::cli
