#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The shape of an answer file (schemas/yearly-answer.xsd) as tables.
namespace ig::adapters::hmrc {

/// What the text of an element goes to.
enum class BatchField : std::uint8_t {
  none,  ///< the element holds elements
  site,
  control,
  created,
  purpose,
  count,
  request_id,
  status,
  tax_year,
  annual,
  source,
  part,
  unearned,
  trailer_count,
  trailer_total,
  trailer_control,
};

/// One element at its place in the sequence of its parent.
struct BatchParticle {
  std::string_view name;
  BatchField field = BatchField::none;
  bool needed = true;
  bool repeats = false;
  std::span<const BatchParticle> content{};
  std::string_view code{};  ///< of a part or of unearned income: our name for it
};

/// The children of the root, YearlyAnswer.
[[nodiscard]] std::span<const BatchParticle> yearly_answer_form();

}  // namespace ig::adapters::hmrc
