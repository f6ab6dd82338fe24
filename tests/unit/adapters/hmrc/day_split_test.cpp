#include "adapters/hmrc/day_split.hpp"

#include "adapters/hmrc/correlation_id.hpp"

#include <rapidcheck/gtest.h>

#include <set>

namespace ig::adapters::hmrc {
namespace {

using core::values::Date;
using testing::ElementsAre;
using testing::IsEmpty;

const Date kFirst = Date::of(2025, 4, 6);
DaySpan days(int from, int to) { return {kFirst.plus_days(from), kFirst.plus_days(to)}; }

/// A service in which some days fail each time.
class Service {
 public:
  explicit Service(std::set<int> bad) : bad_(std::move(bad)) {}

  DaySplit split(DaySpan span, DaySplitLimits limits = {Date::of(2013, 3, 31)}) {
    return split_days(span, limits, [this](DaySpan ask, DaySpan keep) {
      ++calls;
      EXPECT_LT(ask.from, ask.to) << "HMRC refuses a span of one day";
      EXPECT_TRUE(keep.from >= ask.from && keep.to <= ask.to);
      if (calls == stop_at) return Probe::stopped;
      for (const int day : bad_) {
        const Date at = kFirst.plus_days(day);
        if (at >= ask.from && at <= ask.to) return Probe::failing;
      }
      for (Date at = keep.from; at <= keep.to; at = at.plus_days(1)) {
        EXPECT_TRUE(taken.insert(core::values::days_between(kFirst, at)).second) << "taken twice";
      }
      return Probe::taken;
    });
  }

  int calls = 0;
  int stop_at = 0;
  std::set<int> taken;

 private:
  std::set<int> bad_;
};

TEST(DaySplit, IsolatesTheOneBadDayOfAYear) {
  for (const int bad : {0, 1, 77, 181, 182, 183, 363, 364}) {
    Service service({bad});
    const DaySplit out = service.split(days(0, 364));
    EXPECT_THAT(out.bad, ElementsAre(days(bad, bad))) << bad;
    EXPECT_THAT(out.left, IsEmpty()) << bad;
    EXPECT_EQ(service.taken.size(), 364U) << bad;
    EXPECT_LE(service.calls, 20) << bad;
  }
}

TEST(DaySplit, NarrowsDownNoFurtherThanItIsTold) {
  for (const int bad : {0, 1, 77, 181, 182, 183, 363, 364}) {
    Service service({bad});
    const DaySplit out =
        service.split(days(0, 364), {.earliest = Date::of(2013, 3, 31), .smallest_days = 3});
    ASSERT_EQ(out.bad.size(), 1U) << bad;
    EXPECT_LE(core::values::days_between(out.bad[0].from, out.bad[0].to), 2) << bad;
    EXPECT_TRUE(out.bad[0].from <= kFirst.plus_days(bad) && out.bad[0].to >= kFirst.plus_days(bad));
    EXPECT_THAT(out.left, IsEmpty()) << bad;
    EXPECT_LE(service.calls, 14) << bad;
  }
}

TEST(DaySplit, IsolatesSeveralDaysAndPutsNeighboursTogether) {
  Service service({3, 40, 41, 42});
  const DaySplit out = service.split(days(0, 63));
  EXPECT_THAT(out.bad, ElementsAre(days(3, 3), days(40, 42)));
  EXPECT_THAT(out.left, IsEmpty());
  EXPECT_EQ(service.taken.size(), 60U);
}

TEST(DaySplit, AsksNothingBeforeTheEarliestDay) {
  const DaySpan span{Date::of(2013, 3, 31), Date::of(2013, 4, 1)};
  std::vector<DaySpan> asked;
  const DaySplit out = split_days(span, {Date::of(2013, 3, 31)}, [&](DaySpan ask, DaySpan) {
    asked.push_back(ask);
    return ask.from == Date::of(2013, 3, 31) ? Probe::failing : Probe::taken;
  });
  EXPECT_THAT(out.bad, ElementsAre(DaySpan{Date::of(2013, 3, 31), Date::of(2013, 3, 31)}));
  EXPECT_THAT(asked, ElementsAre(DaySpan{Date::of(2013, 3, 31), Date::of(2013, 4, 1)},
                                 DaySpan{Date::of(2013, 4, 1), Date::of(2013, 4, 2)}));
}

TEST(DaySplit, GivesUpSoonWhereNothingCanBeTaken) {
  std::set<int> all;
  for (int day = -1; day <= 365; ++day) all.insert(day);
  Service service(all);
  const DaySplit out = service.split(days(0, 364));
  EXPECT_FALSE(out.any_taken);
  EXPECT_EQ(service.calls, 8);
  EXPECT_TRUE(service.taken.empty());
}

TEST(DaySplit, LeavesTheRestWhenItIsStopped) {
  for (int stop_at = 1; stop_at < 12; ++stop_at) {
    Service service({77});
    service.stop_at = stop_at;
    const DaySplit out = service.split(days(0, 127));
    std::set<int> seen = service.taken;
    for (const auto& list : {out.left, out.bad}) {
      for (const DaySpan& span : list) {
        for (Date at = span.from; at <= span.to; at = at.plus_days(1)) {
          EXPECT_TRUE(seen.insert(core::values::days_between(kFirst, at)).second);
        }
      }
    }
    EXPECT_EQ(seen.size(), 128U) << "every day is taken, bad or left: " << stop_at;
    EXPECT_LE(service.calls, stop_at);
  }
}

RC_GTEST_PROP(DaySplitProperty, ParsEveryDayIntoTakenBadOrLeft, ()) {
  const int length = *rc::gen::inRange(1, 400);
  const auto bad = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, length));
  const auto most = *rc::gen::inRange<std::uint32_t>(1, 60);
  Service service(bad);
  const DaySplit out = service.split(days(0, length), {Date::of(2013, 3, 31), most, most});
  RC_ASSERT(service.calls <= static_cast<int>(most));
  std::size_t told = service.taken.size();
  for (const auto& list : {out.left, out.bad}) {
    for (const DaySpan& span : list) {
      told += static_cast<std::size_t>(core::values::days_between(span.from, span.to)) + 1;
    }
  }
  RC_ASSERT(told == static_cast<std::size_t>(length) + 1);
  for (const int day : service.taken) RC_ASSERT(!bad.contains(day));
}

TEST(CorrelationId, IsAUuidOfVersionFour) {
  core::base::SeededRandom random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const std::string id = make_correlation_id(random);
    ASSERT_EQ(id.size(), 36U);
    for (std::size_t at = 0; at < id.size(); ++at) {
      const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
      ASSERT_EQ(id[at] == '-', dash) << id;
      ASSERT_NE(std::string_view("0123456789abcdef-").find(id[at]), std::string_view::npos) << id;
    }
    EXPECT_EQ(id[14], '4') << id;
    EXPECT_NE(std::string_view("89ab").find(id[19]), std::string_view::npos) << id;
    EXPECT_TRUE(seen.insert(id).second);
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
