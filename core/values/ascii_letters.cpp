#include "core/values/ascii_letters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ig::core::values {
namespace {

/// One block of Unicode, a letter a code point; `*` has no letter, or stands in kSpelt.
struct Block {
  std::uint32_t first;
  std::string_view letters;
};

constexpr std::array<Block, 4> kBlocks = {{
    {0x00C0, "AAAAAA*CEEEEIIIIDNOOOOO*OUUUUY**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"},
    {0x0100,
     "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi**JjKkkLlLlLlLlLlNnNnNnnNnOoOoOo**RrRrRr"
     "SsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"},
    {0x01CD,
     "AaIiOoUuUuUuUuUueAaAa**GgGgKkOoOo**j***Gg**NnAa**OoAaAaEeEeIiIiOoOoRrRrUuUuSsTt**Hh**"
     "****AaEeOoOoOoOoYy"},
    {0x1E00,
     "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPp"
     "RrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyas****AaAaAaAaAaAaAaAa"
     "AaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy"},
}};
static_assert(kBlocks[0].letters.size() == 0x40 && kBlocks[1].letters.size() == 0x80);
static_assert(0x01CD + kBlocks[2].letters.size() == 0x0234);
static_assert(0x1E00 + kBlocks[3].letters.size() == 0x1EFA);

/// Code points that take more letters than one, or another sign of ours.
struct Spelt {
  std::uint32_t point;
  std::string_view text;
};

constexpr std::array<Spelt, 29> kSpelt = {
    {{0x00A0, " "},  {0x00B4, "'"},  {0x00C6, "AE"}, {0x00DE, "Th"}, {0x00DF, "ss"}, {0x00E6, "ae"},
     {0x00FE, "th"}, {0x0132, "IJ"}, {0x0133, "ij"}, {0x0152, "OE"}, {0x0153, "oe"}, {0x018F, "A"},
     {0x01E2, "AE"}, {0x01E3, "ae"}, {0x01FC, "AE"}, {0x01FD, "ae"}, {0x0259, "a"},  {0x02BC, "'"},
     {0x1E9E, "SS"}, {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},
     {0x2018, "'"},  {0x2019, "'"},  {0x201B, "'"},  {0x202F, " "},  {0x3000, " "}}};

/// From U+0391, small letters from U+03B1.
constexpr std::array<std::string_view, 25> kGreek = {"a", "v", "g", "d", "e",  "z",  "i", "th", "i",
                                                     "k", "l", "m", "n", "x",  "o",  "p", "r",  "s",
                                                     "s", "t", "y", "f", "ch", "ps", "o"};

/// From U+0410, small letters from U+0430.
constexpr std::array<std::string_view, 32> kCyrillic = {
    "a", "b", "v", "g", "d", "e", "zh", "z",  "i",  "y",  "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "k", "ts", "ch", "sh", "sh", "",  "y", "",  "e", "yu", "ya"};

/// The accented vowels of Greek and the further letters of Cyrillic, as small ones.
constexpr std::array<Spelt, 28> kFurther = {
    {{0x0386, "a"}, {0x0388, "e"}, {0x0389, "i"}, {0x038A, "i"}, {0x038C, "o"}, {0x038E, "y"},
     {0x038F, "o"}, {0x03AC, "a"}, {0x03AD, "e"}, {0x03AE, "i"}, {0x03AF, "i"}, {0x03CC, "o"},
     {0x03CD, "y"}, {0x03CE, "o"}, {0x0401, "e"}, {0x0404, "e"}, {0x0406, "i"}, {0x0407, "i"},
     {0x0408, "j"}, {0x040E, "u"}, {0x0451, "e"}, {0x0454, "e"}, {0x0456, "i"}, {0x0457, "i"},
     {0x0458, "j"}, {0x045E, "u"}, {0x0490, "g"}, {0x0491, "g"}}};

template <std::size_t N>
const Spelt* spelt(const std::array<Spelt, N>& list, std::uint32_t point) {
  const auto found = std::lower_bound(list.begin(), list.end(), point,
                                      [](const Spelt& s, std::uint32_t p) { return s.point < p; });
  return found != list.end() && found->point == point ? &*found : nullptr;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Letters of another script: the first of a capital is a capital.
void append_cased(std::string& out, std::string_view letters, bool capital) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    out.push_back(capital && i == 0 ? upper(letters[i]) : letters[i]);
  }
}

/// The text that stands for a code point beyond ASCII; nothing for those without one.
void append_plain(std::string& out, std::uint32_t point) {
  if (const Spelt* found = spelt(kSpelt, point)) {
    out += found->text;
    return;
  }
  for (const Block& block : kBlocks) {
    if (point < block.first || point >= block.first + block.letters.size()) continue;
    const char letter = block.letters[point - block.first];
    if (letter != '*') out.push_back(letter);
    return;
  }
  if (point >= 0x0391 && point <= 0x03C9) {
    const bool capital = point < 0x03B1;
    const std::size_t at = point - (capital ? 0x0391 : 0x03B1);
    if (at < kGreek.size()) append_cased(out, kGreek[at], capital);
  }
  if (point >= 0x0410 && point <= 0x044F) {
    const bool capital = point < 0x0430;
    append_cased(out, kCyrillic[point - (capital ? 0x0410 : 0x0430)], capital);
  }
  if (const Spelt* found = spelt(kFurther, point)) {
    append_cased(out, found->text,
                 point < 0x0390 || (point >= 0x0400 && point < 0x0410) || point == 0x0490);
  }
}

/// One code point, and how many bytes it takes; no bytes that are UTF-8: the point 0 in one byte.
struct Decoded {
  std::uint32_t point = 0;
  std::size_t bytes = 1;
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  std::uint32_t point = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    point = (point << 6U) | (byte(i) & 0x3FU);
  }
  return {point, bytes};
}

}  // namespace

std::string ascii_letters(std::string_view text) {
  std::string ascii;
  ascii.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = decode(text);
    if (next.point >= 0x80) {
      append_plain(ascii, next.point);
    } else {
      ascii.push_back(static_cast<char>(next.point));
    }
    text.remove_prefix(next.bytes);
  }
  return ascii;
}

}  // namespace ig::core::values
