#include "adapters/hmrc/rtii_fields.hpp"

#include "adapters/hmrc/correlation_id.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::ports::Purpose;

TEST(RtiiFields, AreNamedByTheirPlaces) {
  constexpr RtiiName last = "rtiReceivedDate";
  static_assert(last.place() == 82 && last.text() == "rtiReceivedDate");
  RtiiFieldSet some;
  EXPECT_TRUE(names_of(some).empty());
  some.set(RtiiName("taxYear").place()).set(RtiiName("employerPayeRef").place()).set(last.place());
  EXPECT_EQ(names_of(some),
            (std::vector<std::string>{"employerPayeRef", "rtiReceivedDate", "taxYear"}));
}

TEST(RtiiFields, AreEightyThreeInTheirGroups) {
  std::map<RtiiGroup, int> count;
  std::set<std::string_view> names;
  for (const RtiiField& field : rtii_fields()) {
    ++count[field.group];
    names.insert(field.name);
    EXPECT_EQ(rtii_field(field.name)->name, field.name);
  }
  EXPECT_EQ(names.size(), 83U);
  for (const std::string_view none : {"", "x", "taxyear", "taxYea", "taxYearIndicato", "surnam"}) {
    EXPECT_EQ(rtii_field(none), nullptr) << none;
  }
  const std::map<RtiiGroup, int> expected = {
      {RtiiGroup::period, 7},        {RtiiGroup::employer, 6},
      {RtiiGroup::person, 7},        {RtiiGroup::employment, 4},
      {RtiiGroup::payment, 12},      {RtiiGroup::year_to_date, 7},
      {RtiiGroup::statutory_pay, 4}, {RtiiGroup::flag, 11},
      {RtiiGroup::record, 6},        {RtiiGroup::insurance_and_tax, 5},
      {RtiiGroup::lump_sum, 6},      {RtiiGroup::partner, 5},
      {RtiiGroup::timestamp, 3}};
  EXPECT_EQ(count, expected);
}

TEST(RtiiFields, AreSpeltWithTheirUnevenCapitals) {
  for (const char* name : {"benefitsTaxedYeartoDate", "statutoryPaternityPayYearToDate",
                           "valueofStatutoryAdoptionPayYearToDate", "seriousillHealthLumpSum",
                           "taxCodeBasisisNonCumulative", "grossEarningsForNICsYearToDate"}) {
    EXPECT_NE(rtii_field(name), nullptr) << name;
  }
  for (const char* name : {"", "TaxYear", "taxyear", "benefitsTaxedYearToDate", "zzz"}) {
    EXPECT_EQ(rtii_field(name), nullptr) << name;
  }
}

TEST(RtiiFields, AreAskedForByPurposeAndNeverAboutAPartner) {
  for (int i = 0; i < core::ports::kPurposeCount; ++i) {
    const auto fields = default_rtii_fields(static_cast<Purpose>(i));
    EXPECT_TRUE(check_rtii_fields(fields).has_value()) << i;
    for (const std::string& name : fields) {
      const RtiiGroup group = rtii_field(name)->group;
      EXPECT_NE(group, RtiiGroup::partner) << name;
      EXPECT_NE(group, RtiiGroup::person) << name;
      EXPECT_NE(name, "bacsPaymentAmount");
    }
  }
  EXPECT_EQ(default_rtii_fields(Purpose::check).size(), 1U);
  EXPECT_EQ(default_rtii_fields(Purpose::watch).size(), 42U);
  EXPECT_EQ(default_rtii_fields(Purpose::initial), default_rtii_fields(Purpose::review));
  EXPECT_GT(default_rtii_fields(Purpose::review).size(), 42U);
}

TEST(RtiiFields, OfAConfigurationAreKnownAndListedOnce) {
  const auto place = [](const std::vector<std::string>& names) {
    const auto checked = check_rtii_fields(names);
    EXPECT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().code, ErrorCode::CONFIG_INVALID);
    return checked.error().field;
  };
  EXPECT_EQ(place({}), "");
  EXPECT_EQ(place({"taxYear", "taxyear"}), "/1");
  EXPECT_EQ(place({"taxYear", "paymentDate", "taxYear"}), "/2");
  EXPECT_EQ(place({""}), "/0");
  EXPECT_TRUE(check_rtii_fields(std::vector<std::string>{"taxYear", "paymentDate"}).has_value());
}

TEST(CorrelationId, IsOfVersionFourAndFreshEachTime) {
  core::base::SeededRandom random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const std::string id = make_correlation_id(random);
    ASSERT_EQ(id.size(), 36U);
    for (std::size_t at = 0; at < id.size(); ++at) {
      const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
      EXPECT_EQ(id[at] == '-', dash) << id;
      EXPECT_TRUE(dash || std::string_view("0123456789abcdef").find(id[at]) != std::string::npos);
    }
    EXPECT_EQ(id[14], '4') << id;
    EXPECT_NE(std::string_view("89ab").find(id[19]), std::string::npos) << id;
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 1'000U);
}

}  // namespace
}  // namespace ig::adapters::hmrc
