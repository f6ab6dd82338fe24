#include "adapters/rti/rti_document.hpp"

#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ig::adapters::rti {
namespace {

namespace limits = core::base::limits;
namespace values = core::values;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using wire::xml::StartTag;

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

std::string_view view(wire::xml::Interned text) {
  return text == nullptr ? std::string_view() : text;
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
}

bool may_repeat(const Particle& particle) { return particle.most > 1; }

}  // namespace

RtiDocument::RtiDocument(core::ports::BulkVisitor& visitor, const wire::xml::HeldBytes& raw)
    : visitor_(visitor), raw_(raw), employee_(visitor) {}

void RtiDocument::attach(wire::xml::PushParser& parser) {
  parser_ = &parser;
  for (std::size_t i = 1; i < element_count; ++i) {
    const auto element = static_cast<El>(i);
    elements_.add(parser.intern(name(element)), element);
  }
}

// ---- events -----------------------------------------------------------------------------------

bool RtiDocument::start(const StartTag& tag) {
  if (given_up_) return true;
  irmark_.start(tag);
  if (skipping_ > 0) {
    ++skipping_;
    return true;
  }
  if (in_form_) return start_element(tag);
  if (envelope_.at_form(tag)) return start_form(tag);
  if (auto opened = envelope_.start(tag); !opened) give_up(std::move(opened).error());
  return true;
}

bool RtiDocument::text(std::string_view piece) {
  if (given_up_) return true;
  irmark_.text(piece);
  if (skipping_ > 0) return true;
  if (!in_form_) {
    envelope_.text(piece);
    return true;
  }
  Frame& frame = frames_.back();
  if (frame.particle != nullptr && frame.particle->value != nullptr) {
    text_.append(piece);
  } else if (!frame.stray_text && !is_blank(piece)) {
    frame.stray_text = true;
    if (verified_) fault(ErrorCode::INVALID_TEXT, position(), "text where only elements may stand");
  }
  return true;
}

bool RtiDocument::comment(std::string_view content) {
  if (given_up_) return true;
  irmark_.comment(content);
  return true;
}

bool RtiDocument::instruction(std::string_view target, std::string_view content) {
  if (given_up_) return true;
  irmark_.instruction(target, content);
  return true;
}

bool RtiDocument::end() {
  if (given_up_) return true;
  irmark_.end();
  if (skipping_ > 0) {
    --skipping_;
    return true;
  }
  if (!in_form_) {
    envelope_.end();
    return true;
  }
  const Particle* closing = frames_.back().particle;
  if (closing != nullptr && closing->value != nullptr) {
    close_leaf(*closing);
    frames_.pop_back();
    return true;
  }
  report_missing(frames_.back(), 0, frames_.back().content.size());
  const bool go_on = close_group(closing);
  if (given_up_) return true;
  frames_.pop_back();
  if (frames_.empty()) in_form_ = false;
  return go_on;
}

Error RtiDocument::stopped_by() {
  core::base::require(stopped_.has_value(), "a handler that stops says why");
  return *stopped_;
}

void RtiDocument::give_up(Error error) {
  if (!given_up_) given_up_ = std::move(error);
  employee_from_.reset();
}

// ---- the form ---------------------------------------------------------------------------------

bool RtiDocument::start_form(const StartTag& tag) {
  const std::string where = envelope_.path() + "/IRenvelope";
  const KnownForm known = form_of(view(tag.uri));
  if (known.kind == FormKind::unknown) {
    give_up(fail(ErrorCode::UNKNOWN_NAMESPACE, where,
                 "the namespace is not on the list of forms that are taken in"));
    return true;
  }
  if (form_seen_) {
    fault(ErrorCode::UNEXPECTED_ELEMENT, where, "a message holds one IRenvelope");
    skipping_ = 1;
    return true;
  }
  form_seen_ = true;
  if (known.tax_year != 0) report_.tax_year = values::TaxYear::starting(known.tax_year);
  if (known.kind == FormKind::other_rti) {
    fault(ErrorCode::WRONG_CLASS, where,
          fmt::format("this is {}: it says nothing of pay", known.title));
    skipping_ = 1;
    return true;
  }
  form_ = known.form;
  form_uri_ = tag.uri;
  verified_ = form_.verified;
  in_form_ = true;
  message_.tax_year = values::TaxYear::starting(form_.tax_year);
  message_.earlier_year = form_.kind == FormKind::eyu;
  message_.test = envelope_.is_test();
  report_.test = message_.test;
  if (auto stamp = values::Instant::parse(envelope_.timestamp())) message_.reported_at = *stamp;
  if (!verified_) {
    note(name(ErrorCode::YEAR_NOT_VERIFIED), where,
         "the schema of this tax year is not held: only what the years have in common is checked");
  }
  frames_.push_back({nullptr, form_.envelope, 0, 0, 0, 0, false});
  return true;
}

bool RtiDocument::start_element(const StartTag& tag) {
  Frame& parent = frames_.back();
  const El element = tag.uri == form_uri_ ? elements_.find(tag.local) : El::unknown;
  if (parent.particle != nullptr && parent.particle->value != nullptr) {
    unexpected(tag, element, "an element where only text may stand");
    skipping_ = 1;
    return true;
  }
  if (element == El::CompressedPart) {
    give_up(fail(ErrorCode::UNEXPECTED_ELEMENT, position() + "/CompressedPart",
                 "a CompressedPart is not read: ask for the employees uncompressed"));
    return true;
  }
  const Particle* particle = verified_ ? place(parent, element) : place_loosely(parent, element);
  if (particle == nullptr) {
    const bool expected = !verified_ && known_in_other_years(view(tag.local));
    if (!expected) unexpected(tag, element, "the form does not have this element at this place");
    skipping_ = 1;
    return true;
  }
  open(*particle, tag);
  return true;
}

/// The particle of the next child in its place, or nullptr. Reports what is missing before it.
const Particle* RtiDocument::place(Frame& parent, El element) {
  if (element == El::unknown) return nullptr;
  const auto content = parent.content;
  std::size_t at = parent.at;
  while (at < content.size() && content[at].element != element) ++at;
  if (at == content.size()) return nullptr;
  const Particle& particle = content[at];
  const bool again = at == parent.at && parent.count > 0;
  if (again && particle.most != kMany && parent.count >= particle.most) {
    return nullptr;
  }
  if (!again && particle.choice != 0) {
    for (std::size_t i = 0; i < content.size(); ++i) {
      const bool other = content[i].choice == particle.choice && i != at;
      if (other && (parent.seen >> i & 1U) != 0) return nullptr;
    }
  }
  report_missing(parent, parent.at, at);
  parent.count = again ? parent.count + 1 : 1;
  parent.at = at;
  parent.seen |= std::uint64_t{1} << at;
  return &particle;
}

/// The same for a year whose schema is not held: order and number are not judged.
const Particle* RtiDocument::place_loosely(Frame& parent, El element) {
  if (element == El::unknown) return nullptr;
  for (std::size_t at = 0; at < parent.content.size(); ++at) {
    if (parent.content[at].element != element) continue;
    parent.count = at == parent.at && parent.count > 0 ? parent.count + 1 : 1;
    parent.at = at;
    parent.seen |= std::uint64_t{1} << at;
    return &parent.content[at];
  }
  return nullptr;
}

/// Of the slots that stand together, has one been seen, or is it the one at `next`?
bool RtiDocument::stands(const Frame& parent, std::uint8_t together, std::size_t next) {
  for (std::size_t i = 0; i < parent.content.size(); ++i) {
    if (parent.content[i].together != together) continue;
    if ((parent.seen >> i & 1U) != 0 || i == next) return true;
  }
  return false;
}

/// Reports the needed elements among the slots [from, to) that were not there, once each.
void RtiDocument::report_missing(Frame& parent, std::size_t from, std::size_t to) {
  const auto content = parent.content;
  const auto was_seen = [&](std::size_t slot) { return (parent.seen >> slot & 1U) != 0; };
  for (std::size_t at = from; at < to; ++at) {
    const Particle& wanted = content[at];
    if (wanted.least == 0 || was_seen(at) || (!verified_ && !wanted.in_every_year)) continue;
    bool by_other = wanted.together != 0 && !stands(parent, wanted.together, to);
    const bool first = at == 0 || wanted.choice == 0 || content[at - 1].choice != wanted.choice;
    for (std::size_t i = 0; i < content.size(); ++i) {
      const bool same = wanted.choice != 0 && content[i].choice == wanted.choice;
      by_other = by_other || (same && (was_seen(i) || i == to));
    }
    if (by_other || !first) continue;
    parent.seen |= std::uint64_t{1} << at;
    fault(
        ErrorCode::MISSING_ELEMENT, position() + "/" + std::string(name(wanted.element)),
        wanted.choice == 0 ? "the element is needed" : "this element or its alternative is needed");
  }
}

void RtiDocument::unexpected(const StartTag& tag, El element, const char* message) {
  const std::string local(view(tag.local));
  const std::string where = position() + "/" + local;
  if (!verified_) return note(name(ErrorCode::UNEXPECTED_ELEMENT), where, message);
  const bool too_often = element == El::Employment || element == El::Employee;
  fault(too_often ? ErrorCode::TOO_MANY : ErrorCode::UNEXPECTED_ELEMENT, where, message);
}

void RtiDocument::open(const Particle& particle, const StartTag& tag) {
  Frame& parent = frames_.back();
  std::uint32_t index = may_repeat(particle) ? parent.count : 0;
  if (particle.element == El::Employee) {
    index = static_cast<std::uint32_t>(++report_.employees);
    employments_ = 0;
  }
  if (particle.element == El::Employment) index = ++employments_;
  frames_.push_back({&particle, particle.content, 0, 0, index, 0, false});
  text_.clear();
  if (particle.element == El::Employee) {
    employee_from_ = parser_->tag_offset();
    employee_.begin_employee();
  }
  if (particle.element == El::Employment) {
    employee_.begin_employment(employee_.keeps() ? position() : std::string());
  }
  if (particle.element == El::Payment) {
    employee_.begin_payment();
    ++report_.payments;
  }
  if (tag.attribute_count() > 0 || !particle.attributes.empty()) check_attributes(particle, tag);
}

void RtiDocument::check_attributes(const Particle& particle, const StartTag& tag) {
  key_type_.clear();
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < tag.attribute_count(); ++i) {
    const wire::xml::Attribute attribute = tag.attribute_at(i);
    if (view(attribute.uri) == kSchemaInstance) continue;
    const std::string_view local = view(attribute.local);
    const AttributeRule* rule = nullptr;
    for (std::size_t r = 0; r < particle.attributes.size(); ++r) {
      if (attribute.uri != nullptr || particle.attributes[r].name != local) continue;
      rule = &particle.attributes[r];
      found |= 1U << r;
    }
    if (particle.field == Field::key && local == "Type") key_type_ = attribute.value;
    if (!verified_) continue;
    const std::string where = position() + "/@" + std::string(local);
    if (rule == nullptr) {
      fault(ErrorCode::UNEXPECTED_ELEMENT, where, "the form does not have this attribute here");
    } else if (const Checked value = check(*rule->value, attribute.value, message_.tax_year);
               value.fault) {
      fault(*value.fault, where, value.message);
    }
  }
  for (std::size_t r = 0; verified_ && r < particle.attributes.size(); ++r) {
    if (!particle.attributes[r].needed || (found >> r & 1U) != 0) continue;
    fault(ErrorCode::MISSING_ELEMENT, position() + "/@" + std::string(particle.attributes[r].name),
          "the attribute is needed");
  }
}

void RtiDocument::close_leaf(const Particle& particle) {
  const Checked value = check(*particle.value, text_, message_.tax_year);
  if (value.fault) {
    if (verified_ || particle.field != Field::none) {
      fault(*value.fault, position(), value.message);
    } else {
      note(name(*value.fault), position(), value.message);
    }
    return;
  }
  if (particle.field == Field::none) return;
  if (employee_from_) {
    if (particle.field == Field::taxable_pay) report_.taxable_pay += value.money;
    employee_.take(particle.field, particle.element, value);
  } else {
    keep_header(particle.field, value);
  }
}

bool RtiDocument::close_group(const Particle* particle) {
  if (particle == nullptr) return true;
  switch (particle->element) {
    case El::EmployeeDetails:
      employee_.end_details();
      return true;
    case El::Employee:
      return end_employee();
    case El::IRheader:
      check_header_keys();
      return true;
    case El::EmpRefs:
      check_scheme();
      return true;
    case El::NoPaymentDates:
      keep_nil_period();
      return true;
    default:
      return true;
  }
}

bool RtiDocument::end_employee() {
  employee_.end_details();
  const std::uint64_t from = *employee_from_;
  const std::uint64_t to = parser_->offset();
  employee_from_.reset();
  if (to - from > limits::employee_bytes_max) {
    give_up(fail(ErrorCode::LIMIT_EXCEEDED, position(), "an Employee element is too long"));
    return true;
  }
  if (employee_.is_refused()) ++report_.employees_refused;
  std::string where = employee_.is_wanted() ? position() : std::string();
  auto told = visitor_.employee(
      employee_.finish(message_, raw_.bytes(from, to), from, to, std::move(where)));
  if (told) return true;
  visitor_stopped_ = true;
  stopped_ = std::move(told).error();
  return false;
}

}  // namespace ig::adapters::rti
