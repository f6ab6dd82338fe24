#pragma once

#include "core/ports/bulk_reader.hpp"

#include <cstdint>

namespace ig::adapters::rti {

/// Whether a reading takes the document's SHA-256: a child leaves that to its parent.
enum class Hashing : std::uint8_t { yes, no };

/// Takes one document from its first byte to its report: hash, gate, parser, form. Payments are
/// given as they stand in the document, without ids (FactStamp). The one path of all readers: in
/// this process (RtiReader) or in the child. Contract as BulkReader::read().
[[nodiscard]] core::base::Result<core::ports::BulkReport> read_document(
    core::ports::ByteSource& source, core::ports::BulkVisitor& visitor, Hashing hashing);

}  // namespace ig::adapters::rti
