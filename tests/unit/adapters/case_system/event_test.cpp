#include "adapters/case_system/event.hpp"

#include "adapters/wire/json/value.hpp"
#include "tests/support/dispatches.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::case_system {
namespace {

using tests::support::sample_dispatch;
using wire::json::Document;
using wire::json::Value;

const EventOptions kThin{.site = "north", .link_base = "https://gateway.example:8443"};

std::string event_of(const core::ports::Dispatch& dispatch, const EventOptions& options = kThin) {
  std::string out;
  write_event(out, dispatch, options);
  return out;
}

Document read(const std::string& text) {
  wire::json::Reader reader;
  auto value = reader.read(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value ? *std::move(value) : Document();
}

TEST(Event, IsWrittenAsTheContractHasIt) {
  EXPECT_EQ(
      event_of(sample_dispatch()),
      R"({"specversion":"1.0","id":"4f9c1d2ab0e37785c6d1f09a3b5e2c41",)"
      R"("source":"urn:income-gateway:north","type":"uk.income-gateway.trigger.v1",)"
      R"("subject":"100000000017","time":"2026-02-10T10:00:00Z",)"
      R"("datacontenttype":"application/json","sequence":"0000000000000000007",)"
      R"("data":{"kind":"IN_YEAR_INCOME","outcome":null,"direction":"UP","mode":"TASK",)"
      R"("effect":"POSSIBLE","effective_candidates":[],"relation":"NEW","refers_to":null,)"
      R"("link":"https://gateway.example:8443/v1/triggers/4f9c1d2ab0e37785c6d1f09a3b5e2c41"}})");
}

TEST(Event, HoldsNoFigureUnlessTheConsumerIsConfiguredForThem) {
  auto dispatch = sample_dispatch();
  dispatch.assessment_json = R"({"id":"a","gross_weekly_income_pence":68321})";
  const std::string thin = event_of(dispatch);
  for (const char* figure : {"68321", "51781", "31.94", "explanation", "assessment", "weekly"}) {
    EXPECT_EQ(thin.find(figure), std::string::npos) << figure;
  }
  EventOptions with_figures = kThin;
  with_figures.figures = true;
  const Document full = read(event_of(dispatch, with_figures));
  EXPECT_EQ(full.find("data")->find("assessment")->find("gross_weekly_income_pence")->text(),
            "68321");
}

TEST(Event, LeavesTheAssessmentOutWhenThereIsNone) {
  EventOptions with_figures = kThin;
  with_figures.figures = true;
  EXPECT_EQ(event_of(sample_dispatch(), with_figures), event_of(sample_dispatch()));
}

TEST(Event, WritesReviewsAndReplacements) {
  auto dispatch = sample_dispatch(1);
  auto& trigger = dispatch.trigger;
  trigger.kind = core::triggers::Kind::ANNUAL_REVIEW;
  trigger.outcome = core::triggers::Outcome::CHANGED;
  trigger.direction = core::triggers::Direction::down;
  trigger.effect = core::rules::Effect::none;
  trigger.relation = core::triggers::Relation::replaces;
  trigger.refers_to = "00000000000000000000000000000001";
  trigger.effective_candidates = {{core::values::Date::of(2026, 12, 1), "the review date"},
                                  {std::nullopt, "as a person decides"}};
  dispatch.mode = core::triggers::Mode::live;
  const Document event = read(event_of(dispatch, {.site = "s"}));
  const Value& data = *event.find("data");
  EXPECT_EQ(event.find("sequence")->text(), "0000000000000000001");
  EXPECT_EQ(data.find("kind")->text(), "ANNUAL_REVIEW");
  EXPECT_EQ(data.find("outcome")->text(), "CHANGED");
  EXPECT_EQ(data.find("direction")->text(), "DOWN");
  EXPECT_EQ(data.find("effect")->text(), "NONE");
  EXPECT_EQ(data.find("mode")->text(), "LIVE");
  EXPECT_EQ(data.find("relation")->text(), "REPLACES");
  EXPECT_EQ(data.find("refers_to")->text(), trigger.refers_to);
  EXPECT_EQ(data.find("link"), nullptr);
  const auto& candidates = data.find("effective_candidates")->items();
  ASSERT_EQ(candidates.size(), 2U);
  EXPECT_EQ(candidates[0].find("date")->text(), "2026-12-01");
  EXPECT_EQ(candidates[1].find("date"), nullptr);
  EXPECT_EQ(candidates[1].find("when")->text(), "as a person decides");
}

TEST(Event, PadsTheSequenceSoThatTextSortsAsNumbers) {
  const std::string nine = event_of(sample_dispatch(9));
  const std::string ten = event_of(sample_dispatch(10));
  EXPECT_LT(nine, ten);
  const std::string most = event_of(sample_dispatch(9'223'372'036'854'775'807));
  EXPECT_NE(most.find(R"("sequence":"9223372036854775807")"), std::string::npos);
}

TEST(Event, EscapesWhatOtherSystemsNamed) {
  auto dispatch = sample_dispatch();
  dispatch.trigger.case_key.case_id = "a\"b\\c\n";
  EXPECT_EQ(read(event_of(dispatch)).find("subject")->text(), "a\"b\\c\n");
}

}  // namespace
}  // namespace ig::adapters::case_system
