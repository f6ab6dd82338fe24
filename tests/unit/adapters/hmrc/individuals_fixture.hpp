#pragma once

#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/individuals_client.hpp"
#include "tests/support/fake_individuals.hpp"
#include "tests/support/greenwich.hpp"
#include "tests/support/hmrc_world.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ig::adapters::hmrc::tests {

using core::base::Sensitive;
using core::facts::Fact;
using core::ports::FetchResult;
using core::ports::IndividualQuestion;
using core::ports::IndividualReply;
using core::ports::NextMove;
using core::ports::PartReply;
using core::ports::RecordPart;
using core::values::Date;
using core::values::TaxYear;
using ig::tests::Greenwich;
using ig::tests::support::FakeIndividuals;
using ig::tests::support::HmrcWorld;
using Answered = core::base::Result<http::Response>;

inline std::string pay_row(const std::string& day, const std::string& reference = "120/XB4471") {
  return R"({"employerPayeReference":")" + reference + R"(","taxablePay":100.5,"paymentDate":")" +
         day + R"(","monthPayNumber":10})";
}
inline std::string pay_body(const std::string& rows) {
  return R"({"paye":{"income":[)" + rows + "]}}";
}

class IndividualsClientTest : public ::testing::Test {
 protected:
  IndividualsClientTest()
      : world_([this](const http::Request& r) -> Answered { return answer(r); }) {
    options_.origin = "https://hmrc.example";
    question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799C"));
    question_.person.forename = Sensitive<std::string>("Amanda");
    question_.person.surname = Sensitive<std::string>("Joseph");
    question_.person.date_of_birth = Sensitive(Date::of(1960, 1, 15));
    question_.from = Date::of(2026, 1, 6);
    question_.to = Date::of(2026, 4, 5);
    question_.from_year = TaxYear::starting(2024);
    question_.to_year = TaxYear::starting(2025);
    service_.bodies["/individuals/income/paye"] = pay_body(pay_row("2026-01-30"));
    service_.bodies["/individuals/employments/paye"] =
        R"({"employments":[{"startDate":"2024-05-13","endDate":"2099-12-31",)"
        R"("payFrequency":"CALENDAR_MONTHLY","employer":{"payeReference":"120/XB4471",)"
        R"("name":"Harbour Tools Ltd"}}]})";
  }

  http::Response answer(const http::Request& request) {
    sent_.push_back(request);
    return service_.answer(request);
  }
  IndividualReply fetch(std::vector<RecordPart> parts) {
    question_.parts = std::move(parts);
    Caller caller(world_.client, world_.tokens, world_.budget, world_.clock, world_.random,
                  world_.options());
    IndividualsClient client(caller, world_.clock, zone_, world_.random, options_);
    return client.fetch(question_, core::base::Deadline::in(std::chrono::seconds{600}));
  }
  PartReply one(RecordPart part) {
    IndividualReply reply = fetch({part});
    EXPECT_EQ(reply.match.result, FetchResult::matched);
    return reply.parts.at(0);
  }
  /// A 500 for each question of income PAYE that reaches over one of these days.
  void poison(const std::set<std::string>& days) {
    service_.faults["/individuals/income/paye"] =
        [days](const http::Request& request) -> std::optional<http::Response> {
      const std::size_t at = request.target.find("fromDate=");
      const std::string from = request.target.substr(at + 9, 10);
      const std::string to = request.target.substr(request.target.find("toDate=") + 7, 10);
      std::string rows;
      for (Date day = *Date::parse(from); day <= *Date::parse(to); day = day.plus_days(1)) {
        if (days.contains(day.text()))
          return http::Response{500, {}, R"({"code":"INTERNAL_SERVER_ERROR"})"};
        rows += (rows.empty() ? "" : ",") + pay_row(day.text());
      }
      return http::Response{200, {}, pay_body(rows)};
    };
  }

  FakeIndividuals service_;
  std::vector<http::Request> sent_;
  HmrcWorld world_;
  Greenwich zone_;
  IndividualsOptions options_;
  IndividualQuestion question_;
};

inline std::vector<std::string> errors(const PartReply& part) {
  std::vector<std::string> out;
  for (const auto& error : part.refused) {
    out.push_back(std::string(core::base::name(error.code)) + error.field);
  }
  return out;
}

inline std::string line(const Fact& fact) {
  std::string out;
  formats::write_fact(out, fact);
  return out;
}

}  // namespace ig::adapters::hmrc::tests
