#include "tests/scenario/worked_cases/shapes.hpp"

#include <algorithm>

namespace ig::tests::worked {
namespace {

const std::vector<const Shape*>& all_shapes() {
  static const std::vector<const Shape*> all = [] {
    std::vector<const Shape*> out;
    for (const auto* area :
         {&yearly_figure_shapes(), &request_shapes(), &decision_shapes(), &change_shapes(),
          &date_shapes(), &current_income_shapes(), &rate_shapes(), &benefit_shapes()}) {
      for (const Shape& shape : *area) out.push_back(&shape);
    }
    return out;
  }();
  return all;
}

}  // namespace

const Shape* shape_of(const Inputs& in) {
  const Shape* best = nullptr;
  bool tied = false;
  for (const Shape* shape : all_shapes()) {
    const auto is_there = [&](std::string_view member) { return in.has(member); };
    if (!std::ranges::all_of(shape->needs, is_there)) continue;
    if (best != nullptr && shape->needs.size() < best->needs.size()) continue;
    tied = best != nullptr && shape->needs.size() == best->needs.size();
    best = shape;
  }
  return tied ? nullptr : best;
}

}  // namespace ig::tests::worked
