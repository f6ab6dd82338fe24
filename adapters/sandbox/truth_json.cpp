#include "adapters/sandbox/truth_json.hpp"

#include "adapters/sandbox/population.hpp"

#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::ordered_json;

ordered_json expectations(const std::vector<Expected>& list) {
  auto out = ordered_json::array();
  for (const Expected& expected : list) {
    ordered_json item{{"kind", expected.kind}};
    if (!expected.direction.empty()) item["direction"] = expected.direction;
    if (!expected.outcome.empty()) item["outcome"] = expected.outcome;
    out.push_back(std::move(item));
  }
  return out;
}

std::string_view status_name(YearlyTruth::Status status) {
  switch (status) {
    case YearlyTruth::Status::available:
      return "AVAILABLE";
    case YearlyTruth::Status::nil:
      return "NIL";
    case YearlyTruth::Status::no_data:
      return "NO_DATA";
    case YearlyTruth::Status::unknown_person:
      return "UNKNOWN_PERSON";
    case YearlyTruth::Status::unavailable:
      return "UNAVAILABLE";
  }
  return {};
}

}  // namespace

std::string case_line(const Case& own_case, const Person& person, Day sent_on) {
  ordered_json parts{{"employment", own_case.annual - own_case.trading}};
  if (own_case.trading > 0) parts["trading"] = own_case.trading;
  ordered_json line{{"case_system", own_case.case_system},
                    {"case", own_case.id},
                    {"paying_parent", "PP1"},
                    {"version", 1},
                    {"sent_at", text(sent_on) + "T06:00:00Z"},
                    {"status", own_case.open ? "OPEN" : "CLOSED"},
                    {"jurisdiction", "GB"},
                    {"collection", "COLLECT_AND_PAY"},
                    {"person",
                     {{"nino", person.nino},
                      {"forename", person.forename},
                      {"surname", person.surname},
                      {"date_of_birth", text(person.born)},
                      {"gender", std::string(1, person.gender)}}},
                    {"safety", "NORMAL"},
                    {"initial_effective_date", text(own_case.initial_effective)},
                    {"review_date", text(own_case.review)},
                    {"variation_in_force", false},
                    {"in_force",
                     {{"basis", "HISTORIC"},
                      {"tax_year", tax_year_text(own_case.tax_year)},
                      {"annual_pence", own_case.annual},
                      {"parts", std::move(parts)},
                      {"weekly_pence", weekly_of_year(own_case.annual)},
                      {"effective_date", text(own_case.since)},
                      {"since", text(own_case.since)}}}};
  return line.dump() + "\n";
}

std::string cases_ndjson(const Population& population) {
  std::string out;
  for (const Case& own_case : population.cases) {
    out += case_line(own_case, population.people[own_case.person].person,
                     population.as_of - std::chrono::days{30});
  }
  return out;
}

std::string population_json(const Population& population) {
  ordered_json out{{"seed", population.seed},
                   {"as_of", text(population.as_of)},
                   {"people", ordered_json::array()},
                   {"cases", ordered_json::array()}};
  for (const Member& member : population.people) {
    out["people"].push_back({{"nino", member.person.nino},
                             {"archetype", member.archetype},
                             {"weekly_now_pence", member.weekly_now},
                             {"yearly_status", status_name(member.yearly.status)},
                             {"yearly_pence", member.yearly.annual},
                             {"yearly_tax_year", tax_year_text(member.yearly.tax_year)},
                             {"jobs", member.jobs.size()}});
  }
  for (const Case& own_case : population.cases) {
    out["cases"].push_back({{"case_system", own_case.case_system},
                            {"case", own_case.id},
                            {"archetype", population.people[own_case.person].archetype},
                            {"in_force_weekly_pence", weekly_of_year(own_case.annual)},
                            {"must", expectations(own_case.must)},
                            {"may", expectations(own_case.may)}});
  }
  return out.dump(1) + "\n";
}

}  // namespace ig::adapters::sandbox
