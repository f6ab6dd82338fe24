// links: wire_xml
#include "adapters/wire/xml/canonical.hpp"
#include "adapters/wire/xml/push_parser.hpp"
#include "core/base/require.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

namespace xml = ig::adapters::wire::xml;

class Canonical final : public xml::Handler {
 public:
  Canonical() : canonical_([this](std::string_view piece) { out += piece; }) {}
  bool start(const xml::StartTag& tag) override {
    canonical_.start(tag, true);
    return true;
  }
  bool end() override {
    canonical_.end();
    return true;
  }
  bool text(std::string_view piece) override {
    canonical_.text(piece);
    return true;
  }
  bool comment(std::string_view content) override {
    canonical_.comment(content);
    return true;
  }
  bool instruction(std::string_view target, std::string_view content) override {
    canonical_.instruction(target, content);
    return true;
  }
  ig::core::base::Error stopped_by() override { return {}; }
  void flush() { canonical_.flush(); }

  std::string out;

 private:
  xml::Canonicaliser canonical_;
};

/// The canonical form of a document fed in pieces; nothing when it is refused.
std::optional<std::string> canonical(std::string_view text, std::size_t step) {
  Canonical handler;
  xml::PushParser parser(handler);
  for (std::size_t at = 0; at < text.size(); at += step) {
    if (!parser.feed(text.substr(at, step))) return std::nullopt;
  }
  if (!parser.finish()) return std::nullopt;
  handler.flush();
  return handler.out;
}

}  // namespace

// A document is taken or refused however it arrives, and its canonical form is its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using ig::core::base::require;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto whole = canonical(text, 1 << 16U);
  require(whole == canonical(text, 3), "pieces change nothing");
  if (whole) require(canonical(*whole, 1 << 16U) == whole, "a canonical form is canonical");
  return 0;
}
