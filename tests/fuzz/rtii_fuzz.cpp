// links: hmrc
#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/rtii.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/base/require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Whatever is read is written as a fact that reads back to the same line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace formats = ig::adapters::formats;
  using ig::core::base::require;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  static ig::adapters::wire::json::Reader reader;
  static const auto digest = ig::adapters::wire::crypto::make_digest();
  const auto reply = ig::adapters::hmrc::read_rtii(text, {}, reader, *digest);
  if (!reply) return 0;
  require(!reply->facts.empty() || !reply->refused.empty(), "an answer is never nothing");
  for (const auto& fact : reply->facts) {
    std::string line;
    formats::write_fact(line, fact);
    const auto value = reader.read(line);
    require(value.has_value(), "a fact is written as JSON");
    const auto again = formats::read_fact(*value);
    require(again.has_value(), "a fact that is written is read");
    std::string second;
    formats::write_fact(second, *again);
    require(line == second, "a fact reads back to the same line");
  }
  return 0;
}
