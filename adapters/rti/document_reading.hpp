#pragma once

#include "adapters/wire/compress/unpack.hpp"
#include "core/ports/bulk_reader.hpp"

namespace ig::adapters::rti {

/// Takes one file from its first byte to its report: unpacking, gate, parser, form. Payments are
/// given as they stand in it, without ids (FactStamp). The one path of all readers: in this process
/// (RtiReader) or in the child. Contract as BulkReader::read(), but for the file's hash and bytes,
/// which are those of the packed file: whoever has that counts them. A file whose packing is
/// broken is refused with all its messages.
[[nodiscard]] core::base::Result<core::ports::BulkReport> read_document(
    core::ports::ByteSource& source, core::ports::BulkVisitor& visitor,
    wire::compress::Packings packings);

/// Refuses every message for the file's `document_error`.
void refuse_all(core::ports::BulkReport& report);

}  // namespace ig::adapters::rti
