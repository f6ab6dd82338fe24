#include "adapters/formats/claims.hpp"

#include "adapters/formats/fields.hpp"
#include "adapters/formats/ledger_words.hpp"
#include "adapters/formats/trigger_words.hpp"
#include "adapters/wire/json/writer.hpp"

#include <array>
#include <utility>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::base::Sensitive;
using core::verify::ClaimKind;

constexpr std::array<Code<ClaimKind>, 3> kKinds = {{{"INCOME", ClaimKind::income},
                                                    {"JOB_STARTED", ClaimKind::job_started},
                                                    {"JOB_ENDED", ClaimKind::job_ended}}};
constexpr std::size_t kNinoBytesMax = 16;

void read_employer(Fields employer, core::verify::Claim& claim) {
  claim.office = employer.text_if("office").value_or("");
  claim.reference = employer.text_if("reference").value_or("");
  claim.employer = employer.text_if("name").value_or("");
  if (claim.office.empty() != claim.reference.empty()) {
    employer.refuse("reference", ErrorCode::CONTRADICTION,
                    "a PAYE reference has an office and a reference");
  }
}

}  // namespace

Result<ClaimLine> read_claim(const wire::json::Value& value) {
  FirstError error;
  Fields fields(value, error);
  if (error.failed()) return error.take();
  std::string id = fields.text_if("id").value_or("");
  const auto nino = core::values::Nino::parse(fields.text("nino", kNinoBytesMax));
  if (!nino && fields.has("nino")) {
    fields.refuse("nino", nino.error().code, nino.error().message);
  }
  core::verify::Claim claim;
  claim.kind = fields.code("claim", kKinds);
  claim.from = fields.date("from");
  claim.weekly = fields.pence_if("weekly_pence");
  const bool of_income = claim.kind == ClaimKind::income;
  if (of_income && !claim.weekly) {
    fields.refuse("weekly_pence", ErrorCode::MISSING_MEMBER, "a claim of income says how much");
  } else if (!of_income && claim.weekly) {
    fields.refuse("weekly_pence", ErrorCode::CONTRADICTION, "only a claim of income has a sum");
  }
  if (auto employer = fields.object_if("employer")) read_employer(*employer, claim);
  if (error.failed()) return error.take();
  return ClaimLine{std::move(id), Sensitive(*nino), std::move(claim)};
}

void write_finding(std::string& out, const ClaimLine& line, core::values::Date as_of,
                   const core::verify::Finding& finding) {
  wire::json::Writer json(out);
  json.begin_object();
  words::write_text_or_null(json, "id", line.id);
  json.member("as_of", as_of.text()).member("verdict", core::verify::name(finding.verdict));
  words::write_texts(json, "reasons", finding.reasons);
  words::write_pence_or_null(json, "claimed_pence", line.claim.weekly);
  words::write_pence_or_null(json, "weekly_pence", finding.weekly);
  words::write_texts(json, "payments", finding.payments);
  words::write_text_or_null(json, "ask_again_on",
                            finding.ask_again_on ? finding.ask_again_on->text() : "");
  json.end_object();
}

}  // namespace ig::adapters::formats
