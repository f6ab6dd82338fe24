#pragma once

#include "adapters/rti/form.hpp"
#include "adapters/rti/value_rule.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ig::adapters::rti {

/// What every payment of one message has in common.
struct MessageFacts {
  core::values::TaxYear tax_year;
  std::string office;
  std::string reference;
  bool test = false;
  std::optional<core::values::Instant> reported_at;
};

/// Builds the person and the payments of one Employee from its leaves. Reused from one Employee to
/// the next; of one that is not wanted it keeps the sums only.
class EmployeeBuilder {
 public:
  EmployeeBuilder(core::ports::BulkVisitor& visitor, const core::ports::BulkContext& context);

  void begin_employee(std::string position);
  /// A block of one job begins, at `position` in the document.
  void begin_employment(std::string position);
  /// Identity is read as far as it goes: asks the visitor once whether the person is wanted.
  void end_details();
  void begin_payment() { ++piece_.payment_count; }
  /// A leaf that passed its check.
  void take(Field field, El element, const Checked& value);
  /// The first fault decides; the Employee is refused.
  void refuse(const core::ports::Problem& problem);
  [[nodiscard]] bool is_refused() const noexcept { return piece_.refused.has_value(); }
  [[nodiscard]] bool keeps() const noexcept { return !asked_ || piece_.wanted; }

  /// The Employee as it stands at its end; ids and provenance are set on payments that are kept.
  [[nodiscard]] core::ports::EmployeePiece finish(const MessageFacts& message, std::string_view raw,
                                                  std::uint64_t from, std::uint64_t to);

 private:
  struct IdHash {
    std::size_t operator()(const std::array<std::byte, 32>& digest) const noexcept;
  };

  void take_identity(Field field, const Checked& value);
  void take_sum(Field field, const Checked& value);
  void take_job(Field field, El element, const Checked& value);
  void complete(core::facts::Payment& payment, const MessageFacts& message);

  core::ports::BulkVisitor& visitor_;
  const core::ports::BulkContext& context_;
  std::unique_ptr<core::ports::Digest> digest_;
  std::unordered_map<std::array<std::byte, 32>, int, IdHash> rows_;  ///< identical rows so far
  core::ports::EmployeePiece piece_;
  std::size_t forenames_ = 0;
  bool asked_ = false;
};

}  // namespace ig::adapters::rti
