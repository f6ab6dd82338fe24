#include "core/facts/name_match.hpp"

#include "core/values/name_key.hpp"

#include <algorithm>
#include <string>

namespace ig::core::facts {
namespace {

using values::folded_name;

bool same_surname(const Subject& told, const Subject& registered) {
  const std::string surname = folded_name(told.surname.reveal());
  if (surname.empty()) return false;
  if (surname == folded_name(registered.surname.reveal())) return true;
  return std::ranges::any_of(registered.other_surnames, [&](const auto& other) {
    return surname == folded_name(other.reveal());
  });
}

NameAgreement forenames(const std::string& told, const std::string& registered) {
  if (told.empty() || registered.empty()) return NameAgreement::partial;
  if (told == registered) return NameAgreement::full;
  const bool shorter = told.starts_with(registered) || registered.starts_with(told);
  return shorter ? NameAgreement::partial : NameAgreement::none;
}

}  // namespace

bool says_who(const Subject& told) {
  return told.nino && told.nino->reveal().kind() == values::NinoClass::nino;
}

std::optional<std::uint64_t> name_key(const Subject& told) {
  if (!told.date_of_birth || told.surname.reveal().empty()) return std::nullopt;
  return values::name_key(told.surname.reveal(), told.date_of_birth->reveal());
}

std::vector<std::uint64_t> name_keys(const Subject& registered) {
  std::vector<std::uint64_t> out;
  if (const auto key = name_key(registered)) out.push_back(*key);
  if (!registered.date_of_birth) return out;
  for (const auto& other : registered.other_surnames) {
    out.push_back(values::name_key(other.reveal(), registered.date_of_birth->reveal()));
  }
  return out;
}

NameAgreement agreement(const Subject& told, const Subject& registered) {
  if (!told.date_of_birth || !registered.date_of_birth) return NameAgreement::none;
  if (told.date_of_birth->reveal() != registered.date_of_birth->reveal()) {
    return NameAgreement::none;
  }
  if (!same_surname(told, registered)) return NameAgreement::none;
  if (!told.gender.empty() && !registered.gender.empty() && told.gender != registered.gender) {
    return NameAgreement::none;
  }
  return forenames(folded_name(told.forename.reveal()), folded_name(registered.forename.reveal()));
}

NameMatch match_by_name(const Subject& told, std::span<const Subject> registered) {
  NameMatch out;
  std::size_t may_be = 0;
  for (std::size_t i = 0; i < registered.size(); ++i) {
    const NameAgreement one = agreement(told, registered[i]);
    if (one == NameAgreement::none) continue;
    ++may_be;
    if (one == NameAgreement::full) out = {NameMatch::Kind::one, i};
  }
  if (may_be == 0) return {};
  if (may_be > 1 || out.kind != NameMatch::Kind::one) return {NameMatch::Kind::doubtful, 0};
  return out;
}

}  // namespace ig::core::facts
