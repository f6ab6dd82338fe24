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

TEST(ParameterSet, RefusesEachTermOfARatioOutsideItsRange) {
  for (const Ratio& ratio : {Ratio{10'001, 4}, {0, 4}, {1, 0}, {1, 10'001}}) {
    expect_refused([&](auto& rows) { row_of(rows, "variance.reg34").value = ratio; },
                   "both terms 1 to 10000");
  }
  expect_refused([](auto& rows) { row_of(rows, "weekly.divisor").value = std::int64_t{10'001}; },
                 "the value is 1 to");
  expect_refused([](auto& rows) { row_of(rows, "law.instrument").value = std::int64_t{2012}; },
                 "a text");
}

TEST(ParameterSet, RefusesListsOfNumbersThatDoNotFit) {
  using List = std::vector<std::int64_t>;
  const auto put = [](ParameterValue value) {
    return [value](std::vector<ParameterRow>& rows) { row_of(rows, "rates.basic").value = value; };
  };
  EXPECT_EQ(refusal(put(List{0, 160, 1'000})), "");
  expect_refused(put(std::int64_t{120}), "a list of 3 whole numbers");
  expect_refused(put(List{120, 160}), "a list of 3 whole numbers");
  expect_refused(put(List{120, 160, -1}), "each number is 0 to");
  expect_refused(put(List{120, 1'001, 190}), "each number is 0 to");
}

TEST(ParameterSet, RefusesBenefitsThatAreUnknownTwiceOrNowhere) {
  using Codes = std::vector<std::string>;
  const auto put = [](std::string_view name, ParameterValue value) {
    return [name, value](std::vector<ParameterRow>& rows) { row_of(rows, name).value = value; };
  };
  expect_refused(put("dfb.schedule_7", std::string("UC")), "a list of benefit codes");
  expect_refused(put("dfb.schedule_7", Codes{"UC", "XYZ"}), "no benefit has the code XYZ");
  expect_refused(put("dfb.schedule_7", Codes{"UC", "UC"}), "a benefit stands twice: UC");
  expect_refused(put("dfb.schedule_7", Codes{"UC", "IS"}), "IS stands in another list too");
  expect_refused(put("benefit.needs_decision", Codes{"NSP", "BSP", "CSP", "PIP"}),
                 "PIP stands in another list too");
  expect_refused(put("benefit.needs_decision", Codes{"NSP", "BSP"}), "CSP stands in no list");
  EXPECT_EQ(refusal(put("dfb.schedule_7", Codes{"UC"})), "");
}

TEST(ParameterSet, RefusesAQuestionWithoutItsOtherReading) {
  const auto put = [](std::string question, std::string other) {
    return [=](std::vector<ParameterRow>& rows) {
      row_of(rows, "zone.cap").question = question;
      row_of(rows, "zone.cap").other = other;
    };
  };
  EXPECT_EQ(refusal(put("A99", "YES: the other way.")), "");
  expect_refused(put("A99", ""), "stand together");
  expect_refused(put("", "YES: the other way."), "stand together");
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

TEST(ParameterSet, KnowsTheRowsThatCoverADayUpToTheirLast) {
  const ParameterSet set = tests::sample_parameters();
  const auto nil_row = [&](Date day, Jurisdiction jurisdiction) {
    const ParameterRow* found = nullptr;
    for (const ParameterRow& row : set.rows()) {
      if (row.name != "nil.is_a_figure" || row.jurisdiction != jurisdiction) continue;
      if (!row.covers(day)) continue;
      EXPECT_EQ(found, nullptr) << day.text();
      found = &row;
    }
    return found;
  };
  const ParameterRow* last_day = nil_row(Date::of(2013, 11, 24), Jurisdiction::gb);
  const ParameterRow* next_day = nil_row(Date::of(2013, 11, 25), Jurisdiction::gb);
  ASSERT_NE(last_day, nullptr);
  ASSERT_NE(next_day, nullptr);
  EXPECT_EQ(std::get<bool>(last_day->value), false);
  EXPECT_EQ(std::get<bool>(next_day->value), true);
  EXPECT_EQ(nil_row(Date::of(2013, 11, 25), Jurisdiction::ni)->jurisdiction, Jurisdiction::ni);
  EXPECT_EQ(nil_row(Date::of(2012, 12, 9), Jurisdiction::gb), nullptr);
  EXPECT_EQ(set.rows().size(), tests::sample_rows().size());
}

TEST(ParameterSet, KnowsWhereEachBenefitStands) {
  using facts::Benefit;
  const ParameterSet set = tests::law();
  const Parameters today = *set.on(tests::kDecisionDay, Jurisdiction::gb);
  EXPECT_EQ(today.limb(Benefit::SP), BenefitLimb::reg44_1);
  EXPECT_EQ(today.limb(Benefit::PC), BenefitLimb::reg44_2);
  EXPECT_EQ(today.limb(Benefit::UC), BenefitLimb::reg44_2_without_earnings);
  EXPECT_EQ(today.limb(Benefit::NSP), BenefitLimb::needs_decision);
  EXPECT_EQ(today.route(Benefit::UC), DeductionRoute::schedule_7);
  EXPECT_EQ(today.route(Benefit::IS), DeductionRoute::schedule_9b);
  EXPECT_EQ(today.route(Benefit::NSP), DeductionRoute::none);
}

TEST(ParameterSet, ReadsEachCountOfTheWeeksInAPeriod) {
  const std::pair<std::string_view, WeeksInPeriod> words[] = {
      {"DAYS_OVER_7", WeeksInPeriod::days_over_7},
      {"WEEKS_52", WeeksInPeriod::weeks_52},
      {"DAYS_365_OVER_7", WeeksInPeriod::days_365_over_7}};
  for (const auto& [word, wanted] : words) {
    const ParameterSet set = tests::law_with("self_employed.weeks", std::string(word));
    EXPECT_EQ(set.on(tests::kDecisionDay, Jurisdiction::gb)->weeks_in_period, wanted) << word;
  }
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
