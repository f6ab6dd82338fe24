#pragma once

#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/rtii_client.hpp"
#include "adapters/hmrc/token.hpp"
#include "adapters/hmrc/yearly_rest.hpp"
#include "adapters/http/client.hpp"
#include "adapters/sandbox/hmrc_service.hpp"
#include "adapters/sandbox/population.hpp"
#include "core/base/random.hpp"
#include "core/jobs/store_budget.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/world.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

/// HMRC as the sandbox plays it, without a socket and in a time of its own.
namespace ig::tests::simulation {

using std::chrono::milliseconds;

/// What HMRC grants an application.
inline constexpr core::delivery::PaceRules kHmrcLimit{
    .per_second = 3, .headroom = milliseconds{20}, .passed_over_max = 9};

inline adapters::sandbox::Population made_up(int people) {
  const auto day = adapters::sandbox::parse_day("2026-02-10");
  auto out = adapters::sandbox::make_population(7, people, *day);
  core::base::require(out.has_value(), "a population is made");
  return *std::move(out);
}

/// A connection whose other end is a handler: each answer takes a while by the clock, and what the
/// sandbox does to the bytes of an answer is an error, as it is on a wire.
class SimulatedClient final : public adapters::http::Client {
 public:
  using Handler = std::function<adapters::http::Response(const adapters::http::Request&)>;

  SimulatedClient(Handler handler, core::base::ManualClock& clock, std::uint64_t seed)
      : handler_(std::move(handler)), clock_(clock), random_(seed) {}

  [[nodiscard]] core::base::Result<void> prepare(core::base::Deadline) override { return {}; }
  [[nodiscard]] core::base::Result<adapters::http::Response> send(
      const adapters::http::Request& request, core::base::Deadline) override {
    using core::base::ErrorCode;
    clock_.advance(milliseconds{1 + random_.below(10)});
    auto response = handler_(request);
    clock_.advance(milliseconds{40 + random_.below(200)});
    if (response.unanswered) {
      return core::base::fail(ErrorCode::UNAVAILABLE, {}, "the peer closed the connection");
    }
    const auto& mishap = response.mishap;
    if (mishap.sent_at_most || mishap.withheld != 0 || mishap.reset) {
      return core::base::fail(ErrorCode::BAD_REPLY, {}, "the answer is cut short");
    }
    return response;
  }
  [[nodiscard]] Handshakes handshakes() const override { return {}; }

 private:
  Handler handler_;
  core::base::ManualClock& clock_;
  core::base::SeededRandom random_;
};

/// One application's way to HMRC over two connections, as `income-gateway` joins it.
class Worker {
 public:
  Worker(adapters::http::Client& token_client, adapters::http::Client& client,
         core::ports::Store& store, const core::base::Clock& clock, std::string secret_file,
         core::delivery::PaceRules pace, std::function<void(std::chrono::nanoseconds)> wait)
      : random_(4),
        tokens_(token_client, clock, token_options(std::move(secret_file), wait), &random_),
        budget_(store, clock, pace, wait),
        caller_(client, tokens_, budget_, clock, random_, caller_options(wait)),
        yearly_(caller_, clock),
        earnings_(caller_, clock, random_) {}

  [[nodiscard]] core::jobs::HmrcPorts ports() {
    return {.yearly = &yearly_, .earnings = &earnings_, .take_waited = [this] {
              return budget_.take_waited();
            }};
  }

 private:
  using Wait = std::function<void(std::chrono::nanoseconds)>;

  static adapters::hmrc::TokenOptions token_options(std::string secret_file, const Wait& wait) {
    adapters::hmrc::TokenOptions out;
    out.client_id = "gateway";
    out.client_secret_file = std::move(secret_file);
    out.wait = wait;
    return out;
  }
  static adapters::hmrc::CallerOptions caller_options(const Wait& wait) {
    adapters::hmrc::CallerOptions out;
    out.wait = wait;
    out.authority = "hmrc.example:443";
    return out;
  }

  core::base::SeededRandom random_;
  adapters::hmrc::TokenSource tokens_;
  core::jobs::StoreBudget budget_;
  adapters::hmrc::Caller caller_;
  adapters::hmrc::YearlyRest yearly_;
  adapters::hmrc::RtiiClient earnings_;
};

/// The case register's line of a sandbox case, on its way into a store.
inline core::facts::CaseRecord record_of(const adapters::sandbox::Population& population,
                                         const adapters::sandbox::Case& one,
                                         core::values::Date review_date) {
  const auto& person = population.people[one.person].person;
  auto out = case_of(person.nino, one.id, one.case_system);
  using core::base::Sensitive;
  out.person.forename = Sensitive<std::string>(person.forename);
  out.person.surname = Sensitive<std::string>(person.surname);
  const auto born = core::values::Date::parse(adapters::sandbox::text(person.born));
  core::base::require(born.has_value(), "a birth date of the sandbox is a date");
  out.person.date_of_birth = Sensitive<core::values::Date>(*born);
  out.person.gender = std::string(1, person.gender);
  out.review_date = review_date;
  return out;
}

}  // namespace ig::tests::simulation
