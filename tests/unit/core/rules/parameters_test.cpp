#include "core/rules/parameters.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace ig::core::rules {
namespace {

using base::ErrorCode;
using facts::Jurisdiction;
using values::Date;

ParameterRow& row_of(std::vector<ParameterRow>& rows, std::string_view name) {
  for (auto& row : rows) {
    if (row.name == name) return row;
  }
  base::require(false, "the test names a row there is");
  return rows.front();
}

/// The message of making the sample with one change; empty when it was taken.
std::string refusal(const std::function<void(std::vector<ParameterRow>&)>& change) {
  auto rows = tests::sample_rows();
  change(rows);
  const auto made = ParameterSet::make(std::move(rows), "v");
  if (made) return {};
  EXPECT_EQ(made.error().code, ErrorCode::PARAMETER_INVALID);
  return made.error().message;
}

void expect_refused(const std::function<void(std::vector<ParameterRow>&)>& change,
                    std::string_view words) {
  const std::string message = refusal(change);
  EXPECT_NE(message.find(words), std::string::npos) << message;
  EXPECT_EQ(message.rfind("line ", 0), 0U) << message;
}

TEST(ParameterSet, ResolvesTheLawOfADay) {
  const ParameterSet set = tests::sample_parameters();
  EXPECT_EQ(set.version(), "sha256:sample");
  const auto today = set.on(tests::kDecisionDay, Jurisdiction::gb);
  ASSERT_TRUE(today.has_value());
  EXPECT_EQ(today->threshold_historic, (Ratio{1, 4}));
  EXPECT_EQ(today->weekly_divisor, 365);
  EXPECT_EQ(today->window_years, 6);
  EXPECT_EQ(today->request_days_before, 30);
  EXPECT_TRUE(today->nil_is_a_figure);
  EXPECT_FALSE(set.on(tests::kDecisionDay, Jurisdiction::ni)->nil_is_a_figure);
  EXPECT_FALSE(set.on(Date::of(2013, 11, 24), Jurisdiction::gb)->nil_is_a_figure);
  EXPECT_TRUE(set.on(Date::of(2013, 11, 25), Jurisdiction::gb)->nil_is_a_figure);
  EXPECT_EQ(set.on(Date::of(2012, 12, 9), Jurisdiction::gb).error().code,
            ErrorCode::PARAMETER_MISSING);
  EXPECT_TRUE(set.on(Date::of(2012, 12, 10), Jurisdiction::ni).has_value());
}

TEST(ParameterSet, RefusesUnknownNamesUnitsAndCitations) {
  expect_refused([](auto& rows) { rows[0].name = "weekly.divisors"; },
                 "no parameter has this name");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").unit = "pence"; }, "the unit is");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").citation.clear(); }, "citation");
}

TEST(ParameterSet, RefusesValuesOfAnotherTypeOrRange) {
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").value = true; }, "whole number");
  expect_refused([](auto& rows) { row_of(rows, "weekly.divisor").value = std::int64_t{0}; },
                 "the value is 1 to");
  expect_refused([](auto& rows) { row_of(rows, "hmrc.unable_gate").value = std::int64_t{1}; },
                 "true or false");
  expect_refused([](auto& rows) { row_of(rows, "variance.reg34").value = std::string("25%"); },
                 "part such as");
  expect_refused([](auto& rows) { row_of(rows, "variance.reg34").value = Ratio{0, 4}; },
                 "part such as");
  expect_refused([](auto& rows) { row_of(rows, "variance.reg23").value = Ratio{1, 10'001}; },
                 "part such as");
  expect_refused([](auto& rows) { row_of(rows, "law.instrument").value = std::string(); },
                 "a text");
  expect_refused([](auto& rows) { row_of(rows, "reg23.zero_base").value = true; }, "a word");
  expect_refused([](auto& rows) { row_of(rows, "reg23.zero_base").value = std::string("NO"); },
                 "one of ANY_RISE_PASSES");
}

TEST(ParameterSet, RefusesAReadingThatIsOnlyRecorded) {
  for (const auto& known : parameter_names()) {
    if (known.recorded.empty()) continue;
    const std::string other(known.recorded.substr(0, known.recorded.find('|')));
    expect_refused([&](auto& rows) { row_of(rows, known.name).value = other; },
                   "this reading is recorded");
  }
}

TEST(ParameterSet, RefusesGapsAndOverlaps) {
  const auto second = [](std::vector<ParameterRow>& rows, Date from, std::optional<Date> until) {
    ParameterRow row = row_of(rows, "zone.cap");
    row.from = from;
    row_of(rows, "zone.cap").until = until;
    rows.push_back(row);
  };
  EXPECT_EQ(
      refusal([&](auto& rows) { second(rows, Date::of(2027, 1, 1), Date::of(2026, 12, 31)); }), "");
  expect_refused([&](auto& rows) { second(rows, Date::of(2027, 1, 1), Date::of(2027, 1, 1)); },
                 "an overlap");
  expect_refused([&](auto& rows) { second(rows, Date::of(2027, 1, 1), std::nullopt); },
                 "an overlap");
  expect_refused([&](auto& rows) { second(rows, Date::of(2027, 1, 2), Date::of(2026, 12, 31)); },
                 "a gap");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").until = Date::of(2030, 1, 1); },
                 "a gap");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").from = Date::of(2013, 1, 1); }, "a gap");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").from = Date::of(2012, 12, 9); },
                 "2012-12-10 or later");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").until = Date::of(2012, 1, 1); },
                 "before from");
  expect_refused([](auto& rows) { row_of(rows, "zone.cap").jurisdiction = Jurisdiction::gb; },
                 "no row for NI");
}

TEST(ParameterSet, LeavesProposedRowsOutOfForce) {
  auto rows = tests::sample_rows();
  ParameterRow proposed = row_of(rows, "zone.cap");
  proposed.status = ParameterStatus::proposed;
  proposed.value = std::int64_t{1};
  rows.push_back(proposed);
  const auto set = ParameterSet::make(std::move(rows), "v");
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->on(tests::kDecisionDay, Jurisdiction::gb)->cap.in_pence(), 300'000);
}

TEST(ParameterSet, PicksTheThresholdByTheEffectiveDate) {
  auto rows = tests::sample_rows();
  ParameterRow later = row_of(rows, "variance.reg34");
  row_of(rows, "variance.reg34").until = Date::of(2027, 4, 5);
  later.from = Date::of(2027, 4, 6);
  later.value = Ratio{3, 20};
  rows.push_back(later);
  const auto set = ParameterSet::make(std::move(rows), "v");
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->on(Date::of(2027, 4, 5), Jurisdiction::gb)->threshold_historic, (Ratio{1, 4}));
  EXPECT_EQ(set->on(Date::of(2027, 4, 6), Jurisdiction::gb)->threshold_historic, (Ratio{3, 20}));
}

TEST(ParameterNames, AreListedOnceAndFoundByWholeWords) {
  for (const auto& known : parameter_names()) {
    int count = 0;
    for (const auto& other : parameter_names()) count += known.name == other.name ? 1 : 0;
    EXPECT_EQ(count, 1) << known.name;
  }
  EXPECT_TRUE(is_listed("ALL|NONE", "NONE"));
  EXPECT_FALSE(is_listed("ALL|NONE", "NON"));
  EXPECT_FALSE(is_listed("", ""));
}

}  // namespace
}  // namespace ig::core::rules
