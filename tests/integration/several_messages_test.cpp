// A file of several messages, taken in: each message is a document of its own.
#include "adapters/rti/rti_reader.hpp"
#include "core/jobs/intake.hpp"
#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"
#include "tests/support/text_source.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ig::tests {
namespace {

using core::jobs::BulkControl;
using core::jobs::IntakeOptions;
using core::jobs::IntakeReceipt;
using Refusals = std::map<std::string, std::uint64_t>;

std::string message_about(const std::string& nino, const std::string& suffix = "1") {
  FpsEmployee employee;
  employee.nino = nino;
  FpsMessage message;
  message.employees = employee.text();
  message.suffix = suffix;
  return message.text();
}

class SeveralMessagesTakenIn : public testing::Test {
 protected:
  void SetUp() override {
    world_.add_case(case_of("JG103759A", "1"));
    world_.add_case(case_of("JG103760A", "2"));
  }
  IntakeReceipt take(const std::string& text, IntakeOptions how = {}) {
    return take_bulk(world_, text, std::move(how));
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
};

TEST_F(SeveralMessagesTakenIn, CountAsOneFileAndAreDuplicatesWhenItComesAgain) {
  const std::string text = message_about("JG103759A") + message_about("JG103760A");
  const IntakeReceipt first = take(text);
  EXPECT_EQ(first.files, 1U);
  EXPECT_EQ(first.messages, 2U);
  EXPECT_EQ(first.payments.kept, 2);
  EXPECT_TRUE(first.refusals.empty());
  const IntakeReceipt again = take(text);
  EXPECT_EQ(again.payments.duplicate, 2);
  EXPECT_EQ(again.payments.kept, 0);
}

TEST_F(SeveralMessagesTakenIn, KeepWhatIsGoodWhenAnotherIsRefused) {
  const IntakeReceipt receipt =
      take(message_about("JG103759A", "9") + message_about("JG103760A") +
           message_about("JG103759A") + message_about("JG103759A").substr(0, 300));
  EXPECT_EQ(receipt.messages, 4U);
  EXPECT_EQ(receipt.payments.kept, 2);
  EXPECT_EQ(receipt.refusals, (Refusals{{"TRUNCATED", 1}, {"UNKNOWN_NAMESPACE", 1}}));
}

TEST_F(SeveralMessagesTakenIn, KeepAFactOnceWhenItStandsInTwoOfThem) {
  const std::string text = message_about("JG103759A") + message_about("JG103759A");
  take(text);
  const auto person = world_.store().person_of(core::values::Nino::parse("JG103759A").value());
  const auto payments =
      world_.store().payments_of(**person, core::values::Instant::of_millis(4'000'000'000'000));
  ASSERT_TRUE(payments.has_value());
  EXPECT_EQ(payments->size(), 1U);
}

TEST_F(SeveralMessagesTakenIn, AreWhatTheControlFileSaysOfTheWholeFile) {
  const std::string text = message_about("JG103759A") + message_about("JG103760A");
  IntakeOptions how;
  how.control = BulkControl{};
  how.control->sender = "payroll";
  how.control->sequence = 1;
  how.control->employees = 1;
  EXPECT_EQ(take(text, how).refusals, (Refusals{{"CONTROL_TOTAL", 2}}));
  how.control->employees = 2;
  how.control->bytes = static_cast<std::int64_t>(text.size());
  const IntakeReceipt right = take(text, how);
  EXPECT_TRUE(right.refusals.empty());
  EXPECT_EQ(right.payments.kept, 2) << "one number of the sender's files for all messages";
}

TEST_F(SeveralMessagesTakenIn, AreFinishedWhereARunWasKilledBetweenThem) {
  const std::string first = message_about("JG103759A");
  const std::string text = first + message_about("JG103760A");
  struct Killed final : core::ports::BulkReader {
    std::string text;
    core::base::Result<core::ports::BulkReport> read(
        core::ports::ByteSource&, core::ports::BulkVisitor& visitor,
        const core::ports::BulkContext& context) override {
      support::TextSource source(text);
      adapters::rti::RtiReader reader;
      (void)reader.read(source, visitor, context);
      return core::base::fail(core::base::ErrorCode::UNREADABLE, {}, "killed on purpose");
    }
  } killed;
  killed.text = text;
  const auto people = core::jobs::load_people(world_.store());
  EXPECT_FALSE(take_bulk(world_.context(), text, killed, *people).has_value());
  EXPECT_EQ(world_.store().unfinished_documents()->size(), 2U);
  ASSERT_TRUE(core::jobs::finish_documents(world_.context(), kIntakeDay).has_value());
  EXPECT_TRUE(world_.store().unfinished_documents()->empty());
  EXPECT_EQ(take(text).payments.kept, 2);
}

}  // namespace
}  // namespace ig::tests
