#include "core/delivery/http_date.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::core::delivery {
namespace {

using namespace std::chrono_literals;
using values::Instant;

const Instant kThen = *Instant::parse("1994-11-06T08:49:37Z");
constexpr std::string_view kText = "Sun, 06 Nov 1994 08:49:37 GMT";

TEST(HttpDate, ReadsTheFormThatIsSent) { EXPECT_EQ(parse_http_date(kText), kThen); }

TEST(HttpDate, ReadsTheSecondThatIsPutIn) {
  EXPECT_EQ(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"),
            *Instant::parse("2017-01-01T00:00:00Z"));
}

TEST(HttpDate, RefusesEveryPartOfADate) {
  for (std::size_t length = 0; length < kText.size(); ++length) {
    EXPECT_EQ(parse_http_date(kText.substr(0, length)), std::nullopt) << length;
  }
}

TEST(HttpDate, RefusesWhatIsNoDateOfTheCalendarOrAnotherForm) {
  for (const char* text : {"Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                           "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
                           "Sun, 06 Nov 1994 08:49:37 BST", "Sun, -6 Nov 1994 08:49:37 GMT",
                           "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

TEST(RetryAfter, TakesSecondsAndDatesAlike) {
  EXPECT_EQ(parse_retry_after("120", kThen), 120s);
  EXPECT_EQ(parse_retry_after(kText, kThen + -90s), 90s);
  EXPECT_EQ(parse_retry_after(kText, kThen + -1500ms), 2s);
}

TEST(RetryAfter, IsOverWhenItsDateIsPast) {
  EXPECT_EQ(parse_retry_after(kText, kThen + 1h), 0s);
  EXPECT_EQ(parse_retry_after("soon", kThen), std::nullopt);
}

}  // namespace
}  // namespace ig::core::delivery
