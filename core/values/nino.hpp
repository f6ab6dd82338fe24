#pragma once

#include "core/base/result.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace ig::core::values {

/// What a number written in the place of a National Insurance number is. Tested in this order:
/// administrative and temporary shapes first, then the allocated pattern.
enum class NinoClass : std::uint8_t {
  nino,            ///< two allocated letters, six digits, suffix A to D (or none)
  administrative,  ///< prefix OO, CR, FY, MW or NC: used inside departments, names no taxpayer
  temporary,       ///< TN + birth date + M/F, or HMRC's 11a11111: stands in until one is known
  invalid,         ///< none of these
};

/// A National Insurance number that has been read. The only way to hold one is to have parsed it,
/// so its class is never `invalid`. Personal: it has no stream operator and no formatter.
class Nino {
 public:
  /// Reads eight or nine characters; spaces inside and after are dropped, letters are raised.
  /// Errors: INVALID_NINO, without the text.
  [[nodiscard]] static base::Result<Nino> parse(std::string_view text);
  /// The class of any text; `invalid` for what parse() refuses.
  [[nodiscard]] static NinoClass classify(std::string_view text);

  [[nodiscard]] NinoClass kind() const noexcept { return kind_; }
  /// The first eight characters, which name the person; the suffix does not.
  [[nodiscard]] std::string_view first_eight() const noexcept { return {text_.data(), 8}; }
  /// Eight characters, or nine when the suffix is known.
  [[nodiscard]] std::string_view reveal() const noexcept { return {text_.data(), length_}; }
  /// A number that employers are known to use as filler (AB123456, AA111111).
  [[nodiscard]] bool is_dummy() const noexcept;
  /// The first eight characters packed into 64 bits, for an index in memory.
  [[nodiscard]] std::uint64_t packed() const noexcept;

  /// Two Ninos are equal when they name the same person: the suffix is not compared.
  friend bool operator==(const Nino& a, const Nino& b) noexcept {
    return a.first_eight() == b.first_eight();
  }
  friend std::strong_ordering operator<=>(const Nino& a, const Nino& b) noexcept {
    return a.first_eight() <=> b.first_eight();
  }

 private:
  Nino(std::array<char, 9> text, std::size_t length, NinoClass kind) noexcept
      : text_(text), length_(static_cast<std::uint8_t>(length)), kind_(kind) {}

  std::array<char, 9> text_;
  std::uint8_t length_;
  NinoClass kind_;
};

[[nodiscard]] std::string_view name(NinoClass kind) noexcept;

}  // namespace ig::core::values
