#include "core/values/nino.hpp"

#include "tests/support/conformance.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <ostream>
#include <string>
#include <string_view>

namespace ig::core::values {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(!Streamable<Nino> && !fmt::is_formattable<Nino>::value);
static_assert(!std::is_default_constructible_v<Nino>, "a Nino is always one that was read");

struct Classed {
  std::string_view text;
  NinoClass kind;
};

TEST(Nino, PutsEachNumberInItsClass) {
  for (const Classed& row : {Classed{"NA000799C", NinoClass::nino},
                             {"NA000799", NinoClass::nino},
                             {"na 00 07 99 c", NinoClass::nino},
                             {"NA000799 ", NinoClass::nino},
                             {"OA123456A", NinoClass::nino},
                             {"OO123456A", NinoClass::administrative},
                             {"CR123456A", NinoClass::administrative},
                             {"FY123456A", NinoClass::administrative},
                             {"MW123456A", NinoClass::administrative},
                             {"NC010160M", NinoClass::administrative},
                             {"OO123456", NinoClass::administrative},
                             {"TN010160F", NinoClass::temporary},
                             {"TN010160M", NinoClass::temporary},
                             {"11A11111", NinoClass::temporary},
                             {"11a11111", NinoClass::temporary},
                             {"TN123456A", NinoClass::invalid},
                             {"TN123456", NinoClass::invalid},
                             {"QQ123456C", NinoClass::invalid},
                             {"AO123456A", NinoClass::invalid},
                             {"AB123456E", NinoClass::invalid},
                             {"AB1234569", NinoClass::invalid},
                             {"OO1234567", NinoClass::invalid},
                             {"11A11111A", NinoClass::invalid},
                             {"1A111111", NinoClass::invalid},
                             {"A1123456A", NinoClass::invalid},
                             {"AB12345C", NinoClass::invalid},
                             {"AB12345", NinoClass::invalid},
                             {"AB123456CC", NinoClass::invalid},
                             {"AB-123456", NinoClass::invalid},
                             {"AB12345{", NinoClass::invalid},
                             {"[B123456A", NinoClass::invalid},
                             {"12345678", NinoClass::invalid},
                             {"11A1111B", NinoClass::invalid},
                             {"AB123456\t", NinoClass::invalid},
                             {"", NinoClass::invalid},
                             {"         ", NinoClass::invalid}}) {
    EXPECT_EQ(Nino::classify(row.text), row.kind) << row.text;
    const auto nino = Nino::parse(row.text);
    ASSERT_EQ(nino.has_value(), row.kind != NinoClass::invalid) << row.text;
    if (nino) {
      EXPECT_EQ(nino->kind(), row.kind) << row.text;
    } else {
      EXPECT_EQ(nino.error().code, base::ErrorCode::INVALID_NINO) << row.text;
    }
  }
}

TEST(Nino, RefusesEveryPrefixThatIsNotAllocated) {
  const auto invalid = [](std::string_view prefix) {
    return Nino::classify(std::string(prefix) + "123456A") == NinoClass::invalid;
  };
  for (const std::string_view pair : {"BG", "GB", "KN", "NK", "NT", "ZZ", "TN"}) {
    EXPECT_TRUE(invalid(pair)) << pair;
  }
  int allocated = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::string pair{first, second};
      const bool barred = std::string_view("DFIQUV").find(first) != std::string_view::npos ||
                          std::string_view("DFIOQUV").find(second) != std::string_view::npos;
      if (barred && pair != "OO" && pair != "FY") {
        EXPECT_TRUE(invalid(pair)) << pair;
      }
      if (Nino::classify(pair + "123456A") == NinoClass::nino) ++allocated;
    }
  }
  // 20 first letters by 19 second, less BG GB KN NK NT TN ZZ and the administrative CR MW NC.
  EXPECT_EQ(allocated, 20 * 19 - 7 - 3);
}

TEST(Nino, NamesThePersonByItsFirstEightCharacters) {
  const Nino with = *Nino::parse("na000799c");
  const Nino without = *Nino::parse("NA000799");
  EXPECT_EQ(with.reveal(), "NA000799C");
  EXPECT_EQ(without.reveal(), "NA000799");
  EXPECT_EQ(with.first_eight(), "NA000799");
  EXPECT_TRUE(with == without);
  EXPECT_EQ(with.packed(), without.packed());
  EXPECT_NE(with.packed(), Nino::parse("NA000798C")->packed());
  EXPECT_TRUE(*Nino::parse("NA000798C") < with);
}

TEST(Nino, KnowsTheNumbersThatEmployersUseAsFiller) {
  EXPECT_TRUE(Nino::parse("AB123456C")->is_dummy());
  EXPECT_TRUE(Nino::parse("AA111111")->is_dummy());
  EXPECT_FALSE(Nino::parse("AB123457C")->is_dummy());
}

TEST(Nino, NeverRepeatsTheTextItRefuses) {
  const auto refused = Nino::parse("QQ123456C");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("QQ"), std::string::npos);
  EXPECT_EQ(refused.error().message.find("123456"), std::string::npos);
}

TEST(Nino, NamesItsClassesAsTheContractDoes) {
  EXPECT_EQ(name(NinoClass::nino), "NINO");
  EXPECT_EQ(name(NinoClass::administrative), "ADMINISTRATIVE");
  EXPECT_EQ(name(NinoClass::temporary), "TEMPORARY");
  EXPECT_EQ(name(NinoClass::invalid), "INVALID");
}

/// What the published vectors call each class, in our words.
bool agrees(std::string_view expected, NinoClass kind) {
  if (expected.find("administrative") != std::string_view::npos) {
    return kind == NinoClass::administrative;
  }
  if (expected.starts_with("valid")) return kind == NinoClass::nino;
  if (expected == "not a NINO") return kind == NinoClass::temporary;
  return expected == "invalid" && kind == NinoClass::invalid;
}

TEST(Nino, AgreesWithTheConformanceVectors) {
  std::ifstream file(ig::tests::support::conformance() / "benefits/nino-test-vectors.csv");
  if (!file) {
    std::cout << "NOT READ: 1 conformance file (benefits/nino-test-vectors.csv); set "
                 "IG_CONFORMANCE\n";
    return;
  }
  std::string line;
  std::getline(file, line);
  ASSERT_EQ(line.substr(0, 13), "value,expect,");
  int vectors = 0;
  while (std::getline(file, line)) {
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    ASSERT_NE(second, std::string::npos) << "line " << vectors + 2;
    const std::string expected = line.substr(first + 1, second - first - 1);
    EXPECT_TRUE(agrees(expected, Nino::classify(line.substr(0, first))))
        << "line " << vectors + 2 << ": " << expected;
    ++vectors;
  }
  EXPECT_GE(vectors, 20);
}

}  // namespace
}  // namespace ig::core::values
