#include "tests/support/conformance.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace ig::adapters::sandbox {
namespace {

/// The sandbox against HMRC's own schemas and examples, where they are at hand.
class SandboxConformance : public HmrcHouse {
 protected:
  SandboxConformance() : HmrcHouse(270) {}

  /// One file of HMRC; null, said loudly, where it is absent.
  static json file(const std::string& name) {
    std::ifstream in(ig::tests::support::conformance() / "hmrc" / name, std::ios::binary);
    if (!in) {
      fmt::print("NOT READ: conformance file hmrc/{} is absent\n", name);
      return nullptr;
    }
    return json::parse(in);
  }
  static std::set<std::string> members(const json& object) {
    std::set<std::string> out;
    for (const auto& [name, value] : object.items()) out.insert(name);
    return out;
  }
};

TEST_F(SandboxConformance, KnowsTheFieldsOfThePaymentSchema) {
  const auto schema = file(
      "real-time-income-information/1.0/conf-schemas/"
      "real-time-income-information-response-schema.json");
  EXPECT_EQ(rtii_fields().size(), 83U);
  if (schema.is_null()) return;
  const auto names = members(schema["definitions"]["taxYearItem"]["properties"]);
  EXPECT_EQ(std::set<std::string>(rtii_fields().begin(), rtii_fields().end()), names);
}

TEST_F(SandboxConformance, TakesThePublishedRequestForAPersonOfItsOwn) {
  auto request =
      file("real-time-income-information/1.0/examples/real-time-income-information-post.json");
  const Person& who = person("steady_monthly");
  const auto own = rtii_question(who);
  if (request.is_null()) request = own;
  for (const char* name : {"nino", "serviceName", "fromDate", "toDate", "surname", "dateOfBirth"}) {
    request[name] = own[name];
  }
  for (const char* name : {"firstName", "middleName", "initials", "gender"}) request.erase(name);
  const auto answer = rtii(request, token());
  EXPECT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(json::parse(answer.body)["matchPattern"], 63);
}

TEST_F(SandboxConformance, LinksSelfAssessmentAsTheExampleDoes) {
  const auto example = file("individuals-income-api/2.0/examples/income-sa-response.json");
  const auto bearer = token();
  const auto id = match(person("trading_fall"), bearer);
  const auto answer =
      individuals("/individuals/income/sa?matchId=" + id + "&fromTaxYear=2023-24", bearer);
  ASSERT_EQ(answer.status, 200U);
  if (example.is_null()) return;
  const auto own = json::parse(answer.body);
  EXPECT_EQ(members(own["_links"]), members(example["_links"]));
  EXPECT_EQ(members(own["selfAssessment"]), members(example["selfAssessment"]));
}

TEST_F(SandboxConformance, WritesTheItemsOfEachPartAsTheExamplesDo) {
  const auto bearer = token();
  const auto id = match(person("trading_fall"), bearer);
  for (const char* part :
       {"summary", "employments", "self-employments", "partnerships", "trusts", "foreign",
        "interests-and-dividends", "pensions-and-state-benefits", "uk-properties",
        "additional-information", "other", "source", "further-details"}) {
    const auto answer = individuals(fmt::format("/individuals/income/sa/{}?matchId={}&fromTaxYear="
                                                "2024-25",
                                                part, id),
                                    bearer);
    ASSERT_EQ(answer.status, 200U) << part;
    const auto example =
        file(fmt::format("individuals-income-api/2.0/examples/income-sa-{}-response.json", part));
    if (example.is_null()) continue;
    auto own = json::parse(answer.body)["selfAssessment"]["taxReturns"][0];
    auto theirs = example["selfAssessment"]["taxReturns"][0];
    ASSERT_EQ(members(own), members(theirs)) << part;
    own.erase("taxYear");
    theirs.erase("taxYear");
    const auto expected = members(theirs.begin().value()[0]);
    for (const auto& name : members(own.begin().value()[0])) {
      EXPECT_TRUE(expected.contains(name)) << part << ": " << name;
    }
  }
}

TEST_F(SandboxConformance, WritesPayAsTheExampleDoesButForTheSpellingOfTheLiveCode) {
  const auto bearer = token();
  const auto id = match(person("steady_monthly"), bearer);
  const auto answer =
      individuals("/individuals/income/paye?matchId=" + id + "&fromDate=2025-12-01", bearer);
  ASSERT_EQ(answer.status, 200U);
  const auto example = file("individuals-income-api/2.0/examples/income-response.json");
  if (example.is_null()) return;
  std::set<std::string> known = {"hmrcOfficeNumber", "taxablePayToDate"};
  for (const json& one : example["paye"]["income"]) known.merge(members(one));
  for (const auto& name : members(json::parse(answer.body)["paye"]["income"][0])) {
    auto spelt = name;
    if (spelt.ends_with("Nics")) spelt.replace(spelt.size() - 4, 4, "NICs");
    EXPECT_TRUE(known.contains(spelt)) << name;
  }
}

}  // namespace
}  // namespace ig::adapters::sandbox
