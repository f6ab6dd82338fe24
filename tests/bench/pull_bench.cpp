// links: hmrc sandbox
#include "adapters/hmrc/rtii_client.hpp"
#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "adapters/sandbox/hmrc_service.hpp"
#include "adapters/sandbox/population.hpp"
#include "adapters/wire/crypto/certificates.hpp"
#include "core/base/require.hpp"
#include "tests/bench/ratio.hpp"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

/// Pay of one person, asked for and decoded to facts over TLS by as many workers as a run has by
/// default, without a limit of the rate; against what wrk, which looks at no body, gets for the
/// same question from the same server over as many connections. The server has one thread. Its
/// answers are the sandbox's, or one text that costs it nothing: then what is measured is the two
/// clients alone, on processors that they share with the server.
namespace {

using namespace ig::adapters;
using ig::core::base::Deadline;
using ig::core::base::require;
using ig::core::ports::EarningsQuestion;
using ig::core::values::Date;

constexpr int kRounds = 3;
constexpr int kWorkers = 4;
constexpr int kRequests = 5'000;  ///< of each worker in a round
constexpr int kWrkSeconds = 3;
constexpr int kPayments = 3;  ///< of one answer: a quarter of monthly pay

class SteadyClock final : public ig::core::base::Clock {
 public:
  [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now() const override {
    return std::chrono::sys_days{std::chrono::year{2026} / 2 / 10};
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }
};

/// No limit.
class OpenBudget final : public ig::core::ports::RequestBudget {
 public:
  ig::core::base::Result<void> take(ig::core::ports::Purpose, Deadline) override { return {}; }
  void throttled(std::optional<std::chrono::seconds>) override {}
};

/// An answer as HMRC gives it for the fields of the watch.
std::string answer() {
  constexpr std::array<const char*, kPayments> months = {"2025-11", "2025-12", "2026-01"};
  std::string out = R"({"matchPattern":63,"taxYears":[)";
  for (int i = 0; i < kPayments; ++i) {
    if (i > 0) out.push_back(',');
    out += fmt::format(
        R"({{"taxYear":"25-26","hmrcOfficeNumber":"120","employerPayeRef":"XB4471",)"
        R"("employerName1":"Harbour Tools Ltd","uniqueEmploymentSequenceNumber":2,)"
        R"("payrollId":"E17","employmentStartDate":"2024-05-13","payFrequency":"M1",)"
        R"("paymentDate":"{2}-27","monthlyPeriodNumber":{1},"earningsPeriodsCovered":1,)"
        R"("taxablePayInPeriod":2310.5,"taxablePayToDate":2310{0}.5,"benefitsTaxedViaPayroll":0,)"
        R"("employeePensionContributions":92.42,"pensionContributionsYearToDate":924.2,)"
        R"("employeePensionContributionsNotPaid":0,"grossEarningsForNICs":2402.92,)"
        R"("statutoryMaternityPayYeartoDate":0,"statutoryPaternityPayYearToDate":0,)"
        R"("valueofStatutoryAdoptionPayYearToDate":0,"sharedParentalPayYearToDate":0,)"
        R"("flexibleDrawdownTaxablePayment":0,"trivialCommutationPaymentTypeA":0,)"
        R"("uniquePaymentId":410023778{0},"hmrcReceiptTimestamp":"{2}-26T17:02:00Z",)"
        R"("apiAvailableTimestamp":"{2}-26T17:03:00Z"}})",
        i + 1, i + 8, months.at(static_cast<std::size_t>(i)));
  }
  return out + "]}";
}

std::string write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

/// Runs a program to its end, its output in a file.
void run(std::vector<std::string> words, const std::string& output) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = 0;
  const int started =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  const bool ran = started == 0 && ::waitpid(child, &status, 0) == child && status == 0;
  require(ran, "wrk is installed and runs: ./dev setup");
}

/// One worker: a connection and what rides on it, as `income-gateway` joins it.
class Worker {
 public:
  Worker(const http::ClientOptions& to_server, hmrc::TokenSource& tokens,
         const ig::core::base::Clock& clock)
      : client_(http::Client::open(to_server).value()),
        random_(1),
        caller_(*client_, tokens, budget_, clock, random_, how()),
        rtii_(caller_, clock, random_) {}

  /// How many payments the answer has.
  std::size_t payments(const EarningsQuestion& question) {
    return rtii_.fetch(question, Deadline::in(std::chrono::seconds{10})).facts.size();
  }
  /// Asks so many times; adds the processor time it took.
  void ask(const EarningsQuestion& question, int times) {
    for (int i = 0; i < times; ++i) {
      require(payments(question) == kPayments, "an answer is read to its payments");
    }
    rusage used{};
    ::getrusage(RUSAGE_THREAD, &used);
    cpu_seconds_ += static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                    1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    asked_ += times;
  }
  [[nodiscard]] const http::Client& client() const { return *client_; }
  [[nodiscard]] double cpu_seconds() const { return cpu_seconds_; }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  static hmrc::CallerOptions how() {
    hmrc::CallerOptions out;
    out.wait = [](std::chrono::nanoseconds) {};
    return out;
  }

  std::unique_ptr<http::Client> client_;
  ig::core::base::SeededRandom random_;
  OpenBudget budget_;
  hmrc::Caller caller_;
  hmrc::RtiiClient rtii_;
  double cpu_seconds_ = 0;
  int asked_ = 0;
};

/// What the connections and the processor were used for, over all rounds.
void print_use(const std::vector<std::unique_ptr<Worker>>& workers) {
  constexpr double night_requests = 3.0 * 8 * 3'600;
  constexpr double night_seconds = 8.0 * 3'600;
  http::Client::Handshakes handshakes;
  double cpu = 0;
  double asked = 0;
  for (const auto& worker : workers) {
    handshakes.full += worker->client().handshakes().full;
    handshakes.resumed += worker->client().handshakes().resumed;
    cpu += worker->cpu_seconds();
    asked += worker->asked();
  }
  const auto full = static_cast<double>(handshakes.full);
  const auto resumed = static_cast<double>(handshakes.resumed);
  const double again = full + resumed - static_cast<double>(workers.size());
  ig::bench::print_ratio("hmrc/requests_per_full_handshake_vs_1000", asked / full, 1'000);
  ig::bench::print_ratio("hmrc/resumed_percent_of_reconnects_vs_95", 100 * resumed / again, 95);
  // What three requests a second take of one core in eight hours, by what they took here.
  ig::bench::print_ratio("hmrc/night_cpu_s_of_one_core", cpu / asked * night_requests,
                         night_seconds);
}

/// A server of questions and what it was asked last, for wrk to repeat.
class Endpoint {
 public:
  using Handler = std::function<http::Response(const http::Request&)>;

  Endpoint(const http::ServerOptions& options, Handler handler)
      : server_(http::Server::start(options, [this, handler = std::move(handler)](
                                                 const http::Request& request, const http::Peer&) {
          note(request);
          return handler(request);
        })) {
    require(server_.has_value(), "the server starts");
  }
  ~Endpoint() { (*server_)->stop(); }
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  [[nodiscard]] std::uint16_t port() const { return (*server_)->port(); }
  /// Keeps the next question.
  void listen() {
    const std::lock_guard lock(mutex_);
    listens_ = true;
  }
  [[nodiscard]] http::Request heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void note(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    if (!listens_) return;
    heard_ = request;
    listens_ = false;
  }

  mutable std::mutex mutex_;  ///< guards all below
  bool listens_ = false;
  http::Request heard_;
  ig::core::base::Result<std::unique_ptr<http::Server>> server_;
};

/// Requests a second of wrk with that request, as it prints them.
double wrk(const std::filesystem::path& folder, std::uint16_t port, const http::Request& request) {
  std::string script = "wrk.method = \"POST\"\n";
  for (const char* name : {"Content-Type", "Accept", "Authorization"}) {
    const std::string* value = http::find(request.headers, name);
    require(value != nullptr, "a question has the headers that wrk repeats");
    script += fmt::format("wrk.headers[\"{}\"] = \"{}\"\n", name, *value);
  }
  script += fmt::format("wrk.body = [[{}]]\n", request.body);
  const std::string output = (folder / "wrk.txt").string();
  run({"wrk", "-t1", fmt::format("-c{}", kWorkers), fmt::format("-d{}s", kWrkSeconds), "-s",
       write(folder / "post.lua", script),
       fmt::format("https://127.0.0.1:{}{}", port, request.target)},
      output);
  std::ifstream in(output);
  double rate = 0;
  bool refused = false;
  for (std::string word; in >> word;) {
    refused = refused || word == "Non-2xx";
    if (word == "Requests/sec:") in >> rate;
  }
  require(rate > 0 && !refused, "wrk tells its rate, of answers that are 200");
  return rate;
}

/// What all rounds share: files of the server, and where wrk writes.
struct Bench {
  std::filesystem::path folder;
  http::ServerOptions server;
  std::string ca_file;
  std::string secret_file;
};

Bench make_bench() {
  Bench out;
  out.folder = std::filesystem::temp_directory_path() / fmt::format("ig-pull-bench-{}", ::getpid());
  std::filesystem::create_directories(out.folder);
  const auto ca = wire::crypto::CertificateAuthority::make("Bench CA");
  const std::vector<std::string> names = {"localhost", "127.0.0.1"};
  const auto issued = ca.issue_server(names);
  out.server.certificate_file = write(out.folder / "server.pem", issued.certificate_pem);
  out.server.key_file = write(out.folder / "server.key", issued.key_pem);
  out.ca_file = write(out.folder / "ca.pem", ca.ca_pem());
  out.secret_file = write(out.folder / "secret", "bench");
  return out;
}

EarningsQuestion question_about(const sandbox::Person& person) {
  EarningsQuestion out;
  out.person.nino = ig::core::base::Sensitive(ig::core::values::Nino::parse(person.nino).value());
  out.person.surname = ig::core::base::Sensitive(person.surname);
  out.from = Date::of(2025, 11, 6);
  out.to = Date::of(2026, 2, 5);
  return out;
}

/// Measures one row: the first of these people with a quarter of monthly pay is asked about.
void measure(const char* name, const Bench& bench, const std::vector<sandbox::Member>& people,
             Endpoint::Handler handler, bool tell_use) {
  Endpoint endpoint(bench.server, std::move(handler));
  http::ClientOptions to_server;
  to_server.host = "127.0.0.1";
  to_server.port = std::to_string(endpoint.port());
  to_server.ca_file = bench.ca_file;
  auto token_client = http::Client::open(to_server);
  require(token_client.has_value(), "the client opens");
  const SteadyClock clock;
  hmrc::TokenSource tokens(**token_client, clock,
                           {.client_id = "bench", .client_secret_file = bench.secret_file});
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < kWorkers; ++i) {
    workers.push_back(std::make_unique<Worker>(to_server, tokens, clock));
  }
  EarningsQuestion question;
  const bool found = std::ranges::any_of(people, [&](const sandbox::Member& one) {
    question = question_about(one.person);
    return workers.front()->payments(question) == kPayments;
  });
  require(found, "somebody is paid monthly");
  const auto ours = [&] {
    std::vector<std::thread> threads;
    for (const auto& worker : workers) {
      threads.emplace_back([&] { worker->ask(question, kRequests); });
    }
    for (std::thread& thread : threads) thread.join();
  };
  ours();
  endpoint.listen();
  require(workers.front()->payments(question) == kPayments, "the question that wrk repeats");
  std::vector<double> rates;
  std::vector<double> peers;
  for (int i = 0; i < kRounds; ++i) {
    rates.push_back(kWorkers * kRequests / ig::bench::seconds(ours));
    peers.push_back(wrk(bench.folder, endpoint.port(), endpoint.heard()));
  }
  ig::bench::print_ratio(name, ig::bench::median(rates), ig::bench::median(peers));
  if (tell_use) print_use(workers);
}

}  // namespace

int main() {
  const Bench bench = make_bench();
  const SteadyClock clock;
  const auto population =
      sandbox::make_population(7, 200, std::chrono::sys_days{std::chrono::year{2026} / 2 / 10});
  require(population.has_value(), "a population is made");
  sandbox::HmrcOptions options;
  options.token.applications.push_back({.client_id = "bench", .secrets = {"bench"}});
  options.requests_per_second = 0;
  sandbox::HmrcService service(*population, std::move(options), clock);
  measure(
      "hmrc/pull_answers_vs_wrk", bench, population->people,
      [&](const http::Request& request) { return service.handle(request); }, true);
  const std::string body = answer();
  measure(
      "hmrc/pull_answers_vs_wrk_static_body", bench, population->people,
      [&](const http::Request& request) {
        const bool token = request.target == "/oauth/token";
        return http::Response{
            200,
            {{"Content-Type", "application/json"}},
            token ? R"({"access_token":"bench","token_type":"bearer","expires_in":14400})" : body};
      },
      false);
  std::filesystem::remove_all(bench.folder);
  return 0;
}
