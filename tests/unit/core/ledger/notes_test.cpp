#include "core/ledger/notes.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace ig::core::ledger {
namespace {

std::string text_of(const std::string& file) {
  std::ifstream in(std::string(IG_SOURCE_DIR) + "/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The codes a header names: every text of its own in quotes, in capitals.
std::vector<std::string> codes_of(const std::string& file) {
  const std::string text = text_of(file);
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = text.find("= \"", at)) != std::string::npos;) {
    at += 3;
    out.push_back(text.substr(at, text.find('"', at) - at));
  }
  return out;
}

TEST(Notes, EveryCodeIsExplainedInTheList) {
  const std::string list = text_of("docs/notes.md");
  std::size_t count = 0;
  for (const char* file : {"core/ledger/notes.hpp", "core/triggers/propose.hpp"}) {
    for (const std::string& code : codes_of(file)) {
      EXPECT_NE(list.find("`" + code + "`"), std::string::npos) << code;
      ++count;
    }
  }
  EXPECT_GT(count, 45U);
}

TEST(Notes, TheListMarksWhatExplains) {
  const std::string list = text_of("docs/notes.md");
  for (const std::string& code : codes_of("core/ledger/notes.hpp")) {
    const bool marked = list.find("`" + code + "` (x)") != std::string::npos;
    EXPECT_EQ(notes::explains(code), marked) << code;
  }
}

}  // namespace
}  // namespace ig::core::ledger
