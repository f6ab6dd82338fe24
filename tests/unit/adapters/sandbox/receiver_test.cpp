#include "adapters/sandbox/receiver.hpp"

#include "adapters/sandbox/population.hpp"
#include "adapters/sandbox/webhook.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <thread>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kOther = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

class SandboxReceiver : public ::testing::Test {
 protected:
  SandboxReceiver() {
    const auto kinds = population_kinds();
    population_ =
        make_population(5, static_cast<int>(kinds.size()), parse_day("2026-02-10").value()).value();
    open({});
  }

  void open(Receiver::Options options) {
    options.consumers = {{"cms", kSecret}, {"cms2", kOther}};
    receiver_ = std::make_unique<Receiver>(population_, std::move(options), clock_);
  }

  const Case& case_of(std::string_view archetype, std::string_view system = "cms") const {
    for (const Case& one : population_.cases) {
      if (one.case_system == system && population_.people[one.person].archetype == archetype) {
        return one;
      }
    }
    throw std::out_of_range("no such archetype");
  }

  static json event(const Case& own_case, int sequence, const std::string& kind, json direction,
                    json outcome = nullptr) {
    const auto id =
        fmt::format("{:031x}{:x}", std::hash<std::string>{}(own_case.id + kind), sequence % 16);
    return {{"specversion", "1.0"},
            {"id", id},
            {"source", "urn:income-gateway:sandbox"},
            {"type", "uk.income-gateway.trigger.v1"},
            {"subject", own_case.id},
            {"time", "2026-02-10T10:00:00Z"},
            {"datacontenttype", "application/json"},
            {"sequence", fmt::format("{:019}", sequence)},
            {"data",
             {{"kind", kind},
              {"outcome", std::move(outcome)},
              {"direction", std::move(direction)},
              {"mode", kind == "ANNUAL_REVIEW" ? "LIVE" : "TASK"},
              {"effect", "POSSIBLE"},
              {"effective_candidates", json::array()},
              {"relation", "NEW"},
              {"refers_to", nullptr},
              {"link", "https://127.0.0.1/v1/triggers/" + id}}}};
  }

  http::Response send(const json& body, const std::string& system = "cms",
                      const std::string& secret = kSecret) {
    http::Request request;
    request.method = "POST";
    request.target = "/cases/" + system + "/triggers";
    request.body = body.dump();
    request.headers = webhook_headers(body.value("id", ""), request.body, secret,
                                      std::chrono::floor<std::chrono::seconds>(clock_.now()));
    request.headers.push_back({"Content-Type", "application/cloudevents+json; charset=utf-8"});
    return receiver_->handle(request, {true, {"urn:sandbox:income-gateway"}});
  }

  core::base::ManualClock clock_{std::chrono::sys_days{std::chrono::year{2026} / 2 / 10}};
  Population population_;
  std::unique_ptr<Receiver> receiver_;
};

TEST_F(SandboxReceiver, TakesUpIncomeOnThePopulationsOwnFigure) {
  const Case& own_case = case_of("rise_monthly");
  const auto answer = send(event(own_case, 1, "IN_YEAR_INCOME", "UP"));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const json receipt = json::parse(answer.body);
  EXPECT_EQ(receipt["outcome"], "APPLIED");
  EXPECT_EQ(receipt["in_force"]["basis"], "CURRENT");
  EXPECT_EQ(receipt["in_force"]["weekly_pence"], population_.people[own_case.person].weekly_now);
}

TEST_F(SandboxReceiver, OnlyReceivesIncomeThatDidNotChange) {
  const auto answer = send(event(case_of("bonus_month"), 1, "IN_YEAR_INCOME", "UP"));
  ASSERT_EQ(answer.status, 200U);
  EXPECT_EQ(json::parse(answer.body), json({{"outcome", "RECEIVED"}}));
  EXPECT_EQ(receiver_->report().unexpected, 1);
}

TEST_F(SandboxReceiver, TakesUpALiveReviewOnHmrcsFigure) {
  const Case& own_case = case_of("review_changed");
  const auto answer = send(event(own_case, 1, "ANNUAL_REVIEW", "UP", "CHANGED"));
  const json receipt = json::parse(answer.body);
  EXPECT_EQ(receipt["outcome"], "APPLIED");
  EXPECT_EQ(receipt["in_force"]["tax_year"], "2024-25");
  EXPECT_EQ(receipt["in_force"]["annual_pence"], population_.people[own_case.person].yearly.annual);
  EXPECT_EQ(receipt["review_date"], text(plus_years(own_case.review, 1)));
}

TEST_F(SandboxReceiver, AppliesATriggerOnceHoweverOftenItComes) {
  const json one = event(case_of("rise_monthly"), 1, "IN_YEAR_INCOME", "UP");
  const auto first = send(one);
  for (int again = 0; again < 3; ++again) {
    const auto answer = send(one);
    ASSERT_EQ(answer.status, 200U);
    json receipt = json::parse(answer.body);
    EXPECT_EQ(receipt["duplicate"], true);
    receipt.erase("duplicate");
    EXPECT_EQ(receipt, json::parse(first.body))
        << "the same receipt, so that a lost one is made up";
  }
  EXPECT_EQ(receiver_->report().applied, 1);
  EXPECT_EQ(receiver_->report().redelivered, 3);
  EXPECT_EQ(receiver_->report().applied_twice, 0);
}

TEST_F(SandboxReceiver, RefusesTheSameIdWithOtherContent) {
  json one = event(case_of("rise_monthly"), 1, "IN_YEAR_INCOME", "UP");
  ASSERT_EQ(send(one).status, 200U);
  one["data"]["direction"] = "DOWN";
  EXPECT_EQ(send(one).status, 409U);
  EXPECT_EQ(receiver_->report().applied, 1);
}

TEST_F(SandboxReceiver, HoldsEachCaseToItsSequence) {
  const Case& own_case = case_of("only_job_lost");
  EXPECT_EQ(send(event(own_case, 2, "IN_YEAR_INCOME", "DOWN")).status, 409U) << "a gap";
  EXPECT_EQ(send(event(own_case, 1, "EMPLOYMENT_ENDED", nullptr)).status, 200U);
  EXPECT_EQ(send(event(own_case, 1, "IN_YEAR_INCOME", "DOWN")).status, 409U) << "a place taken";
  EXPECT_EQ(send(event(own_case, 2, "IN_YEAR_INCOME", "DOWN")).status, 200U);
  EXPECT_EQ(send(event(own_case, 4, "HUMAN_REVIEW", nullptr)).status, 409U) << "a gap";
  const auto report = receiver_->report();
  EXPECT_EQ(report.refused.at("GAP_IN_SEQUENCE"), 2);
  EXPECT_EQ(report.refused.at("SAME_SEQUENCE_OTHER_ID"), 1);
  EXPECT_EQ(send(event(case_of("fall_monthly"), 1, "IN_YEAR_INCOME", "DOWN")).status, 200U)
      << "each case counts for itself";
}

TEST_F(SandboxReceiver, KeepsTheCaseSystemsApart) {
  const json second = event(case_of("two_case_systems", "cms2"), 1, "IN_YEAR_INCOME", "UP");
  EXPECT_EQ(send(second, "cms").status, 404U) << "not a case of this system";
  EXPECT_EQ(send(second, "cms2", kSecret).status, 401U) << "signed with the other's secret";
  EXPECT_EQ(send(second, "cms2", kOther).status, 200U);
  EXPECT_EQ(send(second, "cms3").status, 404U);
}

TEST_F(SandboxReceiver, WantsASignatureAndACertificate) {
  const json one = event(case_of("rise_monthly"), 1, "IN_YEAR_INCOME", "UP");
  EXPECT_EQ(send(one, "cms", kOther).status, 401U);
  http::Request request;
  request.method = "POST";
  request.target = "/cases/cms/triggers";
  request.body = one.dump();
  request.headers = webhook_headers(one["id"].get<std::string>(), request.body, kSecret,
                                    std::chrono::floor<std::chrono::seconds>(clock_.now()));
  request.headers.push_back({"Content-Type", "application/cloudevents+json"});
  EXPECT_EQ(receiver_->handle(request, {}).status, 403U);
  clock_.advance(std::chrono::minutes{6});
  EXPECT_EQ(receiver_->handle(request, {true, {}}).status, 401U) << "replayed too late";
  request.headers.pop_back();
  clock_.advance(std::chrono::minutes{-6});
  EXPECT_EQ(receiver_->handle(request, {true, {}}).status, 415U);
  EXPECT_EQ(receiver_->report().applied, 0);
}

TEST_F(SandboxReceiver, RefusesAnEventThatIsNotWhole) {
  const json whole = event(case_of("rise_monthly"), 1, "IN_YEAR_INCOME", "UP");
  for (const auto& [name, value] : whole.items()) {
    json half = whole;
    half.erase(name);
    EXPECT_EQ(send(half).status, 400U) << name;
  }
  for (const auto& [name, value] : whole["data"].items()) {
    json half = whole;
    half["data"].erase(name);
    EXPECT_EQ(send(half).status, 400U) << name;
  }
  json named = whole;
  named["data"]["note"] = population_.people[case_of("rise_monthly").person].person.nino;
  EXPECT_EQ(json::parse(send(named).body)["code"], "PERSONAL_DATA");
  EXPECT_EQ(send(whole).status, 200U);
}

TEST_F(SandboxReceiver, LosesAnswersAfterItHasApplied) {
  Receiver::Options options;
  options.drop_permille = 1'000;
  open(options);
  const json one = event(case_of("rise_monthly"), 1, "IN_YEAR_INCOME", "UP");
  EXPECT_TRUE(send(one).unanswered);
  EXPECT_FALSE(send(one).unanswered) << "the redelivery is answered";
  EXPECT_EQ(receiver_->report().applied, 1);
  EXPECT_EQ(receiver_->report().dropped_answers, 1);
}

TEST_F(SandboxReceiver, StopsWaitingWhenToldTo) {
  Receiver::Options options;
  options.slow = std::chrono::hours{1};
  open(options);
  std::thread delivery([&] { send(event(case_of("rise_monthly"), 1, "IN_YEAR_INCOME", "UP")); });
  receiver_->stop();
  delivery.join();
  EXPECT_EQ(receiver_->report().applied, 1);
}

TEST_F(SandboxReceiver, FindsNothingMissingWhenAllHasCome) {
  EXPECT_GT(receiver_->report().missing, 15);
  EXPECT_FALSE(receiver_->report().good());
  for (const Case& own_case : population_.cases) {
    int sequence = 0;
    for (const Expected& wanted : own_case.must) {
      const json direction = wanted.direction.empty() ? json(nullptr) : json(wanted.direction);
      json outcome = nullptr;
      if (wanted.kind == "ANNUAL_REVIEW") {
        outcome = wanted.outcome.empty() ? "UNREACHABLE" : wanted.outcome;
      }
      const bool first = own_case.case_system == "cms";
      const auto answer = send(event(own_case, ++sequence, wanted.kind, direction, outcome),
                               own_case.case_system, first ? kSecret : kOther);
      ASSERT_EQ(answer.status, 200U) << answer.body;
    }
  }
  const auto report = receiver_->report();
  EXPECT_TRUE(report.good()) << report_json(report);
  EXPECT_EQ(report.unexpected, 0);
  EXPECT_EQ(report.cases, std::ssize(population_.cases));
}

}  // namespace
}  // namespace ig::adapters::sandbox
