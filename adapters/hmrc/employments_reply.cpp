#include "adapters/hmrc/employments_reply.hpp"

#include "adapters/formats/facts.hpp"

#include <fmt/format.h>

#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace values = core::values;
using core::base::ErrorCode;
using core::base::Result;
using core::facts::Employment;
using formats::Fields;
using formats::FirstError;
using wire::json::Value;

void read_employer(Fields& row, Employment& job) {
  if (auto employer = row.object_if("employer")) {
    read_employer_reference(*employer, "payeReference", job.employment);
    job.employer = loose_text(*employer, "name");
  }
  if (job.employment.office.empty() || job.employment.reference.empty()) {
    row.refuse("employer", ErrorCode::MISSING_MEMBER,
               "a job without PAYE office and reference cannot be told from another");
  }
}

Result<Employment> read_job(const Value& value, const IndividualsContext& context,
                            const std::string& place) {
  FirstError wrong;
  Fields row(value, wrong, context.pointer + place);
  Employment job;
  job.header = header_of(context, kEmploymentsSystem, place);
  read_employer(row, job);
  job.employment.payroll_id = loose_text(row, "payrollId");
  job.started_on = row.date_if("startDate");
  job.left_on = end_date_if(row, "endDate");
  job.frequency = frequency_if(row, "payFrequency");
  if (job.started_on && job.left_on && *job.left_on < *job.started_on) {
    row.refuse("endDate", ErrorCode::CONTRADICTION, "a job ends after it started");
  }
  if (wrong.failed()) return wrong.take();
  return job;
}

/// The payments of a job: documents call them `payments` with `paymentDate`, the code `payment`
/// with `date`. What cannot be read is left out: nothing rests on it.
void read_pay(const Value& job, const values::EmploymentKey& key, std::vector<EmploymentPay>& out) {
  for (const char* list_name : {"payment", "payments"}) {
    const Value* list = job.find(list_name);
    if (list == nullptr || !list->is(Value::Kind::array)) continue;
    for (const Value& item : list->items()) {
      FirstError wrong;
      Fields row(item, wrong);
      const auto day = row.date_if(row.has("date") ? "date" : "paymentDate");
      const auto pay = money_if(
          row, row.has("paidTaxablePay") ? "paidTaxablePay" : "taxablePayment", kPaymentPenceMax);
      if (day && pay && !wrong.failed()) out.push_back({key, *day, *pay});
    }
  }
}

}  // namespace

Result<EmploymentsReply> read_employments(const Value& body, const IndividualsContext& context,
                                          core::ports::Digest& digest) {
  FirstError wrong;
  Fields top(body, wrong, context.pointer);
  if (!top.has("employments")) {
    top.refuse("employments", ErrorCode::MISSING_MEMBER, "a list of employments is expected");
  }
  const std::size_t jobs = top.count("employments");
  if (wrong.failed()) return wrong.take();
  EmploymentsReply reply;
  formats::FactIds ids(digest);
  for (std::size_t i = 0; i < jobs; ++i) {
    const Value& value = body.find("employments")->items()[i];
    auto job = read_job(value, context, fmt::format("/employments/{}", i));
    if (!job) {
      reply.refused.push_back(std::move(job).error());
      continue;
    }
    reply.keys.push_back(job->employment);
    read_pay(value, job->employment, reply.pay);
    reply.facts.push_back(ids.with_id(*std::move(job)));
  }
  if (jobs == 0) {
    reply.facts.push_back(
        answer_of(core::facts::AnswerStatus::no_data, context, kEmploymentsSystem, digest));
  }
  return reply;
}

}  // namespace ig::adapters::hmrc
