#include "adapters/sandbox/asked.hpp"

#include "adapters/sandbox/population.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

class SandboxAsked : public ::testing::Test {
 protected:
  Asked asked(std::string target) {
    request.target = std::move(target);
    return {request, world, grant, fault, ApiVersion::v2_0, "the-id"};
  }

  Population population = make_population(1, 1, parse_day("2026-02-10").value()).value();
  HmrcWorld world{population};
  http::Request request;
  Grant grant;
  ActiveFault fault;
};

TEST_F(SandboxAsked, ReadsDecodedParameters) {
  const auto one = asked("/x?a=120%2FXB&b=&c=d+e");
  EXPECT_EQ(one.query("a"), "120/XB");
  EXPECT_FALSE(one.query("b"));
  EXPECT_EQ(one.query("c"), "d e");
  EXPECT_FALSE(one.query("d"));
}

TEST_F(SandboxAsked, TakesTodayWhereARangeHasNoEnd) {
  DayRange range{};
  EXPECT_FALSE(read_range(asked("/x?fromDate=2026-02-09"), false, range));
  EXPECT_EQ(text(range.to), "2026-02-10") << "of the population, not of a clock";
  EXPECT_TRUE(read_range(asked("/x?fromDate=2026-02-10"), false, range));
  EXPECT_FALSE(read_range(asked("/x?fromDate=2026-02-10"), true, range));
  YearRange years;
  EXPECT_FALSE(read_years(asked("/x?fromTaxYear=2019-20"), years));
  EXPECT_EQ(years.to, 2025);
  EXPECT_TRUE(read_years(asked("/x?fromTaxYear=2009-1"), years));
}

TEST_F(SandboxAsked, SaysItselfAsItWasAsked) {
  EXPECT_EQ(self_of(asked("/p?matchId=the-id&fromDate=1"), "/p", "fromDate", "toDate"),
            "/p?matchId=the-id&fromDate=1");
  EXPECT_EQ(template_of(asked("/p"), "/q", "a", "b"), "/q?matchId=the-id{&a,b}");
}

TEST_F(SandboxAsked, WantsTheScopeOfTheEndpoint) {
  EXPECT_EQ(need_scope(asked("/p"), "s")->status, 403U);
  grant.scopes = {"s"};
  EXPECT_FALSE(need_scope(asked("/p"), "s"));
}

}  // namespace
}  // namespace ig::adapters::sandbox
