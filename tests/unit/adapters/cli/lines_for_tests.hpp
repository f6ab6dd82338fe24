#pragma once

#include <fmt/format.h>

#include <string>

/// Lines of facts and cases as a test writes them.
namespace ig::adapters::cli {

inline std::string payment(const std::string& who, const std::string& paid_on, int pay, int total,
                           const std::string& received_at = "2026-01-29T10:11:12Z",
                           const std::string& more = {}) {
  return fmt::format(
      R"({{"fact":"payment","fact_id":"f-{}","nino":"{}","employment":{{"office":"120",)"
      R"("reference":"XB4471","payroll_id":"E17"}},"tax_year":"2025-26","paid_on":"{}",)"
      R"("frequency":"M1","periods_covered":1,"taxable_pay_pence":{},)"
      R"("taxable_pay_to_date_pence":{},"received_at":"{}"{},)"
      R"("source":{{"system":"fps","document":"sha256:0","position":"/0"}}}})"
      "\n",
      paid_on, who, paid_on, pay, total, received_at, more);
}

inline std::string three_months(const std::string& who, int pay) {
  return payment(who, "2025-11-28", pay, 8 * pay) + payment(who, "2025-12-31", pay, 9 * pay) +
         payment(who, "2026-01-30", pay, 10 * pay);
}

inline std::string open_case(const std::string& id, const std::string& who, int weekly,
                             int version = 1) {
  return fmt::format(
      R"({{"case_system":"cms","case":"{}","paying_parent":"PP1","version":{},)"
      R"("sent_at":"2025-12-02T06:00:00Z","status":"OPEN","person":{{"nino":"{}"}},)"
      R"("review_date":"2026-12-01","in_force":{{"basis":"HISTORIC","weekly_pence":{},)"
      R"("effective_date":"2025-12-01","since":"2025-12-01"}}}})"
      "\n",
      id, version, who, weekly);
}

}  // namespace ig::adapters::cli
