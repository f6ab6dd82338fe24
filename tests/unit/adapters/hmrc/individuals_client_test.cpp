#include "adapters/hmrc/individuals_client.hpp"

#include "adapters/wire/crypto/digest.hpp"
#include "tests/unit/adapters/hmrc/individuals_fixture.hpp"

namespace ig::adapters::hmrc::tests {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(IndividualsClientTest, WalksFromTheMatchToThePay) {
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(reply.match.result, FetchResult::matched);
  EXPECT_EQ(reply.match.calls, 2U);
  EXPECT_EQ(reply.match.interface, "matching-2.0");
  ASSERT_EQ(reply.tried.size(), 1U);
  EXPECT_EQ(reply.tried[0].rule, "ENTIRE");
  const std::string id = service_.match_id();
  EXPECT_THAT(service_.asked, ElementsAre("/individuals/matching/", "/individuals/matching/" + id,
                                          "/individuals/income/?matchId=" + id,
                                          "/individuals/income/paye?matchId=" + id +
                                              "&fromDate=2026-01-06&toDate=2026-04-05"));
  const PartReply& part = reply.parts.at(0);
  EXPECT_EQ(part.part, RecordPart::income_paye);
  EXPECT_EQ(part.fetched.result, FetchResult::matched);
  EXPECT_EQ(part.fetched.calls, 2U);
  EXPECT_EQ(part.fetched.interface, "income-2.0");
  EXPECT_EQ(part.fetched.raw, service_.bodies.at("/individuals/income/paye"));
  EXPECT_THAT(part.fetched.fields_received.all(),
              ElementsAre("paye.income.employerPayeReference", "paye.income.monthPayNumber",
                          "paye.income.paymentDate", "paye.income.taxablePay"));
  ASSERT_EQ(part.facts.size(), 1U);
  const std::string document =
      "sha256:" + core::ports::hex(wire::crypto::make_digest()->sha256(part.fetched.raw));
  EXPECT_THAT(line(part.facts[0]), HasSubstr(R"("nino":"NA000799C")"));
  EXPECT_THAT(line(part.facts[0]), HasSubstr(R"("taxable_pay_pence":10050)"));
  EXPECT_THAT(line(part.facts[0]), HasSubstr(R"({"system":"individuals-income","document":")" +
                                             document + R"(","position":"/paye/income/0"})"));
}

TEST_F(IndividualsClientTest, SendsTheHeadersOfEachVersion) {
  static_cast<void>(fetch({RecordPart::income_paye, RecordPart::child_tax_credit}));
  std::set<std::string> ids;
  for (const http::Request& request : sent_) {
    const bool own = request.target.find("benefits-and-credits") != std::string::npos;
    EXPECT_EQ(*http::find(request.headers, "Accept"),
              own ? "application/vnd.hmrc.1.0+json" : "application/vnd.hmrc.2.0+json");
    const std::string* id = http::find(request.headers, "CorrelationId");
    ASSERT_NE(id, nullptr) << request.target;
    EXPECT_TRUE(ids.insert(*id).second) << "one id a call";
  }
  EXPECT_EQ(sent_.at(0).body, R"({"firstName":"Amanda","lastName":"Joseph","nino":"NA000799C",)"
                              R"("dateOfBirth":"1960-01-15"})");
}

TEST_F(IndividualsClientTest, SpeaksP1WithoutACorrelationId) {
  options_.version = Version::p1_0;
  service_.refusal = 403;
  service_.matching = {"J/Ama"};
  service_.bodies["/individuals/income/"] =
      R"({"_links":{"paye":{"href":"/individuals/income/paye?matchId=@{&fromDate,toDate}"}}})";
  service_.bodies["/individuals/income/paye"] = pay_body(
      R"({"employerPayeReference":"120/XB4471","taxablePayment":-1.5,"paymentDate":"2026-01-30"})");
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(reply.tried.size(), 2U);
  ASSERT_EQ(reply.parts.at(0).facts.size(), 1U);
  EXPECT_THAT(line(reply.parts[0].facts[0]), HasSubstr(R"("taxable_pay_pence":-150)"));
  for (const http::Request& request : sent_) {
    EXPECT_EQ(*http::find(request.headers, "Accept"), "application/vnd.hmrc.P1.0+json");
    EXPECT_EQ(http::find(request.headers, "CorrelationId"), nullptr);
  }
}

TEST_F(IndividualsClientTest, TriesEachNameOnceUntilOneMatches) {
  question_.person.forename = Sensitive<std::string>(
      "Ren\xC3\xA9"
      "e Ann");
  question_.person.surname = Sensitive<std::string>("Lee-Smith");
  service_.matching = {"R/Smi"};
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(reply.match.result, FetchResult::matched);
  ASSERT_GT(reply.tried.size(), 1U);
  std::set<std::string> bodies;
  for (std::size_t i = 0; i < reply.tried.size(); ++i) {
    EXPECT_EQ(reply.tried[i].candidate, i + 1);
    const bool last = i + 1 == reply.tried.size();
    EXPECT_EQ(reply.tried[i].result, last ? FetchResult::matched : FetchResult::not_matched);
    EXPECT_TRUE(bodies.insert(sent_.at(i).body).second);
  }
  EXPECT_EQ(reply.tried.back().rule, "SPLITTER");
  EXPECT_EQ(reply.match.calls, reply.tried.size() + 1);
}

TEST_F(IndividualsClientTest, TriesAFormerSurnameAfterTheOneOfToday) {
  question_.person.other_surnames = {Sensitive<std::string>("Baker")};
  service_.matching = {"A/Bak"};
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(reply.match.result, FetchResult::matched);
  ASSERT_EQ(reply.tried.size(), 2U);
  EXPECT_EQ(reply.tried[0].rule, "ENTIRE");
  EXPECT_EQ(reply.tried[1].rule, "ALIAS");
}

TEST_F(IndividualsClientTest, AsksForNoPartWhenNoNameMatches) {
  service_.matching = {"X/Xyz"};
  options_.names_max = 2;
  const IndividualReply reply = fetch({RecordPart::income_paye, RecordPart::employments});
  EXPECT_EQ(reply.match.result, FetchResult::not_matched);
  EXPECT_EQ(reply.match.code, "MATCHING_FAILED");
  EXPECT_EQ(reply.match.calls, 2U);
  EXPECT_EQ(reply.tried.size(), 2U);
  ASSERT_EQ(reply.parts.size(), 2U);
  for (const PartReply& part : reply.parts) {
    EXPECT_EQ(part.fetched.result, FetchResult::not_matched);
    EXPECT_EQ(part.fetched.calls, 0U);
    EXPECT_THAT(part.facts, IsEmpty());
  }
  EXPECT_EQ(service_.asked.size(), 2U);
}

TEST_F(IndividualsClientTest, TakesAProxysRefusalForNoMismatch) {
  service_.refusal = 403;
  service_.matching = {"X/Xyz"};
  world_.answer_by([](const http::Request&) -> Answered {
    return http::Response{403, {{"Content-Type", "text/html"}}, "<html>no</html>"};
  });
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(reply.match.result, FetchResult::config_fault);
  EXPECT_EQ(reply.tried.size(), 1U) << "no other name is tried";
}

TEST_F(IndividualsClientTest, MatchesAgainOnceWhenTheMatchIdIsForgotten) {
  bool forgotten = false;
  service_.faults["/individuals/income/paye"] =
      [&](const http::Request&) -> std::optional<http::Response> {
    if (std::exchange(forgotten, true)) return std::nullopt;
    return http::Response{404, {}, R"({"code":"NOT_FOUND","message":"x"})"};
  };
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(service_.matches, 2);
  EXPECT_EQ(reply.tried.size(), 1U);
  EXPECT_EQ(reply.match.calls, 4U);
  EXPECT_EQ(reply.parts.at(0).fetched.result, FetchResult::matched);
  EXPECT_EQ(reply.parts.at(0).fetched.calls, 4U) << "root and pay, twice";
  EXPECT_EQ(reply.parts.at(0).facts.size(), 1U);
}

TEST_F(IndividualsClientTest, DoesNotMatchForEver) {
  service_.faults["/individuals/income/paye"] = [](const http::Request&) {
    return http::Response{404, {}, R"({"code":"NOT_FOUND","message":"x"})"};
  };
  const IndividualReply reply = fetch({RecordPart::income_paye, RecordPart::employments});
  EXPECT_EQ(service_.matches, 2);
  EXPECT_EQ(reply.parts.at(0).fetched.code, "NOT_FOUND");
  EXPECT_THAT(reply.parts.at(0).facts, IsEmpty());
  EXPECT_EQ(reply.parts.at(1).fetched.result, FetchResult::matched) << "another part goes on";
}

TEST_F(IndividualsClientTest, RefusesAnAnswerAboutSomebodyElse) {
  std::string& body = service_.bodies["individual"];
  body.replace(body.find("NA000799C"), 9, "NA000800C");
  const IndividualReply reply = fetch({RecordPart::income_paye});
  EXPECT_EQ(reply.match.result, FetchResult::config_fault);
  EXPECT_EQ(reply.match.next, NextMove::alarm);
  EXPECT_EQ(reply.match.code, "CONTRADICTION");
  EXPECT_EQ(service_.asked.size(), 2U);
}

TEST_F(IndividualsClientTest, FollowsNoLinkOutOfTheServicesPath) {
  service_.bodies["individual"] =
      R"({"_links":{"income":{"href":"https://evil.example/individuals/income/?matchId=@"},)"
      R"("employments":{"href":"/individuals/employments/../../oauth/token"}}})";
  const IndividualReply reply = fetch({RecordPart::income_paye, RecordPart::employments});
  for (const PartReply& part : reply.parts) {
    EXPECT_EQ(part.fetched.result, FetchResult::config_fault);
    EXPECT_EQ(part.fetched.next, NextMove::alarm);
  }
  EXPECT_EQ(service_.asked.size(), 2U) << "the match and the individual";
}

TEST_F(IndividualsClientTest, IsNotPermittedWhereALinkIsMissing) {
  service_.bodies["individual"] =
      R"({"_links":{"income":{"href":"/individuals/income/?matchId=@"}}})";
  service_.bodies["/individuals/income/"] =
      R"({"_links":{"sa":{"href":"/individuals/income/sa?matchId=@{&fromTaxYear,toTaxYear}"}}})";
  const IndividualReply reply =
      fetch({RecordPart::income_paye, RecordPart::employments, RecordPart::addresses});
  for (const PartReply& part : reply.parts) {
    EXPECT_EQ(part.fetched.result, FetchResult::not_permitted);
    EXPECT_EQ(part.fetched.code, "FORBIDDEN");
    EXPECT_THAT(part.facts, IsEmpty());
  }
  EXPECT_THAT(errors(reply.parts[0]), ElementsAre("FORBIDDEN/_links/paye"));
}

TEST_F(IndividualsClientTest, GivesNoDataForAnEmptyListAndNeverZero) {
  service_.bodies["/individuals/income/paye"] = pay_body("");
  service_.bodies["/individuals/employments/paye"] = R"({"employments":[]})";
  service_.bodies["/individuals/details/addresses"] = R"({"residences":[]})";
  service_.bodies["/individuals/benefits-and-credits/child-tax-credit"] = R"({"applications":[]})";
  const IndividualReply reply = fetch({RecordPart::income_paye, RecordPart::employments,
                                       RecordPart::addresses, RecordPart::child_tax_credit});
  for (const PartReply& part : reply.parts) {
    EXPECT_EQ(part.fetched.result, FetchResult::matched_no_data);
    EXPECT_EQ(part.fetched.next, NextMove::use);
    ASSERT_EQ(part.facts.size(), 1U);
    EXPECT_THAT(line(part.facts[0]), HasSubstr(R"("status":"NO_DATA")"));
  }
}

TEST_F(IndividualsClientTest, LendsThePayTheOfficeOfItsEmployment) {
  service_.bodies["/individuals/income/paye"] =
      pay_body(pay_row("2026-01-30", "XB4471") + "," + pay_row("2026-02-27", "YY1"));
  const IndividualReply reply = fetch({RecordPart::income_paye, RecordPart::employments});
  ASSERT_EQ(reply.parts.at(0).facts.size(), 1U);
  EXPECT_THAT(line(reply.parts[0].facts[0]), HasSubstr(R"("office":"120","reference":"XB4471")"));
  EXPECT_THAT(errors(reply.parts[0]),
              ElementsAre("MISSING_MEMBER/paye/income/1/employerPayeReference"));
  EXPECT_THAT(line(reply.parts[1].facts.at(0)), HasSubstr(R"("frequency":"M1")"));
}

TEST_F(IndividualsClientTest, NamesTheEmployerWhereTheScopeWantsIt) {
  options_.paye_reference = "120/XB 4471";
  static_cast<void>(one(RecordPart::employments));
  EXPECT_THAT(service_.asked.back(), HasSubstr("&payeReference=120%2FXB%204471"));
}

TEST_F(IndividualsClientTest, RefusesDatesThatHmrcWouldRefuseBeforeAnyCall) {
  const auto code = [&](RecordPart part) {
    const IndividualReply reply = fetch({part});
    EXPECT_TRUE(sent_.empty());
    EXPECT_EQ(reply.match.calls, 0U);
    EXPECT_EQ(reply.parts.at(0).fetched.code, "DATE_OUT_OF_RANGE");
    return errors(reply.parts.at(0));
  };
  question_.to = question_.from;
  EXPECT_THAT(code(RecordPart::income_paye), ElementsAre("DATE_OUT_OF_RANGE/from"));
  question_.from = Date::of(2013, 3, 30);
  question_.to = Date::of(2013, 5, 1);
  EXPECT_THAT(code(RecordPart::income_paye), ElementsAre("DATE_OUT_OF_RANGE/from"));
  EXPECT_THAT(code(RecordPart::employments), ElementsAre("DATE_OUT_OF_RANGE/from"));
  EXPECT_THAT(code(RecordPart::working_tax_credit), ElementsAre("DATE_OUT_OF_RANGE/from"));
  // The clock says November 2026: the current year is 2026-27.
  question_.from_year = TaxYear::starting(2019);
  EXPECT_THAT(code(RecordPart::income_sa), ElementsAre("DATE_OUT_OF_RANGE/from_year"));
  question_.from_year = TaxYear::starting(2026);
  EXPECT_THAT(code(RecordPart::income_sa), ElementsAre("DATE_OUT_OF_RANGE/from_year"));
  question_.to_year = TaxYear::starting(2027);
  EXPECT_THAT(code(RecordPart::income_sa), ElementsAre("DATE_OUT_OF_RANGE/to_year"));
}

TEST_F(IndividualsClientTest, AsksForTheEdgesOfWhatHmrcTakes) {
  question_.from = Date::of(2013, 3, 31);
  question_.to = Date::of(2013, 4, 1);
  service_.bodies["/individuals/income/sa"] = R"({"selfAssessment":{"taxReturns":[]}})";
  question_.from_year = TaxYear::starting(2020);
  question_.to_year = TaxYear::starting(2026);
  const IndividualReply reply = fetch({RecordPart::income_paye, RecordPart::income_sa});
  EXPECT_EQ(reply.parts.at(0).fetched.result, FetchResult::matched_no_data);
  EXPECT_EQ(reply.parts.at(1).fetched.result, FetchResult::matched_no_data);
  EXPECT_THAT(service_.asked.back(), HasSubstr("&fromTaxYear=2020-21&toTaxYear=2026-27"));
}

TEST_F(IndividualsClientTest, LetsTheOtherPartsGoOnWhenOnesDatesAreWrong) {
  question_.from_year = TaxYear::starting(2010);
  const IndividualReply reply = fetch({RecordPart::income_sa, RecordPart::income_paye});
  EXPECT_EQ(reply.parts.at(0).fetched.code, "DATE_OUT_OF_RANGE");
  EXPECT_EQ(reply.parts.at(1).fetched.result, FetchResult::matched);
}

TEST_F(IndividualsClientTest, RefusesAPersonItCannotNameBeforeAnyCall) {
  const auto code = [&] {
    const IndividualReply reply = fetch({RecordPart::income_paye});
    EXPECT_TRUE(sent_.empty());
    EXPECT_EQ(reply.parts.at(0).fetched.calls, 0U);
    return reply.match.code;
  };
  question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799"));
  EXPECT_EQ(code(), "INVALID_NINO");
  question_.person.nino.reset();
  EXPECT_EQ(code(), "NO_PERSON");
  question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799C"));
  question_.person.forename = Sensitive<std::string>("1");
  question_.person.surname = Sensitive<std::string>();
  EXPECT_EQ(code(), "NO_PERSON");
  question_.person.surname = Sensitive<std::string>("Joseph");
  question_.person.date_of_birth.reset();
  EXPECT_EQ(code(), "NO_PERSON");
}

TEST_F(IndividualsClientTest, IsolatesTheDayThatFailsAndTakesTheRest) {
  poison({"2026-02-14"});
  const PartReply part = one(RecordPart::income_paye);
  EXPECT_EQ(part.fetched.result, FetchResult::matched);
  EXPECT_EQ(part.fetched.next, NextMove::use);
  EXPECT_EQ(part.facts.size(), 89U) << "90 days less one";
  ASSERT_THAT(errors(part), ElementsAre("REFUSED_BY_PEER"));
  EXPECT_THAT(part.refused[0].message, HasSubstr("2026-02-14 to 2026-02-14"));
  std::set<std::string> ids;
  for (const Fact& fact : part.facts) ids.insert(core::facts::header(fact).fact_id);
  EXPECT_EQ(ids.size(), 89U);
  EXPECT_LE(part.fetched.calls, 20U);
  EXPECT_EQ(part.fetched.raw.front(), '[') << "the bodies side by side";
  EXPECT_THAT(line(part.facts[0]), HasSubstr(R"("position":"/0/paye/income/0")"));
}

TEST_F(IndividualsClientTest, GivesNoPaymentOfADayOnlyAskedForBesideAnother) {
  poison({"2026-02-14"});
  question_.from = Date::of(2026, 2, 14);
  question_.to = Date::of(2026, 2, 15);
  const PartReply part = one(RecordPart::income_paye);
  ASSERT_EQ(part.facts.size(), 1U);
  EXPECT_EQ(std::get<core::facts::Payment>(part.facts[0]).paid_on, Date::of(2026, 2, 15));
}

TEST_F(IndividualsClientTest, CallsItAnOutageWhereNothingCanBeTaken) {
  service_.faults["/individuals/income/paye"] = [](const http::Request&) {
    return http::Response{500, {}, R"({"code":"INTERNAL_SERVER_ERROR"})"};
  };
  const PartReply part = one(RecordPart::income_paye);
  EXPECT_EQ(part.fetched.result, FetchResult::transient);
  EXPECT_EQ(part.fetched.status, 500);
  EXPECT_THAT(part.facts, IsEmpty());
  EXPECT_THAT(part.refused, IsEmpty());
  EXPECT_LE(part.fetched.calls, 12U) << "root, three attempts, eight pieces";
}

TEST_F(IndividualsClientTest, AsksForThePartAgainWhenAnotherFaultEndsTheSearch) {
  poison({"2026-02-14"});
  int calls = 0;
  const auto inner = service_.faults["/individuals/income/paye"];
  service_.faults["/individuals/income/paye"] = [&, inner](const http::Request& request) {
    if (++calls < 6) return inner(request);
    return std::optional(http::Response{429, {}, R"({"code":"TOO_MANY_REQUESTS"})"});
  };
  const PartReply part = one(RecordPart::income_paye);
  EXPECT_EQ(part.fetched.result, FetchResult::throttled);
  EXPECT_THAT(part.facts, IsEmpty()) << "half of the pay is never taken for the whole";
}

TEST_F(IndividualsClientTest, SaysWhatItCouldNotIsolateWithItsCalls) {
  poison({"2026-02-14"});
  options_.split_calls_max = 3;
  const PartReply part = one(RecordPart::income_paye);
  EXPECT_EQ(part.fetched.result, FetchResult::matched);
  EXPECT_THAT(errors(part), Contains("LIMIT_EXCEEDED"));
  EXPECT_GT(part.facts.size(), 0U);
}

TEST_F(IndividualsClientTest, RefusesABodyThatIsNoAnswer) {
  for (const char* body : {"<html>", "[]", "{}", R"({"paye":[]})", R"({"paye":{"income":{}}})"}) {
    service_.bodies["/individuals/income/paye"] = body;
    const PartReply part = one(RecordPart::income_paye);
    EXPECT_EQ(part.fetched.result, FetchResult::config_fault) << body;
    EXPECT_EQ(part.fetched.next, NextMove::alarm) << body;
    EXPECT_THAT(part.facts, IsEmpty()) << body;
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc::tests
