#include "adapters/hmrc/matching_reply.hpp"

#include "adapters/formats/fields.hpp"
#include "adapters/wire/json/writer.hpp"

namespace ig::adapters::hmrc {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

Result<std::string> match_request(const NameCandidate& candidate, const core::values::Nino& nino,
                                  core::values::Date date_of_birth) {
  constexpr std::size_t with_suffix = 9;
  if (nino.kind() != core::values::NinoClass::nino || nino.reveal().size() != with_suffix) {
    return fail(ErrorCode::INVALID_NINO, "/nino", "HMRC matches a NINO with its suffix only");
  }
  std::string out;
  wire::json::Writer json(out);
  json.begin_object().member("firstName", candidate.first.reveal());
  json.member("lastName", candidate.last.reveal());
  json.member("nino", nino.reveal());
  json.member("dateOfBirth", date_of_birth.text()).end_object();
  return out;
}

Result<void> check_individual(const wire::json::Value& body, const core::values::Nino& nino,
                              core::values::Date date_of_birth) {
  formats::FirstError wrong;
  formats::Fields top(body, wrong);
  if (auto told = top.object_if("individual")) {
    const auto number = told->text_if("nino");
    const auto parsed = number ? core::values::Nino::parse(*number) : nino;
    const auto born = told->date_if("dateOfBirth").value_or(date_of_birth);
    if (!parsed || !(*parsed == nino)) {
      told->refuse("nino", ErrorCode::CONTRADICTION, "HMRC answers about another NINO");
    } else if (born != date_of_birth) {
      told->refuse("dateOfBirth", ErrorCode::CONTRADICTION, "HMRC answers about another person");
    }
  }
  if (wrong.failed()) return wrong.take();
  return {};
}

}  // namespace ig::adapters::hmrc
