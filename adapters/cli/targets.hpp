#pragma once

#include "adapters/cli/runtime.hpp"
#include "adapters/http/client.hpp"
#include "core/ports/case_system.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ig::adapters::cli {

/// The case systems of the configuration, each with a connection of its own. One thread.
class Targets {
 public:
  /// Errors: CONFIG_INVALID, UNREADABLE (a certificate or secret cannot be read).
  [[nodiscard]] static core::base::Result<std::unique_ptr<Targets>> open(const Runtime& runtime);
  [[nodiscard]] std::map<std::string, core::ports::CaseSystem*> all() const;

 private:
  struct Target {
    std::unique_ptr<http::Client> client;
    std::unique_ptr<core::ports::CaseSystem> system;
  };
  std::map<std::string, Target> targets_;
};

/// Host, port and path of an https URL.
struct HttpsUrl {
  std::string host;
  std::string port = "443";
  std::string path = "/";
};
/// Errors: CONFIG_INVALID.
[[nodiscard]] core::base::Result<HttpsUrl> parse_https_url(std::string_view url);

}  // namespace ig::adapters::cli
