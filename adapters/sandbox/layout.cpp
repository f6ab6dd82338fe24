#include "adapters/sandbox/layout.hpp"

#include "adapters/sandbox/files.hpp"
#include "adapters/sandbox/fps_files.hpp"
#include "adapters/sandbox/totp.hpp"
#include "adapters/sandbox/truth_json.hpp"
#include "adapters/wire/crypto/certificates.hpp"
#include "adapters/wire/crypto/hmac.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace ig::adapters::sandbox {
namespace {

using core::base::Result;

constexpr std::string_view kCommon =
    R"(# Written by `income-gateway sandbox run`; new at each start.
site = "sandbox"
# Made-up people only: reviews go LIVE on parameters that nobody has confirmed.
allow_unconfirmed = ["hmrc.window_years", "pension.ras_gross", "periodic.months", "report.days",
                     "review.feb29"]

[store]
file = "income-gateway.db"
identity_key_file = "income-gateway.key"

[hmrc]
base_url = "https://127.0.0.1:{hmrc}"
token_url = "https://127.0.0.1:{hmrc}/oauth/token"
ca_file = "ca.pem"
client_id = "{client_id}"
client_secret_file = "client_secret"
# HMRC allows an application 3 requests a second. This is loopback, where nobody else waits.
requests_per_second = {rate}
call_limit_ms = 5000
{totp}
[api]
address = "127.0.0.1"
port = {api}
certificate_file = "gateway-api.pem"
key_file = "gateway-api.key"
client_ca_file = "ca.pem"
public_url = "https://127.0.0.1:{api}"

[serve]
review_every_s = 5
watch_every_s = 5
delivery_poll_s = 1
)";

constexpr std::string_view kCaseSystem = R"(
[[case_system]]
name = "{name}"
url = "https://127.0.0.1:{cases}/cases/{name}/triggers"
ca_file = "ca.pem"
certificate_file = "gateway-client.pem"
key_file = "gateway-client.key"
signing_secret_file = "webhook-{name}.secret"
figures = false
default_mode = "TASK"

[case_system.modes]
ANNUAL_REVIEW = "{review_mode}"
BENEFIT_STATUS = "OFF"
)";

constexpr std::string_view kPrincipals = R"(
[[principal]]
certificate_name = "urn:sandbox:case-system:cms"
name = "cms"
role = "case-system"
case_system = "cms"

[[principal]]
certificate_name = "urn:sandbox:case-system:cms2"
name = "cms2"
role = "case-system"
case_system = "cms2"

[[principal]]
certificate_name = "urn:sandbox:operator"
name = "sandbox operator"
role = "operator"
)";

Result<void> write_issued(const std::string& folder, std::string_view name,
                          const wire::crypto::Issued& issued) {
  const std::string stem = fmt::format("{}/{}", folder, name);
  if (auto done = write_file(stem + ".pem", issued.certificate_pem); !done) return done;
  return write_file(stem + ".key", issued.key_pem, Secrecy::owner_only);
}

std::string signing_secret() {
  return "whsec_" + wire::crypto::base64(std::string_view(wire::crypto::random_bytes(32)));
}

}  // namespace

Secrets make_secrets(bool with_totp) {
  return {.client_id = "sandbox-income-gateway",
          .client_secret = wire::crypto::base64(std::string_view(wire::crypto::random_bytes(24))),
          .cms = signing_secret(),
          .cms2 = signing_secret(),
          .totp_key = with_totp ? to_base32(wire::crypto::random_bytes(40)) : std::string()};
}

Result<void> write_credentials(const std::string& folder, const Secrets& secrets) {
  const auto authority = wire::crypto::CertificateAuthority::make("income-gateway sandbox");
  const std::array<std::string, 2> here = {"127.0.0.1", "localhost"};
  if (auto done = write_file(folder + "/ca.pem", authority.ca_pem()); !done) return done;
  for (const char* name : {"server", "gateway-api"}) {
    if (auto done = write_issued(folder, name, authority.issue_server(here)); !done) return done;
  }
  constexpr std::array<std::array<const char*, 2>, 4> clients = {{
      {"gateway-client", "urn:sandbox:income-gateway"},
      {"api-cms", "urn:sandbox:case-system:cms"},
      {"api-cms2", "urn:sandbox:case-system:cms2"},
      {"api-operator", "urn:sandbox:operator"},
  }};
  for (const auto& [name, urn] : clients) {
    if (auto done = write_issued(folder, name, authority.issue_client(urn)); !done) return done;
  }
  const std::array<std::array<std::string, 2>, 4> texts = {{
      {"client_secret", secrets.client_secret},
      {"webhook-cms.secret", secrets.cms},
      {"webhook-cms2.secret", secrets.cms2},
      {"totp_key", secrets.totp_key},
  }};
  for (const auto& [name, secret] : texts) {
    if (secret.empty()) continue;
    auto done = write_file(fmt::format("{}/{}", folder, name), fmt::format("{}\n", secret),
                           Secrecy::owner_only);
    if (!done) return done;
  }
  return {};
}

Result<void> write_world(const std::string& folder, const Population& population) {
  auto done = write_file(folder + "/cases.ndjson", cases_ndjson(population));
  if (done) done = write_file(folder + "/population.json", population_json(population));
  for (const FpsFile& file : make_fps_files(population)) {
    if (!done) return done;
    done = write_file(folder + "/fps/" + file.name, file.text);
  }
  return done;
}

std::string gateway_toml(const Secrets& secrets, const Ports& ports, int requests_per_second) {
  std::string out = fmt::format(
      kCommon, fmt::arg("hmrc", ports.hmrc), fmt::arg("api", ports.api),
      fmt::arg("client_id", secrets.client_id), fmt::arg("rate", requests_per_second),
      fmt::arg("totp", secrets.totp_key.empty() ? "" : "totp_key_file = \"totp_key\"\n"));
  // One case system takes reviews by itself, the other has every trigger looked at by a person.
  out += fmt::format(kCaseSystem, fmt::arg("name", "cms"), fmt::arg("cases", ports.cases),
                     fmt::arg("review_mode", "LIVE"));
  out += fmt::format(kCaseSystem, fmt::arg("name", "cms2"), fmt::arg("cases", ports.cases),
                     fmt::arg("review_mode", "TASK"));
  out += kPrincipals;
  return out;
}

Result<void> write_addresses(const std::string& folder, const Secrets& secrets, const Ports& ports,
                             int requests_per_second) {
  const nlohmann::ordered_json own{
      {"hmrc_port", ports.hmrc}, {"cases_port", ports.cases}, {"gateway_api_port", ports.api}};
  auto done =
      write_file(folder + "/gateway.toml", gateway_toml(secrets, ports, requests_per_second));
  if (done) done = write_file(folder + "/sandbox.json", own.dump() + "\n");
  return done;
}

Result<Ports> read_ports(const std::string& folder) {
  const auto text = read_file(folder + "/sandbox.json");
  if (!text) return text.error();
  const auto own = nlohmann::json::parse(*text, nullptr, false);
  Ports out;
  for (const auto& [name, port] :
       {std::pair{"hmrc_port", &out.hmrc}, std::pair{"cases_port", &out.cases},
        std::pair{"gateway_api_port", &out.api}}) {
    if (!own.is_object() || !own.contains(name) || !own[name].is_number_unsigned()) {
      return core::base::Error{core::base::ErrorCode::UNREADABLE, std::string("/") + name,
                               "sandbox.json is not what a sandbox writes at its start"};
    }
    *port = own[name].get<std::uint16_t>();
  }
  return out;
}

}  // namespace ig::adapters::sandbox
