#pragma once

#include "adapters/hmrc/uri_template.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ig::adapters::hmrc {

/// The links that are followed. HMRC's names of them differ by version; the map is fixed.
enum class Relation : std::uint8_t {
  individual,
  income,
  employments,
  benefits_and_credits,
  details,
  paye,
  self_assessment,  ///< `selfAssessment` in P1.0, `sa` in 2.0
  child_tax_credit,
  working_tax_credit,
  addresses,
  contact_details,
  sa_additional_information,
  sa_employments,
  sa_foreign,
  sa_further_details,
  sa_interests_and_dividends,
  sa_other,
  sa_partnerships,
  sa_pensions_and_state_benefits,
  sa_self_employments,
  sa_source,
  sa_summary,
  sa_trusts,
  sa_uk_properties,
};

/// What HMRC calls a relation, each name it has had.
[[nodiscard]] std::span<const std::string_view> names(Relation relation) noexcept;

/// Where links may lead.
struct LinkPlace {
  std::string_view origin;  ///< "https://host" or "https://host:port": ours
  std::string_view path;    ///< "/individuals/income/": of the service that is asked
};

/// The request target of the link `relation` in the `_links` of a HAL body, its template expanded.
/// Followed is only what starts at our origin's root, or is absolute with exactly our origin, and
/// whose path lies under `place.path`: without `.` and `..`, empty segments, encoded slashes, dots
/// and controls, user information or a fragment. Errors name the relation and never the link:
/// FORBIDDEN (there is no such link: not permitted), BAD_REPLY (there is one that is not followed).
[[nodiscard]] core::base::Result<std::string> follow_link(const wire::json::Value& body,
                                                          Relation relation, const LinkPlace& place,
                                                          std::span<const UriVariable> variables);

/// Whether the body has such a link, of any form.
[[nodiscard]] bool has_link(const wire::json::Value& body, Relation relation);

}  // namespace ig::adapters::hmrc
