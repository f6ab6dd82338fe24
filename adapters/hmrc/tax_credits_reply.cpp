#include "adapters/hmrc/tax_credits_reply.hpp"

#include "adapters/hmrc/individuals_reply.hpp"
#include "core/base/limits.hpp"

#include <utility>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::values::Money;
using formats::Fields;
using formats::FirstError;
using wire::json::Value;

std::optional<Money> sum_if(Fields& row, std::string_view name) {
  return money_if(row, name, core::base::limits::money_pence_max);
}

TaxCreditPayment read_payment(Fields row) {
  TaxCreditPayment out;
  out.from = row.date_if("startDate");
  out.to = end_date_if(row, "endDate");
  out.posted_on = row.date_if("postedDate");
  out.frequency_days = number_if(row, "frequency", 1, 366);
  out.kind = loose_text(row, "tcType");
  out.amount = money_if(row, "amount", kPaymentPenceMax);
  return out;
}

Result<TaxCreditAward> read_award(const Value& value, std::string pointer) {
  FirstError wrong;
  Fields row(value, wrong, std::move(pointer));
  TaxCreditAward out;
  out.calculated_on = row.date_if("payProfCalcDate");
  out.total_entitlement = sum_if(row, "totalEntitlement");
  if (auto child = row.object_if("childTaxCredit")) {
    out.child_care = sum_if(*child, "childCareAmount");
    out.child = sum_if(*child, "ctcChildAmount");
    out.family = sum_if(*child, "familyAmount");
    out.baby = sum_if(*child, "babyAmount");
    out.child_paid_to_date = sum_if(*child, "paidYTD");
  }
  if (auto working = row.object_if("workingTaxCredit")) {
    out.working = sum_if(*working, "amount");
    out.working_paid_to_date = sum_if(*working, "paidYTD");
  }
  const std::size_t payments = row.count("payments");
  for (std::size_t i = 0; i < payments; ++i) {
    out.payments.push_back(read_payment(row.item("payments", i)));
  }
  if (wrong.failed()) return wrong.take();
  return out;
}

}  // namespace

std::size_t TaxCreditsReply::awards() const {
  std::size_t out = 0;
  for (const TaxCreditApplication& application : applications) out += application.awards.size();
  return out;
}

std::size_t TaxCreditsReply::payments() const {
  std::size_t out = 0;
  for (const TaxCreditApplication& application : applications) {
    for (const TaxCreditAward& award : application.awards) out += award.payments.size();
  }
  return out;
}

Money TaxCreditsReply::paid(std::string_view kind) const {
  Money out;
  for (const TaxCreditApplication& application : applications) {
    for (const TaxCreditAward& award : application.awards) {
      for (const TaxCreditPayment& payment : award.payments) {
        if (payment.kind == kind && payment.amount) out += *payment.amount;
      }
    }
  }
  return out;
}

Result<TaxCreditsReply> read_tax_credits(const Value& body) {
  FirstError wrong;
  Fields top(body, wrong);
  if (!top.has("applications")) {
    top.refuse("applications", ErrorCode::MISSING_MEMBER, "a list of applications is expected");
  }
  const std::size_t applications = top.count("applications");
  TaxCreditsReply reply;
  for (std::size_t i = 0; i < applications; ++i) {
    Fields row = top.item("applications", i);
    TaxCreditApplication out;
    out.id = loose_text(row, "id");
    const std::size_t awards = row.count("awards");
    for (std::size_t j = 0; j < awards; ++j) {
      auto award = read_award(row.value().find("awards")->items()[j],
                              row.pointer("awards") + "/" + std::to_string(j));
      if (award) {
        out.awards.push_back(*std::move(award));
      } else {
        reply.refused.push_back(std::move(award).error());
      }
    }
    reply.applications.push_back(std::move(out));
  }
  if (wrong.failed()) return wrong.take();
  return reply;
}

}  // namespace ig::adapters::hmrc
