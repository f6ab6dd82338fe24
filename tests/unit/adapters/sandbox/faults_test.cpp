#include "adapters/sandbox/faults.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

http::Request get(std::string target, std::string header = {}) {
  http::Request out;
  out.target = std::move(target);
  if (!header.empty()) out.headers = {{"Sandbox-Fault", std::move(header)}};
  return out;
}

TEST(SandboxFaults, HaveANameEach) {
  std::set<std::string_view> names;
  for (const Fault fault : all_faults()) names.insert(name(fault));
  EXPECT_EQ(names.size(), all_faults().size());
  EXPECT_FALSE(names.contains("NONE"));
  EXPECT_FALSE(names.contains(""));
}

TEST(SandboxFaults, AreReadFromTheControlSide) {
  const auto rules = read_fault_rules(R"({"faults":[{"fault":"RESET","argument":"7",
      "nino":"RN100000A","under":"/individuals/","per_mille":20,"times":3},{"fault":"DRIP"}]})");
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_EQ(rules->at(0).fault.kind, Fault::RESET);
  EXPECT_EQ(rules->at(0).fault.number(40), 7);
  EXPECT_EQ(rules->at(0).nino, "RN100000A");
  EXPECT_EQ(rules->at(0).per_mille, 20);
  EXPECT_EQ(rules->at(0).times, 3);
  EXPECT_EQ(rules->at(1).fault.number(16), 16);
  for (const char* wrong :
       {"", "[]", "{}", R"({"faults":[7]})", R"({"faults":[{"fault":"NO_SUCH"}]})",
        R"({"faults":[{"fault":"NONE"}]})", R"({"faults":[{"fault":"DRIP","times":"3"}]})",
        R"({"faults":[{"fault":"DRIP","nino":3}]})"}) {
    EXPECT_FALSE(read_fault_rules(wrong)) << wrong;
  }
}

TEST(SandboxFaults, PutTheHeaderBeforeThePersonBeforeEverybody) {
  FaultBook book(1);
  book.set({{{Fault::DRIP}}, {{Fault::RESET}, "RN100000A"}});
  EXPECT_EQ(book.pick(get("/x", "TRUNCATED=5"), "RN100000B").kind, Fault::TRUNCATED);
  EXPECT_EQ(book.pick(get("/x"), "RN100000B").kind, Fault::RESET) << "the suffix does not count";
  EXPECT_EQ(book.pick(get("/x"), "RN100007A").kind, Fault::DRIP);
  EXPECT_EQ(book.pick(get("/x"), "").kind, Fault::DRIP);
  EXPECT_EQ(book.happened().at("DRIP"), 2);
  EXPECT_EQ(book.happened().at("RESET"), 1);
}

TEST(SandboxFaults, AreSpentAfterTheirTimes) {
  FaultBook book(1);
  book.add({.fault = {Fault::RESET}, .times = 2});
  EXPECT_EQ(book.pick(get("/x"), "").kind, Fault::RESET);
  EXPECT_EQ(book.pick(get("/x"), "").kind, Fault::RESET);
  EXPECT_EQ(book.pick(get("/x"), "").kind, Fault::NONE);
}

TEST(SandboxFaults, HappenWhereTheyFitOnly) {
  FaultBook book(1);
  book.add({.fault = {Fault::TWIN_PAYMENT}});
  EXPECT_EQ(book.pick(get("/individuals/income/sa"), "").kind, Fault::NONE);
  EXPECT_EQ(book.pick(get("/individuals/income/paye?x"), "").kind, Fault::TWIN_PAYMENT);
  book.set({{.fault = {Fault::SERVER_ERROR_ONCE}, .under = "/individuals/matching"}});
  EXPECT_EQ(book.pick(get("/individuals/income/"), "").kind, Fault::NONE);
  EXPECT_EQ(book.pick(get("/individuals/matching/"), "").kind, Fault::SERVER_ERROR_ONCE);
  book.set({{.fault = {Fault::SERVER_ERROR_ONCE}}, {.fault = {Fault::TOTP_SKEW}}});
  EXPECT_EQ(book.pick(get("/oauth/token"), "").kind, Fault::TOTP_SKEW)
      << "the token service fails when it is named";
}

TEST(SandboxFaults, HappenAsOftenAsTheRateSaysAndTheSameFromTheSameSeed) {
  const auto picked = [](std::uint64_t seed) {
    FaultBook book(seed);
    book.add({.fault = {Fault::DRIP}, .per_mille = 100});
    std::string out;
    for (int i = 0; i < 10'000; ++i) {
      out += book.pick(get("/x"), "").kind == Fault::DRIP ? 'x' : '.';
    }
    return out;
  };
  const auto one = picked(1);
  EXPECT_EQ(one, picked(1));
  EXPECT_NE(one, picked(2));
  const auto happened = std::count(one.begin(), one.end(), 'x');
  EXPECT_GT(happened, 900);
  EXPECT_LT(happened, 1'100);
}

TEST(SandboxFaults, StandInThePlaceOfAnAnswer) {
  const auto status = [](Fault fault) {
    const auto answer = answer_of({fault}, "/individuals/income/");
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(status(Fault::MESSAGE_THROTTLED_OUT), 429U);
  EXPECT_EQ(status(Fault::TOO_MANY_REQUESTS), 429U);
  EXPECT_EQ(status(Fault::SERVER_ERROR), 503U);
  EXPECT_EQ(status(Fault::PROXY_403), 403U);
  EXPECT_EQ(status(Fault::PROXY_200), 200U);
  EXPECT_EQ(status(Fault::REDIRECT_HOST), 302U);
  EXPECT_EQ(status(Fault::TWO_FAILURES), 400U);
  EXPECT_EQ(status(Fault::RESET), 0U);
  EXPECT_EQ(answer_of({Fault::SERVER_ERROR, "500"}, "/x")->status, 500U);
  EXPECT_EQ(answer_of({Fault::SERVER_ERROR, "200"}, "/x")->status, 503U);
  const auto not_json = answer_of({Fault::THROTTLED_NOT_JSON}, "/x");
  EXPECT_EQ(not_json->status, 429U);
  EXPECT_TRUE(json::parse(not_json->body, nullptr, false).is_discarded());
  EXPECT_EQ(http::find(answer_of({Fault::PROXY_200}, "/x")->headers, "content-type")->substr(0, 9),
            "text/html");
  EXPECT_EQ(*http::find(answer_of({Fault::REDIRECT_PATH}, "/x")->headers, "Location"), "/moved/x");
}

TEST(SandboxFaults, DamageAnAnswerOnItsWay) {
  http::Response answer;
  answer.body = std::string(100, 'x');
  damage({Fault::DRIP}, answer);
  EXPECT_EQ(answer.mishap.drip_bytes, 16U);
  EXPECT_GT(answer.mishap.drip_pause.count(), 0);
  damage({Fault::TRUNCATED}, answer);
  EXPECT_EQ(answer.mishap.withheld, 50U);
  EXPECT_FALSE(answer.mishap.reset);
  damage({Fault::RESET, "9"}, answer);
  EXPECT_EQ(answer.mishap.sent_at_most, 9U);
  EXPECT_TRUE(answer.mishap.reset);
  EXPECT_FALSE(answer.unanswered);
  damage({Fault::UNANSWERED}, answer);
  EXPECT_TRUE(answer.unanswered);
}

}  // namespace
}  // namespace ig::adapters::sandbox
