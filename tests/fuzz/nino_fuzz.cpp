// links: core_values
#include "core/base/require.hpp"
#include "core/values/nino.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using ig::core::base::require;
using ig::core::values::Nino;
using ig::core::values::NinoClass;

// parse() and classify() never disagree, and a number is read back as it is revealed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto kind = Nino::classify(text);
  const auto nino = Nino::parse(text);
  require(nino.has_value() == (kind != NinoClass::invalid), "what has a class is read");
  if (nino) {
    require(nino->kind() == kind, "parse and classify agree");
    const auto again = Nino::parse(nino->reveal());
    require(again && again->reveal() == nino->reveal(), "a number is read back");
  }
  return 0;
}
