#include "adapters/rti/irmark.hpp"

#include "adapters/wire/crypto/hmac.hpp"

#include <optional>

namespace ig::adapters::rti {
namespace {

using core::ports::IrmarkState;

constexpr std::string_view kGovTalk = "http://www.govtalk.gov.uk/CM/envelope";
constexpr std::size_t mark_bytes_max = 256;

std::string_view view(wire::xml::Interned text) {
  return text == nullptr ? std::string_view() : text;
}

std::string trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

}  // namespace

IrmarkCheck::IrmarkCheck() : canonical_([this](std::string_view piece) { digest_.feed(piece); }) {}

void IrmarkCheck::start(const wire::xml::StartTag& tag) {
  ++depth_;
  if (!on_ || marked_ != 0) return;
  const std::string_view local = depth_ <= 5 ? view(tag.local) : std::string_view();
  if (depth_ == 1) {
    govtalk_ = local == "GovTalkMessage" && view(tag.uri) == kGovTalk;
    on_ = govtalk_;
    if (!on_) return;
  }
  if (depth_ == 2 && local == "Body") in_body_ = true;
  if (depth_ == 3 && in_body_ && local == "IRenvelope") in_envelope_ = true;
  if (depth_ == 4 && in_envelope_ && local == "IRheader") in_header_ = true;
  if (depth_ == 5 && in_header_ && local == "IRmark") {
    marked_ = depth_;
    seen_ = true;
    mark_.clear();
    return;
  }
  canonical_.start(tag, depth_ == 2 && in_body_);
}

void IrmarkCheck::end() {
  const std::size_t closing = depth_--;
  if (!on_) return;
  if (marked_ != 0) {
    if (closing == marked_) {
      marked_ = 0;
      judge_placeholder();
    }
    return;
  }
  canonical_.end();
  if (closing == 4 && in_header_) {
    in_header_ = false;
    if (!seen_) {
      state_ = IrmarkState::absent;
      on_ = false;
    }
  }
  if (closing == 3) in_envelope_ = false;
  if (closing == 2 && in_body_) {
    in_body_ = false;
    judge_body();
  }
}

void IrmarkCheck::text(std::string_view piece) {
  if (marked_ != 0) {
    if (mark_.size() < mark_bytes_max) mark_.append(piece.substr(0, mark_bytes_max));
  } else if (on_) {
    canonical_.text(piece);
  }
}

void IrmarkCheck::comment(std::string_view content) {
  if (digesting()) canonical_.comment(content);
}

void IrmarkCheck::instruction(std::string_view target, std::string_view content) {
  if (digesting()) canonical_.instruction(target, content);
}

/// A text that is not 20 bytes in base64 stands for a mark that was never made.
void IrmarkCheck::judge_placeholder() {
  mark_ = trimmed(mark_);
  const std::optional<std::string> bytes =
      mark_.size() == 28 ? wire::crypto::from_base64(mark_) : std::nullopt;
  if (bytes && bytes->size() == 20) return;
  state_ = IrmarkState::not_checkable;
  on_ = false;
}

void IrmarkCheck::judge_body() {
  on_ = false;
  if (!seen_) {
    state_ = IrmarkState::absent;
    return;
  }
  canonical_.flush();
  const std::array<std::byte, 20> digest = digest_.finish();
  std::string made;
  for (const std::byte byte : digest) made.push_back(static_cast<char>(byte));
  state_ = wire::crypto::base64(made) == mark_ ? IrmarkState::valid : IrmarkState::invalid;
}

}  // namespace ig::adapters::rti
