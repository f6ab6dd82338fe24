#include "adapters/formats/proposals.hpp"

#include "adapters/formats/requests.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::triggers::Context;

const std::string kWhole =
    R"({"case_system":"cms","case":"100000000017","paying_parent":"PP1","person":"p-000000017",)"
    R"("as_of":"2026-02-10","review_date":"2026-12-01","reg9a_notified_on":"2025-12-03",)"
    R"("change_on":"2026-01-30","test_called_for":false,"confidence":"MEDIUM",)"
    R"("reasons":["INCOME_UP","JOB_STARTED"],"signals":[{"code":"JOB_STARTED","office":"120",)"
    R"("reference":"XB4471","sequence":2,"payroll_id":"E17","employer":"Harbour Tools Ltd",)"
    R"("on":"2026-01-05"}],"jobs":[{"office":"120","reference":"XB4471","sequence":2,)"
    R"("payroll_id":"E17","status":"ACTIVE"}],"base_pence":38356,"weekly_pence":53173,)"
    R"("human_review":"SELF_EMPLOYMENT_NOT_COVERED","payments":["4100237781"]})";

Result<Context> read(const std::string& text) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read_context(*value);
}

TEST(Proposals, KeepTheContextThereAndBack) {
  const auto context = read(kWhole);
  ASSERT_TRUE(context.has_value()) << context.error().field;
  std::string out;
  write_context(out, *context);
  EXPECT_EQ(out, kWhole);
}

TEST(Proposals, NeedOnlyTheCaseAndTheDay) {
  const auto context =
      read(R"({"case_system":"cms","case":"1","paying_parent":"PP1","as_of":"2026-02-10"})");
  ASSERT_TRUE(context.has_value()) << context.error().field;
  EXPECT_TRUE(context->test_called_for);
  EXPECT_FALSE(context->weekly.has_value());
}

TEST(Proposals, RefuseAContextThatIsNotOurs) {
  const auto context = read(R"({"ticket":"INC-7"})");
  ASSERT_FALSE(context.has_value());
  EXPECT_EQ(context.error().code, ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(context.error().field, "/case_system");
}

TEST(Proposals, AreRequestsThatAssessReads) {
  core::triggers::Proposal proposal;
  proposal.request.id = "cms/1/PP1/IN_YEAR_INCOME/2026-02-10";
  proposal.request.kind = core::rules::DecisionKind::in_year_income;
  proposal.request.effective_date = core::values::Date::of(2026, 2, 10);
  proposal.context = *read(kWhole);
  std::string text;
  write_proposal(text, proposal);
  wire::json::Reader reader;
  const auto value = reader.read(text);
  ASSERT_TRUE(value.has_value());
  const auto request = read_request(*value);
  ASSERT_TRUE(request.has_value()) << request.error().field;
  EXPECT_EQ(request->context_json, kWhole);
  EXPECT_EQ(request->request.id, proposal.request.id);
  EXPECT_FALSE(request->request.current.has_value());
}

TEST(Proposals, EveryCutIsRefused) {
  for (std::size_t length = 0; length < kWhole.size(); ++length) {
    EXPECT_FALSE(read(kWhole.substr(0, length)).has_value()) << length;
  }
}

}  // namespace
}  // namespace ig::adapters::formats
