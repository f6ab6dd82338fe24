#include "adapters/hmrc/answers.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::ports::FetchResult;
using core::ports::NextMove;

/// The table as it was written down from HMRC's descriptions, apart from the code: interface
/// (or who shares it), version, status, code ("-" for any), result, next move.
constexpr const char* kExpected = R"(
gateway any 401 MISSING_CREDENTIALS NOT_PERMITTED PARK
gateway any 401 INVALID_CREDENTIALS NOT_PERMITTED PARK
gateway any 401 UNAUTHORIZED NOT_PERMITTED PARK
gateway any 401 INCORRECT_ACCESS_TOKEN_TYPE CONFIG_FAULT PARK
gateway any 403 HTTPS_REQUIRED CONFIG_FAULT PARK
gateway any 403 RESOURCE_FORBIDDEN NOT_PERMITTED PARK
gateway any 403 INVALID_SCOPE NOT_PERMITTED PARK
gateway any 403 FORBIDDEN NOT_PERMITTED PARK
gateway any 404 MATCHING_RESOURCE_NOT_FOUND CONFIG_FAULT PARK
gateway any 405 METHOD_NOT_ALLOWED CONFIG_FAULT PARK
gateway any 406 ACCEPT_HEADER_INVALID CONFIG_FAULT PARK
gateway any 429 MESSAGE_THROTTLED_OUT THROTTLED RETRY
gateway any 429 TOO_MANY_REQUESTS THROTTLED RETRY
gateway any 501 NOT_IMPLEMENTED CONFIG_FAULT PARK
gateway any 503 SERVER_ERROR TRANSIENT RETRY
gateway any 503 SCHEDULED_MAINTENANCE TRANSIENT RETRY
gateway any 504 GATEWAY_TIMEOUT TRANSIENT RETRY
individuals any 200 - MATCHED USE
individuals any 400 INVALID_REQUEST CONFIG_FAULT ALARM
individuals any 404 NOT_FOUND TRANSIENT RETRY_NEW
individuals any 500 INTERNAL_SERVER_ERROR TRANSIENT RETRY
matching P1.0 403 MATCHING_FAILED NOT_MATCHED USE
matching 2.0 404 MATCHING_FAILED NOT_MATCHED USE
matching any 403 - CONFIG_FAULT ALARM
matching 1.0 400 BAD_REQUEST CONFIG_FAULT ALARM
matching 1.0 403 INVALID_UUID CONFIG_FAULT ALARM
token any 200 - MATCHED USE
token any 400 invalid_request CONFIG_FAULT PARK
token any 400 invalid_scope NOT_PERMITTED PARK
token any 401 invalid_client NOT_PERMITTED PARK
token any 500 server_error TRANSIENT RETRY
rtii any 200 - MATCHED USE
rtii any 400 INVALID_CORRELATION_ID CONFIG_FAULT ALARM
rtii any 400 INVALID_CORRELATIONID CONFIG_FAULT ALARM
rtii any 400 INVALID_PAYLOAD CONFIG_FAULT ALARM
rtii any 400 INVALID_DATE_RANGE CONFIG_FAULT ALARM
rtii any 400 INVALID_DATES_EQUAL CONFIG_FAULT ALARM
rtii any 403 NON_PRIVILEGED_APPLICATION NOT_PERMITTED PARK
rtii any 404 NOT_FOUND MATCHED_NO_DATA USE
rtii any 404 NOT_FOUND_NINO UNKNOWN_PERSON USE
rtii any 500 SERVER_ERROR TRANSIENT RETRY_NEW
rtii any 500 INTERNAL_SERVER_ERROR TRANSIENT RETRY_NEW
rtii any 500 SERVICE_UNAVAILABLE TRANSIENT RETRY_NEW
rtii any 500 - TRANSIENT RETRY_NEW
rtii any 503 SERVICE_UNAVAILABLE TRANSIENT RETRY_NEW
rtii any 503 BAD_GATEWAY TRANSIENT RETRY_NEW
rtii any 503 - TRANSIENT RETRY_NEW
yearly any 200 - MATCHED USE
yearly any 400 - CONFIG_FAULT TASK
yearly any 404 UNKNOWN_PERSON UNKNOWN_PERSON USE
yearly any 404 - CONFIG_FAULT PARK
yearly any 409 - CONFIG_FAULT TASK
yearly any 422 - CONFIG_FAULT TASK
yearly any 429 THROTTLED THROTTLED RETRY
yearly any 503 UNAVAILABLE TRANSIENT RETRY
)";

std::set<std::string> expected_lines() {
  const std::string individuals = "matching income employments tax-credits details";
  const std::string gateway = "rtii yearly " + individuals;
  std::set<std::string> out;
  std::istringstream lines(kExpected);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    const std::string who = line.substr(0, space);
    std::istringstream each(who == "gateway" ? gateway : who == "individuals" ? individuals : who);
    for (std::string one; each >> one;) out.insert(one + line.substr(space));
  }
  return out;
}

std::set<std::string> actual_lines() {
  std::set<std::string> out;
  for (const AnswerRow& row : answer_table()) {
    out.insert(fmt::format("{} {} {} {} {} {}", name(row.interface), name(row.version), row.status,
                           row.code.empty() ? "-" : row.code, core::ports::name(row.meaning.result),
                           core::ports::name(row.meaning.next)));
  }
  return out;
}

constexpr Version kVersions[] = {Version::any, Version::v1_0, Version::p1_0, Version::v2_0};
constexpr Interface kInterfaces[] = {
    Interface::token,       Interface::rtii,        Interface::matching, Interface::income,
    Interface::employments, Interface::tax_credits, Interface::details,  Interface::yearly};

TEST(Answers, AreTheTableThatWasWrittenDown) {
  EXPECT_EQ(actual_lines(), expected_lines());
  EXPECT_EQ(answer_table().size(), actual_lines().size());
}

TEST(Answers, HaveNoRowThatAnotherHides) {
  for (const AnswerRow& row : answer_table()) {
    const std::string_view code = row.code.empty() ? "SOMETHING_NEW" : row.code;
    const bool reached = std::ranges::any_of(kVersions, [&](Version version) {
      return answer_row(row.interface, version, row.status, code) == &row;
    });
    EXPECT_TRUE(reached) << name(row.interface) << " " << row.status << " " << row.code;
    EXPECT_FALSE(row.why.empty());
  }
}

TEST(Answers, AreReadTheSameByTheTableAndByMeaning) {
  for (const AnswerRow& row : answer_table()) {
    EXPECT_EQ(meaning_of(row.interface, row.version, row.status, row.code), row.meaning);
  }
}

TEST(Answers, CallOnlyTheBodysCodeANoMatch) {
  const Meaning no_match{FetchResult::not_matched, NextMove::use};
  const Meaning proxy{FetchResult::config_fault, NextMove::alarm};
  const auto matching = [](Version version, unsigned status, std::string_view code) {
    return meaning_of(Interface::matching, version, status, code);
  };
  EXPECT_EQ(matching(Version::p1_0, 403, "MATCHING_FAILED"), no_match);
  EXPECT_EQ(matching(Version::p1_0, 403, ""), proxy);
  EXPECT_EQ(matching(Version::p1_0, 404, "MATCHING_FAILED"), proxy);
  EXPECT_EQ(matching(Version::v2_0, 404, "MATCHING_FAILED"), no_match);
  EXPECT_EQ(matching(Version::v2_0, 403, "MATCHING_FAILED"), proxy);
  EXPECT_EQ(matching(Version::v2_0, 403, ""), proxy);
  for (const Interface other : kInterfaces) {
    if (other == Interface::matching) continue;
    for (const Version version : kVersions) {
      for (const unsigned status : {403U, 404U}) {
        EXPECT_NE(meaning_of(other, version, status, "MATCHING_FAILED").result,
                  FetchResult::not_matched);
      }
    }
  }
}

TEST(Answers, FallBackByClassOfStatus) {
  const auto fallen = [](unsigned status) {
    return meaning_of(Interface::income, Version::v2_0, status, "SOMETHING_NEW");
  };
  for (const unsigned status : {0U, 100U, 201U, 204U, 302U, 400U, 404U, 409U, 410U, 418U, 600U}) {
    EXPECT_EQ(fallen(status), (Meaning{FetchResult::config_fault, NextMove::alarm})) << status;
  }
  for (const unsigned status : {401U, 403U}) {
    EXPECT_EQ(fallen(status), (Meaning{FetchResult::not_permitted, NextMove::park})) << status;
  }
  for (const unsigned status : {408U, 425U, 500U, 502U, 503U, 504U, 599U}) {
    EXPECT_EQ(fallen(status), (Meaning{FetchResult::transient, NextMove::retry})) << status;
  }
  EXPECT_EQ(fallen(429), (Meaning{FetchResult::throttled, NextMove::retry}));
}

TEST(Answers, NeverTakeAnErrorForAnAnswer) {
  for (const Interface interface : kInterfaces) {
    for (const Version version : kVersions) {
      for (unsigned status = 0; status <= 600; ++status) {
        const Meaning meaning = meaning_of(interface, version, status, "SOMETHING_NEW");
        EXPECT_EQ(meaning.next == NextMove::use, status == 200) << status;
        EXPECT_EQ(meaning.result == FetchResult::matched, status == 200) << status;
      }
    }
  }
}

TEST(Answers, KnowWhatItMeansThatNoneCame) {
  const std::tuple<ErrorCode, FetchResult, NextMove> cases[] = {
      {ErrorCode::UNAVAILABLE, FetchResult::transient, NextMove::retry},
      {ErrorCode::DEADLINE, FetchResult::transient, NextMove::retry},
      {ErrorCode::BAD_REPLY, FetchResult::transient, NextMove::retry},
      {ErrorCode::THROTTLED, FetchResult::throttled, NextMove::retry},
      {ErrorCode::UNAUTHORISED, FetchResult::not_permitted, NextMove::park},
      {ErrorCode::FORBIDDEN, FetchResult::not_permitted, NextMove::park},
      {ErrorCode::LIMIT_EXCEEDED, FetchResult::poison, NextMove::task},
      {ErrorCode::NO_PERSON, FetchResult::config_fault, NextMove::task},
      {ErrorCode::INVALID_NINO, FetchResult::config_fault, NextMove::task},
      {ErrorCode::TLS_FAILED, FetchResult::config_fault, NextMove::park},
      {ErrorCode::UNREADABLE, FetchResult::config_fault, NextMove::park},
      {ErrorCode::CONFIG_INVALID, FetchResult::config_fault, NextMove::park},
      {ErrorCode::STORE_FAILED, FetchResult::config_fault, NextMove::park},
      {ErrorCode::INVALID_TEXT, FetchResult::config_fault, NextMove::alarm}};
  for (const auto& [error, result, next] : cases) {
    EXPECT_EQ(meaning_of(error), (Meaning{result, next})) << core::base::name(error);
  }
}

TEST(AnswerCode, IsReadFromEachShapeOfBody) {
  EXPECT_EQ(answer_code(R"({"code":"MATCHING_FAILED","message":"no"})"), "MATCHING_FAILED");
  EXPECT_EQ(answer_code(R"({"code":"NOT_FOUND","reason":"no"})"), "NOT_FOUND");
  EXPECT_EQ(answer_code(R"({"failures":[{"code":"INVALID_DATE_RANGE","reason":"a"},
                            {"code":"INVALID_PAYLOAD","reason":"b"}]})"),
            "INVALID_DATE_RANGE");
  EXPECT_EQ(answer_code(R"({"errors":[{"code":"INVALID_REQUEST"}]})"), "INVALID_REQUEST");
  EXPECT_EQ(answer_code(R"({"code":"INVALID_REQUEST","errors":[{"code":"OTHER"}]})"),
            "INVALID_REQUEST");
  EXPECT_EQ(answer_code(R"({"error":"invalid_client","error_description":"x"})"), "invalid_client");
}

TEST(AnswerCode, IsReadFromAGatewaysBrokenTemplate) {
  EXPECT_EQ(answer_code(R"({"code", "MESSAGE_THROTTLED_OUT", "message": "slow down"})"),
            "MESSAGE_THROTTLED_OUT");
  EXPECT_EQ(answer_code("{ \"message\" : oops, \"code\" : \"SERVER_ERROR\""), "SERVER_ERROR");
}

TEST(AnswerCode, IsEmptyWhereThereIsNone) {
  const std::string long_code(101, 'A');
  const std::string bodies[] = {"",
                                " ",
                                "{}",
                                "[]",
                                "null",
                                "not json",
                                "<html>\"code\":\"MATCHING_FAILED\"</html>",
                                R"({"code":404})",
                                R"({"code":""})",
                                R"({"code":"two words"})",
                                R"({"code":"new\nline"})",
                                R"({"code":")" + long_code + "\"}",
                                R"({"failures":[]})",
                                R"({"failures":["X"]})",
                                R"({"failures":{"code":"X"}})",
                                R"({"code")",
                                R"({"code":"X)",
                                R"({"code","two words",)",
                                R"([{"code":"X"}])"};
  for (const std::string& body : bodies) EXPECT_EQ(answer_code(body), "") << body;
}

TEST(AnswerCode, OfABodyCutAnywhereIsTheCodeOrNothing) {
  const std::string body = R"({"code":"MATCHING_FAILED","message":"There is no match"})";
  for (std::size_t n = 0; n <= body.size(); ++n) {
    const std::string code = answer_code(std::string_view(body).substr(0, n));
    EXPECT_TRUE(code.empty() || code == "MATCHING_FAILED") << n;
  }
}

TEST(AnswerNames, AreThoseOfLogsAndMetrics) {
  EXPECT_EQ(name(Interface::tax_credits), "tax-credits");
  EXPECT_EQ(name(Interface::yearly), "yearly");
  EXPECT_EQ(name(Version::p1_0), "P1.0");
  EXPECT_EQ(name(Version::v1_0), "1.0");
  EXPECT_EQ(label(Interface::rtii, Version::v1_0), "rtii-1.0");
  EXPECT_EQ(label(Interface::token, Version::any), "token");
}

}  // namespace
}  // namespace ig::adapters::hmrc
