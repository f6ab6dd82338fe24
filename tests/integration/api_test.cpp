#include "adapters/api/service.hpp"
#include "core/jobs/review.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::api {
namespace {

using tests::case_of;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;

class ApiService : public testing::Test {
 protected:
  void SetUp() override {
    world_.add_case(case_of("JG103759A", "1", "cms"));
    FakeHmrc hmrc;
    hmrc.annual_pence["JG103759"] = 3'000'000;
    const auto how = tests::World::review_on(tests::Date::of(2026, 2, 10));
    const auto context = world_.context();
    ASSERT_TRUE(tests::run_review(context, {.yearly = &hmrc}, how).has_value());
    const auto read = world_.store().each_trigger(
        {}, [&](const core::ports::StoredTrigger& stored) { id_ = stored.trigger.id; });
    ASSERT_TRUE(read.has_value());
    ASSERT_EQ(id_.size(), 32u);
  }
  http::Response get(const std::string& target, const std::string& certificate_name) {
    http::Peer peer;
    peer.authenticated = !certificate_name.empty();
    peer.names = {certificate_name};
    return service_.handle({"GET", target, {}, {}}, peer);
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
  Metrics metrics_;
  std::string id_;
  bool ready_ = true;
  Service service_{world_.store(),
                   world_.clock(),
                   metrics_,
                   {{"cms.example", "cms", Role::case_system, "cms"},
                    {"cms2.example", "cms2", Role::case_system, "cms2"},
                    {"ops.example", "ops", Role::op, {}},
                    {"audit.example", "auditor", Role::auditor, {}}},
                   [this] { return ready_; }};
};

TEST_F(ApiService, GivesATriggerToItsOwnCaseSystemAndToTheAuditor) {
  EXPECT_EQ(get("/v1/triggers/" + id_, "cms.example").status, 200u);
  const auto answer = get("/v1/triggers/" + id_, "audit.example");
  EXPECT_EQ(answer.status, 200u);
  EXPECT_NE(answer.body.find("\"assessment\":{"), std::string::npos);
}

TEST_F(ApiService, AnswersAnotherCaseSystemAsIfTheTriggerDidNotExist) {
  const auto foreign = get("/v1/triggers/" + id_, "cms2.example");
  const auto unknown = get("/v1/triggers/" + std::string(32, '0'), "cms2.example");
  EXPECT_EQ(foreign.status, 404u);
  EXPECT_EQ(foreign.body, unknown.body);
  EXPECT_EQ(get("/v1/triggers/" + id_, "ops.example").status, 404u);
}

TEST_F(ApiService, RefusesWhoeverHasNoPrincipal) {
  EXPECT_EQ(get("/healthz", "").status, 403u);
  EXPECT_EQ(get("/v1/triggers/" + id_, "nobody.example").status, 403u);
}

TEST_F(ApiService, AuditsEachReadAlsoARefusedOne) {
  const auto before = world_.store().verify_audit();
  get("/v1/triggers/" + id_, "cms.example");
  get("/v1/triggers/" + id_, "cms2.example");
  const auto after = world_.store().verify_audit();
  ASSERT_TRUE(before.has_value() && after.has_value());
  EXPECT_EQ(after->entries, before->entries + 2);
  EXPECT_FALSE(after->first_broken.has_value());
}

TEST_F(ApiService, SaysWhetherItIsReady) {
  EXPECT_EQ(get("/readyz", "ops.example").status, 200u);
  ready_ = false;
  EXPECT_EQ(get("/readyz", "ops.example").status, 503u);
}

TEST_F(ApiService, KeepsMetricsFromCaseSystems) {
  EXPECT_EQ(get("/metrics", "ops.example").status, 200u);
  EXPECT_EQ(get("/metrics", "cms.example").status, 403u);
}

}  // namespace
}  // namespace ig::adapters::api
