#include "adapters/rti/rti_document.hpp"
#include "core/base/limits.hpp"

#include <fmt/format.h>

/// The checks of RtiDocument that join several elements, and how problems are kept.
namespace ig::adapters::rti {
namespace {

namespace limits = core::base::limits;
namespace values = core::values;
using core::base::ErrorCode;
using core::ports::IrmarkState;
using core::ports::Problem;

constexpr std::string_view kDetails = "/GovTalkMessage/Header/MessageDetails";

}  // namespace

void RtiDocument::keep_header(Field field, const Checked& value) {
  switch (field) {
    case Field::office:
      message_.office = value.text;
      break;
    case Field::paye_ref:
      message_.reference = value.text;
      break;
    case Field::key:
      if (key_type_ == "TaxOfficeNumber") header_keys_.office = value.text;
      if (key_type_ == "TaxOfficeReference") header_keys_.reference = value.text;
      break;
    case Field::related_tax_year:
      if (value.text != message_.tax_year.short_text()) {
        note(name(ErrorCode::WRONG_TAX_YEAR), position(),
             "the related tax year is not the year of the form's namespace (HMRC rule 7889)");
      }
      break;
    case Field::period_end:
      if (!message_.tax_year.contains(value.date)) {
        note(name(ErrorCode::WRONG_TAX_YEAR), position(),
             "the period ends outside the tax year of the form (HMRC rule 7844)");
      }
      break;
    case Field::nil_stated:
      nil_stated_ = true;
      break;
    case Field::nil_from:
      nil_period_.from = value.date;
      break;
    case Field::nil_to:
      nil_period_.to = value.date;
      break;
    default:
      break;
  }
}

/// The nil block of an Employer Payment Summary has ended.
void RtiDocument::keep_nil_period() {
  constexpr values::Date none;
  if (!nil_stated_ || nil_period_.from == none || nil_period_.to == none) return;
  if (nil_period_.to < nil_period_.from) {
    return note(name(ErrorCode::CONTRADICTION), position(),
                "the period without payment ends before it begins");
  }
  nil_period_.office = message_.office;
  nil_period_.reference = message_.reference;
  nil_period_.header.reported_at = message_.reported_at;
  nil_period_.header.test = message_.test;
  nil_period_.header.source.position = position();
  report_.nil_period = std::move(nil_period_);
}

void RtiDocument::check_header_keys() {
  const std::string where = position() + "/Keys";
  if (header_keys_.office.empty() && header_keys_.reference.empty()) {
    note(name(ErrorCode::MISSING_ELEMENT), where, "the header names no scheme (HMRC rule 5004)");
  } else if (envelope_.is_govtalk() && envelope_.keys() != header_keys_) {
    note(name(ErrorCode::KEYS_DISAGREE), where,
         "the header's keys are not those of the envelope (HMRC rule 5005)");
  }
}

void RtiDocument::check_scheme() {
  if (!header_keys_.office.empty() && header_keys_.office != message_.office) {
    note(name(ErrorCode::KEYS_DISAGREE), position() + "/OfficeNo",
         "the tax office number is not that of the header (HMRC rule 7821)");
  }
  if (!header_keys_.reference.empty() && header_keys_.reference != message_.reference) {
    note(name(ErrorCode::KEYS_DISAGREE), position() + "/PayeRef",
         "the PAYE reference is not that of the header (HMRC rule 7822)");
  }
}

/// The path of the element that is open, with a number wherever an element may repeat.
std::string RtiDocument::position() const {
  std::string out = envelope_.path() + "/IRenvelope";
  for (std::size_t i = 1; i < frames_.size(); ++i) {
    out.append("/").append(name(frames_[i].particle->element));
    if (frames_[i].index != 0) out += fmt::format("[{}]", frames_[i].index);
  }
  return out;
}

/// A fault refuses the Employee it stands in, or else the message.
void RtiDocument::fault(ErrorCode code, std::string where, std::string_view message) {
  const Problem problem{std::string(name(code)), where, std::string(message)};
  if (employee_from_) {
    employee_.refuse(problem);
  } else if (!report_.refused) {
    report_.refused = true;
    report_.refused_code = problem.code;
  }
  note(problem.code, std::move(where), message);
}

void RtiDocument::note(std::string_view code, std::string where, std::string_view message) {
  ++report_.problems_found;
  if (report_.problems.size() >= limits::problems_kept_max) return;
  report_.problems.push_back({std::string(code), std::move(where), std::string(message)});
}

core::ports::MessageReport RtiDocument::finish(bool whole) {
  report_.message_class = envelope_.message_class();
  const bool til = envelope_.is_test_class();
  report_.test = envelope_.is_test();
  if (report_.test) {
    note(name(ErrorCode::TEST_MESSAGE), std::string(kDetails) + (til ? "/Class" : "/GatewayTest"),
         "a test message is never income");
  }
  if (!whole) {
    report_.irmark = IrmarkState::not_checkable;
    report_.refused = true;
    return std::move(report_);
  }
  report_.irmark = irmark_.state();
  if (!form_seen_) {
    fault(ErrorCode::MISSING_ELEMENT, envelope_.path() + "/GovTalkMessage/Body/IRenvelope",
          "the message holds no form");
  }
  if (report_.irmark == IrmarkState::invalid) {
    fault(ErrorCode::IRMARK_INVALID, "/GovTalkMessage/Body/IRenvelope/IRheader/IRmark",
          "the IRmark does not agree with the body: it was changed after it was marked");
  }
  std::string_view base = report_.message_class;
  if (til) base.remove_suffix(kTestSuffix.size());
  if (!form_.uri.empty() && envelope_.is_govtalk() && base != form_.message_class) {
    note(name(ErrorCode::WRONG_CLASS), std::string(kDetails) + "/Class",
         "the message class does not fit the form (HMRC rules 7837 to 7839)");
  }
  return std::move(report_);
}

}  // namespace ig::adapters::rti
