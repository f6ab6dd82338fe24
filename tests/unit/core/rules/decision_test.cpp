#include "core/rules/decision.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ig::core::rules {
namespace {

Parameters law_of(facts::Jurisdiction jurisdiction) {
  return tests::law().on(tests::kDecisionDay, jurisdiction).value();
}

TEST(Article, IsCitedByInstrumentRegulationAndParagraph) {
  const Parameters gb = law_of(facts::Jurisdiction::gb);
  EXPECT_EQ(text(Article::reg6, gb), "SI 2012/2677 reg 6");
  EXPECT_EQ(text(Article::reg14_1_f, gb), "SI 2012/2677 reg 14(1)(f)");
  EXPECT_EQ(text(Article::reg23_3_a, gb), "SI 2012/2677 reg 23(3)(a)");
  EXPECT_EQ(text(Article::reg34_2A, gb), "SI 2012/2677 reg 34(2A)");
  EXPECT_EQ(text(Article::reg42, gb), "SI 2012/2677 reg 42");
}

TEST(Article, IsRenumberedInNorthernIrelandFromRegulation34On) {
  const Parameters ni = law_of(facts::Jurisdiction::ni);
  EXPECT_EQ(text(Article::reg23_4, ni), "SR 2012/427 reg 23(4)");
  EXPECT_EQ(text(Article::reg34_2, ni), "SR 2012/427 reg 33(2)");
  EXPECT_EQ(text(Article::reg42, ni), "SR 2012/427 reg 41");
}

TEST(Article, IsCitedByAsManyTextsAsThereAreArticles) {
  const Parameters gb = law_of(facts::Jurisdiction::gb);
  std::set<std::string> texts;
  for (int i = 0; i < kArticleCount; ++i) texts.insert(text(static_cast<Article>(i), gb));
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(kArticleCount));
}

TEST(Flag, HasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i < kFlagCount; ++i) names.insert(name(static_cast<Flag>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kFlagCount));
  EXPECT_EQ(name(Flag::RTI_DIFFERS), "RTI_DIFFERS");
}

TEST(CodeSet, HoldsWhatIsAddedAndNothingElse) {
  CodeSet<Flag> flags;
  EXPECT_FALSE(flags.has(Flag::RTI_DIFFERS));
  flags.add(Flag::RTI_DIFFERS);
  flags.add(Flag::RTI_DIFFERS);
  EXPECT_TRUE(flags.has(Flag::RTI_DIFFERS));
  EXPECT_FALSE(flags.has(Flag::ZERO_BASE_A08));
}

TEST(CodeSet, TakesInAnotherSet) {
  CodeSet<Article> one;
  one.add(Article::reg6);
  CodeSet<Article> other;
  other.add(Article::reg42);
  one.add(other);
  EXPECT_TRUE(one.has(Article::reg6));
  EXPECT_TRUE(one.has(Article::reg42));
  EXPECT_FALSE(one.has(Article::reg22));
}

TEST(Decision, WithoutAFigureHasAnActionCitationsAndWords) {
  const Decision out =
      without_figure(Action::RETRY, {Article::reg20_1, Article::reg35_2}, Clause::reached_again);
  EXPECT_EQ(out.action, Action::RETRY);
  EXPECT_FALSE(out.weekly.has_value());
  EXPECT_TRUE(out.articles.has(Article::reg20_1));
  EXPECT_TRUE(out.articles.has(Article::reg35_2));
  ASSERT_EQ(out.clauses.size(), 1U);
  EXPECT_EQ(*out.clauses.begin(), Clause::reached_again);
}

}  // namespace
}  // namespace ig::core::rules
