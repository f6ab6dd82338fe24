#pragma once

#include "core/ports/bulk_reader.hpp"

namespace ig::adapters::rti {

/// Reads HMRC RTI Full Payment Submissions (GovTalk message or bare IRenvelope): 2025-26/1 and
/// 2013-14/2 checked in full, other years of the allow-list by their common elements. Other forms
/// of RTI are recognised and refused as WRONG_CLASS. Test messages are read and marked.
class FpsReader final : public core::ports::BulkReader {
 public:
  [[nodiscard]] core::base::Result<core::ports::BulkReport> read(
      core::ports::ByteSource& source, core::ports::BulkVisitor& visitor,
      const core::ports::BulkContext& context) override;
};

}  // namespace ig::adapters::rti
