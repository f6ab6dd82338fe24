#include "core/rates/fees.hpp"
#include "core/rates/rates.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

/// Cases about the rates of maintenance and the fees of collecting it.
namespace ig::tests::worked {
namespace {

using namespace core::rates;
using core::values::Money;

/// The first night of a band of shared care; band 0 has none.
unsigned nights_of(std::int64_t band, const Law& law) {
  if (band == 0) return 0;
  return static_cast<unsigned>(law.on().rates.shared_nights.at(static_cast<std::size_t>(band) - 1));
}

Members of_household(const Inputs& in, const Law& law) {
  Household household;
  household.gross_weekly_income = in.pence("gwi_pence");
  household.qualifying_children = static_cast<unsigned>(in.number("qualifying").value());
  household.relevant_other_children = static_cast<unsigned>(in.number("other").value_or(0));
  household.nights = nights_of(in.number("nights_band").value_or(0), law);
  if (in.flag("benefit_prescribed")) household.flat_by_benefit = FlatByBenefit::whole;
  const Maintenance found = maintenance(household, law.on());
  return {{"rate", name(found.rate)}, {"weekly_pence", pence_of(found.weekly)}};
}

Members of_incomes(const Inputs& in, const Law& law) {
  Json rates = Json::array();
  for (const Json& income : in.at("gwi_list_pence")) {
    const Money weekly = Money::pence(income.get<std::int64_t>());
    rates.push_back(name(rate_of_income(weekly, law.on())));
  }
  return {{"rates", rates}};
}

Members of_default_rate(const Inputs& in, const Law& law) {
  if (in.text("information") != "insufficient") return {};
  return {
      {"one_pence", pence_of(default_rate(1, law.on()))},
      {"two_pence", pence_of(default_rate(2, law.on()))},
      {"three_or_more_pence", pence_of(default_rate(3, law.on()))},
  };
}

/// The case has the sums of a letter, which round a week; the law's own round a day (A14).
Members of_fees(const Inputs& in, const Law& /*law*/) {
  const CollectionFees found = collection_fees(
      in.pence("weekly_pence"), other_reading("fee.rounding", std::string("BY_WEEK")));
  return {
      {"payer_fee_weekly_pence", pence_of(found.by_week.payer)},
      {"receiver_fee_weekly_pence", pence_of(found.by_week.receiver)},
      {"payer_total_pence", pence_of(found.payer_total)},
      {"receiver_net_pence", pence_of(found.receiver_net)},
      {"payer_fee_if_rounded_daily_pence", pence_of(found.by_day.payer)},
  };
}

Members of_other_children(const Inputs& in, const Law& law) {
  Json incomes = Json::array();
  for (const Json& others : in.at("other_list")) {
    incomes.push_back(less_other_children(in.pence("gwi_pence"), others.get<unsigned>(), law.on())
                          .half_up()
                          .in_pence());
  }
  return {{"reduced_gwi_pence", incomes}};
}

}  // namespace

const std::vector<Shape>& rate_shapes() {
  static const std::vector<Shape> shapes = {
      {"household", {"gwi_pence", "qualifying"}, of_household},
      {"incomes", {"gwi_list_pence"}, of_incomes},
      {"default-rate", {"information"}, of_default_rate},
      {"fees", {"weekly_pence"}, of_fees},
      {"other-children", {"gwi_pence", "other_list"}, of_other_children},
  };
  return shapes;
}

}  // namespace ig::tests::worked
