#pragma once

#include "adapters/sandbox/truth.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::sandbox {

/// One employment of one employee with its one payment, as an employer reports it.
struct FpsEmployee {
  Person person;
  bool with_address = false;  ///< needed on a start and where there is no number (rules 7823, 7829)
  bool without_number = false;
  std::string payroll_id;
  std::optional<Day> started_on;
  std::optional<Day> left_on;
  Rhythm rhythm = Rhythm::monthly;
  Day paid_on;
  int period = 0;                ///< tax month, or tax week
  std::int64_t pay = 0;          ///< pence
  std::int64_t pay_to_date = 0;  ///< pence, this payment included
};

/// Writes one Full Payment Submission of 2025-26 in its GovTalk envelope (HMRC's schema
/// FullPaymentSubmission-2026-v1-0), piece by piece. What stands in Body is written in its
/// canonical form (C14N 1.0), so that the IRmark (SHA-1 of Body without the IRmark element) needs
/// no XML library. The mark is known only at the end: it goes out as a placeholder, and the owner
/// of the bytes puts finish() at mark_position().
class FpsMessage {
 public:
  using Sink = std::function<void(std::string_view bytes)>;

  FpsMessage(const Scheme& scheme, Day paid_on, Sink sink);
  void add(const FpsEmployee& employee);
  /// Ends the document; the 28 characters of its IRmark.
  [[nodiscard]] std::string finish();
  /// Bytes before the placeholder.
  [[nodiscard]] std::size_t mark_position() const { return mark_position_; }

 private:
  void outside(std::string_view bytes);
  void body(std::string_view bytes);

  Sink sink_;
  wire::crypto::Sha1Stream digest_;
  std::size_t written_ = 0;
  std::size_t mark_position_ = 0;
};

}  // namespace ig::adapters::sandbox
