// Intake through the parser's child: the same end as in this process, and a child that is killed
// costs its own document only.

#include "adapters/rti/child_reader.hpp"
#include "adapters/rti/confine.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ig::tests {
namespace {

using adapters::rti::ChildOptions;
using adapters::rti::ChildReader;
using adapters::rti::PeopleFilter;

constexpr const char* kNino = "JG103759A";

/// Two thousand employees, one in `registered` of them our person.
std::string document(const char* payroll_id, int registered = 100) {
  FpsMessage message;
  for (int i = 0; i < 2'000; ++i) {
    FpsEmployee employee;
    employee.nino = i % registered == 0 ? kNino : fmt::format("NA{:06}A", i);
    employee.payroll_id = fmt::format("{}{}", payroll_id, i);
    employee.pay = "3000.00";
    employee.to_date = "30000.00";
    message.employees += employee.text();
  }
  return message.text();
}

ChildOptions child(std::vector<std::string> words) {
  ChildOptions out;
  out.program.file = IG_PARSER_CHILD;
  out.program.arguments = {"parser_child"};
  for (std::string& word : words) out.program.arguments.push_back(std::move(word));
  return out;
}

struct Intake {
  explicit Intake(World& world) : context(world.context()) {
    world.add_case(case_of(kNino, "1"));
    people = core::jobs::load_people(world.store()).value();
  }
  core::jobs::IntakeReceipt take(core::ports::BulkReader& reader, const std::string& text) {
    auto receipt = take_bulk(context, text, reader, people);
    EXPECT_TRUE(receipt.has_value());
    return receipt ? *std::move(receipt) : core::jobs::IntakeReceipt{};
  }
  ChildReader reader(std::vector<std::string> words) {
    return ChildReader(PeopleFilter::of_index(people), child(std::move(words)));
  }

  core::jobs::JobContext context;
  core::jobs::PersonIndex people;
};

std::size_t payments_in(World& world) {
  const auto until = Instant::of(world.clock().now()) + std::chrono::hours{24};
  return world.store().payments_of(core::values::PersonId{1}, until).value().size();
}

std::string hash_of(const std::string& text) {
  adapters::wire::crypto::Sha256Stream hash;
  hash.feed(text);
  return core::ports::hex(hash.finish());
}

TEST(ChildIntake, ComesToTheSameAsInThisProcess) {
  const TempFolder folder;
  World here(folder.file("here.db"));
  World there(folder.file("there.db"));
  Intake by_us(here);
  Intake by_child(there);
  adapters::rti::RtiReader reader;
  auto child_reader = by_child.reader({adapters::rti::kChildWord});
  for (const char* payroll_id : {"A", "B", "A"}) {
    const auto want = by_us.take(reader, document(payroll_id));
    const auto got = by_child.take(child_reader, document(payroll_id));
    EXPECT_EQ(adapters::cli::intake_receipt_json(got), adapters::cli::intake_receipt_json(want));
  }
  EXPECT_EQ(payments_in(there), payments_in(here));
  EXPECT_EQ(payments_in(there), 40U);
}

/// A document whose child does this half-way costs itself and no more: it is refused and on
/// record, nothing of it stays, the next one is taken in, and the same bytes can come again.
void expect_only_its_own_document_is_lost(const char* act) {
  const TempFolder folder;
  World world(folder.file("store.db"));
  Intake intake(world);
  const std::string text = document("A", 1);
  ASSERT_GT(text.size(), std::size_t{1'000} * 1024);
  auto failing = intake.reader({act, "900"});  // the first thousand payments are staged by then
  const auto refused = intake.take(failing, text);
  EXPECT_EQ(refused.refusals, (std::map<std::string, std::uint64_t>{{"PARSER_FAILED", 1}}));
  EXPECT_EQ(refused.payments.kept, 0);
  EXPECT_GT(refused.payments.in, 0);
  EXPECT_EQ(refused.payments.in, refused.payments.refused);
  EXPECT_EQ(payments_in(world), 0U);
  const auto kept = world.store().document_by_hash(hash_of(text)).value();
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->state, core::ports::DocumentState::refused);

  auto whole = intake.reader({adapters::rti::kChildWord});
  const auto other = intake.take(whole, document("B"));
  EXPECT_EQ(other.payments.kept, 20);
  const auto again = intake.take(whole, text);
  EXPECT_EQ(again.payments.kept, 2'000);
  EXPECT_EQ(payments_in(world), 2'020U);
}

TEST(ChildIntake, LosesOneDocumentWhenItsChildCrashes) {
  expect_only_its_own_document_is_lost("crash");
}

TEST(ChildIntake, LosesOneDocumentWhenItsChildIsKilledForWhatItTried) {
  expect_only_its_own_document_is_lost("open-a-file");
}

TEST(ChildIntake, LosesOneDocumentWhenItsChildTakesTooMuchMemory) {
  expect_only_its_own_document_is_lost("memory");
}

TEST(ChildIntake, LosesOneDocumentWhenItsChildComputesForEver) {
  expect_only_its_own_document_is_lost("cpu");
}

}  // namespace
}  // namespace ig::tests
