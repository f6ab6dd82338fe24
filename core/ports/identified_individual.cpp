#include "core/ports/identified_individual.hpp"

#include "core/base/require.hpp"

namespace ig::core::ports {

std::string_view name(RecordPart part) noexcept {
  switch (part) {
    case RecordPart::income_paye:
      return "INCOME_PAYE";
    case RecordPart::income_sa:
      return "INCOME_SA";
    case RecordPart::employments:
      return "EMPLOYMENTS";
    case RecordPart::child_tax_credit:
      return "CHILD_TAX_CREDIT";
    case RecordPart::working_tax_credit:
      return "WORKING_TAX_CREDIT";
    case RecordPart::addresses:
      return "ADDRESSES";
    case RecordPart::contact_details:
      return "CONTACT_DETAILS";
  }
  IG_UNREACHABLE("a part is one of seven");
}

}  // namespace ig::core::ports
