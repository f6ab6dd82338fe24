#pragma once

#include "adapters/formats/facts.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/ports/bulk_reader.hpp"

#include <memory>
#include <optional>

namespace ig::adapters::rti {

/// Makes facts of the payments of one document: whom they are about, when we had them, and their
/// ids, by which a fact that comes twice is known. The gateway does this itself, whoever parsed.
/// `context` must outlive it. One file, one thread.
class FactStamp {
 public:
  explicit FactStamp(const core::ports::BulkContext& context);
  /// The facts that follow are of the file's next message: each is a document of its own.
  void next_message() { ids_.emplace(*digest_); }
  /// Completes the payments of the next Employee of the message.
  void stamp(core::ports::EmployeePiece& piece);
  /// Completes what a scheme says of itself.
  void stamp(core::facts::NilPeriod& period);

 private:
  const core::ports::BulkContext& context_;
  std::unique_ptr<core::ports::Digest> digest_;
  std::optional<formats::FactIds> ids_;
};

}  // namespace ig::adapters::rti
