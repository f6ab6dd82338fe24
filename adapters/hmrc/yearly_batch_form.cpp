#include "adapters/hmrc/yearly_batch_form.hpp"

namespace ig::adapters::hmrc {
namespace {

using Field = BatchField;

constexpr BatchParticle kHeader[] = {
    {"Site", Field::site},       {"ControlNumber", Field::control}, {"Created", Field::created},
    {"Purpose", Field::purpose}, {"Count", Field::count},
};
constexpr BatchParticle kParts[] = {
    {"Employment", Field::part, false, false, {}, "employment"},
    {"Pension", Field::part, false, false, {}, "pension"},
    {"TaxableBenefits", Field::part, false, false, {}, "taxable_benefits"},
    {"Trading", Field::part, false, false, {}, "trading"},
};
constexpr BatchParticle kUnearned[] = {
    {"Property", Field::unearned, false, false, {}, "property"},
    {"SavingsAndInvestment", Field::unearned, false, false, {}, "savings_and_investment"},
    {"Other", Field::unearned, false, false, {}, "other"},
};
constexpr BatchParticle kAnswer[] = {
    {"RequestId", Field::request_id},
    {"Status", Field::status},
    {"TaxYear", Field::tax_year, false},
    {"Annual", Field::annual, false},
    {"Source", Field::source, false},
    {"Parts", Field::none, false, false, kParts},
    {"Unearned", Field::none, false, false, kUnearned},
};
constexpr BatchParticle kTrailer[] = {
    {"Count", Field::trailer_count},
    {"Total", Field::trailer_total},
    {"ControlNumber", Field::trailer_control},
};
constexpr BatchParticle kRoot[] = {
    {"Header", Field::none, true, false, kHeader},
    {"Answer", Field::none, false, true, kAnswer},
    {"Trailer", Field::none, true, false, kTrailer},
};

}  // namespace

std::span<const BatchParticle> yearly_answer_form() { return kRoot; }

}  // namespace ig::adapters::hmrc
