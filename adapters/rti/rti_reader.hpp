#pragma once

#include "adapters/wire/compress/unpack.hpp"
#include "core/ports/bulk_reader.hpp"

namespace ig::adapters::rti {

/// Reads HMRC RTI (GovTalk message or bare IRenvelope): Full Payment Submission and Employer
/// Payment Summary of 2025-26/1 and 2013-14/2 and Earlier Year Update of 2013-14/3 checked in full,
/// other years of the allow-list by their common elements. Other forms of RTI are recognised and
/// refused as WRONG_CLASS. Test messages are read and marked.
/// A file may be packed by gzip or zstd; its hash and bytes are those of the packed file.
class RtiReader final : public core::ports::BulkReader {
 public:
  explicit RtiReader(wire::compress::Packings packings = {}) : packings_(packings) {}
  [[nodiscard]] core::base::Result<core::ports::BulkReport> read(
      core::ports::ByteSource& source, core::ports::BulkVisitor& visitor,
      const core::ports::BulkContext& context) override;

 private:
  wire::compress::Packings packings_;
};

}  // namespace ig::adapters::rti
