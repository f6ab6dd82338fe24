#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/details_reply.hpp"
#include "adapters/hmrc/employments_reply.hpp"
#include "adapters/hmrc/hal_link.hpp"
#include "adapters/hmrc/income_paye_reply.hpp"
#include "adapters/hmrc/income_sa_reply.hpp"
#include "adapters/hmrc/individuals_file.hpp"
#include "adapters/hmrc/matching_reply.hpp"
#include "adapters/hmrc/tax_credits_reply.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/json/write_value.hpp"
#include "tests/support/conformance.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

// HMRC's own examples of the individuals-* services, each with what is known of it by hand.
namespace ig::adapters::hmrc {
namespace {

using core::values::Date;
using core::values::Money;
using core::values::TaxYear;
using ig::tests::support::text_of;
using testing::ElementsAre;
using testing::IsEmpty;
using wire::json::Value;

std::filesystem::path conformance() { return ig::tests::support::conformance() / "hmrc"; }

/// Every file of the family that is there, by its path below the folder.
std::set<std::string> files_there() {
  std::set<std::string> out;
  if (!std::filesystem::exists(conformance())) return out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(conformance())) {
    const std::string path = entry.path().lexically_relative(conformance()).generic_string();
    if (entry.is_regular_file() && path.starts_with("individuals-")) out.insert(path);
  }
  return out;
}

/// The `check` column of the manifest, by file.
std::map<std::string, std::string> manifest() {
  std::map<std::string, std::string> out;
  std::ifstream in(conformance() / "MANIFEST.tsv");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("individuals-")) continue;
    out[line.substr(0, line.find('\t'))] = line.substr(line.rfind('\t') + 1);
  }
  return out;
}

IndividualsContext context() {
  IndividualsContext out;
  out.subject.nino = core::base::Sensitive(*core::values::Nino::parse("NA000799C"));
  out.document = "sha256:test";
  return out;
}

constexpr std::string_view kOrigin = "https://api.service.hmrc.gov.uk";
const std::string kMatchId = "57072660-1df9-4aeb-b4ea-cd2d7f96e430";

std::string led(const Value& body, Relation relation, std::string_view path,
                std::vector<UriVariable> variables = {}) {
  const auto out = follow_link(body, relation, {kOrigin, path}, variables);
  return out ? *out : std::string(core::base::name(out.error().code));
}

const std::vector<UriVariable> kDates = {{"fromDate", "2026-01-06"}, {"toDate", "2026-04-05"}};
const std::vector<UriVariable> kYears = {{"fromTaxYear", "2018-19"}, {"toTaxYear", "2019-20"}};

// ---- what is known of each example --------------------------------------------------------------

void match_request_is_ours(const Value& body) {
  const NameCandidate amanda{core::base::Sensitive<std::string>("Amanda"),
                             core::base::Sensitive<std::string>("Joseph"), NameRule::entire};
  std::string theirs;
  wire::json::write_value(theirs, body);
  EXPECT_EQ(*match_request(amanda, *core::values::Nino::parse("NA000799C"), Date::of(1960, 1, 15)),
            theirs);
}

void match_leads_to_the_individual(const Value& body) {
  EXPECT_EQ(led(body, Relation::individual, "/individuals/matching/"),
            "/individuals/matching/" + kMatchId);
}

void individual_leads_to_all_four(const Value& body) {
  for (const auto& [relation, service] :
       std::map<Relation, std::string>{{Relation::income, "income"},
                                       {Relation::employments, "employments"},
                                       {Relation::benefits_and_credits, "benefits-and-credits"},
                                       {Relation::details, "details"}}) {
    const std::string path = "/individuals/" + service + "/";
    EXPECT_EQ(led(body, relation, path), path + "?matchId=" + kMatchId);
    EXPECT_EQ(led(body, relation, "/individuals/matching/"), "BAD_REPLY") << "not its own path";
  }
  EXPECT_TRUE(
      check_individual(body, *core::values::Nino::parse("NA000799C"), Date::of(1960, 1, 15)));
  EXPECT_FALSE(
      check_individual(body, *core::values::Nino::parse("NA000799C"), Date::of(1960, 1, 16)));
  EXPECT_FALSE(
      check_individual(body, *core::values::Nino::parse("NA000800C"), Date::of(1960, 1, 15)));
}

void income_root_has_a_range_of_its_own(const Value& body) {
  const std::string pay = led(body, Relation::paye, "/individuals/income/", kDates);
  EXPECT_EQ(pay, "/individuals/income/paye?matchId=" + kMatchId +
                     "&fromTaxYear=2018-19&toTaxYear=2019-20")
      << "this example has no template: the client sets its parameters itself";
  EXPECT_EQ(
      led(body, Relation::self_assessment, "/individuals/income/"),
      "/individuals/income/sa?matchId=" + kMatchId + "&fromTaxYear=2018-19&toTaxYear=2019-20");
}

void employments_root_is_a_template(const Value& body) {
  EXPECT_EQ(led(body, Relation::paye, "/individuals/employments/", kDates),
            "/individuals/employments/paye?matchId=" + kMatchId +
                "&fromDate=2026-01-06&toDate=2026-04-05");
}

void tax_credits_root_has_both(const Value& body) {
  const std::string path = "/individuals/benefits-and-credits/";
  EXPECT_EQ(led(body, Relation::child_tax_credit, path), path + "child-tax-credit/" + kMatchId);
  EXPECT_EQ(led(body, Relation::working_tax_credit, path), path + "working-tax-credit/" + kMatchId);
}

void income_has_two_payments(const Value& body) {
  const auto out = read_income_paye(body, context(), *wire::crypto::make_digest());
  ASSERT_TRUE(out);
  EXPECT_THAT(out->refused, IsEmpty());
  ASSERT_EQ(out->facts.size(), 2U);
  const auto& first = std::get<core::facts::Payment>(out->facts[0]);
  const auto& second = std::get<core::facts::Payment>(out->facts[1]);
  EXPECT_EQ(first.employment.office, "345");
  EXPECT_EQ(first.employment.reference, "34678");
  EXPECT_EQ(first.taxable_pay, Money::pence(1'653'395));
  EXPECT_EQ(first.taxable_pay_to_date, std::nullopt);
  EXPECT_EQ(first.nic_gross, Money::pence(256'664'745)) << "the sum of the four letters";
  EXPECT_EQ(first.net_pay_pension, Money::pence(82'231'749));
  EXPECT_EQ(first.other_pension, Money::pence(81'884'165));
  EXPECT_EQ(first.statutory_to_date.spbp, Money::pence(3'970'870));
  EXPECT_EQ(first.frequency, core::values::PayFrequency::W4);
  EXPECT_EQ(first.week, 2);
  EXPECT_EQ(first.tax_year, TaxYear::starting(2018));
  EXPECT_EQ(first.paid_on, Date::of(2006, 2, 27));
  EXPECT_EQ(first.hours, "") << "35 is no band";
  EXPECT_EQ(second.taxable_pay, std::nullopt);
  EXPECT_EQ(second.month, 3);
}

void employments_has_one_job(const Value& body) {
  const auto out = read_employments(body, context(), *wire::crypto::make_digest());
  ASSERT_TRUE(out);
  EXPECT_THAT(out->refused, IsEmpty());
  ASSERT_EQ(out->facts.size(), 1U);
  const auto& job = std::get<core::facts::Employment>(out->facts[0]);
  EXPECT_EQ(job.employment.office, "247");
  EXPECT_EQ(job.employment.reference, "A1987CB");
  EXPECT_EQ(job.employer, "ACME Industries Limited");
  EXPECT_EQ(job.started_on, Date::of(2019, 1, 1));
  EXPECT_EQ(job.left_on, Date::of(2019, 3, 31));
  EXPECT_EQ(job.frequency, core::values::PayFrequency::W1);
  ASSERT_EQ(out->pay.size(), 1U);
  EXPECT_EQ(out->pay[0].taxable_pay, Money::pence(476'532));
}

void child_credits_are_read(const Value& body) {
  const auto out = read_tax_credits(body);
  ASSERT_TRUE(out);
  EXPECT_THAT(out->refused, IsEmpty());
  EXPECT_EQ(out->awards(), 2U);
  EXPECT_EQ(out->payments(), 4U);
  EXPECT_EQ(out->paid("ICC"), Money::pence(15'268));
  EXPECT_EQ(out->applications.at(0).awards.at(1).calculated_on, std::nullopt);
  EXPECT_EQ(out->applications.at(0).awards.at(1).child_paid_to_date, Money::pence(897'634));
}

void working_credits_are_read(const Value& body) {
  const auto out = read_tax_credits(body);
  ASSERT_TRUE(out);
  EXPECT_THAT(out->refused, IsEmpty());
  EXPECT_EQ(out->applications.at(0).id, "123");
  EXPECT_EQ(out->paid("ETC"), Money::pence(30'536));
  EXPECT_EQ(out->applications.at(0).awards.at(0).working, Money::pence(93'098));
}

SaRecord record_of(const Value& body) {
  SaRecord out;
  EXPECT_TRUE(out.add(body));
  EXPECT_THAT(out.refused(), IsEmpty());
  EXPECT_EQ(out.years().size(), 2U);
  return out;
}

void footprint_offers_every_kind(const Value& body) {
  const SaRecord record = record_of(body);
  EXPECT_EQ(record.registrations(), 1U);
  EXPECT_EQ(record.years().at(TaxYear::starting(2018)).submissions, 1U);
  EXPECT_EQ(record.years().at(TaxYear::starting(2019)).received_on, Date::of(2019, 6, 6));
  int offered = 0;
  for (int i = static_cast<int>(Relation::sa_additional_information);
       i <= static_cast<int>(Relation::sa_uk_properties); ++i) {
    const std::string target = led(body, static_cast<Relation>(i), "/individuals/income/", kYears);
    EXPECT_TRUE(target.ends_with("&fromTaxYear=2018-19&toTaxYear=2019-20")) << target;
    ++offered;
  }
  EXPECT_EQ(offered, 13);
}

/// A kind with one amount a year: nothing, as it says, in 2018-19.
std::function<void(const Value&)> kind(std::map<SaField, std::int64_t> pence) {
  return [pence = std::move(pence)](const Value& body) {
    const SaRecord record = record_of(body);
    for (const auto& [field, amount] : pence) {
      const TaxYear later = TaxYear::starting(2019);
      EXPECT_EQ(record.known(later, field, {}), Money::pence(amount)) << name(field);
      EXPECT_EQ(record.known(later.previous(), field, {field}), std::nullopt)
          << "a zero without a footprint";
      EXPECT_EQ(record.years().at(later.previous()).amounts.at(field), Money());
    }
    EXPECT_EQ(record.years().at(TaxYear::starting(2019)).amounts.size(), pence.size());
  };
}

void sources_are_counted(const Value& body) {
  EXPECT_EQ(record_of(body).years().at(TaxYear::starting(2019)).businesses, 1U);
}

void further_details_reach_the_edge(const Value& body) {
  const SaRecord record = record_of(body);
  const auto& further = record.years().at(TaxYear::starting(2018)).further;
  EXPECT_EQ(further.at("totalNIC"), Money::pence(9'999'999'999'999));
  EXPECT_EQ(further.at("totalTaxPaid"), Money::pence(-9'999));
  EXPECT_EQ(further.at("deducts.totalDisallowBusExp"), Money::pence(9'999'999'999'998));
  EXPECT_EQ(further.size(), 7U);
}

std::map<std::string, std::function<void(const Value&)>> examples() {
  const std::string matching = "individuals-matching-api/2.0/examples/";
  const std::string income = "individuals-income-api/2.0/examples/";
  const std::string jobs = "individuals-employments-api/2.0/examples/";
  const std::string credits = "individuals-benefits-and-credits-api/1.0/examples/";
  const std::string sa = income + "income-sa-";
  return {
      {matching + "match-request.json", match_request_is_ours},
      {matching + "matched-individual-resources.json", match_leads_to_the_individual},
      {matching + "matched-individual-response.json", individual_leads_to_all_four},
      {jobs + "root.json", employments_root_is_a_template},
      {jobs + "employments-response.json", employments_has_one_job},
      {credits + "root-response.json", tax_credits_root_has_both},
      {credits + "child-tax-credits-response.json", child_credits_are_read},
      {credits + "working-tax-credits-response.json", working_credits_are_read},
      {income + "root.json", income_root_has_a_range_of_its_own},
      {income + "income-response.json", income_has_two_payments},
      {sa + "response.json", footprint_offers_every_kind},
      {sa + "summary-response.json", kind({{SaField::summary_total_income, 3'000'000}})},
      {sa + "employments-response.json", kind({{SaField::employment_income, 500'000}})},
      {sa + "self-employments-response.json", kind({{SaField::self_employment_profit, 1'050'000}})},
      {sa + "partnerships-response.json", kind({{SaField::partnership_profit, 32'454}})},
      {sa + "trusts-response.json", kind({{SaField::trust_income, 214'332}})},
      {sa + "foreign-response.json", kind({{SaField::foreign_income, 105'465}})},
      {sa + "interests-and-dividends-response.json",
       kind({{SaField::uk_interests_income, 1'246},
             {SaField::foreign_dividends_income, 2'586},
             {SaField::uk_dividends_income, 65'789}})},
      {sa + "pensions-and-state-benefits-response.json",
       kind({{SaField::pensions_total_income, 5'279}})},
      {sa + "uk-properties-response.json", kind({{SaField::uk_properties_total_profit, 127'667}})},
      {sa + "additional-information-response.json",
       kind({{SaField::gains_on_life_policies, 4'454}, {SaField::shares_options_income, 5'234}})},
      {sa + "other-response.json", kind({{SaField::other_income, 2'670}})},
      {sa + "source-response.json", sources_are_counted},
      {sa + "further-details-response.json", further_details_reach_the_edge},
  };
}

TEST(IndividualsConformance, KnowsWhatEveryFileIs) {
  const auto known = examples();
  const auto checks = manifest();
  const auto there = files_there();
  std::size_t read = 0;
  std::size_t schemas = 0;
  std::size_t contracts = 0;
  for (const std::string& file : there) {
    ASSERT_TRUE(checks.contains(file)) << file << " is not in the manifest";
    const std::string text = text_of(conformance() / file);
    wire::json::Reader reader;
    const auto body = reader.read(text);
    EXPECT_EQ(body.has_value(), checks.at(file) == "json-ok") << file;
    const auto example = known.find(file);
    if (file.find("/schemas/") != std::string::npos) {
      ++schemas;
      EXPECT_TRUE(body && body->is(Value::Kind::object)) << file;
    } else if (file.ends_with(".yaml") || file.ends_with(".raml")) {
      ++contracts;
      EXPECT_FALSE(text.empty()) << file;
    } else {
      ASSERT_TRUE(example != known.end()) << file << " is an example nobody reads";
      ++read;
      SCOPED_TRACE(file);
      example->second(*body);
    }
  }
  if (there.empty()) {
    fmt::print("NOT READ: {} conformance files of individuals-* are absent\n", known.size());
    return;
  }
  EXPECT_EQ(read, known.size()) << "an example that is known is gone";
  EXPECT_EQ(there.size(), checks.size());
  EXPECT_EQ(read + schemas + contracts, there.size());
  EXPECT_EQ(schemas, 24U);
  EXPECT_EQ(contracts, 8U);
}

TEST(IndividualsConformance, AddsTheKindsUpToTheYearsOfOneRecord) {
  SaRecord record;
  std::size_t bodies = 0;
  for (const std::string& file : files_there()) {
    if (file.find("/examples/income-sa-") == std::string::npos) continue;
    wire::json::Reader reader;
    EXPECT_TRUE(record.add(*reader.read(text_of(conformance() / file)))) << file;
    ++bodies;
  }
  if (bodies == 0) {
    fmt::print("NOT READ: 14 conformance files of Self Assessment are absent\n");
    return;
  }
  EXPECT_EQ(bodies, 14U);
  const auto figures = record.figures(every_sa_field(), context(), *wire::crypto::make_digest());
  ASSERT_EQ(figures.size(), 2U);
  const auto& nil = std::get<core::facts::YearlyFigure>(figures[0]);
  EXPECT_EQ(nil.status, core::facts::FigureStatus::nil);
  EXPECT_EQ(nil.annual, Money());
  const auto& later = std::get<core::facts::YearlyFigure>(figures[1]);
  EXPECT_EQ(later.status, core::facts::FigureStatus::unavailable) << "52.79 may be state pension";
  EXPECT_EQ(later.parts.at("employment"), Money::pence(500'000));
  EXPECT_EQ(later.parts.at("trading"), Money::pence(1'082'454));
  EXPECT_EQ(later.parts.at("pension"), Money::pence(5'279));
  EXPECT_EQ(later.unearned.at("property"), Money::pence(127'667));
  EXPECT_EQ(later.unearned.at("savings_and_investment"), Money::pence(74'075));
  EXPECT_EQ(later.unearned.at("other"), Money::pence(322'467));
}

// ---- bodies cut at every byte -------------------------------------------------------------------

/// Reads a body by every reader: how many facts it gave, or -1 where it is not whole JSON.
int facts_of(const std::string& text) {
  wire::json::Reader reader;
  const auto digest = wire::crypto::make_digest();
  IndividualsFiles files(every_sa_field());
  int facts = 0;
  const auto income = files.income(text, context(), reader, *digest);
  if (income) facts += static_cast<int>(income->facts.size());
  facts += static_cast<int>(files.figures(context(), *digest).facts.size());
  const auto jobs = read_employments_file(text, context(), reader, *digest);
  if (jobs) facts += static_cast<int>(jobs->facts.size());
  const auto body = reader.read(text);
  if (!body) return facts == 0 ? -1 : facts;
  static_cast<void>(read_tax_credits(*body));
  static_cast<void>(read_addresses(*body));
  static_cast<void>(read_contact_details(*body));
  return facts;
}

void cut_at_every_byte(const std::string& file, const std::string& text) {
  const int whole = facts_of(text);
  EXPECT_GE(whole, 0) << file;
  const std::size_t end = text.find_last_not_of(" \t\r\n") + 1;
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    ASSERT_EQ(facts_of(text.substr(0, cut)), cut < end ? -1 : whole) << file << " cut at " << cut;
  }
}

TEST(IndividualsReaders, GiveNoFactOfABodyThatIsCut) {
  const auto folder = std::filesystem::path(IG_SOURCE_DIR) / "tests/fuzz/corpus/individuals";
  int bodies = 0;
  int with_facts = 0;
  for (const char* file : {"paye.json", "sa.json", "employments.json", "credits.json",
                           "details.json", "code.json", "link.json"}) {
    const std::string text = text_of(folder / file);
    ASSERT_FALSE(text.empty()) << file;
    cut_at_every_byte(file, text);
    ++bodies;
    if (facts_of(text) > 0) ++with_facts;
  }
  EXPECT_EQ(bodies, 7);
  EXPECT_EQ(with_facts, 4) << "pay, Self Assessment, employments and an error code";
}

TEST(IndividualsReaders, GiveNoFactOfARealBodyThatIsCut) {
  std::size_t cut = 0;
  for (const auto& [file, known] : examples()) {
    if (!std::filesystem::exists(conformance() / file)) continue;
    cut_at_every_byte(file, text_of(conformance() / file));
    ++cut;
  }
  if (cut == 0) fmt::print("NOT READ: the examples of individuals-* are absent\n");
  EXPECT_TRUE(cut == 0 || cut == examples().size());
}

}  // namespace
}  // namespace ig::adapters::hmrc
