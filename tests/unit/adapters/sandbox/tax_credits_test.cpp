#include "adapters/sandbox/tax_credits.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxTaxCredits : public HmrcHouse {
 protected:
  /// The matchId of the first person who has tax credits, or has none.
  std::string someone(bool with_credits) {
    const HmrcWorld world(population);
    for (std::size_t i = 0; i < population.people.size(); ++i) {
      const Person& who = population.people[i].person;
      if (world.find(who.nino) && world.has_tax_credits(i) == with_credits) {
        return match(who, bearer);
      }
    }
    throw std::out_of_range("nobody like that");
  }
  http::Response ask(const std::string& part, const std::string& id, const std::string& range,
                     const std::string& with) {
    return individuals("/individuals/benefits-and-credits/" + part + "?matchId=" + id + range, with,
                       "1.0");
  }
  std::string bearer = token();
};

TEST_F(SandboxTaxCredits, KeepsThePaymentsOfEachCreditApart) {
  const auto id = someone(true);
  const std::string range = "&fromDate=2025-01-01&toDate=2025-04-05";
  const auto child = json::parse(ask("child-tax-credit", id, range, bearer).body);
  const auto& award = child["applications"][0]["awards"][0];
  ASSERT_EQ(award["payments"].size(), 3U);
  EXPECT_EQ(award["payments"][0]["tcType"], "ICC");
  EXPECT_TRUE(award["childTaxCredit"].contains("ctcChildAmount"));
  EXPECT_GE(child["applications"][0]["id"].get<std::int64_t>(), 22'000'000'000)
      << "more than 32 bits";
  EXPECT_NE(child["_links"]["self"]["href"].get<std::string>().find("/child-tax-credits?"),
            std::string::npos);
  const auto working = json::parse(ask("working-tax-credit", id, range, bearer).body);
  EXPECT_EQ(working["applications"][0]["awards"][0]["payments"][0]["tcType"], "ETC");
  EXPECT_TRUE(working["applications"][0]["awards"][0].contains("workingTaxCredit"));
}

TEST_F(SandboxTaxCredits, HasEmptyListsForNoData) {
  const auto answer = ask("child-tax-credit", someone(false), "&fromDate=2025-01-01", bearer);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(json::parse(answer.body)["applications"], json::array());
  const auto after = ask("child-tax-credit", someone(true), "&fromDate=2025-04-06", bearer);
  EXPECT_EQ(json::parse(after.body)["applications"], json::array()) << "they ended";
}

TEST_F(SandboxTaxCredits, TakesARangeOfOneDay) {
  const auto id = someone(true);
  EXPECT_EQ(ask("child-tax-credit", id, "&fromDate=2025-01-01&toDate=2025-01-01", bearer).status,
            200U);
  EXPECT_EQ(message(ask("child-tax-credit", id, "", bearer)), "fromDate is required");
}

TEST_F(SandboxTaxCredits, ShowsTheApplicationToSomeScopesOnly) {
  const auto id = someone(true);
  const auto aid = token("read:individuals-benefits-and-credits-laa-c1");
  const auto body = json::parse(ask("child-tax-credit", id, "&fromDate=2025-01-01", aid).body);
  EXPECT_FALSE(body["applications"][0].contains("id"));
  const auto links = json::parse(ask("", id, "", aid).body)["_links"];
  EXPECT_TRUE(links.contains("childTaxCredit"));
  EXPECT_TRUE(links.contains("workingTaxCredit"));
  EXPECT_EQ(ask("", id, "", token("read:individuals-matching-laa-c1")).status, 401U);
}

}  // namespace
}  // namespace ig::adapters::sandbox
