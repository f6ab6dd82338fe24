#include "core/rules/decision.hpp"

#include <array>

namespace ig::core::rules {
namespace {

struct Where {
  int regulation;
  std::string_view paragraph;
};

constexpr std::array<Where, kArticleCount> kWhere = {{
    {6, ""},     {14, "(1)(f)"}, {17, "(1)(a)"}, {17, "(4)"},    {17, "(6)"},    {20, "(1)"},
    {20, "(2)"}, {22, ""},       {23, "(1)"},    {23, "(2)"},    {23, "(3)(a)"}, {23, "(3)(c)"},
    {23, "(4)"}, {34, "(2)"},    {34, "(2)(a)"}, {34, "(2)(b)"}, {34, "(2)(c)"}, {34, "(2A)"},
    {34, "(3)"}, {35, "(1)"},    {35, "(2)"},    {35, "(3)"},    {42, ""},
}};
static_assert(static_cast<int>(Article::reg42) + 1 == kArticleCount);

/// The first regulation whose number differs in the twin of Northern Ireland.
constexpr int kShiftedFrom = 34;

}  // namespace

std::string regulation(int number, std::string_view paragraph, const Parameters& parameters) {
  const int shift = number >= kShiftedFrom ? parameters.regulation_shift : 0;
  std::string out = "reg ";
  out += std::to_string(number + shift);
  out += paragraph;
  return out;
}

std::string text(Article article, const Parameters& parameters) {
  const Where& where = kWhere[static_cast<std::size_t>(article)];
  std::string out = parameters.instrument;
  out.push_back(' ');
  out += regulation(where.regulation, where.paragraph, parameters);
  return out;
}

std::string_view name(Flag flag) noexcept {
  constexpr std::array<std::string_view, kFlagCount> names = {"BELOW_REVIEW_MIN_CHANGE",
                                                              "NIL_ACCEPTED_CURRENT_UNKNOWN",
                                                              "NOT_TESTED_NO_C",
                                                              "REVIEW_C_A09",
                                                              "RTI_DIFFERS",
                                                              "STALE_SAME_YEAR",
                                                              "ZERO_BASE_A08"};
  static_assert(static_cast<int>(Flag::ZERO_BASE_A08) + 1 == kFlagCount);
  return names[static_cast<std::size_t>(flag)];
}

}  // namespace ig::core::rules
