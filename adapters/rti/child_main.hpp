#pragma once

#include "adapters/rti/child_process.hpp"
#include "adapters/rti/people_filter.hpp"
#include "adapters/wire/compress/unpack.hpp"
#include "core/ports/bulk_reader.hpp"

#include <string>

namespace ig::adapters::rti {

/// What a child reads before the file: whom it is read for, and how it may be packed.
[[nodiscard]] std::string child_head(const PeopleFilter& people, wire::compress::Packings packings);

/// The bytes of kDocumentIn.
class DocumentIn final : public core::ports::ByteSource {
 public:
  [[nodiscard]] core::base::Result<std::size_t> read(char* to, std::size_t size) override;
};

/// Reads a document of no bytes, so that what the libraries open and set up at their first use is
/// there before confine(): after it they cannot.
void warm_up();

/// The life of a parser's child: warms up, gives up every right (confine.hpp), reads the head and
/// one document from kDocumentIn, writes its records (records.hpp) to kRecordsOut and ends the
/// process.
[[noreturn]] void child_main();

/// The same after the first two steps, from any source: reads head and document. 0, or the status
/// that the process is to end with.
[[nodiscard]] int parse_for_parent(core::ports::ByteSource& source);

}  // namespace ig::adapters::rti
