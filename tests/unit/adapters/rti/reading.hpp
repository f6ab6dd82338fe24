#pragma once

#include "adapters/formats/facts.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "tests/support/text_source.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::rti::tests {

/// Keeps all it is given, of everybody or of one person only.
class Collector final : public core::ports::BulkVisitor {
 public:
  bool wanted(const core::values::Nino& nino) override {
    asked.emplace_back(nino.first_eight());
    return only.empty() || nino.first_eight() == only;
  }
  bool wanted_by_name(const core::facts::Subject&) override { return only.empty(); }
  core::base::Result<void> employee(core::ports::EmployeePiece&& piece) override {
    if (fail_at != 0 && pieces.size() + 1 == fail_at) {
      return core::base::fail(core::base::ErrorCode::STORE_FAILED, {}, "failed on purpose");
    }
    pieces.push_back(std::move(piece));
    return {};
  }
  /// Every fact as its line.
  [[nodiscard]] std::string facts() const {
    std::string out;
    for (const core::ports::EmployeePiece& piece : pieces) {
      for (const core::facts::Payment& payment : piece.payments) {
        formats::write_fact(out, payment);
        out += "\n";
      }
    }
    return out;
  }

  std::string only;
  std::size_t fail_at = 0;
  std::vector<std::string> asked;
  std::vector<core::ports::EmployeePiece> pieces;
};

/// What came of reading one document.
struct Outcome {
  core::ports::BulkReport report;
  Collector seen;

  [[nodiscard]] const core::ports::MessageReport& message() const { return report.messages.at(0); }
  /// "CODE position" of each problem.
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> out;
    for (const core::ports::Problem& problem : message().problems) {
      out.push_back(problem.code + " " + problem.position);
    }
    return out;
  }
};

inline Outcome read_text(std::string_view text, std::size_t step = 1 << 16U,
                         std::string only = {}) {
  ig::tests::support::TextSource source(std::string(text), step);
  Outcome out;
  out.seen.only = std::move(only);
  const core::ports::BulkContext context{*core::values::Instant::parse("2026-01-29T10:11:12Z"),
                                         "sha256:test"};
  RtiReader reader;
  auto report = reader.read(source, out.seen, context);
  EXPECT_TRUE(report.has_value());
  if (report) out.report = *std::move(report);
  return out;
}

}  // namespace ig::adapters::rti::tests
