#include "core/rules/tolerance.hpp"

namespace ig::core::rules {

bool tolerance_applies(ChangeGround ground, facts::Basis in_force) {
  return ground == ChangeGround::income_between_reviews &&
         in_force != facts::Basis::current_estimate;
}

Correction corrected(const FigureInForce& in_force, values::Money correct) {
  const bool was_right = correct == in_force.weekly;
  return {was_right ? Action::NO_CHANGE : Action::SUPERSEDE, in_force.basis, correct};
}

}  // namespace ig::core::rules
