#include "adapters/sandbox/hal.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

json written(const ActiveFault& fault) {
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links(fault, "/here").add("one", "/1?a={&b}", "First").add("two", "/2", "").write(out);
  out.end_object();
  return json::parse(body)["_links"];
}

TEST(SandboxHal, DropsTrailingZerosOfAmounts) {
  EXPECT_EQ(amount(100'000), "1000");
  EXPECT_EQ(amount(231'050), "2310.5");
  EXPECT_EQ(amount(231'005), "2310.05");
  EXPECT_EQ(amount(0), "0");
  EXPECT_EQ(amount(-15'000), "-150");
  EXPECT_EQ(amount(-50), "-0.5");
}

TEST(SandboxHal, WritesLinksAsTheyAre) {
  const auto links = written({});
  EXPECT_EQ(links["self"]["href"], "/here");
  EXPECT_EQ(links["one"]["href"], "/1?a={&b}");
  EXPECT_EQ(links["one"]["title"], "First");
  EXPECT_FALSE(links["two"].contains("title"));
}

TEST(SandboxHal, LosesOrLeadsAwayLinksByFault) {
  EXPECT_FALSE(written({Fault::LINK_MISSING}).contains("one"));
  EXPECT_TRUE(written({Fault::LINK_MISSING}).contains("two"));
  EXPECT_FALSE(written({Fault::LINK_MISSING, "two"}).contains("two"));
  EXPECT_TRUE(written({Fault::LINK_MISSING, "two"}).contains("one"));
  const auto away = written({Fault::LINK_ELSEWHERE});
  EXPECT_EQ(away["one"]["href"], "https://elsewhere.invalid/1?a={&b}");
  EXPECT_EQ(away["self"]["href"], "/here");
}

TEST(SandboxHal, PartsATarget) {
  EXPECT_EQ(path_of("/a/b?c=d"), "/a/b");
  EXPECT_EQ(query_of("/a/b?c=d"), "c=d");
  EXPECT_EQ(path_of("/a"), "/a");
  EXPECT_EQ(query_of("/a"), "");
}

}  // namespace
}  // namespace ig::adapters::sandbox
