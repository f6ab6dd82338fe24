#pragma once

#include "adapters/rti/form.hpp"
#include "adapters/rti/form_rules.hpp"

/// What the forms of RTI have in common: header, identity, starter details, end of the scheme. Used
/// by the tables of form_*.cpp only.
namespace ig::adapters::rti {

/// The content of IRenvelope of each form whose schema is at hand, by the year it starts in.
[[nodiscard]] std::span<const Particle> fps_2025();
[[nodiscard]] std::span<const Particle> fps_2013();
[[nodiscard]] std::span<const Particle> eps_2025();
[[nodiscard]] std::span<const Particle> eps_2013();
[[nodiscard]] std::span<const Particle> eyu_2013();

constexpr Particle leaf(El element, const ValueRule& rule) {
  Particle out;
  out.element = element;
  out.value = &rule;
  return out;
}

constexpr Particle group(El element, std::span<const Particle> content) {
  Particle out;
  out.element = element;
  out.content = content;
  return out;
}

inline constexpr AttributeRule kAttributesOfKey[] = {{"Type", false, &kHeaderText}};
inline constexpr AttributeRule kAttributesOfEmail[] = {{"Type", false, &kHomeOrWork},
                                                       {"Preferred", false, &kYesOrNo}};
inline constexpr AttributeRule kAttributesOfTelephone[] = {
    {"Type", false, &kHomeOrWork}, {"Mobile", false, &kYesOrNo}, {"Preferred", false, &kYesOrNo}};
inline constexpr AttributeRule kAttributesOfIRmark[] = {{"Type", true, &kMarkType}};
inline constexpr AttributeRule kAttributesOfTrivialCommutationPayment[] = {{"type", true, &kAToC}};
inline constexpr AttributeRule kAttributesOfCompressedPart[] = {{"Type", false, &kZipType}};
inline constexpr AttributeRule kAttributesOfTaxCode13[] = {{"BasisNonCumulative", false, &kYes}};

inline constexpr Particle kKeys[] = {
    leaf(El::Key, kHeaderText).times(1, kMany).gives(Field::key).with(kAttributesOfKey),
};
inline constexpr Particle kContactName[] = {
    leaf(El::Ttl, kContactTitle).optional(),
    leaf(El::Fore, kContactFore).times(1, 2),
    leaf(El::Sur, kContactSur),
};
inline constexpr Particle kTelephoneParts[] = {
    leaf(El::Number, kTelephone),
    leaf(El::Extension, kExtension).optional(),
};
inline constexpr Particle kContact[] = {
    group(El::Name, kContactName).optional(),
    leaf(El::Email, kEmail).times(0, kMany).with(kAttributesOfEmail),
    group(El::Telephone, kTelephoneParts).times(0, kMany).with(kAttributesOfTelephone),
    group(El::Fax, kTelephoneParts).times(0, kMany).with(kAttributesOfTelephone),
};
inline constexpr Particle kPrincipal[] = {
    group(El::Contact, kContact),
};
inline constexpr Particle kAgentAddressOf[] = {
    leaf(El::Line, kAgentAddress).times(1, 4),
    leaf(El::PostCode, kAgentPostcode).optional(),
    leaf(El::Country, kAgentAddress).optional(),
};
inline constexpr Particle kAgent[] = {
    leaf(El::AgentID, kHeaderText35).optional(),
    leaf(El::Company, kHeaderText35).optional(),
    group(El::Address, kAgentAddressOf).optional(),
    group(El::Contact, kContact).optional(),
};
inline constexpr Particle kReference[] = {
    leaf(El::Namespace, kAny),
    leaf(El::SchemaVersion, kSchemaVersion),
    leaf(El::TopElementName, kAny),
};
inline constexpr Particle kContains[] = {
    group(El::Reference, kReference).times(1, kMany),
};
inline constexpr Particle kManifest[] = {
    group(El::Contains, kContains),
};
inline constexpr Particle kIRheader[] = {
    group(El::Keys, kKeys).optional(),
    leaf(El::PeriodEnd, kDateZoned).gives(Field::period_end),
    group(El::Principal, kPrincipal).optional(),
    group(El::Agent, kAgent).optional(),
    leaf(El::DefaultCurrency, kCurrency).optional(),
    group(El::Manifest, kManifest).optional(),
    leaf(El::IRmark, kAny).optional().gives(Field::irmark).with(kAttributesOfIRmark),
    leaf(El::Sender, kSender),
};
inline constexpr Particle kEmployeeName[] = {
    leaf(El::Ttl, kTitle).optional(),
    leaf(El::Fore, kName).times(0, 2).gives(Field::forename),
    leaf(El::Initials, kInitials).optional(),
    leaf(El::Sur, kName).gives(Field::surname),
};
inline constexpr Particle kHomeAddress[] = {
    leaf(El::Line, kAddressLine).times(0, 4),
    leaf(El::UKPostcode, kHomePostcode).either(1).optional(),
    leaf(El::ForeignCountry, kCountry).either(1).optional(),
};
inline constexpr Particle kPartnerName[] = {
    leaf(El::Fore, kName).times(0, 2),
    leaf(El::Initials, kInitials).optional(),
    leaf(El::Sur, kName),
};
inline constexpr Particle kPartnerDetails[] = {
    leaf(El::NINO, kNino).optional(),
    group(El::Name, kPartnerName),
};
inline constexpr Particle kEmployeeDetails[] = {
    leaf(El::NINO, kNino).optional().gives(Field::nino),
    group(El::Name, kEmployeeName),
    group(El::Address, kHomeAddress).optional(),
    leaf(El::BirthDate, kDate).optional().gives(Field::born),
    leaf(El::Gender, kGender).gives(Field::gender),
    leaf(El::PassportNumber, kPassport).optional(),
    group(El::PartnerDetails, kPartnerDetails).optional(),
};
inline constexpr Particle kSeconded[] = {
    leaf(El::Stay183DaysOrMore, kYes).either(1).optional(),
    leaf(El::StayLessThan183Days, kYes).either(1).optional(),
    leaf(El::InOutUK, kYes).either(1).optional(),
    leaf(El::EEACitizen, kYes).optional(),
    leaf(El::EPM6, kYes).optional(),
};
inline constexpr Particle kOccPension[] = {
    leaf(El::Bereaved, kYes).optional(),
    leaf(El::Amount, kMoneyNotNegative),
};
inline constexpr Particle kFinalSubmission[] = {
    leaf(El::BecauseSchemeCeased, kYes).optional(),
    leaf(El::DateSchemeCeased, kDateInYear).optional(),
    leaf(El::ForYear, kYes).optional(),
};
inline constexpr Particle kQuestionsAndDeclarations13[] = {
    leaf(El::FreeOfTaxPaymentsMadeToEmployee, kYesOrNo),
    leaf(El::ExpensesVouchersOrBenefitsFromOthers, kYesOrNo),
    leaf(El::PersonEmployedOutsideUKWorkedFor30DaysOrMore, kYesOrNo),
    leaf(El::PayToSomeoneElse, kYesOrNo),
    leaf(El::P11DFormsDue, kYesOrNo),
    leaf(El::ServiceCompany, kYesOrNo),
};

}  // namespace ig::adapters::rti
