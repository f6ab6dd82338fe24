#include "core/jobs/hmrc_desk.hpp"

#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;
using values::Date;

class HmrcDesk : public testing::Test {
 protected:
  HmrcDesk() { world_.add_case(case_of("JG103759A", "1")); }

  /// Writes down a reply with rows in which `received` of two fields were there.
  void reply(std::vector<std::string> received) {
    ports::HmrcRequest request;
    request.person = values::PersonId{1};
    request.purpose = ports::Purpose::watch;
    request.fetched.interface = "rtii-1.0";
    request.fetched.fields_asked = {"paymentDate", "payFrequency"};
    request.fetched.fields_received = std::move(received);
    auto unit = world_.store().begin();
    ASSERT_TRUE(unit.has_value());
    ASSERT_TRUE((*unit)->add_hmrc_request(request).has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  [[nodiscard]] std::vector<ports::Held> alarms() {
    const auto done = hold_absent_fields(world_.context());
    EXPECT_TRUE(done.has_value());
    return world_.store().held(false).value();
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
};

TEST_F(HmrcDesk, AlarmsOnceForAFieldThatNeverCameInTwentyReplies) {
  for (int i = 0; i < 19; ++i) reply({"paymentDate"});
  EXPECT_TRUE(alarms().empty());
  reply({"paymentDate"});
  ASSERT_EQ(alarms().size(), 1U);
  EXPECT_EQ(alarms().size(), 1U);
  EXPECT_EQ(alarms()[0].subject, "rtii-1.0/payFrequency");
  EXPECT_EQ(alarms()[0].code, "FIELD_NEVER_RECEIVED");
}

TEST_F(HmrcDesk, SaysNothingOfAFieldThatCameOnce) {
  reply({"paymentDate", "payFrequency"});
  for (int i = 0; i < 40; ++i) reply({"paymentDate"});
  EXPECT_TRUE(alarms().empty());
}

TEST_F(HmrcDesk, CountsNoFieldsWhereAReplyHeldNoRows) {
  for (int i = 0; i < 40; ++i) reply({});
  EXPECT_TRUE(alarms().empty());
}

TEST_F(HmrcDesk, AsksAboutNobodyWithoutAnOpenCase) {
  auto closed = case_of("JG103759A", "1");
  closed.version = 9;
  closed.status = facts::CaseStatus::closed;
  world_.add_case(closed);
  FakeHmrc hmrc;
  const Asking asking{.person = values::PersonId{1},
                      .anchor = Date::of(2026, 3, 1),
                      .asked_on = Date::of(2026, 2, 10)};
  const auto asked = ask_yearly(world_.context(), {.yearly = &hmrc}, asking, false);
  ASSERT_FALSE(asked.has_value());
  EXPECT_EQ(asked.error().code, base::ErrorCode::NOT_FOUND);
  EXPECT_EQ(hmrc.asked, 0U);
}

}  // namespace
}  // namespace ig::core::jobs
