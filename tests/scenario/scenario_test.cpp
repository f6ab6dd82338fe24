#include "adapters/formats/parameters.hpp"
#include "adapters/formats/rule_examples.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace ig::adapters::formats {
namespace {

/// Runs each line of tests/scenario/assess, as `rules test` does. Policy people write such lines.
TEST(Scenarios, AllComeOutAsWritten) {
  const auto digest = wire::crypto::make_digest();
  const auto parameters = embedded_parameters(*digest);
  ASSERT_TRUE(parameters.has_value()) << parameters.error().message;
  wire::json::Reader reader;
  std::set<std::string> ids;
  int count = 0;
  const std::filesystem::path folder = std::string(IG_SOURCE_DIR) + "/tests/scenario/assess";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line); ++count) {
      const auto value = reader.read(line);
      ASSERT_TRUE(value.has_value()) << file.path() << ": " << line;
      const auto result = run_example(*value, *parameters);
      ASSERT_TRUE(result.has_value()) << file.path() << ": " << result.error().message;
      for (const auto& one : result->disagreements) {
        ADD_FAILURE() << file.path().filename() << ": " << result->id << ": " << one.pointer
                      << " expected " << one.expected << ", found " << one.found;
      }
      EXPECT_TRUE(ids.insert(result->id).second) << "an id stands twice: " << result->id;
    }
  }
  EXPECT_GE(count, 100);
}

TEST(Scenarios, SeeADifferenceInEveryKindOfMember) {
  const auto digest = wire::crypto::make_digest();
  const auto parameters = embedded_parameters(*digest);
  ASSERT_TRUE(parameters.has_value());
  wire::json::Reader reader;
  const std::string request =
      R"({"kind":"INITIAL","effective_date":"2026-12-01","historic":{"status":"NIL"}})";
  const auto differences = [&](const std::string& expected) {
    const auto line =
        reader.read(R"({"id":"x","request":)" + request + R"(,"expected":)" + expected + "}");
    return run_example(*line, *parameters)->disagreements.size();
  };
  EXPECT_EQ(differences("{}"), 0U);
  EXPECT_EQ(differences(R"({"action":"DETERMINE","gross_weekly_income_pence":0,"test":null})"), 0U);
  EXPECT_EQ(differences(R"({"action":"RETRY"})"), 1U);
  EXPECT_EQ(differences(R"({"gross_weekly_income_pence":1})"), 1U);
  EXPECT_EQ(differences(R"({"basis":null,"flags":[]})"), 2U);
  EXPECT_EQ(differences(R"({"test":{"met":true}})"), 1U);
  EXPECT_EQ(differences(R"({"error":{"code":"NOT_ASKED"}})"), 1U);
}

TEST(Scenarios, RefuseALineThatIsNoExample) {
  const auto digest = wire::crypto::make_digest();
  const auto parameters = embedded_parameters(*digest);
  ASSERT_TRUE(parameters.has_value());
  wire::json::Reader reader;
  for (const char* text : {"{}", R"({"id":"x","request":{}})", R"({"id":"x","expected":{}})",
                           R"({"request":{},"expected":{}})", "[]"}) {
    EXPECT_FALSE(run_example(*reader.read(text), *parameters).has_value()) << text;
  }
}

}  // namespace
}  // namespace ig::adapters::formats
