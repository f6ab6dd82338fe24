#include "adapters/hmrc/name_candidates.hpp"

#include "adapters/hmrc/plain_name.hpp"

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace ig::adapters::hmrc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

constexpr std::size_t kAll = 1'000;

std::vector<std::string> told(const KnownNames& names, std::size_t most = kAll) {
  std::vector<std::string> out;
  for (const NameCandidate& one : name_candidates(names, most)) {
    out.push_back(std::string(name(one.rule)) + " " + one.first.reveal() + "/" + one.last.reveal());
  }
  return out;
}

/// What HMRC compares: the first letter, and the last name up to its third letter.
std::string seen_by_hmrc(const NameCandidate& one) {
  std::string key(1, one.first.reveal().front());
  std::size_t letters = 0;
  for (const char c : one.last.reveal()) {
    if (c == ' ' || letters == 3) continue;
    key.push_back(c);
    ++letters;
  }
  std::transform(key.begin(), key.end(), key.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return key;
}

bool is_legal(const std::string& text) {
  const bool letters = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view(" -'.").find(c) != std::string_view::npos;
  });
  return letters && !text.empty() && text.size() <= kMatchNameMax && text.front() != ' ' &&
         text.back() != ' ';
}

TEST(PlainName, TakesAccentsAndForeignLettersOff) {
  EXPECT_EQ(plain_name("Ren\xC3\xA9"), "Rene");
  EXPECT_EQ(plain_name("Re\xCC\x81n"), "Ren") << "a combining accent";
  EXPECT_EQ(plain_name("\xC3\x98rsted"), "Orsted");
  EXPECT_EQ(plain_name("Wei\xC3\x9F"), "Weiss");
  EXPECT_EQ(plain_name("\xC3\x86sir"), "AEsir");
  EXPECT_EQ(plain_name("\xC5\x81ukasz"), "Lukasz");
  EXPECT_EQ(plain_name("Nguy\xE1\xBB\x85n"), "Nguyen");
  EXPECT_EQ(plain_name("\xC8\x98tef\xC4\x83nescu"), "Stefanescu");
  EXPECT_EQ(plain_name("\xD0\x96\xD0\xB0\xD0\xBD\xD0\xBD\xD0\xB0"), "Zhanna");
  EXPECT_EQ(plain_name("\xCE\x9D\xCE\xAF\xCE\xBA\xCE\xBF\xCF\x82"), "Nikos");
  EXPECT_EQ(plain_name("O\xE2\x80\x99"
                       "Brien"),
            "O'Brien");
  EXPECT_EQ(plain_name("Smith\xE2\x80\x93Jones"), "Smith-Jones");
}

TEST(PlainName, LeavesOutWhatHmrcHasNoPlaceFor) {
  EXPECT_EQ(plain_name("  Mary   Ann "), "Mary Ann");
  EXPECT_EQ(plain_name("Mary\tAnn\n"), "Mary Ann");
  EXPECT_EQ(plain_name("J0hn (Jack) Sm1th!"), "Jhn Jack Smth");
  EXPECT_EQ(plain_name("\xE6\x9D\x8E"), "");
  EXPECT_EQ(plain_name("\xFF\xC3(x\xE2\x80"), "x");
  EXPECT_EQ(plain_name(""), "");
}

TEST(PlainName, IsCutLastOfAll) {
  std::string sharp;
  for (int i = 0; i < 30; ++i) sharp += "\xC3\x9F";
  EXPECT_EQ(plain_name(sharp), std::string(35, 's'));
  EXPECT_EQ(plain_name(std::string(34, 'a') + " b"), std::string(34, 'a'));
}

TEST(NameCandidates, TryTheEntireNameFirst) {
  EXPECT_THAT(told({"Amanda", "Joseph"}),
              ElementsAre("ENTIRE Amanda/Joseph", "COMBINATION Joseph/Amanda"));
  EXPECT_THAT(told({"", "Joseph"}), ElementsAre("ENTIRE Joseph/Joseph"));
  EXPECT_THAT(told({"Amanda", "  "}), ElementsAre("ENTIRE Amanda/Amanda"));
}

TEST(NameCandidates, TryEachFirstNameWithAllLastNames) {
  EXPECT_THAT(told({"Amanda Ruth", "Joseph"}),
              ElementsAre("ENTIRE Amanda Ruth/Joseph", "EACH_FIRST Ruth/Joseph",
                          "COMBINATION Joseph/Amanda", "COMBINATION Joseph/Ruth",
                          "COMBINATION Amanda/Ruth", "COMBINATION Ruth/Amanda"));
}

TEST(NameCandidates, PutShortSurnamesBeforeTheOthers) {
  EXPECT_THAT(told({"Ana", "Pereira de Silva"}, 4),
              ElementsAre("ENTIRE Ana/Pereira de Silva", "SHORT_SURNAME Ana/de Pereira",
                          "SHORT_SURNAME Ana/de Silva", "COMBINATION Ana/Silva"));
  EXPECT_THAT(told({"Ana", "da Costa e Silva"}),
              IsSupersetOf({"SHORT_SURNAME Ana/e da", "SHORT_SURNAME Ana/e Costa",
                            "SHORT_SURNAME Ana/e Silva", "SHORT_SURNAME Ana/da e",
                            "SHORT_SURNAME Ana/da Silva"}));
  EXPECT_THAT(told({"Xi", "Li"}), ElementsAre("ENTIRE Xi/Li", "COMBINATION Li/Xi"));
}

TEST(NameCandidates, KeepAbbreviationsTogether) {
  EXPECT_THAT(told({"Ann", "Mary St. John"}),
              IsSupersetOf({"ABBREVIATION Ann/St. John", "ABBREVIATION St. John/Mary"}));
  EXPECT_THAT(told({"Ann", "O' Brien"}, 2),
              ElementsAre("ENTIRE Ann/O' Brien", "ABBREVIATION O' Brien/Ann"));
}

TEST(NameCandidates, TryAliasesInPlaceOfCombinations) {
  EXPECT_THAT(told({"Amanda", "Joseph", {"Baker"}}),
              ElementsAre("ENTIRE Amanda/Joseph", "ALIAS Amanda/Baker", "ALIAS Joseph/Baker",
                          "ALIAS Joseph/Amanda", "ALIAS Baker/Amanda", "ALIAS Baker/Joseph"));
}

TEST(NameCandidates, TakeTheLatestAliasFirst) {
  EXPECT_THAT(told({"A", "Joseph", {"Baker", "Cook"}}, 5),
              ElementsAre("ENTIRE A/Joseph", "ALIAS A/Cook", "ALIAS Joseph/Cook", "ALIAS A/Baker",
                          "ALIAS Joseph/Baker"));
}

TEST(NameCandidates, CombineFourNamesInTheirOrder) {
  EXPECT_THAT(told({"Ann Bea", "Cox Dow"}),
              ElementsAre("ENTIRE Ann Bea/Cox Dow", "EACH_FIRST Bea/Cox Dow", "COMBINATION Ann/Dow",
                          "COMBINATION Bea/Dow", "COMBINATION Cox/Dow", "COMBINATION Ann/Bea",
                          "COMBINATION Bea/Ann", "COMBINATION Cox/Ann", "COMBINATION Dow/Ann",
                          "COMBINATION Cox/Bea", "COMBINATION Dow/Bea", "COMBINATION Dow/Cox"));
}

TEST(NameCandidates, CombineFiveNamesRowByRowBehindThoseWithTheLast) {
  const auto all = told({"Ann Bea Cid", "Dow Eve"});
  const std::vector<std::string> first(all.begin() + 3, all.begin() + 9);
  EXPECT_THAT(first,
              ElementsAre("COMBINATION Ann/Eve", "COMBINATION Bea/Eve", "COMBINATION Cid/Eve",
                          "COMBINATION Dow/Eve", "COMBINATION Ann/Bea", "COMBINATION Ann/Cid"));
}

TEST(NameCandidates, CombineAtMostSevenNames) {
  const auto all = told({"Ann Bea Cid Dee Eli", "Fay Gus Hal Ira"});
  EXPECT_THAT(all, IsSupersetOf({"COMBINATION Dee/Ira", "COMBINATION Gus/Ira"}));
  for (const std::string& one : all) {
    if (!one.starts_with("COMBINATION")) continue;
    EXPECT_EQ(one.find("Eli"), std::string::npos) << one;
    EXPECT_EQ(one.find("Fay"), std::string::npos) << one;
  }
}

TEST(NameCandidates, TakeHyphensOutAndThenAsBlanks) {
  EXPECT_THAT(told({"Ann", "Lee-Smith"}),
              ElementsAre("ENTIRE Ann/Lee-Smith", "COMBINATION Lee-Smith/Ann", "SPLITTER Ann/Smith",
                          "SPLITTER Lee/Smith", "SPLITTER Smith/Ann", "SPLITTER Smith/Lee"));
  EXPECT_THAT(told({"Ann", "O'Brien"}),
              ElementsAre("ENTIRE Ann/O'Brien", "COMBINATION O'Brien/Ann", "SPLITTER Ann/OBrien",
                          "SPLITTER Ann/Brien", "SPLITTER O/Brien", "SPLITTER Brien/Ann",
                          "SPLITTER Brien/O", "SPLITTER Ann/O"));
}

TEST(NameCandidates, AreNoneWithoutALetter) {
  EXPECT_THAT(told({"!", "!"}), IsEmpty());
  EXPECT_THAT(told({"-", "'."}), IsEmpty());
  EXPECT_THAT(told({"", ""}), IsEmpty());
  EXPECT_THAT(told({"Amanda", "Joseph"}, 0), IsEmpty());
}

TEST(NameCandidates, AreTenUnlessMoreAreAskedFor) {
  const KnownNames many{"Ann Bea Cid", "Dow-Eve O'Fay", {"Gus", "Hal"}};
  EXPECT_EQ(name_candidates(many).size(), kNameCandidatesMax);
  EXPECT_GT(name_candidates(many, kAll).size(), 30U);
}

rc::Gen<std::string> any_name() {
  const auto piece = rc::gen::element<std::string>(
      "a", "b", "Ann", "de", "O'", "St.", "-", ".", "'", " ", "  ", "\xC3\x89", "\xC3\x9F",
      "\xE2\x80\x99", "Smith", "smith", "\xFF", "1", "Verylongnameindeed");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string out;
                        for (const std::string& one : pieces) out += one;
                        return out;
                      });
}

RC_GTEST_PROP(NameCandidatesProperty, KeepTheirPromises, ()) {
  const std::string first = *any_name();
  const std::string last = *any_name();
  const auto aliases =
      *rc::gen::resize(3, rc::gen::container<std::vector<std::string>>(any_name()));
  const auto most = *rc::gen::inRange<std::size_t>(0, 40);
  KnownNames names{first, last, {aliases.begin(), aliases.end()}};
  const auto found = name_candidates(names, most);
  RC_ASSERT(found.size() <= most);
  std::set<std::string> keys;
  for (const NameCandidate& one : found) {
    RC_ASSERT(is_legal(one.first.reveal()));
    RC_ASSERT(is_legal(one.last.reveal()));
    RC_ASSERT(keys.insert(seen_by_hmrc(one)).second);
  }
  RC_ASSERT(told(names, most) == told(names, most));
  const auto all = told(names);
  const auto some = told(names, most);
  RC_ASSERT(std::equal(some.begin(), some.end(), all.begin()));
}

}  // namespace
}  // namespace ig::adapters::hmrc
