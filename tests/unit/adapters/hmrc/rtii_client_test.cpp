#include "adapters/hmrc/rtii_client.hpp"

#include "adapters/hmrc/rtii_fields.hpp"
#include "tests/support/hmrc_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::ErrorCode;
using core::base::Sensitive;
using core::facts::Payment;
using core::ports::EarningsQuestion;
using core::ports::EarningsReply;
using core::ports::FetchResult;
using core::ports::NextMove;
using core::ports::Purpose;
using core::values::Date;
using tests::support::Fault;
using tests::support::FaultyClient;
using tests::support::HmrcWorld;
using Answered = core::base::Result<http::Response>;

http::Response answer(unsigned status, std::string body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

std::string member(const std::string& body, const std::string& name) {
  const std::string head = "\"" + name + "\":\"";
  const std::size_t at = body.find(head);
  if (at == std::string::npos) return {};
  const std::size_t first = at + head.size();
  return body.substr(first, body.find('"', first) - first);
}

std::string row(Date paid_on, int id) {
  return fmt::format(R"({{"hmrcOfficeNumber":"120","employerPayeRef":"XB4471","paymentDate":"{}",)"
                     R"("taxablePayInPeriod":500.10,"uniquePaymentId":{}}})",
                     paid_on.text(), id);
}

/// RTII with a payment a week from 2026-01-02, and days that make it fail.
class Rtii {
 public:
  Answered operator()(const http::Request& request) {
    ++asked;
    if (down) return answer(500, R"({"code":"SERVER_ERROR","reason":"down"})");
    const std::string nino = member(request.body, "nino");
    if (nino == "NA000801C") return answer(404, R"({"code":"NOT_FOUND","reason":"none"})");
    if (nino == "NA000802C") return answer(404, R"({"code":"NOT_FOUND_NINO","reason":"who"})");
    if (nino == "NA000803C") return answer(200, R"({"matchPattern":9})");
    if (nino == "NA000804C") return answer(200, R"({"matchPattern":63,"taxYears":[]})");
    const Date from = *Date::parse(member(request.body, "fromDate"));
    const Date to = *Date::parse(member(request.body, "toDate"));
    EXPECT_LT(from, to);
    if (nino == "NA000799C") {
      for (const Date bad : poison) {
        if (from <= bad && bad <= to) return answer(500, R"({"code":"INTERNAL_SERVER_ERROR"})");
      }
    }
    std::string rows;
    Date day = Date::of(2026, 1, 2);
    for (int id = 1; day <= to; ++id, day = day.plus_days(7)) {
      if (day < from) continue;
      if (!rows.empty()) rows.push_back(',');
      rows += row(day, id);
    }
    return answer(200, R"({"matchPattern":63,"taxYears":[)" + rows + "]}");
  }

  bool down = false;
  std::vector<Date> poison;
  int asked = 0;
};

class RtiiClientTest : public ::testing::Test {
 protected:
  RtiiClientTest() : world_([this](const http::Request& request) { return hmrc_(request); }) {}

  static EarningsQuestion about(const std::string& nino, Date from = Date::of(2026, 1, 1),
                                Date to = Date::of(2026, 3, 31)) {
    EarningsQuestion question;
    question.person.nino = Sensitive(*core::values::Nino::parse(nino));
    question.person.surname = Sensitive<std::string>("Joseph");
    question.from = from;
    question.to = to;
    return question;
  }
  EarningsReply fetch(const EarningsQuestion& question) {
    return client_.fetch(question, Deadline::in(60s));
  }
  /// The same failure as often as it takes before the days are split.
  EarningsReply fetch_until_split(const EarningsQuestion& question) {
    for (int i = 0; i < 2; ++i) {
      const auto failed = fetch(question);
      EXPECT_EQ(failed.fetched.next, NextMove::retry_new);
      EXPECT_EQ(failed.fetched.calls, 1U);
      world_.clock.advance(900s);
    }
    return fetch(question);
  }
  static std::vector<std::string> paydays(const EarningsReply& reply) {
    std::vector<std::string> out;
    for (const auto& fact : reply.facts) out.push_back(std::get<Payment>(fact).paid_on.text());
    return out;
  }
  static core::facts::AnswerStatus nothing(const EarningsReply& reply) {
    EXPECT_EQ(reply.facts.size(), 1U);
    return std::get<core::facts::Answer>(reply.facts.at(0)).status;
  }

  Rtii hmrc_;
  HmrcWorld world_;
  Caller caller_{world_.client, world_.tokens, world_.budget,
                 world_.clock,  world_.random, world_.options()};
  RtiiClient client_{caller_, world_.clock, world_.random};
};

TEST_F(RtiiClientTest, PutsThePersonInTheBodyAndAFreshIdInThePath) {
  EarningsQuestion question = about("NA000799C");
  question.person.forename = Sensitive<std::string>("Amanda");
  question.person.date_of_birth = Sensitive(Date::of(1960, 1, 15));
  question.person.gender = "F";
  question.purpose = Purpose::check;
  const EarningsReply first = fetch(question);
  const EarningsReply second = fetch(question);
  ASSERT_EQ(world_.client.requests.size(), 2U);
  const http::Request& request = world_.client.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body,
            R"({"nino":"NA000799C","serviceName":"cmg2012","fromDate":"2026-01-01",)"
            R"("toDate":"2026-03-31","surname":"Joseph","firstName":"Amanda","gender":"F",)"
            R"("dateOfBirth":"1960-01-15","filterFields":["paymentDate"]})");
  EXPECT_EQ(*http::find(request.headers, "Accept"), "application/vnd.hmrc.1.0+json");
  EXPECT_EQ(request.target, "/real-time-income-information/individuals/" +
                                first.fetched.correlation_id + "/income");
  EXPECT_NE(first.fetched.correlation_id, second.fetched.correlation_id);
  EXPECT_EQ(world_.budget.taken, (std::vector<Purpose>{Purpose::check, Purpose::check}));
  for (const auto& header : request.headers) {
    EXPECT_EQ(header.value.find("NA000799"), std::string::npos);
  }
}

TEST_F(RtiiClientTest, WritesNamesAndNumbersAsHmrcsPatternsWantThem) {
  EarningsQuestion question = about("NA000799");
  question.person.surname = Sensitive<std::string>(
      "  O\xE2\x80\x99"
      "Br\xC3\xA9naiin-\xC3\x9F ");
  question.person.forename = Sensitive<std::string>("\xE6\x9D\x8E");
  (void)fetch(question);
  const std::string& body = world_.client.requests.at(0).body;
  EXPECT_EQ(member(body, "nino"), "NA000799 ");
  EXPECT_EQ(member(body, "surname"), "O'Brenaiin-ss");
  EXPECT_EQ(body.find("firstName"), std::string::npos);
  EXPECT_EQ(body.find("gender"), std::string::npos);
  EXPECT_EQ(body.find("dateOfBirth"), std::string::npos);
}

TEST_F(RtiiClientTest, GivesPaymentsWithWhatWasAskedAndWhatCame) {
  const EarningsReply reply = fetch(about("NA000799C"));
  EXPECT_EQ(reply.fetched.result, FetchResult::matched);
  EXPECT_EQ(reply.fetched.next, NextMove::use);
  EXPECT_EQ(reply.facts.size(), 13U);
  EXPECT_EQ(std::get<Payment>(reply.facts[0]).taxable_pay->in_pence(), 50'010);
  EXPECT_EQ(reply.fetched.interface, "rtii-1.0");
  EXPECT_EQ(reply.fetched.fields_asked.all(), default_rtii_fields(Purpose::watch));
  EXPECT_EQ(reply.fetched.fields_received.all(),
            (std::vector<std::string>{"employerPayeRef", "hmrcOfficeNumber", "paymentDate",
                                      "taxablePayInPeriod", "uniquePaymentId"}));
  const auto& source = core::facts::header(reply.facts[2]).source;
  EXPECT_EQ(source.position, "/taxYears/2");
  EXPECT_EQ(source.document.substr(0, 7), "sha256:");
}

TEST_F(RtiiClientTest, KeepsTheFourKindsOfNothingApart) {
  using core::facts::AnswerStatus;
  const EarningsReply stranger = fetch(about("NA000803C"));
  EXPECT_EQ(stranger.fetched.result, FetchResult::not_matched);
  EXPECT_EQ(nothing(stranger), AnswerStatus::not_matched);
  EXPECT_EQ(std::get<core::facts::Answer>(stranger.facts[0]).match_pattern, 9);
  for (const char* nino : {"NA000801C", "NA000804C"}) {
    const EarningsReply none = fetch(about(nino));
    EXPECT_EQ(none.fetched.result, FetchResult::matched_no_data) << nino;
    EXPECT_EQ(nothing(none), AnswerStatus::no_data) << nino;
  }
  const EarningsReply unknown = fetch(about("NA000802C"));
  EXPECT_EQ(unknown.fetched.result, FetchResult::unknown_person);
  EXPECT_EQ(nothing(unknown), AnswerStatus::unknown_person);
  hmrc_.down = true;
  const EarningsReply failed = fetch(about("NA000799C"));
  EXPECT_EQ(failed.fetched.result, FetchResult::transient);
  EXPECT_TRUE(failed.facts.empty());
}

TEST_F(RtiiClientTest, AsksNobodyWithoutANinoASurnameOrDays) {
  EarningsQuestion nameless = about("NA000799C");
  nameless.person.surname = Sensitive<std::string>("\xE6\x9D\x8E");
  EarningsQuestion numberless = about("NA000799C");
  numberless.person.nino.reset();
  for (const auto& question : {nameless, numberless, about("OO000799C")}) {
    const EarningsReply reply = fetch(question);
    EXPECT_EQ(reply.fetched.code, "NO_PERSON");
    EXPECT_EQ(reply.fetched.next, NextMove::task);
    EXPECT_EQ(reply.fetched.interface, "rtii-1.0");
  }
  const Date day = Date::of(2026, 1, 1);
  EXPECT_EQ(fetch(about("NA000799C", day, day)).fetched.code, "DATE_OUT_OF_RANGE");
  EXPECT_EQ(hmrc_.asked, 0);
}

TEST_F(RtiiClientTest, TakesNoPaymentOutsideTheDaysItAskedFor) {
  world_.answer_by([](const http::Request&) -> Answered {
    return answer(200, R"({"matchPattern":63,"taxYears":[)" + row(Date::of(2025, 12, 31), 1) + "," +
                           row(Date::of(2026, 1, 1), 2) + "," + row(Date::of(2026, 3, 31), 3) +
                           "," + row(Date::of(2026, 4, 1), 4) + "]}");
  });
  const EarningsReply reply = fetch(about("NA000799C"));
  EXPECT_EQ(paydays(reply), (std::vector<std::string>{"2026-01-01", "2026-03-31"}));
  ASSERT_EQ(reply.refused.size(), 2U);
  EXPECT_EQ(reply.refused[0].field, "/taxYears/0/paymentDate");
  EXPECT_EQ(reply.refused[1].code, ErrorCode::DATE_OUT_OF_RANGE);
}

TEST_F(RtiiClientTest, DoesNotAskForAFailureThatHmrcKeeps) {
  hmrc_.down = true;
  EXPECT_EQ(fetch(about("NA000799C")).fetched.next, NextMove::retry_new);
  hmrc_.down = false;
  world_.clock.advance(899s);
  const EarningsReply held = fetch(about("NA000799C"));
  EXPECT_EQ(held.fetched.result, FetchResult::transient);
  EXPECT_EQ(held.fetched.next, NextMove::retry_new);
  EXPECT_EQ(held.fetched.code, "SERVER_ERROR");
  EXPECT_EQ(held.fetched.retry_after, 1s);
  EXPECT_EQ(held.fetched.calls, 0U);
  EXPECT_EQ(hmrc_.asked, 1);
  // Another person and other days are other questions.
  EXPECT_EQ(fetch(about("NA000800C")).fetched.result, FetchResult::matched);
  EXPECT_EQ(fetch(about("NA000799C", Date::of(2026, 1, 1), Date::of(2026, 4, 1))).fetched.result,
            FetchResult::matched);
  world_.clock.advance(1s);
  EXPECT_EQ(fetch(about("NA000799C")).fetched.result, FetchResult::matched);
}

TEST_F(RtiiClientTest, FindsThePoisonedDaysAndTakesTheRest) {
  hmrc_.poison = {Date::of(2026, 2, 14)};
  const EarningsReply reply = fetch_until_split(about("NA000799C"));
  EXPECT_EQ(reply.fetched.result, FetchResult::poison);
  EXPECT_EQ(reply.fetched.next, NextMove::task);
  ASSERT_EQ(reply.refused.size(), 1U);
  EXPECT_NE(reply.refused[0].message.find("2026-02-1"), std::string::npos);
  EXPECT_EQ(reply.refused[0].code, ErrorCode::REFUSED_BY_PEER);
  std::vector<std::string> expected;
  for (Date day = Date::of(2026, 1, 2); day <= Date::of(2026, 3, 31); day = day.plus_days(7)) {
    if (day != Date::of(2026, 2, 13)) expected.push_back(day.text());
  }
  std::vector<std::string> got = paydays(reply);
  std::erase(got, "2026-02-13");  // at most the neighbour in the same days is lost
  EXPECT_EQ(got, expected);
  EXPECT_LE(reply.fetched.calls, 12U);
  EXPECT_EQ(reply.fetched.calls, static_cast<std::uint32_t>(hmrc_.asked) - 2);
}

TEST_F(RtiiClientTest, FindsPoisonOnEveryDayOfTheRange) {
  const Date from = Date::of(2026, 1, 1);
  for (int day = 0; day < 60; ++day) {
    HmrcWorld world([this](const http::Request& request) { return hmrc_(request); });
    Caller caller(world.client, world.tokens, world.budget, world.clock, world.random,
                  world.options());
    RtiiClient client(caller, world.clock, world.random, {.failures_before_split = 1});
    hmrc_.poison = {from.plus_days(day)};
    const auto reply =
        client.fetch(about("NA000799C", from, from.plus_days(59)), Deadline::in(60s));
    EXPECT_EQ(reply.fetched.result, FetchResult::poison) << day;
    ASSERT_EQ(reply.refused.size(), 1U) << day;
    EXPECT_GE(reply.facts.size(), 8U) << day;  // of nine paydays at most one is lost
    EXPECT_LE(reply.fetched.calls, 12U) << day;
  }
}

TEST_F(RtiiClientTest, KeepsTheBytesOfThePartsAsOneDocument) {
  hmrc_.poison = {Date::of(2026, 2, 14)};
  const EarningsReply reply = fetch_until_split(about("NA000799C"));
  wire::json::Reader reader;
  const auto raw = reader.read(reply.fetched.raw);
  ASSERT_TRUE(raw.has_value());
  std::set<std::string> ids;
  for (const auto& fact : reply.facts) {
    const auto& source = core::facts::header(fact).source;
    const std::string middle = "/taxYears/";
    const std::size_t at = source.position.find(middle);
    ASSERT_NE(at, std::string::npos) << source.position;
    const auto index = std::stoul(source.position.substr(1, at - 1));
    ASSERT_LT(index, raw->items().size()) << source.position;
    const auto rows = raw->items()[index].find("taxYears")->items();
    const auto row = std::stoul(source.position.substr(at + middle.size()));
    ASSERT_LT(row, rows.size()) << source.position;
    const auto& found = rows[row];
    EXPECT_EQ(found.find("paymentDate")->text(), std::get<Payment>(fact).paid_on.text());
    EXPECT_EQ(source.document, core::facts::header(reply.facts[0]).source.document);
    ids.insert(core::facts::header(fact).fact_id);
  }
  EXPECT_EQ(ids.size(), reply.facts.size());
}

TEST_F(RtiiClientTest, TakesAnOutageForAnOutage) {
  hmrc_.down = true;
  const EarningsReply reply = fetch_until_split(about("NA000799C"));
  EXPECT_EQ(reply.fetched.result, FetchResult::transient);
  EXPECT_EQ(reply.fetched.next, NextMove::retry_new);
  EXPECT_TRUE(reply.refused.empty());
  EXPECT_EQ(reply.fetched.calls, 3U);  // the whole and its halves
}

TEST_F(RtiiClientTest, CallsAPersonPoisonWhoFailsWhileOthersAreAnswered) {
  for (Date day = Date::of(2026, 1, 1); day <= Date::of(2026, 3, 31); day = day.plus_days(1)) {
    hmrc_.poison.push_back(day);
  }
  (void)fetch(about("NA000799C"));
  EXPECT_EQ(fetch(about("NA000800C")).fetched.result, FetchResult::matched);
  world_.clock.advance(900s);
  (void)fetch(about("NA000799C"));
  world_.clock.advance(900s);
  const EarningsReply reply = fetch(about("NA000799C"));
  EXPECT_EQ(reply.fetched.result, FetchResult::poison);
  EXPECT_EQ(reply.fetched.next, NextMove::task);
  EXPECT_EQ(reply.refused.size(), 1U);
  EXPECT_TRUE(reply.facts.empty());
  EXPECT_LE(reply.fetched.calls, 17U);
}

TEST_F(RtiiClientTest, TakesNothingWhenTheSearchIsBrokenOff) {
  hmrc_.poison = {Date::of(2026, 2, 14)};
  int left = 3;
  world_.answer_by([&](const http::Request& request) -> Answered {
    if (left-- == 0) return answer(403, R"({"code":"FORBIDDEN"})");
    return hmrc_(request);
  });
  RtiiClient client(caller_, world_.clock, world_.random, {.failures_before_split = 1});
  const EarningsReply reply = client.fetch(about("NA000799C"), Deadline::in(60s));
  EXPECT_EQ(reply.fetched.result, FetchResult::not_permitted);
  EXPECT_EQ(reply.fetched.next, NextMove::park);
  EXPECT_TRUE(reply.facts.empty());
  EXPECT_EQ(reply.fetched.calls, 4U);
}

TEST_F(RtiiClientTest, ForgetsFailuresOnceItIsAnswered) {
  const auto question = about("NA000799C");
  for (int i = 0; i < 4; ++i) {
    hmrc_.down = true;
    EXPECT_EQ(fetch(question).fetched.calls, 1U) << i;
    hmrc_.down = false;
    world_.clock.advance(900s);
    EXPECT_EQ(fetch(question).fetched.result, FetchResult::matched);
  }
}

TEST_F(RtiiClientTest, AsksForWhatTheConfigurationNames) {
  RtiiClientOptions options;
  options.service_name = "another";
  options.fields[static_cast<std::size_t>(Purpose::watch)] = {"paymentDate", "taxYear"};
  RtiiClient client(caller_, world_.clock, world_.random, options);
  const EarningsReply reply = client.fetch(about("NA000799C"), Deadline::in(60s));
  EXPECT_EQ(reply.fetched.fields_asked.all(), (std::vector<std::string>{"paymentDate", "taxYear"}));
  const std::string& body = world_.client.requests.at(0).body;
  EXPECT_NE(body.find(R"("filterFields":["paymentDate","taxYear"]})"), std::string::npos);
  EXPECT_EQ(member(body, "serviceName"), "another");
}

TEST_F(RtiiClientTest, TakesNoAnswerThatIsCutAnywhere) {
  const std::string whole =
      R"({"matchPattern":63,"taxYears":[)" + row(Date::of(2026, 1, 2), 1) + "]}";
  for (std::size_t n = 0; n < whole.size(); ++n) {
    world_.answer_by(
        [&](const http::Request&) -> Answered { return answer(200, whole.substr(0, n)); });
    const EarningsReply reply = fetch(about("NA000799C"));
    EXPECT_EQ(reply.fetched.result, FetchResult::config_fault) << n;
    EXPECT_EQ(reply.fetched.next, NextMove::alarm) << n;
    EXPECT_EQ(reply.fetched.code, "BAD_REPLY") << n;
    EXPECT_EQ(reply.fetched.raw.size(), n);
    EXPECT_TRUE(reply.facts.empty()) << n;
  }
}

TEST_F(RtiiClientTest, TakesNoErrorForAnAnswerEvenWithStatus200) {
  world_.answer_by(
      [](const http::Request&) -> Answered { return answer(200, R"({"code":"SERVER_ERROR"})"); });
  EXPECT_EQ(fetch(about("NA000799C")).fetched.code, "BAD_REPLY");
}

TEST_F(RtiiClientTest, ComesThroughWhicheverOperationFails) {
  for (const Fault fault : {Fault::request_lost, Fault::answer_lost, Fault::too_late}) {
    for (std::size_t n = 0; n < 12; ++n) {
      HmrcWorld world([this](const http::Request& request) { return hmrc_(request); });
      FaultyClient wire(world.client);
      Caller caller(wire, world.tokens, world.budget, world.clock, world.random, world.options());
      RtiiClient client(caller, world.clock, world.random, {.failures_before_split = 1});
      hmrc_.poison = {Date::of(2026, 2, 14)};
      wire.faults.assign(n, Fault::none);
      wire.faults.push_back(fault);
      const EarningsReply reply = client.fetch(about("NA000799C"), Deadline::in(60s));
      EXPECT_EQ(reply.fetched.result, FetchResult::poison) << n;
      EXPECT_GE(reply.facts.size(), 12U) << n;
      EXPECT_LT(world.waited(), 60s);
    }
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
