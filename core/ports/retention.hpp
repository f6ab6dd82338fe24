#pragma once

#include "core/values/ids.hpp"
#include "core/values/instant.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ig::core::ports {

/// What is kept, by how long and why. In the order in which a run removes them.
enum class DataClass : std::uint8_t {
  raw_reply,  ///< the bytes of a reply
  evidence,   ///< the bytes of a person's element in a file; where it stood stays
  decision,   ///< question, answer and what they were made on; its trigger stays
  fact,       ///< payments, figures, jobs of a person
  identity,   ///< who a person is, and the money in the history of their cases
  audit,      ///< who did what; removed from the oldest entry on
};
inline constexpr std::size_t kDataClasses = 6;

/// "RAW_REPLY", "EVIDENCE", "DECISION", "FACT", "IDENTITY", "AUDIT".
[[nodiscard]] constexpr std::string_view name(DataClass of) noexcept {
  constexpr std::array<std::string_view, kDataClasses> names = {"RAW_REPLY", "EVIDENCE", "DECISION",
                                                                "FACT",      "IDENTITY", "AUDIT"};
  return names[static_cast<std::size_t>(of)];
}

/// What is older may go. Absent: all of it stays. Each lies no later than the one before it.
struct RetentionCutoffs {
  std::optional<values::Instant> raw;  ///< of raw replies and evidence
  std::optional<values::Instant> facts;
  std::optional<values::Instant> decisions;
  std::optional<values::Instant> audit;
  friend bool operator==(const RetentionCutoffs&, const RetentionCutoffs&) = default;
};

struct RetentionCount {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;  ///< of content, not of the disk
  friend bool operator==(const RetentionCount&, const RetentionCount&) = default;
};

/// A class as it stands: what may go, and why the rest stays. The first reason that fits counts.
struct RetentionLine {
  RetentionCount removable;
  RetentionCount held;    ///< a legal hold is in force
  RetentionCount busy;    ///< an open case, a trigger to deliver, or a document not worked through
  RetentionCount young;   ///< its period, or that since its case was closed, is not over
  RetentionCount needed;  ///< a decision that is kept rests on it
};
using RetentionPlan = std::array<RetentionLine, kDataClasses>;

/// What one batch did.
struct RetentionStep {
  RetentionCount removed;
  std::int64_t after = 0;  ///< where the next batch begins
  bool finished = false;   ///< nothing is left to look at
};

/// One run, which may go on after the process was killed.
struct RetentionRun {
  std::int64_t id = 0;  ///< 0: not stored yet
  values::Instant started_at;
  RetentionCutoffs cutoffs;
  std::array<RetentionCount, kDataClasses> planned;  ///< when it began
  std::array<RetentionCount, kDataClasses> removed;  ///< so far
  std::optional<values::Instant> ended_at;
};

/// An order that data stays, for a person or for everybody a case was ever about.
struct LegalHold {
  std::int64_t id = 0;
  std::optional<values::PersonId> person;  ///< one of the two
  std::optional<values::CaseKey> case_key;
  std::string reason;  ///< no personal data
  std::string placed_by;
  values::Instant placed_at;
  std::optional<values::Instant> released_at;
  std::string released_by;
  std::string release_reason;
};

}  // namespace ig::core::ports
