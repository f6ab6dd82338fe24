#include "adapters/sandbox/sandbox.hpp"

#include "adapters/http/client.hpp"
#include "adapters/sandbox/files.hpp"
#include "adapters/sandbox/webhook.hpp"
#include "tests/support/temp_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <sstream>

namespace ig::adapters::sandbox {
namespace {

using core::base::Deadline;
using nlohmann::json;
using namespace std::chrono_literals;

class WallClock final : public core::base::Clock {
 public:
  [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }
};

/// A sandbox of 27 people, over real TLS.
class SandboxOverTls : public ::testing::Test {
 protected:
  void start(int drop_permille = 0, int unavailable_permille = 0, SandboxOptions options = {}) {
    options.folder = folder_.file("world");
    options.people = 27;
    options.as_of = parse_day("2026-02-10").value();
    options.drop_permille = drop_permille;
    options.unavailable_permille = unavailable_permille;
    auto started = Sandbox::start(options, clock_);
    ASSERT_TRUE(started) << started.error().message;
    sandbox_ = *std::move(started);
  }

  std::unique_ptr<http::Client> client(std::uint16_t port, bool with_certificate) {
    http::ClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::to_string(port);
    options.ca_file = folder_.file("world/ca.pem");
    if (with_certificate) {
      options.certificate_file = folder_.file("world/gateway-client.pem");
      options.key_file = folder_.file("world/gateway-client.key");
    }
    return http::Client::open(options).value();
  }

  std::string secret(const char* file) {
    auto text = read_file(folder_.file(std::string("world/") + file)).value();
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }

  /// The first case of the register that a rise must be told of.
  json a_case_that_rises() {
    const auto all = json::parse(read_file(folder_.file("world/population.json")).value());
    for (const auto& one : all["cases"]) {
      if (one["archetype"] == "rise_monthly") return one;
    }
    return {};
  }

  http::Request trigger(const std::string& case_id) {
    const std::string id(32, 'a');
    http::Request out;
    out.method = "POST";
    out.target = "/cases/cms/triggers";
    out.body = json{{"specversion", "1.0"},
                    {"id", id},
                    {"source", "urn:income-gateway:sandbox"},
                    {"type", "uk.income-gateway.trigger.v1"},
                    {"subject", case_id},
                    {"time", "2026-02-10T10:00:00Z"},
                    {"datacontenttype", "application/json"},
                    {"sequence", "0000000000000000001"},
                    {"data",
                     {{"kind", "IN_YEAR_INCOME"},
                      {"outcome", nullptr},
                      {"direction", "UP"},
                      {"mode", "TASK"},
                      {"effect", "POSSIBLE"},
                      {"effective_candidates", json::array()},
                      {"relation", "NEW"},
                      {"refers_to", nullptr},
                      {"link", "https://127.0.0.1/v1/triggers/" + id}}}}
                   .dump();
    out.headers = webhook_headers(id, out.body, secret("webhook-cms.secret"),
                                  std::chrono::floor<std::chrono::seconds>(clock_.now()));
    out.headers.push_back({"Content-Type", "application/cloudevents+json"});
    return out;
  }

  tests::support::TempFolder folder_;
  WallClock clock_;
  std::unique_ptr<Sandbox> sandbox_;
};

TEST_F(SandboxOverTls, WritesAWholeFolderForItsOwnerAlone) {
  start();
  for (const char* name :
       {"ca.pem", "gateway.toml", "cases.ndjson", "population.json", "sandbox.json",
        "gateway-api.pem", "api-cms.pem", "api-operator.pem", "fps/2026-01-30-monthly.xml"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_.file(std::string("world/") + name))) << name;
  }
  namespace fs = std::filesystem;
  for (const char* name : {"server.key", "gateway-api.key", "gateway-client.key", "client_secret",
                           "webhook-cms.secret", "webhook-cms2.secret"}) {
    const auto rights = fs::status(folder_.file(std::string("world/") + name)).permissions();
    EXPECT_EQ(rights & (fs::perms::group_all | fs::perms::others_all), fs::perms::none) << name;
  }
  const auto toml = read_file(folder_.file("world/gateway.toml")).value();
  EXPECT_NE(toml.find(fmt::format("127.0.0.1:{}/oauth/token", sandbox_->ports().hmrc)),
            std::string::npos);
}

TEST_F(SandboxOverTls, GivesATokenAndAFigure) {
  start();
  const auto hmrc = client(sandbox_->ports().hmrc, false);
  http::Request ask;
  ask.method = "POST";
  ask.target = "/oauth/token";
  ask.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  std::string quoted;
  for (const char c : secret("client_secret")) {
    quoted += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  ask.body =
      "grant_type=client_credentials&client_id=sandbox-income-gateway&client_secret=" + quoted;
  const auto granted = hmrc->send(ask, Deadline::in(10s));
  ASSERT_TRUE(granted) << granted.error().message;
  ASSERT_EQ(granted->status, 200U);
  const auto first = read_file(folder_.file("world/cases.ndjson")).value();
  const auto person = json::parse(first.substr(0, first.find('\n')))["person"];
  http::Request search;
  search.method = "POST";
  search.target = "/yearly-figures/v1/search";
  search.headers = {
      {"Authorization", "Bearer " + json::parse(granted->body)["access_token"].get<std::string>()},
      {"Content-Type", "application/json"}};
  search.body = json{{"requestId", "1"},
                     {"nino", person["nino"]},
                     {"surname", person["surname"]},
                     {"forename", person["forename"]},
                     {"dateOfBirth", person["date_of_birth"]},
                     {"purpose", "ANNUAL_REVIEW"},
                     {"askedOn", "2026-02-10"}}
                    .dump();
  const auto figure = hmrc->send(search, Deadline::in(10s));
  ASSERT_TRUE(figure) << figure.error().message;
  EXPECT_EQ(figure->status, 200U) << figure->body;
  EXPECT_EQ(json::parse(figure->body)["status"], "AVAILABLE");
}

TEST_F(SandboxOverTls, AppliesATriggerOfACertifiedSenderOnly) {
  start();
  const auto request = trigger(a_case_that_rises()["case"].get<std::string>());
  const auto stranger = client(sandbox_->ports().cases, false)->send(request, Deadline::in(10s));
  ASSERT_TRUE(stranger) << stranger.error().message;
  EXPECT_EQ(stranger->status, 403U);
  const auto known = client(sandbox_->ports().cases, true)->send(request, Deadline::in(10s));
  ASSERT_TRUE(known) << known.error().message;
  EXPECT_EQ(known->status, 200U) << known->body;
  EXPECT_EQ(json::parse(known->body)["outcome"], "APPLIED");
  const auto report = fetch_report(folder_.file("world"), Deadline::in(10s));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(json::parse(*report)["applied"], 1);
  EXPECT_GT(json::parse(*report)["missing"], 10);
  EXPECT_FALSE(report_is_good(*report));
}

TEST_F(SandboxOverTls, LosesAnAnswerAsABrokenNetworkDoes) {
  start(1'000);
  const auto request = trigger(a_case_that_rises()["case"].get<std::string>());
  EXPECT_FALSE(client(sandbox_->ports().cases, true)->send(request, Deadline::in(10s)));
  const auto again = client(sandbox_->ports().cases, true)->send(request, Deadline::in(10s));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(json::parse(again->body)["duplicate"], true);
  EXPECT_EQ(sandbox_->report().applied, 1);
  EXPECT_EQ(sandbox_->report().redelivered, 1);
}

TEST_F(SandboxOverTls, MakesThoseHmrcDoesNotAnswerForDueToday) {
  start(0, 1'000);
  const auto all = json::parse(read_file(folder_.file("world/population.json")).value());
  int reviews = 0;
  for (const auto& one : all["cases"]) {
    if (!one["archetype"].get<std::string>().starts_with("review_")) continue;
    ++reviews;
    EXPECT_EQ(one["must"], json::parse(R"([{"kind":"ANNUAL_REVIEW","outcome":"UNREACHABLE"}])"));
  }
  EXPECT_EQ(reviews, 7);
  std::istringstream lines(read_file(folder_.file("world/cases.ndjson")).value());
  int due_today = 0;
  for (std::string line; std::getline(lines, line);) {
    due_today += json::parse(line)["review_date"] == "2026-02-10" ? 1 : 0;
  }
  EXPECT_EQ(due_today, 7);
}

TEST_F(SandboxOverTls, HasAControlSideForHmrcToo) {
  SandboxOptions options;
  options.totp = true;
  options.requests_per_second = 3;
  options.faults = {{{Fault::SERVER_ERROR}, {}, "/oauth/token"}};
  start(0, 0, options);
  EXPECT_EQ(secret("totp_key").size(), 64U) << "40 bytes in Base32";
  http::Request ask;
  ask.method = "POST";
  ask.target = "/oauth/token";
  const auto hmrc = client(sandbox_->ports().hmrc, false);
  EXPECT_EQ(hmrc->send(ask, Deadline::in(10s))->status, 500U);
  const auto cases = client(sandbox_->ports().cases, false);
  http::Request told;
  told.method = "POST";
  told.target = "/control/faults";
  told.body = R"({"faults":[]})";
  EXPECT_EQ(cases->send(told, Deadline::in(10s))->body, R"({"rules":0})");
  EXPECT_EQ(hmrc->send(ask, Deadline::in(10s))->status, 400U) << "a form is expected";
  http::Request counts;
  counts.target = "/control/hmrc";
  const auto report = json::parse(cases->send(counts, Deadline::in(10s))->body);
  EXPECT_EQ(report["requests"]["token"], 2);
  EXPECT_EQ(report["limit_per_second"], 3);
  EXPECT_EQ(report["faults"]["SERVER_ERROR"], 1);
}

TEST_F(SandboxOverTls, SaysWhenNoSandboxIsThere) {
  const auto none = fetch_report(folder_.file("nowhere"), Deadline::in(1s));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, core::base::ErrorCode::UNREADABLE);
  start();
  sandbox_->stop();
  EXPECT_FALSE(fetch_report(folder_.file("world"), Deadline::in(5s)));
}

}  // namespace
}  // namespace ig::adapters::sandbox
