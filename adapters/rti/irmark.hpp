#pragma once

#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/xml/canonical.hpp"
#include "core/ports/bulk_reader.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace ig::adapters::rti {

/// Checks the IRmark of a GovTalk message while it is read: SHA-1 over the canonical form of Body
/// without its IRmark element, white space around it kept (HMRC generic IRmark specification v1.2,
/// canonical form with comments). It proves integrity, not origin. Fed every event of a document,
/// from the root on.
class IrmarkCheck {
 public:
  IrmarkCheck();
  void start(const wire::xml::StartTag& tag);
  void end();
  void text(std::string_view piece);
  void comment(std::string_view content);
  void instruction(std::string_view target, std::string_view content);

  /// The outcome, once the document has ended.
  [[nodiscard]] core::ports::IrmarkState state() const noexcept { return state_; }

 private:
  [[nodiscard]] bool digesting() const noexcept { return on_ && marked_ == 0; }
  void judge_placeholder();
  void judge_body();

  wire::crypto::Sha1Stream digest_;
  wire::xml::Canonicaliser canonical_;
  core::ports::IrmarkState state_ = core::ports::IrmarkState::not_checkable;
  std::size_t depth_ = 0;
  std::size_t marked_ = 0;  ///< depth at which the IRmark element is open, or 0
  bool on_ = true;          ///< the digest is still of use
  bool govtalk_ = false;
  bool in_body_ = false;
  bool in_envelope_ = false;
  bool in_header_ = false;
  bool seen_ = false;
  std::string mark_;
};

}  // namespace ig::adapters::rti
