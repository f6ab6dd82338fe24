#include "adapters/formats/triggers.hpp"

#include "adapters/formats/raised.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;

const std::string kWhole =
    R"({"id":"8945b7ca5d9a8391b782ee4e7178c77e","raised_on":"2026-02-10","case_system":"cms",)"
    R"("case":"100000000017","paying_parent":"PP1","person":"p-000000017","kind":"ANNUAL_REVIEW",)"
    R"("outcome":"CHANGED","direction":"UP","base_pence":38356,"weekly_pence":53173,)"
    R"("effect":"POSSIBLE","effective_candidates":[{"date":"2026-12-01","when":"review date"},)"
    R"({"date":null,"when":"date of the decision"}],"reasons":["INCOME_UP"],)"
    R"("relation":"REPLACES","refers_to":"00000000000000000000000000000000",)"
    R"("explanation":"Why."})";

template <class Read>
auto read_text(const std::string& text, Read read) -> decltype(read(wire::json::Document{})) {
  wire::json::Reader reader;
  const auto value = reader.read(text);
  if (!value) return value.error();
  return read(*value);
}

Result<core::triggers::Trigger> read(const std::string& text) {
  return read_text(text, &read_trigger);
}

TEST(TriggerLines, KeepEveryMemberThereAndBack) {
  const auto trigger = read(kWhole);
  ASSERT_TRUE(trigger.has_value()) << trigger.error().field;
  std::string out;
  write_trigger(out, *trigger);
  EXPECT_EQ(out, kWhole);
}

TEST(TriggerLines, WriteNullWhereThereIsNothing) {
  core::triggers::Trigger trigger;
  trigger.id = "1";
  trigger.case_key = {"cms", "1", "PP1"};
  trigger.explanation = "Why.";
  std::string out;
  write_trigger(out, trigger);
  EXPECT_EQ(out, R"({"id":"1","raised_on":"1970-01-01","case_system":"cms","case":"1",)"
                 R"("paying_parent":"PP1","person":null,"kind":"IN_YEAR_INCOME","outcome":null,)"
                 R"("direction":null,"base_pence":null,"weekly_pence":null,"effect":"UNKNOWN",)"
                 R"("effective_candidates":[],"reasons":[],"relation":"NEW","refers_to":null,)"
                 R"("explanation":"Why."})");
  EXPECT_TRUE(read(out).has_value());
}

TEST(TriggerLines, RefuseWordsOutsideTheirLists) {
  for (const auto& [from, to, field] : {std::tuple{"\"ANNUAL_REVIEW\"", "\"REVIEW\"", "/kind"},
                                        std::tuple{"\"CHANGED\"", "\"OTHER\"", "/outcome"},
                                        std::tuple{"\"UP\"", "\"up\"", "/direction"},
                                        std::tuple{"\"REPLACES\"", "\"AGAIN\"", "/relation"},
                                        std::tuple{"\"POSSIBLE\"", "\"SURE\"", "/effect"}}) {
    std::string text = kWhole;
    text.replace(text.find(from), std::string(from).size(), to);
    const auto trigger = read(text);
    ASSERT_FALSE(trigger.has_value()) << to;
    EXPECT_EQ(trigger.error().field, field);
    EXPECT_EQ(trigger.error().code, ErrorCode::UNKNOWN_CODE);
  }
}

TEST(RaisedLines, KeepEveryMemberThereAndBack) {
  const std::string whole =
      R"({"case_system":"cms","case":"1","paying_parent":"PP1","kind":"EMPLOYMENT_ENDED",)"
      R"("subject":"120/XB4471/E17","trigger_id":"8945b7ca5d9a8391b782ee4e7178c77e",)"
      R"("raised_on":"2026-02-10","direction":"DOWN","base_pence":2,"weekly_pence":1})";
  const auto raised = read_text(whole, &read_raised);
  ASSERT_TRUE(raised.has_value()) << raised.error().field;
  std::string out;
  write_raised(out, *raised);
  EXPECT_EQ(out, whole);
}

TEST(RaisedLines, NeedTheirKindAndTrigger) {
  const auto raised =
      read_text(R"({"case_system":"cms","case":"1","paying_parent":"PP1","trigger_id":"1",)"
                R"("raised_on":"2026-02-10"})",
                &read_raised);
  ASSERT_FALSE(raised.has_value());
  EXPECT_EQ(raised.error().field, "/kind");
  EXPECT_EQ(raised.error().code, ErrorCode::MISSING_MEMBER);
}

}  // namespace
}  // namespace ig::adapters::formats
