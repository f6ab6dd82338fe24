#include "tests/scenario/golden/decisions.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace ig::tests {
namespace {

std::string kept_text() {
  std::ifstream in(std::string(IG_SOURCE_DIR) + "/tests/scenario/golden/decisions.txt",
                   std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(GoldenDecisions, AreAnsweredToTheByteAsTheyWere) {
  const std::string now = golden_text();
  const std::string kept = kept_text();
  if (now == kept) return;
  std::istringstream now_lines(now);
  std::istringstream kept_lines(kept);
  std::string ours;
  std::string theirs;
  int line = 0;
  do {
    ++line;
    if (!std::getline(now_lines, ours)) ours = "(the end)";
    if (!std::getline(kept_lines, theirs)) theirs = "(the end)";
  } while (ours == theirs && ours != "(the end)");
  FAIL() << "line " << line << " of decisions.txt\n  kept: " << theirs << "\n  now:  " << ours
         << "\n  `./dev golden` writes the file anew and shows every difference";
}

TEST(GoldenDecisions, AreAFewHundred) {
  EXPECT_GE(golden_requests().size(), 300U);
  EXPECT_LE(golden_requests().size(), 999U);
}

}  // namespace
}  // namespace ig::tests
