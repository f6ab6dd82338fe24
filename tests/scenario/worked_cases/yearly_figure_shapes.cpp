#include "adapters/formats/rule_words.hpp"
#include "core/rates/rates.hpp"
#include "core/rules/composition.hpp"
#include "core/rules/current_income.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/hmrc_window.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

#include <array>
#include <utility>

/// Cases about HMRC's yearly figure: what it is made of and what week it comes to.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::facts::FigureStatus;
using core::values::Money;
using core::values::TaxYear;
namespace words = adapters::formats::words;

constexpr int kYear = 2025;

HistoricFigure found_figure(const Historic& historic, const Law& law) {
  return historic_figure(historic, law.on()).value();
}

/// Pension of the case: relieved at source, or out of pay before tax.
std::optional<Historic::ReliefAtSource> relief(const Inputs& in) {
  PensionContribution contribution;
  contribution.tax_year = TaxYear::starting(kYear);
  contribution.requested = in.flag("nrp_requested");
  contribution.evidenced = in.flag("evidence_supplied");
  if (const auto net = in.money({"net_pay_pension_already_deducted_pence"})) {
    contribution.relief = PensionRelief::net_pay;
    contribution.annual = *net;
  } else if (const auto at_source = in.money({"ras_contributions_pence"})) {
    contribution.annual = *at_source;
  } else {
    return std::nullopt;
  }
  return relief_for(contribution, TaxYear::starting(kYear));
}

Members of_figure(const Inputs& in, const Law& law) {
  Historic historic = available(in.pence("hmrc_figure_annual_pence").in_pence(), kYear);
  historic.relief_at_source = relief(in);
  const HistoricFigure figure = found_figure(historic, law);
  const auto status = figure.weekly == Money() ? FigureStatus::nil : FigureStatus::available;
  const Money capped = core::rates::capped(figure.weekly, law.on());
  const auto adjusted =
      static_cast<std::int64_t>(figure.exact_numerator / law.on().weekly_multiplier);
  return {
      {"historic_weekly_pence", pence_of(figure.weekly)},
      {"historic_status", words::word(words::kStatuses, status)},
      {"adjusted_annual_pence", adjusted},
      {"band_if_income_only",
       core::rates::name(core::rates::rate_of_income(figure.weekly, law.on()))},
      {"capped_weekly_pence", pence_of(capped)},
      {"above_cap", capped < figure.weekly},
  };
}

/// The member of a case for each part of a year's income.
constexpr std::array<std::pair<std::string_view, PartTag>, 12> kParts = {{
    {"employment_after_net_pay_pension_pence", PartTag::employment},
    {"employment_pence", PartTag::employment},
    {"salary_pence", PartTag::employment},
    {"private_pension_pence", PartTag::private_pension},
    {"jsa_taxable_pence", PartTag::jobseekers_allowance},
    {"trading_profit_pence", PartTag::trading_profit},
    {"trading_result_pence", PartTag::trading_profit},
    {"s83_relief_pence", PartTag::loss_relief},
    {"uk_state_pension_pence", PartTag::state_pension},
    {"carers_allowance_taxable_pence", PartTag::carers_allowance},
    {"dividends_pence", PartTag::dividends},
    {"property_pence", PartTag::property},
}};

std::vector<Part> parts_of(const Inputs& in) {
  std::vector<Part> out;
  for (const auto& [member, tag] : kParts) {
    if (const auto sum = in.money({member})) out.push_back({tag, *sum});
  }
  if (const auto sum = in.money({"reimbursed_expenses_not_taxed_pence"})) {
    out.push_back({PartTag::reimbursed_expenses, *sum});
  }
  return out;
}

Members of_parts(const Inputs& in, const Law& law) {
  const Composition made = compose(parts_of(in), law.on());
  Json excluded = Json::array();
  for (const LeftOut& one : made.left_out) excluded.push_back(name(one.tag));
  const HistoricFigure figure = found_figure(available(made.annual.in_pence(), kYear), law);
  Members out = {
      {"hmrc_figure_annual_pence", pence_of(made.annual)},
      {"historic_weekly_pence", pence_of(figure.weekly)},
      {"excluded", excluded},
  };
  if (made.other_reading) {
    out["default_hmrc_figure_pence"] = pence_of(made.annual);
    out["alternative_pence"] = pence_of(*made.other_reading);
    out["flag"] = law.question("hmrc.loss");
  }
  return out;
}

/// Redundancy counts in the year's figure as far as it is taxed, and never in current income.
Members of_redundancy(const Inputs& in, const Law& law) {
  const Part other = {PartTag::employment, in.pence("other_employment_pence")};
  const Money exempt = in.pence("exempt_pence");
  const std::vector<Part> all = {
      other,
      {PartTag::termination_taxable, in.pence("redundancy_pence") - exempt},
      {PartTag::termination_exempt, exempt},
  };
  const std::vector<Part> rest = {other};
  const Money added = compose(all, law.on()).annual - compose(rest, law.on()).annual;
  const std::vector<CurrentLine> lines = {
      {PartTag::employment, to_weekly(other.annual, law.on())},
      {PartTag::termination_taxable, to_weekly(added, law.on())},
  };
  Money current;
  for (const ReconcileLine& line : reconcile(all, lines, law.on())) {
    if (line.side == LineSide::historic_by_law) continue;
    current += line.current_weekly.value_or(Money());
  }
  return {
      {"added_to_hmrc_figure_pence", pence_of(added)},
      {"added_to_current_weekly_pence", pence_of(current)},
      {"historic_weekly_from_redundancy_pence", pence_of(to_weekly(added, law.on()))},
  };
}

Members of_two_sources(const Inputs& in, const Law& law) {
  const TaxYear year = TaxYear::starting(kYear);
  const std::vector<HeldYear> held = {
      {year, FigureSource::paye, in.pence("paye_total_pence")},
      {in.flag("same_tax_year") ? year : year.previous(), FigureSource::sa,
       in.pence("sa_total_pence")},
  };
  const LatestYear latest = latest_available(held, std::nullopt, kDecisionDay, law.on());
  const Money annual = latest.used->annual.value();
  return {
      {"hmrc_figure_annual_pence", pence_of(annual)},
      {"historic_weekly_pence",
       pence_of(found_figure(available(annual.in_pence(), kYear), law).weekly)},
      {"source_used", name(latest.used->source)},
  };
}

}  // namespace

const std::vector<Shape>& yearly_figure_shapes() {
  static const std::vector<Shape> shapes = {
      {"yearly-figure", {"hmrc_figure_annual_pence"}, of_figure},
      {"parts-of-a-year", {"employment_after_net_pay_pension_pence"}, of_parts},
      {"salary-and-expenses", {"salary_pence"}, of_parts},
      {"trading-loss", {"employment_pence", "trading_result_pence"}, of_parts},
      {"redundancy", {"redundancy_pence", "exempt_pence", "other_employment_pence"}, of_redundancy},
      {"two-sources", {"sa_total_pence", "paye_total_pence"}, of_two_sources},
  };
  return shapes;
}

}  // namespace ig::tests::worked
