#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/assessments.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/formats/proposals.hpp"
#include "adapters/formats/requests.hpp"
#include "adapters/formats/triggers.hpp"
#include "adapters/wire/json/value.hpp"
#include "adapters/wire/json/write_value.hpp"
#include "core/jobs/rebuild.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::ports::StoredDecision;
using core::ports::StoredTrigger;

/// The stored decision behind an id: a trigger's 32 hex digits.
struct Found {
  std::optional<StoredTrigger> trigger;
  std::optional<StoredDecision> decision;
};

Result<Found> find(const Runtime& runtime, const std::string& id) {
  Found out;
  auto trigger = runtime.store->trigger(id);
  if (!trigger) return std::move(trigger).error();
  if (*trigger) {
    auto decision = runtime.store->decision((*trigger)->decision);
    if (!decision) return std::move(decision).error();
    out.trigger = *std::move(*trigger);
    out.decision = *std::move(decision);
    return out;
  }
  return out;
}

/// Makes the decision again and compares it, byte for byte, with what was stored.
Result<bool> holds(Runtime& runtime, const StoredDecision& decision) {
  const auto text = runtime.store->parameters(decision.parameters_version);
  if (!text) return text.error();
  if (!*text) {
    return core::base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                            "the parameters the decision names are not in the store");
  }
  auto parameters = formats::read_parameters(**text, *runtime.digest);
  if (!parameters) return std::move(parameters).error();
  wire::json::Reader reader;
  const auto request = reader.read(decision.request_json);
  if (!request) return request.error();
  const auto* context_value = request->find("context");
  if (context_value == nullptr) {
    return core::base::fail(ErrorCode::INTEGRITY_BROKEN, "/context",
                            "the stored request has no context");
  }
  const auto stored_context = formats::read_context(*context_value);
  if (!stored_context) return stored_context.error();
  const core::jobs::JobContext context{
      *runtime.store,  *parameters,   **text, *runtime.zone,
      *runtime.digest, runtime.clock, {},     decision.correlation_id};
  const auto again = core::jobs::rebuild_decision(context, decision, *stored_context);
  if (!again) return again.error();
  // The context is what travelled beside the question; later versions may write more of it. What
  // the decision rests on is compared: its payments, the question and the answer.
  if (again->proposal.context.payments != stored_context->payments) return false;
  std::string context_json;
  wire::json::write_value(context_json, *context_value);
  std::string request_json;
  formats::write_request(request_json, again->proposal.request, context_json);
  std::string assessment_json;
  formats::write_assessment(assessment_json, again->assessment, context_json);
  return request_json == decision.request_json && assessment_json == decision.assessment_json;
}

void print_texts(const char* title, const wire::json::Value* list) {
  if (list == nullptr || list->items().empty()) return;
  fmt::print("{}:\n", title);
  for (const auto& item : list->items()) fmt::print("  {}\n", item.text());
}

void print_money(const char* title, const wire::json::Value* pence) {
  if (pence == nullptr) return;
  std::int64_t amount = 0;
  for (const char c : pence->text()) {
    if (c >= '0' && c <= '9') amount = amount * 10 + (c - '0');
  }
  if (pence->text().starts_with('-')) amount = -amount;
  fmt::print("  {:<34} \xc2\xa3{}\n", title, core::values::Money::pence(amount).text());
}

void print_test(const wire::json::Value& assessment) {
  const auto* test = assessment.find("test");
  if (test == nullptr) return;
  fmt::print("The test:\n");
  const auto* base = test->find("base");
  fmt::print("  {:<34} {}\n", "compared with", base != nullptr ? base->text() : "-");
  print_money("figure compared with, a week", test->find("base_pence"));
  print_money("figure tested, a week", test->find("other_pence"));
  print_money("difference", test->find("difference_pence"));
  const auto* threshold = test->find("threshold");
  const auto* met = test->find("met");
  fmt::print("  {:<34} {}\n", "threshold", threshold != nullptr ? threshold->text() : "-");
  fmt::print("  {:<34} {}\n", "met", met != nullptr && met->as_bool() ? "yes" : "no");
}

Result<void> print_facts(const Runtime& runtime, const StoredDecision& decision) {
  fmt::print("Facts it rests on:\n");
  for (const std::string& id : decision.fact_ids) {
    const auto fact = runtime.store->fact(id);
    if (!fact) return fact.error();
    if (!*fact) {
      fmt::print("  {} (not in the store)\n", id);
      continue;
    }
    const auto& header = core::facts::header(**fact);
    if (const auto* payment = std::get_if<core::facts::Payment>(&**fact)) {
      fmt::print("  {}  paid {}  \xc2\xa3{}  {}/{}  {} {}\n", id, payment->paid_on.text(),
                 payment->taxable_pay ? payment->taxable_pay->text() : "?",
                 payment->employment.office, payment->employment.reference, header.source.document,
                 header.source.position);
    } else if (const auto* figure = std::get_if<core::facts::YearlyFigure>(&**fact)) {
      fmt::print("  {}  tax year {}  \xc2\xa3{}  {}  {}\n", id,
                 figure->tax_year ? figure->tax_year->text() : "-",
                 figure->annual ? figure->annual->text() : "-", figure->source_of_figure,
                 header.source.document);
    }
  }
  return {};
}

Result<void> print_decision(const Runtime& runtime, const Found& found) {
  wire::json::Reader reader;
  const auto assessment = reader.read(found.decision->assessment_json);
  if (!assessment) return assessment.error();
  if (found.trigger) {
    const auto& trigger = found.trigger->trigger;
    fmt::print("Trigger {} of {} for case {} ({}), raised {}\n", trigger.id, name(trigger.kind),
               trigger.case_key.case_id, trigger.case_key.case_system, trigger.raised_on.text());
    fmt::print("{}\n\n", trigger.explanation);
  }
  const auto* explanation = assessment->find("explanation");
  const auto* action = assessment->find("action");
  fmt::print("Decision {} as of {}, by {}: {}\n", found.decision->id.value,
             found.decision->as_of.text(), found.decision->job,
             action != nullptr ? action->text() : "-");
  if (explanation != nullptr) fmt::print("{}\n", explanation->text());
  print_test(*assessment);
  print_texts("Regulations", assessment->find("citations"));
  print_texts("Flags", assessment->find("flags"));
  if (const auto printed = print_facts(runtime, *found.decision); !printed) return printed;
  fmt::print("Parameters: {}\n", found.decision->parameters_version);
  return {};
}

int decision_is_gone() {
  fmt::print(stderr,
             "income-gateway: the decision behind this trigger was removed after its period\n");
  return kRefused;
}

int no_such_trigger() {
  fmt::print(stderr, "income-gateway: there is no trigger with this id\n");
  return kRefused;
}

int run(const std::string& config_file, const std::string& id) {
  auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto found = find(**runtime, id);
  if (!found) return report(found.error());
  if (!found->trigger) return no_such_trigger();
  if (!found->decision) return decision_is_gone();
  auto unit = (*runtime)->store->begin();
  if (!unit) return report(unit.error());
  const auto now = core::values::Instant::of((*runtime)->clock.now());
  const auto audited = (*unit)->audit({now, "operator", "DECISION_READ", id, {}});
  if (!audited) return report(audited.error());
  if (const auto done = (*unit)->commit(); !done) return report(done.error());
  if (const auto printed = print_decision(**runtime, *found); !printed) {
    return report(printed.error());
  }
  const auto same = holds(**runtime, *found->decision);
  if (!same) return report(same.error());
  if (!*same) {
    return report(core::base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                                   "made again from the stored facts and parameters, the decision "
                                   "differs from the one that was stored"));
  }
  fmt::print("Made again from the stored facts and parameters: the same, byte for byte.\n");
  return kDone;
}

}  // namespace

void add_explain(CLI::App& root, Invocation& invocation) {
  auto* explain = root.add_subcommand(
      "explain", "Why a trigger was raised: facts, figures, regulation; made again to prove it");
  const auto id = std::make_shared<std::string>();
  explain->add_option("id", *id, "a trigger's 32 hex digits")->required();
  explain->callback([&invocation, id] {
    invocation.run = [&invocation, id] { return run(invocation.config_file, *id); };
  });
}

}  // namespace ig::adapters::cli
