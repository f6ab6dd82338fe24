#include "core/rules/explain.hpp"

#include "core/rules/words.hpp"

#include <algorithm>
#include <array>

namespace ig::core::rules {
namespace {

/// The words of each clause, by its number. A name in braces is put in by Sentence::put_value().
constexpr std::array<std::string_view, kClauseCount> kWords = {
    // the figure found
    "{no figure}, so evidence of current income is needed",
    "{no figure}, so your current income of {found} is used without a test",
    "{hmrc} is nil and no verified current income is known, so evidence of it is asked for",
    "{hmrc} is nil and no verified current income is known, so the nil figure is used",
    "{hmrc} gives {historic} and there is no verified current income to test against it, so it is "
    "used",
    ", although pay of {current} is seen in real-time data",
    "Your current income of {tested} is {distance} the {base} that {hmrc} gives{verdict}",
    "{hmrc} is nil and your current income is {tested}, which counts as a change of at least "
    "{part}",
    "{hmrc} is nil and so is your current income",
    ", but the test on unrounded sums says otherwise, so a person decides",
    ", so your current income is used",
    ", so HMRC's figure is used",
    // HMRC's answer
    "HMRC could not be reached and there is time until {anchor date}, so it is asked again",
    "HMRC could not be reached in time, so a person decides whether its figure cannot be had",
    "HMRC's answer names no tax year, so it cannot be used",
    // the annual review
    "HMRC answered for {year}, which is older than {year in force} already used, so it is asked "
    "again",
    "HMRC now gives another sum for {year in force}, the tax year in force, so the earlier "
    "decision may have to be revised",
    ", and the figure in force goes on until then",
    " from the review date in place of {in force}",
    "; the weekly figure stays {in force} but now rests on {basis}",
    "; the weekly figure stays {in force} but now rests on tax year {year}",
    "; the figure in force of {in force} does not change",
    "; the change from {in force} is too small to follow at a review",
    "The current income held of {in force} and the newer verified {current} lead to different "
    "figures at this review, so a person chooses",
    // between reviews
    "No current income is known, so nothing is tested",
    "The change takes effect on or after the review date of {review date}, so it waits for the "
    "review",
    "{Income} of {current} is equal to the figure in force, so nothing changes",
    "{Income} of {current} takes the place of the estimate of {in force}",
    "{Income} of {current} is {distance} the {in force} in force{verdict}",
    "{Income} of {current} is {distance} the {in force} in force",
    ", so the decision changes to your current income",
    ", but it is not verified, so a person looks at it",
    ", so the figure in force stays until the review",
    // the periodic check
    "Current income has not been looked at for {months} months, so evidence of it is needed",
    "Your current income is still {in force}, so nothing changes",
    "Your current income of {current} takes the place of {in force} at the periodic check, where "
    "no tolerance applies",
    // revision
    "HMRC gives the same sum for {year} as before, so nothing changes",
    "HMRC now gives {annual} for {year} in place of {used annual}, so the decision that used it "
    "may have to be revised",
    "HMRC's figure for {year} is newer than any used, so it waits for the review",
    "HMRC answered for {year}, which fed no decision and is not the newest, so it is asked again",
    "HMRC could not be reached, so it is asked again",
    "HMRC gives no figure any more where one was used, so a person looks at it",
};
static_assert(static_cast<int>(Clause::no_figure_any_more) + 1 == kClauseCount);
static_assert(!kWords.back().empty());

/// Writes the clauses of one decision. What a clause speaks of is there: the rule that adds the
/// clause sees to that.
class Sentence {
 public:
  Sentence(std::string& out, const Decision& decision, const Grounds& grounds)
      : out_(out), decision_(decision), grounds_(grounds) {}

  void put(Clause clause) {
    std::string_view words = kWords[static_cast<std::size_t>(clause)];
    for (auto open = words.find('{'); open != std::string_view::npos; open = words.find('{')) {
      const auto close = words.find('}', open);
      out_ += words.substr(0, open);
      put_value(words.substr(open + 1, close - open - 1));
      words.remove_prefix(close + 1);
    }
    out_ += words;
  }

 private:
  void put_value(std::string_view name) {
    const auto* const value = std::ranges::find(kValues, name, &Value::name);
    base::require(value != kValues.end(), "a clause names values there are");
    value->put(*this);
  }

  [[nodiscard]] const FigureInForce& in_force() const { return *grounds_.request.in_force; }
  [[nodiscard]] const Current& current() const { return *grounds_.request.current; }
  [[nodiscard]] const Test& test() const { return *decision_.test; }

  struct Value {
    std::string_view name;
    void (*put)(Sentence&);
  };
  static const std::array<Value, 20> kValues;

  std::string& out_;
  const Decision& decision_;
  const Grounds& grounds_;
};

const std::array<Sentence::Value, 20> Sentence::kValues = {{
    {"hmrc", [](Sentence& s) { put_hmrc_figure(s.out_, s.grounds_.historic); }},
    {"in force", [](Sentence& s) { put_a_week(s.out_, s.in_force().weekly); }},
    {"current", [](Sentence& s) { put_a_week(s.out_, s.current().weekly); }},
    {"Income", [](Sentence& s) { s.out_ += income_word_first(s.current().evidence); }},
    {"tested", [](Sentence& s) { put_a_week(s.out_, s.test().other_amount); }},
    {"base", [](Sentence& s) { put_a_week(s.out_, s.test().base_amount); }},
    {"distance",
     [](Sentence& s) { put_distance(s.out_, s.test().base_amount, s.test().other_amount); }},
    {"verdict", [](Sentence& s) { put_verdict(s.out_, s.test()); }},
    {"part",
     [](Sentence& s) {
       put_part(s.out_, s.test().threshold_numerator, s.test().threshold_denominator);
     }},
    {"found", [](Sentence& s) { put_a_week(s.out_, s.decision_.found); }},
    {"historic", [](Sentence& s) { put_a_week(s.out_, s.grounds_.historic.weekly); }},
    {"no figure",
     [](Sentence& s) {
       s.out_ += s.grounds_.historic.nil_counts_as_no_data
                     ? "HMRC's figure is nil, which counts as no figure here"
                     : "HMRC holds no figure for the tax years it was asked for";
     }},
    {"year", [](Sentence& s) { s.out_ += s.grounds_.historic.tax_year->text(); }},
    {"year in force", [](Sentence& s) { s.out_ += s.in_force().tax_year->text(); }},
    {"basis", [](Sentence& s) { s.out_ += basis_word(*s.decision_.basis); }},
    {"annual", [](Sentence& s) { put_pounds(s.out_, s.grounds_.historic.annual); }},
    {"used annual", [](Sentence& s) { put_pounds(s.out_, s.decision_.used_annual); }},
    {"anchor date", [](Sentence& s) { s.out_ += s.grounds_.request.anchor_date->text(); }},
    {"review date", [](Sentence& s) { s.out_ += s.in_force().review_date->text(); }},
    {"months",
     [](Sentence& s) { s.out_ += std::to_string(s.grounds_.parameters.periodic_check_months); }},
}};

/// Longest explanation that is usual; a longer one only costs a second allocation.
constexpr std::size_t kUsualLength = 240;

}  // namespace

std::string explanation(const Decision& decision, const Grounds& grounds) {
  std::string out;
  out.reserve(kUsualLength);
  Sentence sentence(out, decision, grounds);
  for (const Clause clause : decision.clauses) sentence.put(clause);
  out.push_back('.');
  return out;
}

}  // namespace ig::core::rules
