#include "adapters/hmrc/answers.hpp"
#include "adapters/hmrc/rtii_client.hpp"
#include "adapters/hmrc/rtii_fields.hpp"
#include "tests/support/conformance.hpp"
#include "tests/support/hmrc_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>

/// HMRC's own examples and schemas of Real Time Income Information and of the service behind it,
/// each with what it must come to. They are not part of this repository: without them the suite
/// says that it read nothing.
namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::Sensitive;
using core::facts::Payment;
using core::ports::EarningsReply;
using core::values::Date;
using tests::support::HmrcWorld;
using wire::json::Document;
using wire::json::Value;

const std::string kLive = "real-time-income-information/1.0/";
const std::string kStub = "retrieve-citizen-income-stub/des-v1/";

/// One answer: its status, and what a person is told it means.
struct Expected {
  unsigned status = 0;
  std::string result;
  std::string next;
  std::string code;
  std::size_t payments = 0;
  std::int64_t pence = 0;  ///< sum of taxable pay
  std::size_t twins = 0;   ///< rows with an id that an earlier row has
  std::size_t fields = 0;  ///< different fields received
};

std::map<std::string, Expected> answers() {
  return {
      {kLive + "examples/200-success-matched-one-year.json",
       {200, "MATCHED", "USE", "", 1, 99'999'999, 0, 24}},
      {kLive + "examples/200-success-matched-two-years.json",
       {200, "MATCHED", "USE", "", 2, 199'999'998, 1, 24}},
      {kLive + "examples/400-invalid-correlation-id.json",
       {400, "CONFIG_FAULT", "ALARM", "INVALID_CORRELATIONID"}},
      {kLive + "examples/400-invalid-date-range.json",
       {400, "CONFIG_FAULT", "ALARM", "INVALID_DATE_RANGE"}},
      {kLive + "examples/400-invalid-dates-equal.json",
       {400, "CONFIG_FAULT", "ALARM", "INVALID_DATES_EQUAL"}},
      {kLive + "examples/400-invalid-payload.json",
       {400, "CONFIG_FAULT", "ALARM", "INVALID_PAYLOAD"}},
      {kLive + "examples/400-multiple-errors.json",
       {400, "CONFIG_FAULT", "ALARM", "INVALID_DATE_RANGE"}},
      {kLive + "examples/403-forbidden.json",
       {403, "NOT_PERMITTED", "PARK", "NON_PRIVILEGED_APPLICATION"}},
      {kLive + "examples/404-no-data-nino.json", {404, "MATCHED_NO_DATA", "USE", "NOT_FOUND"}},
      {kLive + "examples/404-not-found-nino.json",
       {404, "UNKNOWN_PERSON", "USE", "NOT_FOUND_NINO"}},
      {kLive + "examples/500-internal-server-error.json",
       {500, "TRANSIENT", "RETRY_NEW", "INTERNAL_SERVER_ERROR"}},
      {kLive + "examples/500-server-error.json", {500, "TRANSIENT", "RETRY_NEW", "SERVER_ERROR"}},
      {kLive + "examples/503-service-unavailable.json",
       {503, "TRANSIENT", "RETRY_NEW", "SERVICE_UNAVAILABLE"}},
      {kStub + "resources/200-success-no-match.json", {200, "NOT_MATCHED", "USE", ""}},
      {kStub + "resources/AA777771A_rti.json", {200, "MATCHED", "USE", "", 7, 630'000, 1, 79}},
      {kStub + "resources/AA777772A_rti.json", {200, "MATCHED", "USE", "", 5, 320'000, 0, 65}},
      {kStub + "resources/AA777776A_rti.json", {200, "MATCHED_NO_DATA", "USE", ""}},
  };
}

/// What is no answer; each is read by a test of its own below.
std::set<std::string> other_files() {
  return {kLive + "application.yaml",
          kLive + "conf-schemas/errors.json",
          kLive + "conf-schemas/real-time-income-information-post-schema.json",
          kLive + "conf-schemas/real-time-income-information-response-schema.json",
          kLive + "examples/real-time-income-information-post.json",
          kLive + "schemas/errors.json",
          kLive + "schemas/real-time-income-information-post-schema.json",
          kLive + "schemas/real-time-income-information-response-schema.json",
          kStub + "schemas/des-error-response-schema-v1.json",
          kStub + "schemas/des-request-schema-v1.json",
          kStub + "schemas/des-response-schema-v1.json"};
}

class RtiiConformance : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = ig::tests::support::conformance() / "hmrc";
    there_ = std::filesystem::exists(root_ / "real-time-income-information");
    if (!there_) fmt::print("NOT READ: the conformance files of HMRC are absent\n");
  }

  [[nodiscard]] std::string text(const std::string& file) const {
    EXPECT_TRUE(std::filesystem::exists(root_ / file)) << file;
    return ig::tests::support::text_of(root_ / file);
  }
  [[nodiscard]] Document json(const std::string& file) {
    auto value = reader_.read(text(file));
    EXPECT_TRUE(value.has_value()) << file;
    return value ? *std::move(value) : Document();
  }
  /// The member at the end of the path; an error of the test when there is none.
  [[nodiscard]] static const Value& at(const Value& from, std::initializer_list<const char*> path) {
    const Value* here = &from;
    for (const char* name : path) {
      const Value* next = here->find(name);
      EXPECT_NE(next, nullptr) << name;
      if (next == nullptr) break;
      here = next;
    }
    return *here;
  }
  [[nodiscard]] static std::set<std::string> names(const Value& object) {
    std::set<std::string> out;
    for (const auto& [name, value] : object.members()) out.emplace(name);
    return out;
  }
  [[nodiscard]] static std::set<std::string> texts(const Value& list) {
    std::set<std::string> out;
    for (const Value& item : list.items()) out.emplace(item.text());
    return out;
  }
  [[nodiscard]] static std::set<std::string> our_fields() {
    std::set<std::string> out;
    for (const RtiiField& field : rtii_fields()) out.emplace(field.name);
    return out;
  }

  /// What the client makes of one answer to a question about decades.
  [[nodiscard]] static EarningsReply fetch(unsigned status, const std::string& body) {
    HmrcWorld world([&](const http::Request&) -> core::base::Result<http::Response> {
      return http::Response{
          .status = status, .headers = {{"Content-Type", "application/json"}}, .body = body};
    });
    Caller caller(world.client, world.tokens, world.budget, world.clock, world.random,
                  world.options());
    RtiiClient client(caller, world.clock, world.random);
    core::ports::EarningsQuestion question;
    question.person.nino = Sensitive(*core::values::Nino::parse("NA000799C"));
    question.person.surname = Sensitive<std::string>("Joseph");
    question.from = Date::of(2000, 1, 1);
    question.to = Date::of(2030, 1, 1);
    return client.fetch(question, Deadline::in(60s));
  }

  bool there_ = false;
  std::filesystem::path root_;
  wire::json::Reader reader_;
};

TEST_F(RtiiConformance, LeavesNoFileUnread) {
  if (!there_) return;
  std::set<std::string> there;
  for (const char* folder : {"real-time-income-information", "retrieve-citizen-income-stub"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root_ / folder)) {
      if (entry.is_regular_file()) {
        there.insert(std::filesystem::relative(entry.path(), root_).generic_string());
      }
    }
  }
  std::set<std::string> read = other_files();
  for (const auto& [file, want] : answers()) read.insert(file);
  EXPECT_EQ(there, read);
}

TEST_F(RtiiConformance, TakesEachAnswerForWhatItIs) {
  if (!there_) return;
  for (const auto& [file, want] : answers()) {
    const EarningsReply reply = fetch(want.status, text(file));
    EXPECT_EQ(core::ports::name(reply.fetched.result), want.result) << file;
    EXPECT_EQ(core::ports::name(reply.fetched.next), want.next) << file;
    EXPECT_EQ(reply.fetched.code, want.code) << file;
    EXPECT_TRUE(reply.refused.empty()) << file;
    EXPECT_EQ(reply.fetched.fields_received.all().size(), want.fields) << file;
    std::size_t payments = 0;
    std::size_t twins = 0;
    std::int64_t pence = 0;
    std::set<std::string> payment_ids;
    std::set<std::string> fact_ids;
    for (const core::facts::Fact& fact : reply.facts) {
      fact_ids.insert(core::facts::header(fact).fact_id);
      const auto* payment = std::get_if<Payment>(&fact);
      if (payment == nullptr) continue;
      ++payments;
      pence += payment->taxable_pay.value().in_pence();
      if (!payment_ids.insert(payment->payment_id).second) ++twins;
    }
    EXPECT_EQ(fact_ids.size(), reply.facts.size()) << file;
    EXPECT_EQ(payments, want.payments) << file;
    EXPECT_EQ(pence, want.pence) << file;
    EXPECT_EQ(twins, want.twins) << file;
    const bool nothing = want.next == "USE" && want.payments == 0;
    EXPECT_EQ(reply.facts.size(), nothing ? 1U : payments) << file;
  }
}

TEST_F(RtiiConformance, KeepsTheBitsOfWhatAgreed) {
  if (!there_) return;
  const EarningsReply reply = fetch(200, text(kStub + "resources/200-success-no-match.json"));
  ASSERT_EQ(reply.facts.size(), 1U);
  EXPECT_EQ(std::get<core::facts::Answer>(reply.facts[0]).match_pattern, 9);
}

TEST_F(RtiiConformance, KeepsTheNuisancesOfTheData) {
  if (!there_) return;
  const EarningsReply reply = fetch(200, text(kStub + "resources/AA777771A_rti.json"));
  ASSERT_EQ(reply.facts.size(), 7U);
  const auto& zero = std::get<Payment>(reply.facts[4]);
  EXPECT_EQ(zero.taxable_pay->in_pence(), 0);
  EXPECT_EQ(zero.taxable_pay_to_date->in_pence(), 0);
  EXPECT_EQ(zero.after_leaving, true);
  EXPECT_EQ(zero.no_longer_valid_on, Date::of(2018, 3, 31));
  const auto& twin = std::get<Payment>(reply.facts[3]);
  EXPECT_EQ(twin.payment_id, std::get<Payment>(reply.facts[0]).payment_id);
}

TEST_F(RtiiConformance, SpellsEachFieldAsTheSchemasDo) {
  if (!there_) return;
  for (const char* folder : {"conf-schemas/", "schemas/"}) {
    const Document post = json(kLive + folder + "real-time-income-information-post-schema.json");
    EXPECT_EQ(texts(at(post, {"properties", "filterFields", "items", "enum"})), our_fields());
    const Document reply =
        json(kLive + folder + "real-time-income-information-response-schema.json");
    EXPECT_EQ(names(at(reply, {"definitions", "taxYearItem", "properties"})), our_fields());
  }
  const Document des = json(kStub + "schemas/des-response-schema-v1.json");
  EXPECT_EQ(names(at(des, {"definitions", "taxYearItem", "properties"})), our_fields());
  const std::string contract = text(kLive + "application.yaml");
  for (const std::string& name : our_fields()) {
    EXPECT_NE(contract.find(name), std::string::npos) << name;
  }
}

TEST_F(RtiiConformance, AsksForNothingTheSchemaDoesNotKnow) {
  if (!there_) return;
  const Document post = json(kLive + "conf-schemas/real-time-income-information-post-schema.json");
  const std::set<std::string> allowed = names(at(post, {"properties"}));
  std::string sent;
  HmrcWorld world([&](const http::Request& request) -> core::base::Result<http::Response> {
    sent = request.body;
    return http::Response{.status = 200, .headers = {}, .body = R"({"matchPattern":0})"};
  });
  Caller caller(world.client, world.tokens, world.budget, world.clock, world.random,
                world.options());
  RtiiClient client(caller, world.clock, world.random);
  core::ports::EarningsQuestion question;
  question.person.nino = Sensitive(*core::values::Nino::parse("NA000799"));
  question.person.surname = Sensitive<std::string>("Joseph");
  question.person.forename = Sensitive<std::string>("Amanda");
  question.person.gender = "F";
  question.person.date_of_birth = Sensitive(Date::of(1960, 1, 15));
  question.from = Date::of(2026, 1, 1);
  question.to = Date::of(2026, 3, 31);
  (void)client.fetch(question, Deadline::in(60s));
  const auto body = reader_.read(sent);
  ASSERT_TRUE(body.has_value());
  const std::set<std::string> ours = names(*body);
  for (const std::string& name : ours) EXPECT_TRUE(allowed.contains(name)) << name;
  for (const std::string& name : texts(at(post, {"required"}))) {
    EXPECT_TRUE(ours.contains(name)) << name;
  }
  // The service behind it takes the same, less what says who asks and for what.
  const Document des = json(kStub + "schemas/des-request-schema-v1.json");
  const std::set<std::string> behind = names(at(des, {"properties"}));
  for (const std::string& name : ours) {
    const bool of_the_front = name == "nino" || name == "serviceName" || name == "filterFields";
    EXPECT_NE(behind.contains(name), of_the_front) << name;
  }
}

TEST_F(RtiiConformance, FindsTheExampleRequestAskedInAnothersName) {
  if (!there_) return;
  const Document example = json(kLive + "examples/real-time-income-information-post.json");
  EXPECT_NE(at(example, {"serviceName"}).text(), RtiiClientOptions{}.service_name);
  const auto fields = texts(at(example, {"filterFields"}));
  EXPECT_TRUE(check_rtii_fields(std::vector<std::string>(fields.begin(), fields.end())));
  const Document post = json(kLive + "schemas/real-time-income-information-post-schema.json");
  const auto allowed = names(at(post, {"properties"}));
  for (const std::string& name : names(example)) EXPECT_TRUE(allowed.contains(name)) << name;
}

TEST_F(RtiiConformance, HasAMeaningForEachCodeOfTheSchemas) {
  if (!there_) return;
  for (const std::string& file : {kLive + "conf-schemas/errors.json", kLive + "schemas/errors.json",
                                  kStub + "schemas/des-error-response-schema-v1.json"}) {
    const Document schema = json(file);
    const auto codes =
        texts(at(schema, {"definitions", "failureResponseElement", "properties", "code", "enum"}));
    EXPECT_GE(codes.size(), 9U) << file;
    for (const std::string& code : codes) {
      if (code == "INVALID_NINO") continue;  // between the two services only
      const bool known = std::ranges::any_of(answer_table(), [&](const AnswerRow& row) {
        return row.interface == Interface::rtii && row.code == code;
      });
      EXPECT_TRUE(known) << code;
    }
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
