#include "adapters/cli/command.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/wire/crypto/digest.hpp"

#include <fmt/format.h>

namespace ig::adapters::cli {

void add_version(CLI::App& root, Invocation& invocation) {
  auto* version = root.add_subcommand("version", "Print the version and that of the parameters");
  version->callback([&invocation] {
    invocation.run = [] {
      const auto digest = wire::crypto::make_digest();
      const auto parameters = formats::embedded_parameters(*digest);
      fmt::print("income-gateway 0.1.0\nparameters {}\n",
                 parameters ? parameters->version() : std::string("unreadable"));
      return parameters ? kDone : kCouldNot;
    };
  });
}

}  // namespace ig::adapters::cli
