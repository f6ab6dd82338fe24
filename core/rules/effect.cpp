#include "core/rules/effect.hpp"

namespace ig::core::rules {
namespace {

enum class Zone : std::uint8_t { nil, flat, by_income, capped };

Zone zone_of(values::Money weekly, const Parameters& parameters) {
  if (weekly < parameters.nil_below) return Zone::nil;
  if (weekly <= parameters.flat_up_to) return Zone::flat;
  return weekly < parameters.cap ? Zone::by_income : Zone::capped;
}

}  // namespace

Effect effect_of(const Request& request, std::optional<values::Money> new_figure,
                 const Parameters& parameters) {
  if (request.kind == DecisionKind::initial || request.variation_in_force || !new_figure ||
      !request.in_force) {
    return Effect::unknown;
  }
  const Zone before = zone_of(request.in_force->weekly, parameters);
  const bool same = before == zone_of(*new_figure, parameters);
  return same && before != Zone::by_income ? Effect::none : Effect::possible;
}

}  // namespace ig::core::rules
