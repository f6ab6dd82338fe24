#pragma once

#include "tests/scenario/worked_cases/inputs.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The shapes a case's inputs can have. A shape is told by the names of the members alone; it sees
/// the inputs and never what is expected.
namespace ig::tests::worked {

/// A kind of case: which members it needs, and how its answer is found by the rules.
struct Shape {
  std::string_view name;
  std::vector<std::string_view> needs;
  Members (*find)(const Inputs& in, const Law& law);
};

/// The shapes of each area of the law.
[[nodiscard]] const std::vector<Shape>& yearly_figure_shapes();
[[nodiscard]] const std::vector<Shape>& request_shapes();
[[nodiscard]] const std::vector<Shape>& decision_shapes();
[[nodiscard]] const std::vector<Shape>& change_shapes();
[[nodiscard]] const std::vector<Shape>& date_shapes();
[[nodiscard]] const std::vector<Shape>& current_income_shapes();
[[nodiscard]] const std::vector<Shape>& rate_shapes();
[[nodiscard]] const std::vector<Shape>& benefit_shapes();

/// The shape whose members are all there and which needs the most of them; nullptr when there is
/// none. Two that need as many are a fault of the shapes.
[[nodiscard]] const Shape* shape_of(const Inputs& in);

}  // namespace ig::tests::worked
