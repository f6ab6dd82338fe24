#pragma once

#include "adapters/rti/child_process.hpp"
#include "adapters/rti/people_filter.hpp"
#include "adapters/rti/relay.hpp"
#include "adapters/wire/compress/unpack.hpp"
#include "core/ports/bulk_reader.hpp"

#include <map>
#include <memory>
#include <string>

namespace ig::adapters::rti {

/// How documents are handed to children.
struct ChildOptions {
  ChildProgram program;
  RelayLimits limits;  ///< set to those of core/base/limits.hpp
  wire::compress::Packings packings;
  ChildOptions();
};

/// RtiReader in another process: each document is parsed by a child of its own, which has no rights
/// (confine.hpp) and is told whom to look for by a filter. What a document does to its child costs
/// that document: its report then has the document_error PARSER_FAILED. Reports and pieces are
/// otherwise those of RtiReader; an Error may also be PARSER_FAILED, when no child can be started.
/// The source is read by another thread during read(). One thread at a time.
class ChildReader final : public core::ports::BulkReader {
 public:
  explicit ChildReader(const PeopleFilter& people, ChildOptions options = {});

  /// Starts a child on `source` now, so that it runs ahead of the read() that follows for the same
  /// source. The source must outlive that call, or this reader. Errors: PARSER_FAILED.
  [[nodiscard]] core::base::Result<void> begin(core::ports::ByteSource& source);
  [[nodiscard]] core::base::Result<core::ports::BulkReport> read(
      core::ports::ByteSource& source, core::ports::BulkVisitor& visitor,
      const core::ports::BulkContext& context) override;

 private:
  ChildOptions options_;
  std::string head_;  ///< what each child is told first
  std::map<core::ports::ByteSource*, std::unique_ptr<Relay>> begun_;
};

}  // namespace ig::adapters::rti
