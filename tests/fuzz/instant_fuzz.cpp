// links: core_values
#include "core/base/require.hpp"
#include "core/values/instant.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using ig::core::base::require;
using ig::core::values::Instant;

// Whatever is read as a moment is written in UTC and read again as the same moment.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto at = Instant::parse(text)) {
    const auto again = Instant::parse(at->text());
    require(again && *again == *at, "a moment is read back from what it writes");
  }
  return 0;
}
