#include "adapters/sandbox/scopes.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

TEST(SandboxScopes, SplitsAtBlanks) {
  EXPECT_EQ(split_scopes("  b a  b "), (Scopes{"a", "b"}));
  EXPECT_TRUE(split_scopes("").empty());
}

TEST(SandboxScopes, OffersWhatAUseCaseIsFor) {
  const auto laa = rights_of({"read:individuals-matching-laa-c1"}, Api::matching);
  EXPECT_TRUE(laa.leads_to(Api::income));
  EXPECT_TRUE(laa.leads_to(Api::employments));
  EXPECT_TRUE(laa.leads_to(Api::benefits));
  EXPECT_FALSE(laa.leads_to(Api::details));
  const auto lad4 = rights_of({"read:individuals-matching-lad4"}, Api::matching);
  EXPECT_EQ(lad4.links, 1U << static_cast<unsigned>(Api::income));
  const auto rp2 = rights_of({"read:individuals-matching-ho-rp2"}, Api::matching);
  EXPECT_EQ(rp2.links, 1U << static_cast<unsigned>(Api::employments));
}

TEST(SandboxScopes, UnitesTheFieldsOfAllUseCases) {
  const auto one = rights_of({"read:individuals-income-laa-c1"}, Api::income);
  EXPECT_EQ(one.paye & kEmployer, 0U);
  EXPECT_NE(one.paye & kPay, 0U);
  EXPECT_EQ(one.sa & kSelfEmployments, 0U);
  const auto both =
      rights_of({"read:individuals-income-laa-c1", "read:individuals-income-ho-v2"}, Api::income);
  EXPECT_NE(both.paye & kEmployer, 0U);
  EXPECT_NE(both.sa & kSelfEmployments, 0U);
  EXPECT_EQ(rights_of({"read:individuals-income-ho-ecp"}, Api::income).paye, 0U);
  const auto scts = rights_of({"read:individuals-income-scts"}, Api::income);
  EXPECT_NE(scts.paye & kOffice, 0U);
  EXPECT_EQ(scts.paye & kDate, 0U);
}

TEST(SandboxScopes, GrantsOneServiceByItsOwnScopesOnly) {
  const Scopes income = {"read:individuals-income-laa-c1", "read:individuals-income"};
  EXPECT_EQ(rights_of(income, Api::matching).links, 0U);
  EXPECT_EQ(rights_of(income, Api::employments).employments, 0U);
}

TEST(SandboxScopes, NeedsTheEmployerNamedUnlessAnotherUseCaseDoesNot) {
  const Scopes alone = {"read:individuals-employments-ho-rp2"};
  EXPECT_TRUE(rights_of(alone, Api::employments).must_name_employer);
  Scopes more = alone;
  more.insert("read:individuals-employments-ho-ecp");
  EXPECT_FALSE(rights_of(more, Api::employments).must_name_employer);
}

TEST(SandboxScopes, KnowsEveryScopeItCanGrant) {
  EXPECT_TRUE(all_scopes().contains("write:real-time-income-information"));
  EXPECT_TRUE(all_scopes().contains("read:individuals-income-sa-self-employments"));
  EXPECT_TRUE(all_scopes().contains("read:individuals-benefits-and-credits-laa-c1"));
  EXPECT_FALSE(all_scopes().contains("read:individuals-benefits-and-credits-lad4"));
}

}  // namespace
}  // namespace ig::adapters::sandbox
