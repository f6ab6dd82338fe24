#include "adapters/cli/command.hpp"
#include "adapters/cli/config.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/zone/london.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

/// Reads the parameters and says which triggers they keep from being pushed LIVE.
int check_parameters(const GatewayConfig& config) {
  const auto parameters = load_parameters(config.parameters_file);
  if (!parameters) {
    report(parameters.error());
    return kRefused;
  }
  const SystemClock clock;
  const auto today = wire::zone::make_london()->day_of(core::values::Instant::of(clock.now()));
  for (const std::string& line : held_back(config, *parameters, today)) fmt::print("{}\n", line);
  return kDone;
}

/// Reads the configuration and every file it names, and opens nothing else.
int check(const std::string& file) {
  const auto config = load_config(file);
  if (!config) return report(config.error()) == kMisuse ? kMisuse : kRefused;
  std::vector<std::string> files = {
      config->parameters_file,      config->hmrc.ca_file, config->hmrc.client_secret_file,
      config->api.certificate_file, config->api.key_file, config->api.client_ca_file};
  for (const CaseSystemConfig& target : config->case_systems) {
    files.insert(files.end(), {target.ca_file, target.certificate_file, target.key_file,
                               target.signing_secret_file});
  }
  int status = kDone;
  for (const std::string& name : files) {
    if (name.empty()) continue;
    if (const auto text = read_text_file(name); !text) {
      report(text.error());
      status = kRefused;
    }
  }
  if (status == kDone) status = check_parameters(*config);
  if (status == kDone) {
    fmt::print("configuration is whole: site {}, {} case system(s), {} principal(s)\n",
               config->site, config->case_systems.size(), config->principals.size());
  }
  return status;
}

}  // namespace

void add_config(CLI::App& root, Invocation& invocation) {
  auto* config = root.add_subcommand("config", "Look at the configuration");
  config->require_subcommand(1);
  auto* one = config->add_subcommand("check", "Say whether gateway.toml and its files are whole");
  const auto file = std::make_shared<std::string>();
  one->add_option("file", *file, "the file; default: --config");
  one->callback([&invocation, file] {
    invocation.run = [&invocation, file] {
      return check(file->empty() ? invocation.config_file : *file);
    };
  });
}

}  // namespace ig::adapters::cli
