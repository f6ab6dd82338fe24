#pragma once

#include "adapters/rti/element.hpp"
#include "adapters/rti/value_rule.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace ig::adapters::rti {

/// What a leaf of the form gives to a fact. `none` is checked and then forgotten.
enum class Field : std::uint8_t {
  none,
  office,
  paye_ref,
  related_tax_year,
  period_end,
  irmark,
  key,
  nino,
  forename,
  surname,
  born,
  gender,
  occupational_pension,
  director,
  started_on,
  payroll_id,
  old_payroll_id,
  non_individual,
  irregular,
  left_on,
  taxable_to_date,
  net_pay_pension_to_date,
  frequency,
  paid_on,
  late_reason,
  week,
  month,
  periods,
  aggregated,
  after_leaving,
  hours,
  taxable_pay,
  non_taxable,
  benefits,
  net_pay_pension,
  other_pension,
  on_strike,
  unpaid_absence,
  smp,
  spp,
  sap,
  shpp,
  spbp,
  sncp,
  trivial_commutation,
  lump_sum_kind,
  lump_sum_taxable,
  nic_gross,
  nil_stated,
  nil_from,
  nil_to,
};

/// One attribute an element may have.
struct AttributeRule {
  std::string_view name;
  bool needed = false;
  const ValueRule* value = nullptr;
};

/// One element of a sequence: which, how often, and what stands in it.
struct Particle {
  El element = El::unknown;
  const ValueRule* value = nullptr;   ///< of a leaf; nullptr when it holds elements
  std::span<const Particle> content;  ///< of a group, in the order they must stand
  std::uint8_t least = 1;
  std::uint8_t most = 1;      ///< kMany: no limit
  std::uint8_t choice = 0;    ///< neighbours with the same number exclude each other
  std::uint8_t together = 0;  ///< neighbours with the same number stand all of them or none
  Field field = Field::none;
  bool in_every_year = false;  ///< needed also in years whose schema we do not hold
  std::span<const AttributeRule> attributes;

  [[nodiscard]] constexpr Particle optional() const { return times(0, 1); }
  [[nodiscard]] constexpr Particle times(std::uint8_t from, std::uint8_t to) const {
    Particle out = *this;
    out.least = from;
    out.most = to;
    return out;
  }
  [[nodiscard]] constexpr Particle either(std::uint8_t number) const {
    Particle out = *this;
    out.choice = number;
    return out;
  }
  [[nodiscard]] constexpr Particle all_or_none(std::uint8_t number) const {
    Particle out = *this;
    out.together = number;
    return out;
  }
  [[nodiscard]] constexpr Particle gives(Field what) const {
    Particle out = *this;
    out.field = what;
    return out;
  }
  [[nodiscard]] constexpr Particle essential() const {
    Particle out = *this;
    out.in_every_year = true;
    return out;
  }
  [[nodiscard]] constexpr Particle with(std::span<const AttributeRule> rules) const {
    Particle out = *this;
    out.attributes = rules;
    return out;
  }
};

inline constexpr std::uint8_t kMany = 255;

/// What a namespace is.
enum class FormKind : std::uint8_t {
  fps,  ///< Full Payment Submission: paydays
  eps,  ///< Employer Payment Summary: of the scheme, no individual
  eyu,  ///< Earlier Year Update: differences from the totals of a closed year
  other_rti,
  unknown,
};

/// A form as its schema has it.
struct Form {
  std::string_view uri;   ///< namespace
  int tax_year = 0;       ///< the year it starts in
  bool verified = false;  ///< false: no schema at hand, only common elements are relied upon
  std::span<const Particle> envelope;  ///< content of IRenvelope
  FormKind kind = FormKind::unknown;
  std::string_view message_class;  ///< that fits it, without -TIL
};

struct KnownForm {
  FormKind kind = FormKind::unknown;
  Form form;               ///< of one that is taken in
  int tax_year = 0;        ///< of any form that names one, else 0
  std::string_view title;  ///< "a NINO Verification Request", ... of another RTI form
};

/// The form of a namespace: one of the allow-list (rti.md 1.6: the last number is not
/// predictable), another form of RTI, or unknown.
[[nodiscard]] KnownForm form_of(std::string_view uri);

/// True for elements that HMRC's other years have and the schemas held do not.
[[nodiscard]] bool known_in_other_years(std::string_view local);

}  // namespace ig::adapters::rti
