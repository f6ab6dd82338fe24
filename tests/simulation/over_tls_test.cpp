#include "adapters/http/server.hpp"
#include "core/jobs/review.hpp"
#include "tests/simulation/simulated_hmrc.hpp"
#include "tests/unit/adapters/http/house.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace ig::tests::simulation {
namespace {

using namespace std::chrono_literals;
using core::values::Date;

/// The clock of this machine.
class RealClock final : public core::base::Clock {
 public:
  [[nodiscard]] std::chrono::sys_time<milliseconds> now() const override {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }
};

/// Lets real time pass, as the pace of a real run does: what is judged is the peer's own count.
void hold(std::chrono::nanoseconds wait) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, wait, [] { return false; });
}

/// One worker with connections and a store of its own.
struct TlsWorker {
  TlsWorker(const http::House& house, std::uint16_t port, const std::string& store_file,
            const std::string& secret_file, const core::base::Clock& clock, int per_second)
      : world(store_file),
        token_client(http::open(house.client_options(port))),
        client(http::open(house.client_options(port))),
        worker(*token_client, *client, world.store(), clock, secret_file,
               // The other end counts when requests arrive: a busy machine delays one by so much.
               {.per_second = static_cast<std::uint32_t>(per_second), .headroom = 150ms},
               [](std::chrono::nanoseconds wait) { hold(wait); }) {}

  World world;
  std::unique_ptr<adapters::http::Client> token_client;
  std::unique_ptr<adapters::http::Client> client;
  Worker worker;
};

TEST(ReviewOverTls, ThreeHundredCasesAtFiftyASecondByFourWorkersKeepTheLimit) {
  constexpr int kLimit = 50;
  const RealClock clock;
  TempFolder folder;
  const http::House house;
  auto population =
      adapters::sandbox::make_population(3, 300, *adapters::sandbox::parse_day("2026-02-10"));
  ASSERT_TRUE(population.has_value());
  adapters::sandbox::HmrcOptions options;
  options.token.applications = {{"gateway", {"secret"}, {}, true, {}}};
  options.requests_per_second = kLimit;
  adapters::sandbox::HmrcService service(*population, options, clock);
  const auto server = http::start(
      house.server_options(), [&](const adapters::http::Request& request,
                                  const adapters::http::Peer&) { return service.handle(request); });
  const std::string secret = folder.write("secret", "secret\n");
  std::vector<std::unique_ptr<TlsWorker>> workers;
  for (int i = 0; i < 4; ++i) {
    workers.push_back(std::make_unique<TlsWorker>(house, server->port(), folder.file("store.db"),
                                                  secret, clock, kLimit));
  }
  const Date today = Date::of(2026, 6, 10);
  std::uint64_t cases = 0;
  for (const auto& one : population->cases) {
    if (!one.open) continue;
    workers[0]->world.add_case(record_of(*population, one, today.plus_days(20)));
    ++cases;
  }

  const auto context = workers[0]->world.context();
  const auto run = core::jobs::ReviewRun::find(context, today);
  ASSERT_TRUE(run.has_value());
  std::mutex mutex;
  auto how = World::review_on(today);
  how.alone = [&](const std::function<void()>& piece) {
    const std::lock_guard lock(mutex);
    piece();
  };
  std::vector<std::thread> threads;
  for (auto& worker : workers) {
    threads.emplace_back([&] {
      const auto own = worker->world.context();
      const auto ports = worker->worker.ports();
      EXPECT_TRUE((*run)->work(own, ports, how).has_value());
    });
  }
  for (std::thread& thread : threads) thread.join();

  const auto summary = (*run)->summary();
  EXPECT_TRUE(summary.ties());
  EXPECT_EQ(summary.untouched, 0U);
  EXPECT_EQ(summary.decided + summary.waiting + summary.plan.not_tested, cases);
  EXPECT_GT(summary.decided, 200U);
  for (const auto& [application, seen] : service.rate()) {
    EXPECT_LE(seen.worst_second, kLimit) << application;
    EXPECT_EQ(seen.refused, 0) << application;
  }
}

}  // namespace
}  // namespace ig::tests::simulation
