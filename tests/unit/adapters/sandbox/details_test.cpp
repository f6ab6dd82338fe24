#include "adapters/sandbox/details.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

class SandboxDetails : public HmrcHouse {
 protected:
  http::Response ask(const std::string& part, const std::string& with) {
    return individuals("/individuals/details/" + part + "?matchId=" + id, with, "1.0");
  }
  std::string bearer = token();
  std::string id = match(person("steady_monthly"), bearer);
};

TEST_F(SandboxDetails, GivesResidencesAndTelephones) {
  const auto homes = json::parse(ask("addresses", bearer).body)["residences"];
  EXPECT_EQ(homes[0]["residenceType"], "BASE");
  EXPECT_EQ(homes[0]["inUse"], true);
  const auto contacts = json::parse(ask("contact-details", bearer).body)["contactDetails"];
  EXPECT_EQ(contacts["mobileTelephones"].size(), 1U);
  EXPECT_TRUE(contacts["eveningTelephones"].is_array());
}

TEST_F(SandboxDetails, LinksByScope) {
  const auto homes_only = token("read:individuals-details-laa-c3");
  const auto links = json::parse(ask("", homes_only).body)["_links"];
  EXPECT_TRUE(links.contains("addresses"));
  EXPECT_FALSE(links.contains("contact-details"));
  EXPECT_EQ(ask("addresses", homes_only).status, 200U);
  EXPECT_EQ(ask("contact-details", homes_only).status, 401U);
  EXPECT_EQ(json::parse(ask("", bearer).body)["_links"].size(), 3U);
}

}  // namespace
}  // namespace ig::adapters::sandbox
