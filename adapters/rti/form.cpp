#include "adapters/rti/form.hpp"

#include "adapters/rti/form_parts.hpp"

#include <algorithm>
#include <array>

namespace ig::adapters::rti {
namespace {

constexpr std::string_view kStem = "http://www.govtalk.gov.uk/taxation/PAYE/RTI/";

/// The last part of a form's namespace in one year, and whether its schema is at hand.
struct Listed {
  std::string_view suffix;
  int tax_year;
  bool verified = false;
};

/// One form that is taken in: its namespaces (rti.md 1.6), and its tables. A year without a schema
/// is read by its common elements, of the newest table there is.
struct TakenIn {
  FormKind kind;
  std::string_view stem;
  std::string_view message_class;
  std::span<const Listed> years;
  std::span<const Particle> (*newest)();
  std::span<const Particle> (*of_2013)();
};

constexpr Listed kFpsYears[] = {
    {"13-14/2", 2013, true}, {"14-15/4", 2014}, {"15-16/1", 2015}, {"16-17/2", 2016},
    {"17-18/1", 2017},       {"18-19/1", 2018}, {"19-20/1", 2019}, {"20-21/1", 2020},
    {"21-22/1", 2021},       {"22-23/1", 2022}, {"23-24/2", 2023}, {"24-25/1", 2024},
    {"25-26/1", 2025, true}, {"26-27/1", 2026},
};
constexpr Listed kEpsYears[] = {
    {"13-14/2", 2013, true}, {"14-15/1", 2014}, {"15-16/1", 2015}, {"16-17/1", 2016},
    {"17-18/1", 2017},       {"18-19/1", 2018}, {"19-20/1", 2019}, {"20-21/1", 2020},
    {"21-22/1", 2021},       {"22-23/1", 2022}, {"23-24/1", 2023}, {"24-25/1", 2024},
    {"25-26/1", 2025, true}, {"26-27/1", 2026},
};
/// From 2020-21 on a Full Payment Submission corrects a closed year. Seen are 12-13, 14-15 and
/// 16-17; the suffix of the other years is that of their other forms.
constexpr Listed kEyuYears[] = {
    {"12-13/1", 2012}, {"13-14/3", 2013, true}, {"14-15/1", 2014}, {"15-16/1", 2015},
    {"16-17/1", 2016}, {"17-18/1", 2017},       {"18-19/1", 2018}, {"19-20/1", 2019},
};

constexpr TakenIn kTakenIn[] = {
    {FormKind::fps, "FullPaymentSubmission/", "HMRC-PAYE-RTI-FPS", kFpsYears, &fps_2025, &fps_2013},
    {FormKind::eps, "EmployerPaymentSummary/", "HMRC-PAYE-RTI-EPS", kEpsYears, &eps_2025,
     &eps_2013},
    {FormKind::eyu, "EarlierYearUpdate/", "HMRC-PAYE-RTI-EYU", kEyuYears, &eyu_2013, &eyu_2013},
};

struct OtherForm {
  std::string_view stem;
  std::string_view title;
};
constexpr OtherForm kOthers[] = {
    {"NINOverificationRequest/", "a NINO Verification Request"},
    {"EmployerAlignmentSubmission/", "an Employer Alignment Submission"},
};

/// The first year of "13-14/1", or 0 when the text has none.
int year_of(std::string_view suffix) {
  const auto digit = [&](std::size_t i) { return suffix[i] >= '0' && suffix[i] <= '9'; };
  if (suffix.size() < 5 || suffix[2] != '-' || !digit(0) || !digit(1)) return 0;
  return 2000 + (suffix[0] - '0') * 10 + (suffix[1] - '0');
}

}  // namespace

KnownForm form_of(std::string_view uri) {
  KnownForm out;
  if (!uri.starts_with(kStem)) return out;
  const std::string_view rest = uri.substr(kStem.size());
  for (const TakenIn& one : kTakenIn) {
    if (!rest.starts_with(one.stem)) continue;
    const std::string_view suffix = rest.substr(one.stem.size());
    const auto listed =
        std::ranges::find_if(one.years, [&](const Listed& row) { return row.suffix == suffix; });
    if (listed == one.years.end()) return out;
    out.kind = one.kind;
    out.tax_year = listed->tax_year;
    const bool old = listed->verified && listed->tax_year == 2013;
    out.form = {uri,      listed->tax_year, listed->verified, old ? one.of_2013() : one.newest(),
                one.kind, one.message_class};
    return out;
  }
  for (const OtherForm& other : kOthers) {
    if (!rest.starts_with(other.stem)) continue;
    out.kind = FormKind::other_rti;
    out.title = other.title;
    out.tax_year = year_of(rest.substr(other.stem.size()));
  }
  return out;
}

bool known_in_other_years(std::string_view local) {
  constexpr std::array<std::string_view, 21> names = {"ECON",
                                                      "SCON",
                                                      "BacsHashCode",
                                                      "SSPYTD",
                                                      "OSPPYTD",
                                                      "ASPPYTD",
                                                      "PTtoUAPYTD",
                                                      "UAPtoUELYTD",
                                                      "SPBPNIREYTD",
                                                      "MiscarriageNIRE",
                                                      "QuestionsAndDeclarations",
                                                      "EmployeeWorkplacePostcodeNIRE",
                                                      "SSPRecovered",
                                                      "OSPPRecovered",
                                                      "ASPPRecovered",
                                                      "NICCompensationOnOSPP",
                                                      "NICCompensationOnASPP",
                                                      "NICsHoliday",
                                                      "PTtoUEL",
                                                      "SPP",
                                                      "ShPP"};
  return std::ranges::find(names, local) != names.end();
}

}  // namespace ig::adapters::rti
