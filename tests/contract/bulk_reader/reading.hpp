#pragma once

#include "adapters/formats/facts.hpp"
#include "adapters/rti/child_reader.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "tests/support/text_source.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>

namespace ig::tests::contract {

namespace ports = core::ports;

/// Writes down all it is told, so that two readings can be compared.
class Witness final : public ports::BulkVisitor {
 public:
  /// Wants everybody.
  Witness() = default;
  /// Wants these people (first eight characters).
  explicit Witness(std::set<std::string, std::less<>> people) : people_(std::move(people)) {}

  bool wanted(const core::values::Nino& nino) override {
    return people_.empty() || people_.contains(nino.first_eight());
  }
  bool wanted_by_name(const core::facts::Subject&) override { return people_.empty(); }
  core::base::Result<void> employee(ports::EmployeePiece&& piece) override {
    if (++employees == fail_at) {
      return core::base::fail(core::base::ErrorCode::STORE_FAILED, {}, "failed on purpose");
    }
    const auto& subject = piece.subject;
    told += fmt::format(
        "{} [{},{}) {} {} wanted={} test={} {}/{}/{}/{}/{}/{}\n", piece.position, piece.byte_from,
        piece.byte_to, piece.payment_count, piece.taxable_pay.in_pence(), piece.wanted, piece.test,
        subject.nino ? subject.nino->reveal().reveal() : "-", subject.forename.reveal(),
        subject.second_forename.reveal(), subject.surname.reveal(), subject.gender,
        subject.date_of_birth ? subject.date_of_birth->reveal().text() : "-");
    if (piece.refused) tell(*piece.refused);
    for (const core::facts::Payment& payment : piece.payments) {
      adapters::formats::write_fact(told, payment);
      told += "\n";
    }
    told += piece.raw + "\n";
    return {};
  }
  void tell(const ports::Problem& problem) {
    told += fmt::format("{} {} {}\n", problem.code, problem.position, problem.message);
  }
  void tell(const ports::BulkReport& report) {
    told += fmt::format("{} {}\n", report.sha256, report.bytes);
    if (report.document_error) {
      told += fmt::format("error {} {} {}\n", name(report.document_error->code),
                          report.document_error->field, report.document_error->message);
    }
    for (const ports::MessageReport& one : report.messages) {
      told += fmt::format("{} {} {} {} {} {} {} {} {} {} {}\n", one.message_class,
                          one.tax_year ? one.tax_year->text() : "-", one.test, name(one.irmark),
                          one.employees, one.payments, one.taxable_pay.in_pence(),
                          one.employees_refused, one.problems_found, one.refused, one.refused_code);
      if (one.nil_period) adapters::formats::write_fact(told, *one.nil_period);
      for (const ports::Problem& problem : one.problems) tell(problem);
    }
  }

  std::string told;
  std::size_t employees = 0;
  std::size_t fail_at = 0;

 private:
  std::set<std::string, std::less<>> people_;
};

/// A child of the tests' own program, called with these words.
inline adapters::rti::ChildOptions child_of_tests(std::vector<std::string> words) {
  adapters::rti::ChildOptions out;
  out.program.file = IG_PARSER_CHILD;
  out.program.arguments = {"parser_child"};
  for (std::string& word : words) out.program.arguments.push_back(std::move(word));
  return out;
}

/// What `reader` tells of `text`, report and all.
inline std::string told_by(ports::BulkReader& reader, const std::string& text, Witness witness = {},
                           std::size_t step = std::size_t{1} << 16U) {
  support::TextSource source(text, step);
  const ports::BulkContext context{core::values::Instant::of_millis(1'769'681'472'000),
                                   "sha256:test"};
  const auto report = reader.read(source, witness, context);
  if (!report) return std::string(name(report.error().code)) + " " + report.error().message;
  witness.tell(*report);
  return witness.told;
}

}  // namespace ig::tests::contract
