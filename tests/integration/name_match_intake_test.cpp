// Employees without a National Insurance number, in this process and through the parser's child.

#include "adapters/rti/child_main.hpp"
#include "adapters/rti/child_reader.hpp"
#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ig::tests {
namespace {

using core::base::Sensitive;
using core::jobs::IntakeOptions;
using core::jobs::IntakeReceipt;

struct Named {
  const char* nino;
  const char* case_id;
  const char* forename = "Amanda";
  const char* surname = "Joseph";
  const char* former = "";
};

core::facts::CaseRecord named(const Named& who) {
  auto record = case_of(who.nino, who.case_id);
  record.person.forename = Sensitive(std::string(who.forename));
  record.person.surname = Sensitive(std::string(who.surname));
  record.person.date_of_birth = Sensitive(Date::of(1960, 1, 15));
  record.person.gender = "F";
  if (*who.former != '\0') record.person.other_surnames.emplace_back(std::string(who.former));
  return record;
}

/// One employee who has no number.
std::string nobody_known(const char* surname = "Joseph", const char* nino = "") {
  FpsEmployee employee;
  employee.nino = nino;
  employee.surname = surname;
  FpsMessage message;
  message.employees = employee.text();
  return message.text();
}

/// In this process or in a child, which knows people by a filter only.
class NameMatch : public testing::TestWithParam<bool> {
 protected:
  IntakeReceipt take(const std::string& text, bool again = false) {
    IntakeOptions how;
    how.again = again;
    const auto people = core::jobs::load_people(world_.store());
    const auto reader = reader_for(*people);
    auto receipt = take_bulk(world_.context(), text, *reader, *people, how);
    EXPECT_TRUE(receipt.has_value());
    if (receipt) {
      for (const auto& [code, count] : receipt->refusals) ADD_FAILURE() << code << " " << count;
    }
    return receipt ? *std::move(receipt) : IntakeReceipt{};
  }
  std::vector<core::facts::Payment> payments_of(const char* nino) {
    const auto person = world_.store().person_of(core::values::Nino::parse(nino).value());
    const auto until = Instant::of(world_.clock().now()) + std::chrono::hours{24};
    return world_.store().payments_of(person->value(), until).value();
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};

 private:
  static std::unique_ptr<core::ports::BulkReader> reader_for(
      const core::jobs::PersonIndex& people) {
    if (!GetParam()) return std::make_unique<adapters::rti::RtiReader>();
    adapters::rti::ChildOptions child;
    child.program.file = IG_PARSER_CHILD;
    child.program.arguments = {"parser_child", adapters::rti::kChildWord};
    return std::make_unique<adapters::rti::ChildReader>(
        adapters::rti::PeopleFilter::of_index(people), child);
  }
};

TEST_P(NameMatch, FindsTheOnlyOneWhoFitsAndSaysHow) {
  world_.add_case(named({"JG103759A", "1"}));
  world_.add_case(named({"JG103760A", "2", "Anna"}));
  const auto receipt = take(nobody_known());
  EXPECT_EQ(receipt.payments.kept, 1);
  EXPECT_EQ(receipt.payments.held, 0);
  const auto found = payments_of("JG103759A");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(0).header.matched_by, core::facts::MatchedBy::name);
  EXPECT_TRUE(payments_of("JG103760A").empty());
}

TEST_P(NameMatch, JoinsALaterReportThatHasTheNumber) {
  world_.add_case(named({"JG103759A", "1"}));
  EXPECT_EQ(take(nobody_known()).payments.kept, 1);
  FpsEmployee later;
  later.nino = "JG103759A";
  later.paid_on = "2026-02-27";
  later.to_date = "25415.50";
  FpsMessage message;
  message.employees = later.text();
  std::string text = message.text();
  const std::string month = "<MonthNo>10<";
  text.replace(text.find(month), month.size(), "<MonthNo>11<");
  EXPECT_EQ(take(text).payments.kept, 1);
  const auto found = payments_of("JG103759A");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at(0).employment, found.at(1).employment);
  EXPECT_EQ(found.at(1).header.matched_by, core::facts::MatchedBy::nino);
}

TEST_P(NameMatch, KnowsAFormerSurname) {
  world_.add_case(named({"JG103759A", "1", "Amanda", "Smith", "Joseph"}));
  EXPECT_EQ(take(nobody_known()).payments.kept, 1);
}

TEST_P(NameMatch, DoesNotTakeAnAdministrativeNumberForAPerson) {
  world_.add_case(named({"JG103759A", "1"}));
  EXPECT_EQ(take(nobody_known("Joseph", "FY123456A")).payments.kept, 1);
  EXPECT_EQ(payments_of("JG103759A").at(0).header.matched_by, core::facts::MatchedBy::name);
}

TEST_P(NameMatch, HoldsWhoMayBeOneOfTwoAndKeepsThePlaceForAPerson) {
  world_.add_case(named({"JG103759A", "1"}));
  world_.add_case(named({"JG103760A", "2"}));
  const auto receipt = take(nobody_known());
  EXPECT_EQ(receipt.payments.kept, 0);
  EXPECT_EQ(receipt.payments.held, 1);
  EXPECT_EQ(receipt.pence.held, receipt.pence.in);
  EXPECT_TRUE(payments_of("JG103759A").empty());
  const auto held = world_.store().held(false).value();
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].kind, "MATCH");
  EXPECT_EQ(held[0].code, "AMBIGUOUS_PERSON");
  const auto pieces = world_.store().refused_of(held[0].subject, 9).value();
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].code, "AMBIGUOUS_PERSON");
  EXPECT_TRUE(pieces[0].position.ends_with("/Employee[1]")) << pieces[0].position;
  for (const std::string& text : {held[0].detail, pieces[0].message, pieces[0].field}) {
    EXPECT_EQ(text.find("Joseph"), std::string::npos) << text;
  }
}

TEST_P(NameMatch, IsClearOnceTheRegisterIsAndTheFileIsTakenInAgain) {
  world_.add_case(named({"JG103759A", "1", "A"}));
  EXPECT_EQ(take(nobody_known()).payments.held, 1) << "an initial is not enough";
  auto clear = named({"JG103759A", "1"});
  clear.version = 2;
  world_.add_case(clear);
  EXPECT_EQ(take(nobody_known(), true).payments.kept, 1);
  EXPECT_EQ(payments_of("JG103759A").size(), 1U);
}

TEST_P(NameMatch, CountsWhoeverIsNobodyOfOurs) {
  world_.add_case(named({"JG103759A", "1"}));
  const auto receipt = take(nobody_known("Other"));
  EXPECT_EQ(receipt.payments.unmatched, 1);
  EXPECT_EQ(receipt.payments.held, 0);
}

INSTANTIATE_TEST_SUITE_P(Readers, NameMatch, testing::Bool(),
                         [](const auto& one) { return one.param ? "Child" : "InProcess"; });

}  // namespace
}  // namespace ig::tests
