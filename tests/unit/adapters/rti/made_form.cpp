#include "tests/unit/adapters/rti/made_form.hpp"

#include "tests/unit/adapters/rti/made_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string_view>

namespace ig::adapters::rti::tests {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\t' || c == '\n' || c == '\r') {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

/// Writes one document; the value `near_at`, counted from 0, lies beside its rule.
class FormMaker {
 public:
  FormMaker(const Form& form, std::uint64_t seed, std::size_t near_at)
      : form_(form),
        year_(core::values::TaxYear::starting(form.tax_year)),
        shape_(seed),
        beside_(seed + 1),
        near_at_(near_at) {}

  std::string make() {
    often_ = 1 + shape_.below(4);
    out_ = fmt::format("<IRenvelope xmlns=\"{}\">", form_.uri);
    content(form_.envelope);
    return out_ + "</IRenvelope>";
  }
  [[nodiscard]] std::size_t values() const { return values_; }

 private:
  /// Optional elements stand in one document more often than in another.
  bool by_chance() { return shape_.below(5) < often_; }

  std::string value(const ValueRule& rule) {
    std::string kept = kept_value(rule, year_, shape_);
    if (values_++ != near_at_) return escaped(kept);
    return escaped(near_value(rule, year_, beside_));
  }

  /// The slots with the choice or the bond of the one at `from`, to the last.
  static std::size_t end_of_run(std::span<const Particle> slots, std::size_t from) {
    std::size_t to = from + 1;
    while (to < slots.size() && slots[to].choice == slots[from].choice &&
           slots[to].together == slots[from].together) {
      ++to;
    }
    return to;
  }

  void content(std::span<const Particle> slots) {
    for (std::size_t at = 0; at < slots.size(); ++at) {
      const Particle& slot = slots[at];
      if (slot.choice == 0 && slot.together == 0) {
        repeat(slot, slot.least);
        continue;
      }
      const std::size_t to = end_of_run(slots, at);
      const bool needed = slot.choice != 0 && slot.least > 0;
      if (needed || by_chance()) {
        if (slot.choice == 0) {
          for (std::size_t i = at; i < to; ++i) element(slots[i]);
        } else {
          const Particle& chosen = slots[at + shape_.below(to - at)];
          if (chosen.element != El::CompressedPart) repeat(chosen, 1);
        }
      }
      at = to - 1;
    }
  }

  void repeat(const Particle& slot, unsigned least) {
    constexpr unsigned some = 3;
    const unsigned most = std::min<unsigned>(slot.most, some);
    unsigned times = least;
    while (times < most && by_chance() && (times == 0 || shape_.below(3) == 0)) ++times;
    // Now and then as many as there may be.
    if (slot.most != kMany && slot.value != nullptr && shape_.below(20) == 0) times = slot.most;
    for (unsigned i = 0; i < times; ++i) element(slot);
  }

  void element(const Particle& slot) {
    const std::string_view tag = name(slot.element);
    out_.append("<").append(tag);
    for (const AttributeRule& rule : slot.attributes) {
      if (!rule.needed && !by_chance()) continue;
      out_ += fmt::format(" {}=\"{}\"", rule.name, value(*rule.value));
    }
    out_.append(">");
    if (slot.value != nullptr) {
      out_ += value(*slot.value);
    } else {
      content(slot.content);
    }
    out_.append("</").append(tag).append(">");
  }

  const Form& form_;
  core::values::TaxYear year_;
  core::base::SeededRandom shape_;
  core::base::SeededRandom beside_;
  std::size_t near_at_;
  std::size_t values_ = 0;
  std::uint64_t often_ = 1;
  std::string out_;
};

}  // namespace

std::string whole_form(const Form& form, std::uint64_t seed) {
  return FormMaker(form, seed, kNone).make();
}

std::string form_with_near_value(const Form& form, std::uint64_t seed) {
  FormMaker counting(form, seed, kNone);
  (void)counting.make();
  core::base::SeededRandom random(seed + 2);
  return FormMaker(form, seed, random.below(counting.values())).make();
}

}  // namespace ig::adapters::rti::tests
