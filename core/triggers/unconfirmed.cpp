#include "core/triggers/unconfirmed.hpp"

#include "core/rules/parameter_names.hpp"

#include <algorithm>
#include <set>

namespace ig::core::triggers {
namespace {

using rules::ParameterArea;

bool rests_on(Kind kind, ParameterArea area) {
  switch (kind) {
    case Kind::INITIAL_FIGURE:
    case Kind::ANNUAL_REVIEW:
    case Kind::PERIODIC_CURRENT_CHECK:
    case Kind::REVISION:
    case Kind::NEED_CURRENT_INCOME:
    case Kind::HMRC_UNREACHABLE:
      return area == ParameterArea::decision;
    case Kind::IN_YEAR_INCOME:
    case Kind::HUMAN_REVIEW:
      return area == ParameterArea::decision || area == ParameterArea::detection;
    case Kind::EMPLOYMENT_STARTED:
    case Kind::EMPLOYMENT_ENDED:
      return area == ParameterArea::detection;
    case Kind::VARIATION_INCOME:
      return area == ParameterArea::decision || area == ParameterArea::variation;
    case Kind::BENEFIT_STATUS:
      return area == ParameterArea::benefit;
    case Kind::DEDUCTION:
      return area == ParameterArea::benefit || area == ParameterArea::deduction;
    case Kind::PERSON_STATUS:
      return false;
  }
  IG_UNREACHABLE("a trigger is of one of fourteen kinds");
}

}  // namespace

std::vector<std::string> unconfirmed(Kind kind, const rules::ParameterSet& parameters,
                                     values::Date day, std::span<const std::string> allowed) {
  std::set<std::string> out;
  for (const rules::ParameterRow& row : parameters.rows()) {
    const bool counts = row.status == rules::ParameterStatus::unconfirmed &&
                        (!row.until || *row.until >= day) &&
                        rests_on(kind, rules::find_parameter_name(row.name)->area);
    if (!counts) continue;
    if (std::find(allowed.begin(), allowed.end(), row.name) == allowed.end()) out.insert(row.name);
  }
  return {out.begin(), out.end()};
}

}  // namespace ig::core::triggers
