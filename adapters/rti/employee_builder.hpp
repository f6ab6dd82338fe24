#pragma once

#include "adapters/rti/form.hpp"
#include "adapters/rti/value_rule.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::rti {

/// What every payment of one message has in common.
struct MessageFacts {
  core::values::TaxYear tax_year;
  std::string office;
  std::string reference;
  bool test = false;
  bool earlier_year = false;  ///< an Earlier Year Update: its payments are differences
  std::optional<core::values::Instant> reported_at;
};

/// Builds the person and the payments of one Employee from its leaves. Reused from one Employee to
/// the next; of one that is not wanted it keeps the sums only.
class EmployeeBuilder {
 public:
  explicit EmployeeBuilder(core::ports::BulkVisitor& visitor) : visitor_(visitor) {}

  void begin_employee();
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
  [[nodiscard]] bool is_wanted() const noexcept { return piece_.wanted; }
  [[nodiscard]] bool keeps() const noexcept { return !asked_ || piece_.wanted; }

  /// The Employee as it stands at its end. Its payments are no facts yet: see FactStamp.
  /// `raw` and `position` are of use only when is_wanted().
  [[nodiscard]] core::ports::EmployeePiece finish(const MessageFacts& message, std::string_view raw,
                                                  std::uint64_t from, std::uint64_t to,
                                                  std::string position);

 private:
  void take_identity(Field field, const Checked& value);
  void take_sum(Field field, const Checked& value);
  void take_job(Field field, El element, const Checked& value);

  core::ports::BulkVisitor& visitor_;
  core::ports::EmployeePiece piece_;
  std::size_t forenames_ = 0;
  bool asked_ = false;
};

}  // namespace ig::adapters::rti
