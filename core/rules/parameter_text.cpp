#include "core/rules/parameter_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ig::core::rules {
namespace {

struct ValueText {
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(bool truth) const { return truth ? "on" : "off"; }
  std::string operator()(const Ratio& ratio) const {
    return fmt::format("{}/{}", ratio.numerator, ratio.denominator);
  }
  std::string operator()(const std::string& word) const { return word; }
  std::string operator()(const std::vector<std::int64_t>& numbers) const {
    return fmt::format("{}", fmt::join(numbers, ", "));
  }
  std::string operator()(const std::vector<std::string>& words) const {
    return words.empty() ? "none" : fmt::format("{}", fmt::join(words, ", "));
  }
};

}  // namespace

std::string text(const ParameterValue& value) { return std::visit(ValueText{}, value); }

std::string_view text(ParameterStatus status) noexcept {
  switch (status) {
    case ParameterStatus::in_force:
      return "in force";
    case ParameterStatus::unconfirmed:
      return "unconfirmed";
    case ParameterStatus::proposed:
      return "proposed";
  }
  IG_UNREACHABLE("a parameter's status is one of three");
}

std::string_view text(const std::optional<facts::Jurisdiction>& jurisdiction) noexcept {
  if (!jurisdiction) return "GB NI";
  return *jurisdiction == facts::Jurisdiction::gb ? "GB" : "NI";
}

}  // namespace ig::core::rules
