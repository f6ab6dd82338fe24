#include "adapters/sandbox/sandbox.hpp"

#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "adapters/sandbox/hmrc_service.hpp"
#include "adapters/sandbox/population.hpp"
#include "adapters/sandbox/receiver.hpp"

#include <fmt/format.h>

#include <utility>

namespace ig::adapters::sandbox {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

/// What a gateway keeps to where HMRC takes any number of requests.
constexpr int kRateWithoutLimit = 500;

http::ServerOptions server_options(const std::string& folder) {
  http::ServerOptions out;
  out.certificate_file = folder + "/server.pem";
  out.key_file = folder + "/server.key";
  return out;
}

/// A port nobody has at the moment, for the gateway's API. Somebody may take it before the gateway
/// does; then the sandbox is started again.
Result<std::uint16_t> free_port(const std::string& folder) {
  auto server = http::Server::start(server_options(folder),
                                    [](const auto&, const auto&) { return http::Response{}; });
  if (!server) return server.error();
  const auto port = (*server)->port();
  (*server)->stop();
  return port;
}

/// Some people due for review become people for whom HMRC does not answer, due today: until the
/// day of the review the gateway may still ask again.
void make_unavailable(Population& population, int permille) {
  core::base::SeededRandom random(population.seed ^ 0x503);
  for (Case& own_case : population.cases) {
    for (Expected& wanted : own_case.must) {
      if (wanted.kind != "ANNUAL_REVIEW") continue;
      if (random.below(1'000) >= static_cast<std::uint64_t>(permille)) continue;
      wanted.outcome = "UNREACHABLE";
      own_case.may.push_back({"HMRC_UNREACHABLE"});
      own_case.review = population.as_of;
      population.people[own_case.person].yearly.status = YearlyTruth::Status::unavailable;
    }
  }
}

HmrcOptions hmrc_options(const SandboxOptions& options, const Secrets& secrets) {
  HmrcOptions out;
  out.token.applications = {
      {secrets.client_id, {secrets.client_secret}, secrets.totp_key, true, {}}};
  out.requests_per_second = options.requests_per_second;
  out.faults = options.faults;
  return out;
}

class Running final : public Sandbox {
 public:
  Running(const SandboxOptions& options, Population population, Secrets secrets,
          const core::base::Clock& clock)
      : folder_(options.folder),
        rate_(options.requests_per_second == 0 ? kRateWithoutLimit : options.requests_per_second),
        population_(std::move(population)),
        secrets_(std::move(secrets)),
        hmrc_(population_, hmrc_options(options, secrets_), clock),
        receiver_(population_,
                  {.consumers = {{"cms", secrets_.cms}, {"cms2", secrets_.cms2}},
                   .drop_permille = options.drop_permille,
                   .slow = options.slow},
                  clock) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() override { stop(); }

  Result<void> open() {
    auto hmrc = http::Server::start(
        server_options(folder_),
        [this](const http::Request& request, const http::Peer&) { return hmrc_.handle(request); });
    if (!hmrc) return hmrc.error();
    hmrc_server_ = *std::move(hmrc);
    auto options = server_options(folder_);
    options.client_ca_file = folder_ + "/ca.pem";
    auto cases =
        http::Server::start(options, [this](const http::Request& request, const http::Peer& peer) {
          const bool of_hmrc =
              request.target == "/control/hmrc" || request.target == "/control/faults";
          return of_hmrc ? hmrc_.control(request) : receiver_.handle(request, peer);
        });
    if (!cases) return cases.error();
    cases_server_ = *std::move(cases);
    const auto api = free_port(folder_);
    if (!api) return api.error();
    ports_ = {hmrc_server_->port(), cases_server_->port(), *api};
    return write_addresses(folder_, secrets_, ports_, rate_);
  }

  void stop() override {
    receiver_.stop();
    if (cases_server_) cases_server_->stop();
    if (hmrc_server_) hmrc_server_->stop();
  }
  [[nodiscard]] Ports ports() const override { return ports_; }
  [[nodiscard]] Report report() const override { return receiver_.report(); }

 private:
  const std::string folder_;
  const int rate_;  ///< what the gateway is told to keep to
  const Population population_;
  const Secrets secrets_;
  HmrcService hmrc_;
  Receiver receiver_;
  Ports ports_;
  std::unique_ptr<http::Server> hmrc_server_;
  std::unique_ptr<http::Server> cases_server_;
};

}  // namespace

Result<std::unique_ptr<Sandbox>> Sandbox::start(const SandboxOptions& options,
                                                const core::base::Clock& clock) {
  auto population = make_population(options.seed, options.people, options.as_of);
  if (!population) return population.error();
  make_unavailable(*population, options.unavailable_permille);
  auto secrets = make_secrets(options.totp);
  if (auto done = write_credentials(options.folder, secrets); !done) return done.error();
  if (auto done = write_world(options.folder, *population); !done) return done.error();
  auto out = std::make_unique<Running>(options, *std::move(population), std::move(secrets), clock);
  if (auto opened = out->open(); !opened) return opened.error();
  return std::unique_ptr<Sandbox>(std::move(out));
}

Result<std::string> fetch_report(const std::string& folder, core::base::Deadline by) {
  const auto ports = read_ports(folder);
  if (!ports) return ports.error();
  http::ClientOptions options;
  options.host = "127.0.0.1";
  options.port = fmt::format("{}", ports->cases);
  options.ca_file = folder + "/ca.pem";
  auto client = http::Client::open(options);
  if (!client) return client.error();
  http::Request request;
  request.target = "/control/report";
  auto response = (*client)->send(request, by);
  if (!response) return response.error();
  if (response->status != 200) {
    return Error{ErrorCode::BAD_REPLY, {}, "the sandbox does not give its report"};
  }
  return std::move(response->body);
}

}  // namespace ig::adapters::sandbox
