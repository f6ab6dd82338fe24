#include "core/values/ascii_letters.hpp"

#include <gtest/gtest.h>

namespace ig::core::values {
namespace {

TEST(AsciiLetters, LeaveAsciiAsItIs) {
  EXPECT_EQ(ascii_letters("O'Neill-Smith (2) jr."), "O'Neill-Smith (2) jr.");
  EXPECT_EQ(ascii_letters(""), "");
}

TEST(AsciiLetters, SpellLatinGreekAndCyrillic) {
  EXPECT_EQ(ascii_letters("Ren\xC3\xA9 \xC3\x86sir"), "Rene AEsir");
  EXPECT_EQ(ascii_letters("\xD0\x96\xD0\xB0\xD0\xBD\xD0\xBD\xD0\xB0"), "Zhanna");
  EXPECT_EQ(ascii_letters("\xCE\x9D\xCE\xAF\xCE\xBA\xCE\xBF\xCF\x82"), "Nikos");
}

TEST(AsciiLetters, LeaveOutWhatHasNoLetterAndMarkWhatIsNoText) {
  EXPECT_EQ(ascii_letters("a\xE6\x9D\x8E"
                          "b"),
            "ab");
  EXPECT_EQ(ascii_letters("x\xFFy"), std::string("x\0y", 3));
}

}  // namespace
}  // namespace ig::core::values
