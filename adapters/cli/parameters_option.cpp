#include "adapters/cli/parameters_option.hpp"

#include "adapters/cli/runtime.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/wire/crypto/digest.hpp"

namespace ig::adapters::cli {

core::base::Result<core::rules::ParameterSet> load_parameters(const std::string& file) {
  const auto digest = wire::crypto::make_digest();
  if (file.empty()) return formats::embedded_parameters(*digest);
  const auto text = read_text_file(file);
  if (!text) return text.error();
  return formats::read_parameters(*text, *digest);
}

}  // namespace ig::adapters::cli
