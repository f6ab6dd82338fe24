#pragma once

#include <cstdint>

namespace ig::core::base {

/// Chance. Comes in by the constructor; a test gives it a seed.
class Random {
 public:
  virtual ~Random() = default;
  /// 64 bits, each equally likely.
  [[nodiscard]] virtual std::uint64_t next() = 0;
  /// A number from 0 up to and without `bound`; `bound` is at least 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

/// The same numbers from the same seed, on every machine (SplitMix64). Not for keys.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] std::uint64_t next() override {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace ig::core::base
