#include "core/values/instant.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ig::core::values {
namespace {

static_assert(Instant::of_millis(1).millis() == 1);
static_assert(Instant{} < Instant{} + std::chrono::milliseconds{1});

struct Read {
  std::string_view text;
  std::string_view utc;
};

TEST(Instant, ReadsEveryOffsetAndWritesUtc) {
  for (const Read& row : {Read{"2026-01-29T10:11:12Z", "2026-01-29T10:11:12Z"},
                          {"2026-01-29t10:11:12z", "2026-01-29T10:11:12Z"},
                          {"2026-07-01T00:30:00+01:00", "2026-06-30T23:30:00Z"},
                          {"2026-01-29T23:45:00-05:30", "2026-01-30T05:15:00Z"},
                          {"2026-01-29T10:11:12-00:00", "2026-01-29T10:11:12Z"},
                          {"2026-01-29T10:11:12.5Z", "2026-01-29T10:11:12.500Z"},
                          {"2026-01-29T10:11:12.0Z", "2026-01-29T10:11:12Z"},
                          {"2026-01-29T10:11:12.123999999+00:00", "2026-01-29T10:11:12.123Z"},
                          {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
                          {"1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z"},
                          {"2099-12-31T23:59:59.999Z", "2099-12-31T23:59:59.999Z"},
                          {"2024-02-29T00:00:00+23:59", "2024-02-28T00:01:00Z"}}) {
    const auto at = Instant::parse(row.text);
    ASSERT_TRUE(at.has_value()) << row.text;
    EXPECT_EQ(at->text(), row.utc) << row.text;
  }
}

TEST(Instant, RefusesWhatIsNotRfc3339) {
  for (const std::string_view text : {"",
                                      "2026-01-29",
                                      "2026-01-29T10:11:12",
                                      "2026-01-29 10:11:12Z",
                                      "2026-01-29T10:11Z",
                                      "2026-01-29T24:00:00Z",
                                      "2026-01-29T10:60:00Z",
                                      "2026-01-29T10:11:60Z",
                                      "2026-02-30T10:11:12Z",
                                      "2026-01-29T10:11:12.Z",
                                      "2026-01-29T10:11:12,5Z",
                                      "2026-01-29T10:11:12+1:00",
                                      "2026-01-29T10:11:12+0100",
                                      "2026-01-29T10:11:12+24:00",
                                      "2026-01-29T10:11:12+00:60",
                                      "2026-01-29T10:11:12ZZ",
                                      "2026-01-29T10:11:12Z ",
                                      " 2026-01-29T10:11:12Z",
                                      "2026-01-29T1a:11:12Z",
                                      "2026-01-29T10-11-12Z",
                                      "2026-01-29T10:11:12.5",
                                      "2026-01-29T10:1a:12Z",
                                      "2026-01-29T10:11:1aZ",
                                      "2026-01-29T10:11:1 Z",
                                      "2026-01-29T10:11-12Z",
                                      "2026-01-29T10:11:12+0a:00",
                                      "2026-01-29T10:11:12+00:0a",
                                      "2026-01-29T10:11:12+00-00",
                                      "2026-01-29T10:11:12 00:00",
                                      "1899-12-31T23:59:59Z",
                                      "2100-01-01T00:00:00Z"}) {
    const auto at = Instant::parse(text);
    ASSERT_FALSE(at.has_value()) << text;
    EXPECT_EQ(at.error().code, base::ErrorCode::INVALID_INSTANT) << text;
  }
}

TEST(Instant, RefusesAMomentThatItsOffsetCarriesOutOfTheCalendar) {
  EXPECT_FALSE(Instant::parse("1900-01-01T00:00:00+00:01"));
  EXPECT_FALSE(Instant::parse("2099-12-31T23:59:59-00:01"));
}

TEST(Instant, MovesByMilliseconds) {
  const Instant at = *Instant::parse("2026-12-31T23:59:59.900Z");
  EXPECT_EQ((at + std::chrono::milliseconds{100}).text(), "2027-01-01T00:00:00Z");
  EXPECT_EQ((at + std::chrono::milliseconds{-900}).text(), "2026-12-31T23:59:59Z");
}

TEST(Instant, RefusesEveryCutOfATime) {
  const std::string whole = "2026-01-29T10:11:12.250+01:00";
  ASSERT_TRUE(Instant::parse(whole));
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    EXPECT_FALSE(Instant::parse(std::string_view(whole).substr(0, cut))) << "cut at byte " << cut;
  }
}

TEST(Instant, IsTheSameMomentHoweverItIsWritten) {
  EXPECT_EQ(*Instant::parse("2026-07-01T00:30:00+01:00"), *Instant::parse("2026-06-30T23:30:00Z"));
  EXPECT_EQ(Instant::of(Instant::of_millis(1'500).at()).millis(), 1'500);
}

}  // namespace
}  // namespace ig::core::values
