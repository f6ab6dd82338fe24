#include "adapters/sandbox/rtii.hpp"

#include "adapters/sandbox/checks.hpp"
#include "adapters/sandbox/hal.hpp"
#include "adapters/sandbox/reply.hpp"
#include "adapters/sandbox/rtii_row.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

constexpr std::string_view kHead = "/real-time-income-information/individuals/";
constexpr std::string_view kTail = "/income";
constexpr std::chrono::minutes kSticky{15};
constexpr int kMatched = 63;
constexpr std::array<std::string_view, 8> kCallers = {
    "searchlight", "cmg2012",     "carers-digital",      "kickstart",
    "scotgov-jsp", "scotgov-csp", "maternity-allowance", "pension-credit"};

http::Response bad_payload() {
  return reasoned(400, "INVALID_PAYLOAD", "Submission has not passed validation. Invalid Payload.");
}

/// A day of the calendar from 1900 to 2099.
std::optional<Day> day_of(const json& body, const char* name) {
  if (!body.contains(name) || !body[name].is_string()) return std::nullopt;
  const auto day = parse_day(body[name].get<std::string>());
  if (!day) return std::nullopt;
  const int year = static_cast<int>(std::chrono::year_month_day{*day}.year());
  return year >= 1900 && year <= 2099 ? day : std::nullopt;
}

/// Text that a test takes; nothing where it is absent, and the flag says where it is wrong.
template <class Test>
std::string text_if(const json& body, const char* name, bool& right, Test test) {
  if (!body.contains(name)) return {};
  if (!body[name].is_string() || !test(body[name].get<std::string>())) {
    right = false;
    return {};
  }
  return body[name].get<std::string>();
}

/// Distinct names out of the 83, at least one.
std::optional<std::vector<std::string>> fields_of(const json& body) {
  if (!body.contains("filterFields") || !body["filterFields"].is_array()) return std::nullopt;
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (const json& field : body["filterFields"]) {
    if (!field.is_string()) return std::nullopt;
    auto name = field.get<std::string>();
    if (!rtii_fields().contains(name) || !seen.insert(name).second) return std::nullopt;
    out.push_back(std::move(name));
  }
  if (out.empty()) return std::nullopt;
  return out;
}

bool in_scope(const Scopes& scopes, std::string_view field) {
  if (scopes.contains("filter:real-time-income-information-full")) return true;
  const bool scottish = scopes.contains("filter:real-time-income-information-sg") ||
                        scopes.contains("filter:real-time-income-information-csp");
  return scottish && (field == "employmentEndDate" || field == "payFrequency" ||
                      field == "paymentDate" || field == "taxablePayInPeriod");
}

std::string_view reason_of(std::string_view code) {
  if (code == "NOT_FOUND") return "The remote endpoint has indicated that there is no data.";
  if (code == "NOT_FOUND_NINO") return "The remote endpoint has indicated that it is not known.";
  return "Dependent systems are currently not responding.";
}

}  // namespace

bool Rtii::serves(std::string_view path) {
  return path.starts_with(kHead) && path.ends_with(kTail) &&
         path.size() >= kHead.size() + kTail.size();
}

http::Response Rtii::handle(const http::Request& request, const Grant& grant,
                            const ActiveFault& fault) {
  if (!grant.privileged) {
    return reasoned(403, "NON_PRIVILEGED_APPLICATION", "The application is not privileged.");
  }
  if (!grant.scopes.contains("write:real-time-income-information")) {
    return reasoned(403, "FORBIDDEN", "The authorisation is refused.");
  }
  auto id = path_of(request.target).substr(kHead.size());
  id.remove_suffix(kTail.size());
  if (!is_hex_groups(id)) {
    return reasoned(400, "INVALID_CORRELATION_ID",
                    "Submission has not passed validation. Invalid CorrelationId.");
  }
  const json body = json::parse(request.body, nullptr, false);
  if (!body.is_object()) return bad_payload();
  Question question;
  bool right = true;
  const auto is_gender = [](const std::string& text) { return text == "M" || text == "F"; };
  const auto takes_space = [](const std::string& text) { return is_nino(text, true); };
  question.nino = text_if(body, "nino", right, takes_space);
  question.surname = text_if(body, "surname", right, is_plain_name);
  question.first_name = text_if(body, "firstName", right, is_plain_name);
  question.middle_name = text_if(body, "middleName", right, is_plain_name);
  question.initials = text_if(body, "initials", right, is_plain_name);
  question.gender = text_if(body, "gender", right, is_gender);
  const auto from = day_of(body, "fromDate");
  const auto to = day_of(body, "toDate");
  const auto born = day_of(body, "dateOfBirth");
  const auto fields = fields_of(body);
  const auto caller = text_if(body, "serviceName", right, [](const std::string&) { return true; });
  if (!right || question.nino.empty() || question.surname.empty() || !from || !to || !fields ||
      body.contains("dateOfBirth") != born.has_value()) {
    return bad_payload();
  }
  if (std::find(kCallers.begin(), kCallers.end(), caller) == kCallers.end()) return bad_payload();
  for (const std::string& field : *fields) {
    if (in_scope(grant.scopes, field)) question.fields.push_back(field);
  }
  if (question.fields.empty()) return bad_payload();
  if (*from == *to) {
    return reasoned(400, "INVALID_DATES_EQUAL", "The from and to dates are the same.");
  }
  if (*from > *to) return reasoned(400, "INVALID_DATE_RANGE", "The date range is invalid.");
  question.from = *from;
  question.to = *to;
  if (born) question.born = text(*born);
  return rendered(question, known(question, fault), fault);
}

const Rtii::Outcome& Rtii::known(const Question& q, const ActiveFault& fault) {
  const Time now = clock_.steady();
  while (!said_at_.empty() && now - said_at_.front().first >= kSticky) {
    said_.erase(said_at_.front().second);
    said_at_.pop_front();
  }
  const std::string key =
      fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", q.nino, text(q.from), text(q.to), q.surname,
                  q.first_name, q.middle_name, q.initials, q.gender, q.born);
  const auto before = said_.find(key);
  if (before != said_.end()) return before->second;
  said_at_.emplace_back(now, key);
  return said_.emplace(key, ask(q, fault)).first->second;
}

Rtii::Outcome Rtii::ask(const Question& question, const ActiveFault& fault) const {
  if (fault.kind == Fault::SERVER_ERROR) {
    const auto status = fault.number(503) == 500 ? 500U : 503U;
    return {.status = status, .code = status == 500 ? "SERVER_ERROR" : "SERVICE_UNAVAILABLE"};
  }
  const auto person = world_.find(question.nino);
  if (!person) return {.status = 404, .code = "NOT_FOUND_NINO"};
  Outcome out;
  out.pattern = pattern(question, *person);
  if (out.pattern != kMatched) return out;
  if (world_.member(*person).jobs.empty()) return {.status = 404, .code = "NOT_FOUND"};
  if (world_.poisoned(*person, question.from, question.to, fault)) {
    return {.status = 500, .code = "INTERNAL_SERVER_ERROR"};
  }
  out.rows = world_.rows(*person, question.from, question.to, fault);
  return out;
}

/// 63 when all that was sent agrees; otherwise the bits of what was sent and agrees.
int Rtii::pattern(const Question& q, std::size_t person) const {
  const Person& known = world_.member(person).person;
  const auto second = world_.second_forename(person);
  std::string initials = known.forename.substr(0, 1);
  initials.append(second.substr(0, 1));
  int agrees = 0;
  bool all = true;
  const auto compare = [&](int bit, std::string_view sent, std::string_view held) {
    if (sent.empty()) return;
    const bool same = same_letters(sent, held);
    agrees |= same ? bit : 0;
    all = all && same;
  };
  compare(1, q.surname, known.surname);
  compare(2, q.first_name, known.forename);
  compare(4, q.middle_name, second);
  compare(8, q.gender, std::string_view(&known.gender, 1));
  compare(16, q.initials.substr(0, initials.size()), initials);
  compare(32, q.born, text(known.born));
  return all ? kMatched : agrees;
}

http::Response Rtii::rendered(const Question& question, const Outcome& outcome,
                              const ActiveFault& fault) const {
  if (outcome.status != 200) {
    return reasoned(outcome.status, outcome.code, reason_of(outcome.code));
  }
  std::set<std::string_view> fields(question.fields.begin(), question.fields.end());
  if (fault.kind == Fault::FIELD_ABSENT) {
    fields.erase(fault.argument.empty() ? "taxablePayToDate" : std::string_view(fault.argument));
  }
  std::string body;
  wire::json::Writer out(body);
  out.begin_object().member("matchPattern", outcome.pattern);
  if (outcome.pattern == kMatched) {
    const auto person = world_.find(question.nino);
    out.key("taxYears").begin_array();
    for (const PaidRow& row : outcome.rows) {
      write_rtii_row(out, {world_.member(*person).person, world_.second_forename(*person), row,
                           tax_year_start(world_.today()), fields});
    }
    out.end_array();
  }
  out.end_object();
  return json_reply(200, std::move(body));
}

const Scopes& rtii_fields() {
  static const Scopes all = {"taxYear",
                             "taxYearIndicator",
                             "hmrcOfficeNumber",
                             "employerPayeRef",
                             "employerName1",
                             "employerName2",
                             "employerTradeName1",
                             "employerTradeName2",
                             "nationalInsuranceNumber",
                             "surname",
                             "forename",
                             "secondForename",
                             "initials",
                             "dateOfBirth",
                             "gender",
                             "uniqueEmploymentSequenceNumber",
                             "payrollId",
                             "employmentStartDate",
                             "employmentEndDate",
                             "taxablePayInPeriod",
                             "paymentsNotSubjectToTaxOrNICS",
                             "valueOfDeductions",
                             "payAfterStatutoryDeductions",
                             "benefitsTaxedViaPayroll",
                             "employeePensionContributions",
                             "itemsSubjectToClass1NIC",
                             "employeePensionContributionsNotPaid",
                             "taxDeductedOrRefunded",
                             "grossEarningsForNICs",
                             "employeesContributionsInPeriod",
                             "taxablePayToDate",
                             "totalTaxToDate",
                             "employeesContributionsYearToDate",
                             "numberOfNormalHoursWorked",
                             "payFrequency",
                             "paymentDate",
                             "weeklyPeriodNumber",
                             "monthlyPeriodNumber",
                             "earningsPeriodsCovered",
                             "paymentAfterLeaving",
                             "irregularPayment",
                             "uniquePaymentId",
                             "paymentConfidenceStatus",
                             "occPenIndicator",
                             "onStrikeWithinPayPeriod",
                             "unpaidAbsencePayPeriod",
                             "benefitsTaxedYeartoDate",
                             "pensionContributionsYearToDate",
                             "pensionContributionsNotPaidYeartoDate",
                             "taxCode",
                             "multipleIPSIndicator",
                             "bacsPaymentAmount",
                             "statutoryMaternityPayYeartoDate",
                             "niLetter",
                             "directorsNIC",
                             "latePayeReportingReason",
                             "schemeExemptFromElectronicFiling",
                             "flexiblyAccessingPensionRights",
                             "pensionsDeathBenefit",
                             "flexibleDrawdownTaxablePayment",
                             "flexibleDrawdownNonTaxablePayment",
                             "taxRegime",
                             "annualAmountOfOccupationalPension",
                             "taxCodeBasisisNonCumulative",
                             "statutoryPaternityPayYearToDate",
                             "valueofStatutoryAdoptionPayYearToDate",
                             "sharedParentalPayYearToDate",
                             "partnerSurnameOrFamilyName",
                             "partnerForenameOrGivenName",
                             "partnerInitials",
                             "partnerSecondForename",
                             "partnerNINO",
                             "grossEarningsForNICsYearToDate",
                             "taxWeekNumberOfAppointmentOfDirector",
                             "totalEmployerNIContributionsInPeriod",
                             "trivialCommutationPaymentTypeA",
                             "trivialCommutationPaymentTypeB",
                             "trivialCommutationPaymentTypeC",
                             "seriousillHealthLumpSum",
                             "hmrcReceiptTimestamp",
                             "rtiReceivedDate",
                             "apiAvailableTimestamp",
                             "paymentNoLongerValid"};
  return all;
}

}  // namespace ig::adapters::sandbox
