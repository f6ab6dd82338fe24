#pragma once

#include "adapters/hmrc/individuals_reply.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Self Assessment of `/individuals/income/sa` and its kinds, P1.0 and 2.0.
///
/// How a tax year's figure is composed. HMRC gives amounts by kind and no yearly figure, so the
/// gateway adds what SI 2012/2677 reg 36 counts (law.md R-012), and says when it cannot:
///   part `employment`   employmentIncome: all employments, PAYE again, so never added to PAYE
///   part `trading`      selfEmploymentProfit + partnershipProfit
///   part `pension`      pensions-and-state-benefits totalIncome: state pension is inside
///   unearned `property`                ukProperties totalProfit
///   unearned `savings_and_investment`  the three of interests-and-dividends + gainsOnLifePolicies
///   unearned `other`                   trustIncome + foreignIncome + otherIncome
/// The several returns of a year (amended, second UTR) are summed, field by field.
/// HMRC writes 0 where an amount is missing or outside the application's scope. A zero is taken
/// only for a field of the scope given and of a year for which the footprint shows a submission;
/// every other zero is "not known". A part is known when each of its fields is, and is left out
/// otherwise. The year has its sum (AVAILABLE, or NIL) when all three parts are known, the pension
/// part is nil (it cannot be parted from state pension, which does not count) and trading is not a
/// loss (its use is for the rules, A18); else the figure is UNAVAILABLE, with the parts that are
/// known. summary.totalIncome stands apart, since HMRC's two descriptions of it disagree;
/// sharesOptionsIncome too, since it is neither a part of ours nor unearned.
namespace ig::adapters::hmrc {

/// The amounts a return is made of, by their names in the reply.
enum class SaField : std::uint8_t {
  summary_total_income,
  employment_income,
  self_employment_profit,
  partnership_profit,
  trust_income,
  foreign_income,
  uk_interests_income,
  foreign_dividends_income,
  uk_dividends_income,
  pensions_total_income,
  uk_properties_total_profit,
  gains_on_life_policies,
  shares_options_income,
  other_income,
};
inline constexpr std::size_t kSaFieldCount = 14;

/// "selfEmployments.selfEmploymentProfit": key of the kind and name of the member.
[[nodiscard]] std::string_view name(SaField field) noexcept;
[[nodiscard]] std::optional<SaField> sa_field_of(std::string_view name) noexcept;

/// The fields this application is known to see.
using SaScope = std::set<SaField>;
[[nodiscard]] SaScope every_sa_field();

/// One tax year, over all returns and kinds read so far.
struct SaYear {
  std::uint32_t submissions = 0;                   ///< of the footprint
  std::optional<core::values::Date> received_on;   ///< the last of them
  std::map<SaField, core::values::Money> amounts;  ///< as they came, zeros too
  /// Of further-details, "turnover" or "deducts.totalBusExpenses": kept apart, of no figure.
  std::map<std::string, core::values::Money> further;
  std::uint32_t businesses = 0;  ///< items of `sources`
};

/// What the replies of one walk say of one person. Filled body by body, in any order.
class SaRecord {
 public:
  /// Reads one body of any kind, told by its keys. Years that cannot be read are refused one by
  /// one, with their pointer under `pointer`; so is a kind that was read for a year before. Errors
  /// of the whole: MISSING_MEMBER (no `selfAssessment`), WRONG_TYPE.
  [[nodiscard]] core::base::Result<void> add(const wire::json::Value& body,
                                             std::string_view pointer = {});

  [[nodiscard]] const std::map<core::values::TaxYear, SaYear>& years() const { return years_; }
  [[nodiscard]] std::uint32_t registrations() const { return registrations_; }
  [[nodiscard]] const std::vector<core::base::Error>& refused() const { return refused_; }

  /// What the field comes to in the year; nothing where it is not known.
  [[nodiscard]] std::optional<core::values::Money> known(core::values::TaxYear year, SaField field,
                                                         const SaScope& scope) const;
  /// A YearlyFigure for each year with a submission or an amount, in order; an Answer NO_DATA for
  /// none.
  [[nodiscard]] std::vector<core::facts::Fact> figures(const SaScope& scope,
                                                       const IndividualsContext& context,
                                                       core::ports::Digest& digest) const;

 private:
  void add_year(const wire::json::Value& row, const std::string& place);
  void add_kind(const wire::json::Value& row, const std::string& place, const std::string& key,
                core::values::TaxYear year);

  std::map<core::values::TaxYear, SaYear> years_;
  std::set<std::pair<core::values::TaxYear, std::string>> kinds_;  ///< read so far
  std::uint32_t registrations_ = 0;
  std::vector<core::base::Error> refused_;
};

}  // namespace ig::adapters::hmrc
