#include "adapters/hmrc/income_sa_reply.hpp"

#include "adapters/formats/facts.hpp"
#include "core/base/limits.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace limits = core::base::limits;
namespace values = core::values;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::facts::Fact;
using core::facts::FigureStatus;
using core::facts::YearlyFigure;
using formats::Fields;
using formats::FirstError;
using values::Money;
using values::TaxYear;
using wire::json::Value;

/// A field's place in the reply.
struct Entry {
  std::string_view key;
  std::string_view member;
  std::string_view name;
};

/// By SaField.
constexpr std::array<Entry, kSaFieldCount> kFields = {{
    {"summary", "totalIncome", "summary.totalIncome"},
    {"employments", "employmentIncome", "employments.employmentIncome"},
    {"selfEmployments", "selfEmploymentProfit", "selfEmployments.selfEmploymentProfit"},
    {"partnerships", "partnershipProfit", "partnerships.partnershipProfit"},
    {"trusts", "trustIncome", "trusts.trustIncome"},
    {"foreign", "foreignIncome", "foreign.foreignIncome"},
    {"interestsAndDividends", "ukInterestsIncome", "interestsAndDividends.ukInterestsIncome"},
    {"interestsAndDividends", "foreignDividendsIncome",
     "interestsAndDividends.foreignDividendsIncome"},
    {"interestsAndDividends", "ukDividendsIncome", "interestsAndDividends.ukDividendsIncome"},
    {"pensionsAndStateBenefits", "totalIncome", "pensionsAndStateBenefits.totalIncome"},
    {"ukProperties", "totalProfit", "ukProperties.totalProfit"},
    {"additionalInformation", "gainsOnLifePolicies", "additionalInformation.gainsOnLifePolicies"},
    {"additionalInformation", "sharesOptionsIncome", "additionalInformation.sharesOptionsIncome"},
    {"other", "otherIncome", "other.otherIncome"},
}};

constexpr std::string_view kFootprint = "submissions";
constexpr std::string_view kSources = "sources";
constexpr std::string_view kFurther = "furtherDetails";

constexpr std::array<std::string_view, 5> kFurtherSums = {
    "totalTaxPaid", "totalNIC", "turnover", "otherBusIncome", "tradingIncomeAllowance"};
constexpr std::array<std::string_view, 2> kDeductions = {"totalBusExpenses", "totalDisallowBusExp"};

/// One of our sums and the fields it is made of.
struct Sum {
  std::string_view name;
  std::array<SaField, 4> fields;
  std::size_t count;
};

constexpr std::array<Sum, 3> kParts = {{
    {"employment", {SaField::employment_income}, 1},
    {"pension", {SaField::pensions_total_income}, 1},
    {"trading", {SaField::self_employment_profit, SaField::partnership_profit}, 2},
}};
constexpr std::array<Sum, 3> kUnearned = {{
    {"property", {SaField::uk_properties_total_profit}, 1},
    {"savings_and_investment",
     {SaField::uk_interests_income, SaField::foreign_dividends_income, SaField::uk_dividends_income,
      SaField::gains_on_life_policies},
     4},
    {"other", {SaField::trust_income, SaField::foreign_income, SaField::other_income}, 3},
}};

bool is_in_range(Money amount) {
  return amount.in_pence() >= -limits::money_pence_max &&
         amount.in_pence() <= limits::money_pence_max;
}

/// Adds to a sum of the year. False when the sum leaves the range of a fact.
template <class Map, class Key>
bool add_to(Map& sums, const Key& key, Money amount) {
  const auto [at, fresh] = sums.try_emplace(key, Money());
  at->second += amount;
  return is_in_range(at->second);
}

void too_large(Fields& row, std::string_view name) {
  row.refuse(name, ErrorCode::MONEY_OUT_OF_RANGE, "the year's returns add up to too much");
}

void add_sums(Fields& item, std::span<const std::string_view> members, std::string_view prefix,
              SaYear& year) {
  for (const std::string_view member : members) {
    const auto amount = money_if(item, member, limits::money_pence_max);
    if (!amount) continue;
    if (!add_to(year.further, std::string(prefix).append(member), *amount)) {
      too_large(item, member);
    }
  }
}

void add_further(Fields& item, SaYear& year) {
  add_sums(item, kFurtherSums, {}, year);
  if (auto deductions = item.object_if("deducts")) {
    add_sums(*deductions, kDeductions, "deducts.", year);
  }
}

void add_amounts(Fields& item, std::string_view key, SaYear& year) {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i].key != key) continue;
    const auto amount = money_if(item, kFields[i].member, limits::money_pence_max);
    if (!amount) continue;
    if (!add_to(year.amounts, static_cast<SaField>(i), *amount)) too_large(item, kFields[i].member);
  }
}

bool is_kind(std::string_view key) {
  return key == kFootprint || key == kSources || key == kFurther ||
         std::any_of(kFields.begin(), kFields.end(),
                     [key](const Entry& entry) { return entry.key == key; });
}

/// What the year adds to a figure is the sum of what it had and what one reply says of it.
bool merge(const SaYear& from, SaYear& into) {
  bool fits = true;
  for (const auto& [field, amount] : from.amounts) fits &= add_to(into.amounts, field, amount);
  for (const auto& [name, amount] : from.further) fits &= add_to(into.further, name, amount);
  into.submissions += from.submissions;
  into.businesses += from.businesses;
  if (from.received_on) {
    into.received_on = std::max(into.received_on.value_or(*from.received_on), *from.received_on);
  }
  return fits;
}

bool is_something(const SaYear& year) {
  return year.submissions > 0 || std::any_of(year.amounts.begin(), year.amounts.end(),
                                             [](const auto& a) { return a.second != Money(); });
}

}  // namespace

std::string_view name(SaField field) noexcept {
  return kFields[static_cast<std::size_t>(field)].name;
}

std::optional<SaField> sa_field_of(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i].name == name) return static_cast<SaField>(i);
  }
  return std::nullopt;
}

SaScope every_sa_field() {
  SaScope out;
  for (std::size_t i = 0; i < kSaFieldCount; ++i) out.insert(static_cast<SaField>(i));
  return out;
}

Result<void> SaRecord::add(const Value& body, std::string_view pointer) {
  FirstError wrong;
  Fields top(body, wrong, std::string(pointer));
  Fields record = top.object("selfAssessment");
  const std::size_t registered = record.count("registrations");
  const std::size_t returns = record.count("taxReturns");
  if (wrong.failed()) return wrong.take();
  registrations_ = std::max(registrations_, static_cast<std::uint32_t>(registered));
  for (std::size_t i = 0; i < returns; ++i) {
    add_year(record.value().find("taxReturns")->items()[i],
             record.pointer("taxReturns") + "/" + std::to_string(i));
  }
  return {};
}

void SaRecord::add_year(const Value& row, const std::string& place) {
  FirstError wrong;
  Fields fields(row, wrong, place);
  const auto year = tax_year_if(fields, "taxYear");
  if (!year && !wrong.failed()) {
    fields.refuse("taxYear", ErrorCode::MISSING_MEMBER, "a return without its year is of no use");
  }
  if (wrong.failed()) {
    refused_.push_back(wrong.take());
    return;
  }
  for (const Value::Member& member : row.members()) {
    if (is_kind(member.name) && !member.value.is(Value::Kind::null)) {
      add_kind(row, place, std::string(member.name), *year);
    }
  }
}

void SaRecord::add_kind(const Value& row, const std::string& place, const std::string& key,
                        TaxYear year) {
  FirstError wrong;
  Fields kind(row, wrong, place);
  SaYear read;
  const std::size_t items = kind.count(key);
  for (std::size_t i = 0; i < items; ++i) {
    Fields item = kind.item(key, i);
    if (key == kFootprint) {
      ++read.submissions;
      const auto received = item.date_if("receivedDate");
      if (received) read.received_on = std::max(read.received_on.value_or(*received), *received);
    } else if (key == kSources) {
      ++read.businesses;
    } else if (key == kFurther) {
      add_further(item, read);
    } else {
      add_amounts(item, key, read);
    }
  }
  if (!wrong.failed() && !kinds_.insert({year, key}).second) {
    kind.refuse(key, ErrorCode::CONTRADICTION, "this kind of this year was read before");
  }
  SaYear sum = years_[year];
  if (!wrong.failed() && !merge(read, sum)) too_large(kind, key);
  if (wrong.failed()) {
    refused_.push_back(wrong.take());
  } else {
    years_[year] = std::move(sum);
  }
}

std::optional<Money> SaRecord::known(TaxYear year, SaField field, const SaScope& scope) const {
  const auto of_year = years_.find(year);
  if (of_year == years_.end()) return std::nullopt;
  const auto amount = of_year->second.amounts.find(field);
  if (amount == of_year->second.amounts.end()) return std::nullopt;
  const bool trusted = scope.contains(field) && of_year->second.submissions > 0;
  if (amount->second == Money() && !trusted) return std::nullopt;
  return amount->second;
}

std::vector<Fact> SaRecord::figures(const SaScope& scope, const IndividualsContext& context,
                                    core::ports::Digest& digest) const {
  const auto sum_of = [&](TaxYear year, const Sum& sum) -> std::optional<Money> {
    Money total;
    for (std::size_t i = 0; i < sum.count; ++i) {
      const auto amount = known(year, sum.fields[i], scope);
      if (!amount) return std::nullopt;
      total += *amount;
    }
    if (!is_in_range(total)) return std::nullopt;
    return total;
  };
  std::vector<Fact> out;
  formats::FactIds ids(digest);
  for (const auto& [year, held] : years_) {
    if (!is_something(held)) continue;
    YearlyFigure figure;
    figure.header = header_of(context, kIncomeSystem, {});
    figure.tax_year = year;
    figure.source_of_figure = "SA";
    for (const Sum& sum : kParts) {
      if (const auto total = sum_of(year, sum)) figure.parts.emplace(sum.name, *total);
    }
    for (const Sum& sum : kUnearned) {
      if (const auto total = sum_of(year, sum)) figure.unearned.emplace(sum.name, *total);
    }
    figure.status = FigureStatus::unavailable;
    const bool composed =
        figure.parts.size() == kParts.size() && figure.parts.at("pension") == Money() &&
        figure.parts.at("trading") >= Money() && figure.parts.at("employment") >= Money();
    if (composed) {
      const Money annual = figure.parts.at("employment") + figure.parts.at("trading");
      if (is_in_range(annual)) {
        figure.annual = annual;
        figure.status = annual == Money() ? FigureStatus::nil : FigureStatus::available;
      }
    }
    out.push_back(ids.with_id(std::move(figure)));
  }
  if (out.empty()) {
    out.push_back(answer_of(core::facts::AnswerStatus::no_data, context, kIncomeSystem, digest));
  }
  return out;
}

}  // namespace ig::adapters::hmrc
