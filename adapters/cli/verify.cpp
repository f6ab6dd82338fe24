#include "core/verify/verify.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/facts_by_person.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/claims.hpp"
#include "adapters/formats/facts.hpp"
#include "adapters/wire/zone/london.hpp"
#include "core/jobs/proposals.hpp"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ig::adapters::cli {
namespace {

namespace facts = core::facts;
using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
using core::values::Date;
using formats::ClaimLine;
using Payments = std::vector<facts::Payment>;

struct Options {
  std::string facts;
  std::string as_of;
  std::string parameters;
};

core::verify::VerifyPolicy policy_of(const core::rules::Parameters& law) {
  core::verify::VerifyPolicy out;
  out.ledger = core::jobs::ledger_policy(law);
  out.tolerance = {law.verify_tolerance.numerator, law.verify_tolerance.denominator};
  out.date_slack_days = law.verify_date_slack_days;
  out.first_pay_days = law.verify_first_pay_days;
  return out;
}

/// What is known of a person's pay by the end of the day.
using PaymentsOf = std::function<Result<Payments>(const core::values::Nino& nino)>;

/// The claims on standard input, answered one by one on standard output.
int answer_claims(Date as_of, const core::verify::VerifyPolicy& policy,
                  const PaymentsOf& payments_of) {
  return answer_each(STDIN_FILENO, STDOUT_FILENO, "verify",
                     [&](const wire::json::Value& value, std::string& answer) {
                       const auto claim = formats::read_claim(value);
                       if (!claim) return Result<void>(claim.error());
                       const auto payments = payments_of(claim->nino.reveal());
                       if (!payments) return Result<void>(payments.error());
                       const auto finding =
                           core::verify::verify(claim->claim, *payments, as_of, policy);
                       formats::write_finding(answer, *claim, as_of, finding);
                       answer.push_back('\n');
                       return Result<void>();
                     });
}

int verify_by_file(const Options& options) {
  const auto as_of = day_option(options.as_of);
  if (!as_of) return report(as_of.error());
  const auto parameters = load_parameters(options.parameters);
  if (!parameters) return report(parameters.error());
  const auto law = parameters->on(*as_of, facts::Jurisdiction::gb);
  if (!law) return report(law.error());
  const auto zone = wire::zone::make_london();
  Refusals refusals({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, -1});
  FactsByPerson known(zone->start_of(as_of->plus_days(1)));
  const auto loaded = each_record_of(options.facts, refusals, [&](const auto& value, auto) {
    auto fact = formats::read_fact(value);
    return fact ? known.take(*std::move(fact)) : Result<void>(std::move(fact).error());
  });
  if (!loaded) return report(loaded.error());
  if (const auto told = refusals.flush(); !told) return report(told.error());
  const int status = answer_claims(*as_of, policy_of(*law), [&](const core::values::Nino& nino) {
    const PersonFacts* person = known.of(nino);
    return Result<Payments>(person == nullptr ? Payments{} : person->payments);
  });
  return status == kDone && refusals.any() ? kRefused : status;
}

/// Pay as the store has it; each look at a person is audited.
Result<Payments> stored_payments(Runtime& runtime, const core::jobs::JobContext& context,
                                 const core::values::Nino& nino, Date as_of) {
  const auto person = runtime.store->person_of(nino);
  if (!person) return person.error();
  if (!*person) {
    return Error{ErrorCode::NOT_FOUND, "/nino", "nobody in the register has this number"};
  }
  auto payments = runtime.store->payments_of(**person, context.known_before(as_of),
                                             core::ports::Store::kAllAccepted);
  if (!payments) return payments;
  auto unit = runtime.store->begin();
  if (!unit) return std::move(unit).error();
  const auto audited =
      (*unit)->audit({context.now(), "operator", "PAY_VERIFIED", core::values::text(**person),
                      fmt::format("{} payment(s)", payments->size())});
  if (!audited) return audited.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return payments;
}

int verify_by_store(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const auto law = (*runtime)->parameters->on(*as_of, facts::Jurisdiction::gb);
  if (!law) return report(law.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  return answer_claims(*as_of, policy_of(*law), [&](const core::values::Nino& nino) {
    return stored_payments(**runtime, context, nino, *as_of);
  });
}

int run(const std::string& config_file, const Options& options) {
  if (!options.facts.empty()) return verify_by_file(options);
  if (!options.parameters.empty()) {
    return report({ErrorCode::USAGE, {}, "--parameters goes with --facts; the store has its own"});
  }
  return verify_by_store(config_file, options);
}

}  // namespace

void add_verify(CLI::App& root, Invocation& invocation) {
  auto* command = root.add_subcommand(
      "verify", "Does real-time pay bear out reported changes (NDJSON)? A finding a line");
  const auto options = std::make_shared<Options>();
  command->add_option("--facts", options->facts,
                      "fact lines (NDJSON) to look in, in place of the store");
  command->add_option("--as-of", options->as_of,
                      "known by the end of this day; needed with --facts, else today");
  command->add_option("--parameters", options->parameters,
                      "with --facts: parameter file; default: the one built in");
  command->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
