#pragma once

#include "core/base/few.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ig::core::rules {

/// The regulations of the GB instrument that a decision may cite; the parameters say how a
/// jurisdiction names them. The digits are the regulation, then its paragraph.
enum class Article : std::uint8_t {
  reg6,
  reg14_1_f,
  reg17_1_a,
  reg17_4,
  reg17_6,
  reg20_1,
  reg20_2,
  reg22,
  reg23_1,
  reg23_2,
  reg23_3_a,
  reg23_3_c,
  reg23_4,
  reg34_2,
  reg34_2_a,
  reg34_2_b,
  reg34_2_c,
  reg34_2A,
  reg34_3,
  reg35_1,
  reg35_2,
  reg35_3,
  reg42,
};
inline constexpr int kArticleCount = 23;

/// "reg 44(1)" of the GB instrument by the number it has in a jurisdiction.
[[nodiscard]] std::string regulation(int number, std::string_view paragraph,
                                     const Parameters& parameters);

/// "SI 2012/2677 reg 34(2)(a)", or its twin in Northern Ireland.
[[nodiscard]] std::string text(Article article, const Parameters& parameters);

/// What a reader of an assessment should also know.
enum class Flag : std::uint8_t {
  BELOW_REVIEW_MIN_CHANGE,
  NIL_ACCEPTED_CURRENT_UNKNOWN,
  NOT_TESTED_NO_C,
  REVIEW_C_A09,
  RTI_DIFFERS,
  STALE_SAME_YEAR,
  ZERO_BASE_A08,
};
inline constexpr int kFlagCount = 7;
[[nodiscard]] std::string_view name(Flag flag) noexcept;

/// A part of the sentence that explains a decision; explain.hpp has its words.
enum class Clause : std::uint8_t {
  // the figure found
  no_figure_need_current,
  no_figure_use_current,
  nil_asks_current,
  nil_accepted,
  not_tested,
  pay_seen,
  gate_tested,
  gate_from_nil,
  gate_both_nil,
  gate_marginal,
  gate_met,
  gate_not_met,
  // HMRC's answer
  reached_again,
  out_of_reach,
  no_tax_year,
  // the annual review
  older_year,
  amended_at_review,
  goes_on,
  in_place_of,
  other_basis,
  other_year,
  does_not_change,
  too_small,
  held_or_newer,
  // between reviews
  nothing_to_test,
  waits_for_review,
  equal_in_force,
  replaces_estimate,
  in_year_tested,
  in_year_from_nil,
  changes_to_current,
  not_verified,
  stays_until_review,
  // the periodic check
  evidence_needed,
  still_the_same,
  replaced_at_check,
  // revision
  same_sum,
  amended,
  newer_year,
  year_not_used,
  revision_unreachable,
  no_figure_any_more,
};
inline constexpr int kClauseCount = 42;

/// A set of enumerators, of which there are at most 32.
template <class Code>
class CodeSet {
 public:
  constexpr CodeSet() = default;
  constexpr void add(Code code) noexcept { bits_ |= bit(code); }
  constexpr void add(CodeSet other) noexcept { bits_ |= other.bits_; }
  [[nodiscard]] constexpr bool has(Code code) const noexcept { return (bits_ & bit(code)) != 0; }

 private:
  static constexpr std::uint32_t bit(Code code) noexcept {
    return std::uint32_t{1} << static_cast<unsigned>(code);
  }
  std::uint32_t bits_ = 0;
};

/// The answer to a request before it is put into words: the whole record of the decision, without
/// a byte on the heap.
struct Decision {
  Action action = Action::NO_CHANGE;
  std::optional<facts::Basis> basis;
  std::optional<values::Money> weekly;
  std::optional<Test> test;
  base::Few<Alternative, 2> alternatives;
  CodeSet<Flag> flags;
  CodeSet<Article> articles;
  bool cites_nil_rule = false;  ///< the citation of nil.is_a_figure too
  Effect effect = Effect::unknown;
  base::Few<Clause, 4> clauses;
  values::Money found;        ///< what the facts lead to, for the words of a review
  values::Money used_annual;  ///< the sum that fed a decision before, for the words of a revision

  void cite(std::initializer_list<Article> cited) noexcept {
    for (const Article article : cited) articles.add(article);
  }
};

/// The decision of an action that leads to no figure.
[[nodiscard]] inline Decision without_figure(Action action, std::initializer_list<Article> cited,
                                             Clause clause) {
  Decision out;
  out.action = action;
  out.cite(cited);
  out.clauses.add(clause);
  return out;
}

}  // namespace ig::core::rules
