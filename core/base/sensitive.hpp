#pragma once

#include <compare>
#include <concepts>
#include <iosfwd>
#include <utility>

namespace ig::core::base {

/// A personal value. It has no stream operator, no formatter and no codec: reveal() is the only
/// way out, and the tidy test lists the files that may call it.
template <class T>
class Sensitive {
 public:
  Sensitive()
    requires std::default_initializable<T>
      : value_{} {}
  explicit Sensitive(T value) : value_(std::move(value)) {}

  [[nodiscard]] const T& reveal() const noexcept { return value_; }

  friend bool operator==(const Sensitive&, const Sensitive&) = default;
  friend auto operator<=>(const Sensitive&, const Sensitive&) = default;
  friend std::ostream& operator<<(std::ostream&, const Sensitive&) = delete;

 private:
  T value_;
};

}  // namespace ig::core::base
