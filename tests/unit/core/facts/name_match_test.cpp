#include "core/facts/name_match.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace ig::core::facts {
namespace {

using base::Sensitive;

struct Person {
  std::string forename = "Amanda";
  std::string surname = "Joseph";
  std::string gender = "F";
  values::Date born = values::Date::of(1960, 1, 15);
  std::string former{};

  [[nodiscard]] Subject subject() const {
    Subject out;
    out.forename = Sensitive(forename);
    out.surname = Sensitive(surname);
    out.gender = gender;
    out.date_of_birth = Sensitive(born);
    if (!former.empty()) out.other_surnames.emplace_back(former);
    return out;
  }
};

NameAgreement agree(const Person& told, const Person& registered) {
  return agreement(told.subject(), registered.subject());
}

TEST(NameAgreement, IsFullForTheSamePersonHoweverTheNameIsWritten) {
  EXPECT_EQ(agree({}, {}), NameAgreement::full);
  EXPECT_EQ(agree({.forename = "AMANDA", .surname = "jo-seph"}, {}), NameAgreement::full);
  EXPECT_EQ(agree({.gender = ""}, {}), NameAgreement::full) << "the document is silent on gender";
  EXPECT_EQ(agree({}, {.gender = ""}), NameAgreement::full) << "the register is silent on gender";
}

TEST(NameAgreement, KnowsFormerSurnamesOfTheRegister) {
  EXPECT_EQ(agree({.surname = "Smith"}, {.former = "Smith"}), NameAgreement::full);
  EXPECT_EQ(agree({.former = "Smith"}, {.surname = "Smith"}), NameAgreement::none)
      << "a document has no former names";
}

TEST(NameAgreement, IsPartialForAnInitialAShortFormOrNoForename) {
  for (const char* forename : {"A", "A.", "Aman", ""}) {
    EXPECT_EQ(agree({.forename = forename}, {}), NameAgreement::partial) << forename;
    EXPECT_EQ(agree({}, {.forename = forename}), NameAgreement::partial) << forename;
  }
}

TEST(NameAgreement, IsNoneWhereAnythingSaysItIsSomebodyElse) {
  EXPECT_EQ(agree({.forename = "Anna"}, {}), NameAgreement::none) << "a twin";
  EXPECT_EQ(agree({.surname = "Josephs"}, {}), NameAgreement::none);
  EXPECT_EQ(agree({.surname = ""}, {.surname = ""}), NameAgreement::none);
  EXPECT_EQ(agree({.gender = "M"}, {}), NameAgreement::none);
  EXPECT_EQ(agree({.born = values::Date::of(1960, 1, 16)}, {}), NameAgreement::none);
  Subject unborn = Person{}.subject();
  unborn.date_of_birth.reset();
  EXPECT_EQ(agreement(unborn, Person{}.subject()), NameAgreement::none);
  EXPECT_EQ(agreement(Person{}.subject(), unborn), NameAgreement::none);
}

TEST(NameMatch, TakesTheOnlyOneWhoAgreesInFull) {
  const std::array registered{Person{.forename = "Anna"}.subject(), Person{}.subject()};
  const NameMatch match = match_by_name(Person{}.subject(), registered);
  EXPECT_EQ(match.kind, NameMatch::Kind::one);
  EXPECT_EQ(match.index, 1U);
}

TEST(NameMatch, IsInDoubtWhereTwoAgreeOrOneOnlyInPart) {
  const std::array twice{Person{}.subject(), Person{}.subject()};
  EXPECT_EQ(match_by_name(Person{}.subject(), twice).kind, NameMatch::Kind::doubtful);
  const std::array also_in_part{Person{}.subject(), Person{.forename = "A"}.subject()};
  EXPECT_EQ(match_by_name(Person{}.subject(), also_in_part).kind, NameMatch::Kind::doubtful);
  const std::array in_part{Person{.forename = "A"}.subject()};
  EXPECT_EQ(match_by_name(Person{}.subject(), in_part).kind, NameMatch::Kind::doubtful);
}

TEST(NameMatch, IsNobodyWhereNobodyAgrees) {
  const std::array others{Person{.surname = "Other"}.subject()};
  EXPECT_EQ(match_by_name(Person{}.subject(), others).kind, NameMatch::Kind::nobody);
  EXPECT_EQ(match_by_name(Person{}.subject(), {}).kind, NameMatch::Kind::nobody);
}

TEST(NameKeys, AreOneForEachSurnameAndNoneWithoutABirthDate) {
  const Subject person = Person{.former = "Smith"}.subject();
  const auto keys = name_keys(person);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0], *name_key(person));
  EXPECT_EQ(keys[1], *name_key(Person{.surname = "SMITH"}.subject()));
  Subject unborn = person;
  unborn.date_of_birth.reset();
  EXPECT_TRUE(name_keys(unborn).empty());
  EXPECT_FALSE(name_key(unborn).has_value());
  EXPECT_FALSE(name_key(Person{.surname = ""}.subject()).has_value());
}

TEST(SaysWho, OnlyForAGenuineNumber) {
  Subject told;
  EXPECT_FALSE(says_who(told));
  told.nino = Sensitive(values::Nino::parse("JG103759A").value());
  EXPECT_TRUE(says_who(told));
  told.nino = Sensitive(values::Nino::parse("TN150160F").value());
  EXPECT_FALSE(says_who(told)) << "temporary";
  told.nino = Sensitive(values::Nino::parse("OO123456A").value());
  EXPECT_FALSE(says_who(told)) << "administrative";
}

}  // namespace
}  // namespace ig::core::facts
