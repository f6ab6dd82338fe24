#include "adapters/sandbox/checks.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::sandbox {
namespace {

TEST(SandboxChecks, TakesCorrelationIdsUpToVersionFive) {
  for (const char version : {'0', '1', '4', '5'}) {
    std::string id = "7b0f7a2e-5a52-4a5e-9a43-2f7bb3f0a111";
    id[14] = version;
    EXPECT_TRUE(is_correlation_id(id)) << version;
  }
  for (const char version : {'6', '7', '8', 'a', 'F'}) {
    std::string id = "7b0f7a2e-5a52-4a5e-9a43-2f7bb3f0a111";
    id[14] = version;
    EXPECT_FALSE(is_correlation_id(id)) << version;
    EXPECT_TRUE(is_hex_groups(id)) << version;
  }
  EXPECT_TRUE(is_correlation_id("7B0F7A2E-5A52-4A5E-BA43-2F7BB3F0A111"));
  EXPECT_FALSE(is_correlation_id("7b0f7a2e-5a52-4a5e-ca43-2f7bb3f0a111")) << "variant";
}

TEST(SandboxChecks, WantsFiveGroupsOfHex) {
  EXPECT_FALSE(is_hex_groups(""));
  EXPECT_FALSE(is_hex_groups("7b0f7a2e5a524a5e9a432f7bb3f0a1110000"));
  EXPECT_FALSE(is_hex_groups("7b0f7a2e-5a52-4a5e-9a43-2f7bb3f0a11"));
  EXPECT_FALSE(is_hex_groups("7b0f7a2e-5a52-4a5e-9a43-2f7bb3f0a11g"));
}

TEST(SandboxChecks, KnowsAllocatedNumbers) {
  EXPECT_TRUE(is_nino("NA000799C", false));
  for (const char* wrong : {"NA000799E", "NA000799", "na000799C", "NA00O799C", "DA000799C",
                            "AO000799C", "BG000799C", "GB000799C", "KN000799C", "NK000799C",
                            "NT000799C", "TN000799C", "ZZ000799C", "NA 00079C"}) {
    EXPECT_FALSE(is_nino(wrong, false)) << wrong;
  }
  EXPECT_FALSE(is_nino("NA000799 ", false));
  EXPECT_TRUE(is_nino("NA000799 ", true));
}

TEST(SandboxChecks, TakesPlainLettersInNamesOnly) {
  EXPECT_TRUE(is_plain_name("O'Connor-Smith Jr."));
  EXPECT_TRUE(is_plain_name(std::string(35, 'a')));
  EXPECT_FALSE(is_plain_name(std::string(36, 'a')));
  EXPECT_FALSE(is_plain_name(""));
  EXPECT_FALSE(is_plain_name("Zo\xC3\xAB"));
  EXPECT_FALSE(is_plain_name("Smith2"));
}

}  // namespace
}  // namespace ig::adapters::sandbox
