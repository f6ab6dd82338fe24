#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ig::tests {
namespace {

using core::jobs::BulkControl;
using core::jobs::IntakeOptions;
using core::jobs::IntakeReceipt;

std::string two_people() {
  FpsEmployee first;
  first.nino = "JG103759A";
  FpsEmployee second;
  second.nino = "JG103760A";
  FpsMessage message;
  message.employees = first.text() + second.text();
  return message.text();
}

class IntakeControls : public testing::Test {
 protected:
  IntakeReceipt take(const std::string& text, IntakeOptions how = {}) {
    return take_bulk(world_, text, std::move(how));
  }
  static IntakeOptions with(BulkControl control) {
    IntakeOptions out;
    out.control = std::move(control);
    return out;
  }
  std::vector<std::string> held_codes() {
    std::vector<std::string> out;
    const auto held = world_.store().held(false);
    for (const auto& one : *held) out.push_back(one.code);
    return out;
  }
  using Refusals = std::map<std::string, std::uint64_t>;

  TempFolder folder_;
  World world_{folder_.file("store.db")};
};

TEST_F(IntakeControls, TakesAFileInAgainForPeopleRegisteredSince) {
  world_.add_case(case_of("JG103759A", "1"));
  const std::string text = two_people();
  EXPECT_EQ(take(text).payments.kept, 1);
  world_.add_case(case_of("JG103760A", "2"));
  EXPECT_EQ(take(text).payments.duplicate, 2) << "the whole file is a duplicate";

  IntakeOptions again;
  again.again = true;
  const auto second = take(text, again);
  EXPECT_TRUE(second.refusals.empty());
  EXPECT_EQ(second.payments.kept, 1);
  EXPECT_EQ(second.payments.duplicate, 1);
  EXPECT_EQ(second.payments.in, 2);
  const auto third = take(text, again);
  EXPECT_EQ(third.payments.kept, 0);
  EXPECT_EQ(third.payments.duplicate, 2);
}

TEST_F(IntakeControls, TakesAFileInAsUsualWhenAgainIsSaidOfOneThatWasNever) {
  world_.add_case(case_of("JG103759A", "1"));
  IntakeOptions again;
  again.again = true;
  EXPECT_EQ(take(two_people(), again).payments.kept, 1);
}

TEST_F(IntakeControls, RefusesAFileThatIsNotWhatItsSenderSays) {
  world_.add_case(case_of("JG103759A", "1"));
  const std::string text = two_people();
  BulkControl right;
  right.bytes = static_cast<std::int64_t>(text.size());
  right.employees = 2;
  right.payments = 2;
  std::vector<BulkControl> wrong(5, right);
  wrong[0].sha256 = std::string(64, '0');
  wrong[1].bytes = *right.bytes + 1;
  wrong[2].employees = 3;
  wrong[3].payments = 1;
  wrong[4].taxable_pay_pence = 1;
  for (const BulkControl& control : wrong) {
    const auto receipt = take(text, with(control));
    EXPECT_EQ(receipt.refusals, (Refusals{{"CONTROL_TOTAL", 1}}));
    EXPECT_EQ(receipt.payments.refused, receipt.payments.in);
  }
  EXPECT_EQ(take(text, with(right)).payments.kept, 1) << "a refused file can come again";
}

TEST_F(IntakeControls, RefusesAFileWhoseControlFileCannotBeReadAndKeepsThatOnRecord) {
  world_.add_case(case_of("JG103759A", "1"));
  const std::string text = two_people();
  BulkControl broken;
  broken.unreadable = core::base::Error{core::base::ErrorCode::INVALID_NUMBER, "/employees", {}};
  const auto receipt = take(text, with(broken));
  EXPECT_EQ(receipt.refusals, (Refusals{{"INVALID_NUMBER", 1}}));
  EXPECT_EQ(receipt.payments.refused, 2);
  adapters::wire::crypto::Sha256Stream hash;
  hash.feed(text);
  const auto kept = world_.store().document_by_hash(core::ports::hex(hash.finish()));
  ASSERT_TRUE(kept->has_value());
  EXPECT_EQ((*kept)->state, core::ports::DocumentState::refused);
  EXPECT_EQ(take(text).payments.kept, 1) << "it can come again";
}

TEST_F(IntakeControls, HoldsOtherBytesUnderASequenceThatWasUsed) {
  world_.add_case(case_of("JG103759A", "1"));
  BulkControl numbered;
  numbered.sender = "extracts";
  numbered.sequence = 17;
  const std::string text = two_people();
  EXPECT_EQ(take(text, with(numbered)).payments.kept, 1);
  EXPECT_EQ(take(text, with(numbered)).payments.duplicate, 2);

  std::string other = text;
  other.replace(other.find("JG103760A"), 9, "JG103761A");
  const auto receipt = take(other, with(numbered));
  EXPECT_EQ(receipt.payments.held, receipt.payments.in);
  EXPECT_EQ(held_codes(), std::vector<std::string>{"CONTRADICTION"});
  numbered.sender = "somebody else";
  EXPECT_EQ(take(other, with(numbered)).payments.duplicate, 1) << "the payment of the first file";
}

}  // namespace
}  // namespace ig::tests
