#pragma once

#include "core/facts/name_match.hpp"
#include "core/jobs/intake.hpp"

#include <cstdint>
#include <vector>

namespace ig::core::jobs {

/// Collects what a bulk reader finds in one message: counts everything, stages the payments of
/// registered people in batches, keeps what is refused or in doubt with its place. Somebody without
/// a genuine number is found by name, birth date and gender (facts::match_by_name).
class Stager {
 public:
  Stager(const JobContext& context, values::DocumentId document, const PersonIndex& people,
         const IntakeOptions& options)
      : context_(context), document_(document), people_(people), options_(options) {}

  [[nodiscard]] base::Result<void> employee(ports::EmployeePiece&& piece);
  /// Writes what is still in hand. Called once, after the last employee.
  [[nodiscard]] base::Result<void> flush();

  [[nodiscard]] values::DocumentId document() const { return document_; }
  [[nodiscard]] IntakeReceipt& receipt() { return receipt_; }
  /// More of the employees are refused than limits::refused_permille_max allows.
  [[nodiscard]] bool too_many_refused() const;
  /// Employees with a number known to be a filler.
  [[nodiscard]] std::uint64_t dummies() const { return dummies_; }
  /// Employees without a number who may be a registered person or not.
  [[nodiscard]] std::uint64_t doubtful() const { return doubtful_; }

 private:
  /// Where one Employee's payments go in the receipt.
  enum class Fate : std::uint8_t { unmatched, refused, held };

  base::Result<void> stage_by_name(ports::EmployeePiece&& piece);
  base::Result<void> stage(ports::EmployeePiece&& piece, values::PersonId person,
                           facts::MatchedBy matched_by);
  base::Result<void> keep_back(ports::Refused piece);
  void count(const ports::EmployeePiece& piece, Fate fate);

  const JobContext& context_;
  values::DocumentId document_;
  const PersonIndex& people_;
  const IntakeOptions& options_;
  IntakeReceipt receipt_;
  std::vector<ports::StagedFact> batch_;
  std::vector<ports::Refused> refused_;
  std::uint64_t employees_refused_ = 0;
  std::uint64_t dummies_ = 0;
  std::uint64_t doubtful_ = 0;
};

}  // namespace ig::core::jobs
