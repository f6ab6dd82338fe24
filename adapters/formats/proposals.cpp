#include "adapters/formats/proposals.hpp"

#include "adapters/formats/ledger_words.hpp"
#include "adapters/formats/requests.hpp"

namespace ig::adapters::formats {
namespace {

using core::base::Result;
using core::triggers::Attempt;
using core::triggers::Context;
using core::triggers::KnownJob;
using core::triggers::Signal;
using wire::json::Value;
using wire::json::Writer;

void write_signals(Writer& out, const std::vector<Signal>& signals) {
  out.key("signals").begin_array();
  for (const Signal& signal : signals) {
    out.begin_object().member("code", signal.code);
    words::write_employment(out, signal.employment);
    out.member_if("employer", signal.employer);
    if (signal.on) out.member("on", signal.on->text());
    out.end_object();
  }
  out.end_array();
}

void write_jobs(Writer& out, const std::vector<KnownJob>& jobs) {
  out.key("jobs").begin_array();
  for (const KnownJob& job : jobs) {
    out.begin_object();
    words::write_employment(out, job.employment);
    out.member("status", words::word(words::kEmploymentStatuses, job.status)).end_object();
  }
  out.end_array();
}

void write_attempts(Writer& out, const std::vector<Attempt>& attempts) {
  if (attempts.empty()) return;
  out.key("attempts").begin_array();
  for (const Attempt& attempt : attempts) {
    out.begin_object().member("at", attempt.at.text()).member("what", attempt.what).end_object();
  }
  out.end_array();
}

void read_attempts(Fields& fields, const FirstError& error, Context& out) {
  const std::size_t attempts = fields.count("attempts");
  for (std::size_t i = 0; i < attempts && !error.failed(); ++i) {
    Fields item = fields.item("attempts", i);
    out.attempts.push_back({item.instant("at"), item.text("what")});
  }
}

void read_signals(Fields& fields, const FirstError& error, Context& out) {
  const std::size_t signals = fields.count("signals");
  for (std::size_t i = 0; i < signals && !error.failed(); ++i) {
    Fields item = fields.item("signals", i);
    Signal signal;
    signal.code = item.text("code");
    signal.employment = words::read_employment(item);
    signal.employer = item.text_if("employer").value_or("");
    signal.on = item.date_if("on");
    out.signals.push_back(std::move(signal));
  }
  const std::size_t jobs = fields.count("jobs");
  for (std::size_t i = 0; i < jobs && !error.failed(); ++i) {
    Fields item = fields.item("jobs", i);
    KnownJob job;
    job.employment = words::read_employment(item);
    job.status = item.code("status", words::kEmploymentStatuses);
    out.jobs.push_back(std::move(job));
  }
}

}  // namespace

void write_context(std::string& text, const Context& context) {
  Writer out(text);
  out.begin_object().member("case_system", context.case_key.case_system);
  out.member("case", context.case_key.case_id);
  out.member("paying_parent", context.case_key.paying_parent);
  out.member_if("person", context.person);
  out.member("as_of", context.as_of.text());
  if (context.review_date) out.member("review_date", context.review_date->text());
  if (context.reg9a_notified_on) {
    out.member("reg9a_notified_on", context.reg9a_notified_on->text());
  }
  if (context.change_on) out.member("change_on", context.change_on->text());
  out.member("test_called_for", context.test_called_for);
  out.member("confidence", words::word(words::kConfidences, context.confidence));
  words::write_texts(out, "reasons", context.reasons);
  write_signals(out, context.signals);
  write_jobs(out, context.jobs);
  if (context.base) out.member("base_pence", context.base->in_pence());
  if (context.weekly) out.member("weekly_pence", context.weekly->in_pence());
  out.member_if("human_review", context.human_review);
  write_attempts(out, context.attempts);
  words::write_texts(out, "payments", context.payments);
  out.end_object();
}

Result<Context> read_context(const Value& value) {
  FirstError error;
  Fields fields(value, error);
  Context out;
  out.case_key.case_system = fields.text("case_system");
  out.case_key.case_id = fields.text("case");
  out.case_key.paying_parent = fields.text("paying_parent");
  out.person = fields.text_if("person").value_or("");
  out.as_of = fields.date("as_of");
  out.review_date = fields.date_if("review_date");
  out.reg9a_notified_on = fields.date_if("reg9a_notified_on");
  out.change_on = fields.date_if("change_on");
  out.test_called_for = fields.boolean_if("test_called_for").value_or(true);
  out.confidence = fields.code_if("confidence", words::kConfidences).value_or(out.confidence);
  out.reasons = fields.texts("reasons");
  read_signals(fields, error, out);
  out.base = fields.pence_if("base_pence");
  out.weekly = fields.pence_if("weekly_pence");
  out.human_review = fields.text_if("human_review").value_or("");
  read_attempts(fields, error, out);
  out.payments = fields.texts("payments");
  if (error.failed()) return error.take();
  return out;
}

void write_proposal(std::string& out, const core::triggers::Proposal& proposal) {
  std::string context;
  write_context(context, proposal.context);
  write_request(out, proposal.request, context);
}

}  // namespace ig::adapters::formats
