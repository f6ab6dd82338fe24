#include "adapters/hmrc/name_candidates.hpp"

#include "adapters/hmrc/plain_name.hpp"
#include "core/base/require.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kWordsMax = 12;
constexpr std::size_t kCombinedMax = 7;      ///< names that are combined with each other
constexpr std::size_t kLastCombinedMax = 3;  ///< of the last names when there are more
constexpr std::string_view kSplitters = "-'.";

/// A person's names cut into words. Everything is in HMRC's letters already, save its length.
struct Parts {
  Words first;
  Words last;
  Words aliases;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Words words_of(std::string_view text) {
  Words out;
  while (out.size() < kWordsMax) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out.push_back(' ');
    out += word;
  }
  return out;
}

/// Reads a long text in HMRC's letters word by word, since plain_name() cuts to what HMRC takes.
std::string in_our_letters(std::string_view text) {
  std::string out;
  std::size_t words = 0;
  while (!text.empty() && words < kWordsMax) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const std::string word = plain_name(text.substr(0, end));
    if (!word.empty()) {
      if (!out.empty()) out.push_back(' ');
      out += word;
      ++words;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// Keeps what HMRC could tell from all that came before, up to the cap.
class Collector {
 public:
  explicit Collector(std::size_t most) : most_(most) {}

  [[nodiscard]] bool full() const noexcept { return out_.size() >= most_; }
  void relabel(NameRule rule) noexcept { label_ = rule; }

  void add(const std::string& first, const std::string& last, NameRule rule) {
    if (full()) return;
    std::string plain_first = plain_name(first);
    std::string plain_last = plain_name(last);
    if (!has_letter(plain_first) || !has_letter(plain_last)) return;
    if (!seen_.insert(key_of(plain_first, plain_last)).second) return;
    out_.push_back({core::base::Sensitive(std::move(plain_first)),
                    core::base::Sensitive(std::move(plain_last)),
                    label_ == NameRule::entire ? rule : label_});
  }
  std::vector<NameCandidate> take() { return std::move(out_); }

 private:
  static bool has_letter(const std::string& text) {
    return std::any_of(text.begin(), text.end(), is_letter);
  }
  /// The first letter of the first name, and the last name up to its third letter.
  static std::string key_of(const std::string& first, const std::string& last) {
    std::string key(1, lower(first.front()));
    int counted = 0;
    for (const char c : last) {
      if (c == ' ') continue;
      key.push_back(lower(c));
      if (++counted == 3) break;
    }
    return key;
  }

  std::size_t most_;
  NameRule label_ = NameRule::entire;  ///< entire: each rule is its own
  std::vector<NameCandidate> out_;
  std::set<std::string> seen_;
};

void entire(const Parts& names, Collector& out) {
  const std::string first = joined(names.first);
  const std::string last = joined(names.last);
  out.add(first.empty() ? last : first, last.empty() ? first : last, NameRule::entire);
}

void each_first(const Parts& names, Collector& out) {
  const std::string last = joined(names.last);
  for (const std::string& first : names.first) out.add(first, last, NameRule::each_first);
}

void short_surnames(const Parts& names, Collector& out) {
  if (names.last.size() < 2) return;
  for (const std::string& first : names.first) {
    std::set<std::string> done;
    for (const std::string& particle : names.last) {
      if (particle.size() >= 3 || !done.insert(particle).second) continue;
      for (const std::string& other : names.last) {
        if (other == particle) continue;
        out.add(first, std::string(particle).append(" ").append(other), NameRule::short_surname);
      }
    }
  }
}

/// Every first of `firsts` with every last of `lasts`, save a name with itself.
void pairs(const Words& firsts, const Words& lasts, Collector& out) {
  for (const std::string& first : firsts) {
    for (const std::string& last : lasts) {
      if (first != last) out.add(first, last, NameRule::alias);
    }
  }
}

/// The same with the last name in the outer turn, from the back.
void pairs_from_the_back(const Words& firsts, const Words& lasts, Collector& out) {
  for (auto last = lasts.rbegin(); last != lasts.rend(); ++last) {
    for (const std::string& first : firsts) {
      if (first != *last) out.add(first, *last, NameRule::alias);
    }
  }
}

Words both(const Words& a, const Words& b) {
  Words out = a;
  out.insert(out.end(), b.begin(), b.end());
  return out;
}

void aliases(const Parts& names, Collector& out) {
  const Words own = both(names.first, names.last);
  pairs_from_the_back(own, names.last, out);
  pairs_from_the_back(own, names.aliases, out);
  pairs(names.first, names.first, out);
  pairs(names.last, names.first, out);
  pairs(names.aliases, both(own, names.aliases), out);
}

using Pair = std::pair<std::size_t, std::size_t>;

/// Which name goes first and which last, of one to seven.
std::vector<Pair> pair_order(std::size_t count) {
  switch (count) {
    case 0:
      return {};
    case 1:
      return {{0, 0}};
    case 2:
      return {{0, 1}, {1, 0}};
    case 3:
      return {{0, 2}, {1, 2}, {2, 0}, {2, 1}, {0, 1}, {1, 0}};
    case 4:
      return {{0, 3}, {1, 3}, {2, 3}, {0, 1}, {0, 2}, {1, 0},
              {2, 0}, {3, 0}, {1, 2}, {2, 1}, {3, 1}, {3, 2}};
    default:
      break;
  }
  std::vector<Pair> out;
  for (std::size_t i = 0; i + 1 < count; ++i) out.emplace_back(i, count - 1);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j + 1 < count; ++j) {
      if (i != j) out.emplace_back(i, j);
    }
  }
  return out;
}

void combinations(const Parts& names, Collector& out) {
  Words first = names.first;
  Words last = names.last;
  if (first.size() + last.size() > kCombinedMax) {
    const auto extra =
        static_cast<std::ptrdiff_t>(last.size()) - static_cast<std::ptrdiff_t>(kLastCombinedMax);
    if (extra > 0) last.erase(last.begin(), last.begin() + extra);
    first.resize(std::min(first.size(), kCombinedMax - last.size()));
  }
  const Words all = both(first, last);
  for (const auto& [i, j] : pair_order(all.size())) {
    out.add(all[i], all[j], NameRule::combination);
  }
}

void aliases_or_combinations(const Parts& names, Collector& out) {
  names.aliases.empty() ? combinations(names, out) : aliases(names, out);
}

/// A letter, a point or apostrophe, blanks and a letter: a name that holds together, "St. John".
bool is_abbreviated(std::string_view text) {
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    const bool held = (text[i] == '.' || text[i] == '\'') && is_letter(text[i - 1]);
    if (held && text[i + 1] == ' ' && is_letter(text[i + 2])) return true;
  }
  return false;
}

/// Words, where a blank behind a point or apostrophe parts nothing.
Words held_together(std::string_view text) {
  Words out;
  for (std::string& word : words_of(text)) {
    const char end = out.empty() ? ' ' : out.back().back();
    if (end == '.' || end == '\'') {
      out.back().append(" ").append(word);
    } else {
      out.push_back(std::move(word));
    }
  }
  return out;
}

struct Texts {
  std::string first;
  std::string last;
  std::vector<std::string> aliases;
};

template <class Split>
Parts parts_of(const Texts& texts, Split split) {
  Parts out{split(texts.first), split(texts.last), {}};
  for (const std::string& alias : texts.aliases) {
    for (std::string& word : split(alias)) {
      if (out.aliases.size() < kWordsMax) out.aliases.push_back(std::move(word));
    }
  }
  return out;
}

bool any_of(const Texts& texts, const std::function<bool(std::string_view)>& test) {
  return test(texts.first) || test(texts.last) ||
         std::any_of(texts.aliases.begin(), texts.aliases.end(), test);
}

std::string without_splitters(std::string text, bool as_blank) {
  const auto is_splitter = [](char c) { return kSplitters.find(c) != std::string_view::npos; };
  if (as_blank) {
    std::replace_if(text.begin(), text.end(), is_splitter, ' ');
  } else {
    text.erase(std::remove_if(text.begin(), text.end(), is_splitter), text.end());
  }
  return text;
}

void splitters(const Texts& texts, Collector& out) {
  const bool any = any_of(texts, [](std::string_view text) {
    return text.find_first_of(kSplitters) != std::string_view::npos;
  });
  if (!any) return;
  out.relabel(NameRule::splitter);
  for (const bool as_blank : {false, true}) {
    Texts cut{
        without_splitters(texts.first, as_blank), without_splitters(texts.last, as_blank), {}};
    for (const std::string& alias : texts.aliases) {
      cut.aliases.push_back(without_splitters(alias, as_blank));
    }
    const Parts names = parts_of(cut, words_of);
    entire(names, out);
    each_first(names, out);
    aliases_or_combinations(names, out);
    short_surnames(names, out);
  }
}

}  // namespace

std::string_view name(NameRule rule) noexcept {
  switch (rule) {
    case NameRule::entire:
      return "ENTIRE";
    case NameRule::each_first:
      return "EACH_FIRST";
    case NameRule::short_surname:
      return "SHORT_SURNAME";
    case NameRule::abbreviation:
      return "ABBREVIATION";
    case NameRule::alias:
      return "ALIAS";
    case NameRule::combination:
      return "COMBINATION";
    case NameRule::splitter:
      return "SPLITTER";
  }
  IG_UNREACHABLE("a rule of names is one of seven");
}

std::vector<NameCandidate> name_candidates(const KnownNames& names, std::size_t most) {
  Texts texts{in_our_letters(names.first), in_our_letters(names.last), {}};
  for (const std::string_view alias : names.aliases) {
    if (texts.aliases.size() < kWordsMax) texts.aliases.push_back(in_our_letters(alias));
  }
  const Parts parts = parts_of(texts, words_of);
  Collector out(most);
  entire(parts, out);
  each_first(parts, out);
  short_surnames(parts, out);
  if (any_of(texts, is_abbreviated)) {
    out.relabel(NameRule::abbreviation);
    aliases_or_combinations(parts_of(texts, held_together), out);
    out.relabel(NameRule::entire);
  }
  aliases_or_combinations(parts, out);
  splitters(texts, out);
  return out.take();
}

}  // namespace ig::adapters::hmrc
