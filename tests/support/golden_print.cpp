#include "tests/scenario/golden/decisions.hpp"

#include <fmt/format.h>

/// Prints tests/scenario/golden/decisions.txt as it would be now.
int main() {
  fmt::print("{}", ig::tests::golden_text());
  return 0;
}
