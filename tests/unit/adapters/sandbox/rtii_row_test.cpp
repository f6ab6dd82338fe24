#include "adapters/sandbox/rtii_row.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

TEST(SandboxRtiiRow, WritesWhatIsAskedForAndNoMore) {
  const Scheme scheme{"120", "XB4471", "", "", Rhythm::monthly, {}, 0};
  Job job;
  job.payroll_id = "E7";
  const Person person{"RN100000A", "Amelia", "Begum", parse_day("1970-01-02").value(), 'F'};
  PaidRow paid;
  paid.scheme = &scheme;
  paid.job = &job;
  paid.paid_on = parse_day("2025-12-31").value();
  paid.period = 9;
  paid.pay = 231'050;
  paid.id = "99999999999999999999999999999999999999";
  const std::set<std::string_view> fields = {
      "uniquePaymentId", "taxablePayInPeriod",  "initials",
      "payrollId",       "monthlyPeriodNumber", "employmentEndDate"};
  std::string body;
  wire::json::Writer out(body);
  write_rtii_row(out, {person, "Sam", paid, 2025, fields});
  EXPECT_EQ(body, R"({"monthlyPeriodNumber":9,"payrollId":"E7","initials":"AS",)"
                  R"("taxablePayInPeriod":2310.5,)"
                  R"("uniquePaymentId":99999999999999999999999999999999999999})");
}

}  // namespace
}  // namespace ig::adapters::sandbox
