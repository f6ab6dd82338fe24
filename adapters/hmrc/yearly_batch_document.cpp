#include "adapters/hmrc/yearly_batch_document.hpp"

#include "adapters/hmrc/yearly_batch_write.hpp"
#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::values::Money;

constexpr std::string_view kRoot = "YearlyAnswer";
constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::string_view kStatuses[] = {"AVAILABLE", "NIL", "NO_DATA", "UNKNOWN_PERSON",
                                          "UNAVAILABLE"};

std::string_view view(wire::xml::Interned text) {
  return text == nullptr ? std::string_view() : text;
}

bool is_space(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_control_number(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= 40 && plain(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return plain(c) || c == '-'; });
}

Error wrong_text(std::string_view rule) {
  return fail(ErrorCode::INVALID_TEXT, {}, std::string(rule));
}

}  // namespace

AnswerDocument::AnswerDocument(const core::ports::BatchContext& context,
                               const core::ports::OnAnswer& on_answer,
                               const wire::xml::HeldBytes& raw)
    : context_(context), on_answer_(on_answer), raw_(raw) {}

bool AnswerDocument::start(const wire::xml::StartTag& tag) {
  if (!attributes_are_ours(tag)) {
    return stop(fail(ErrorCode::UNEXPECTED_ELEMENT, position(), "the format has no attributes"));
  }
  if (frames_.empty()) return start_root(tag);
  Frame& parent = frames_.back();
  const auto children = content(parent);
  std::size_t at = parent.at;
  while (at < children.size() && children[at].name != view(tag.local)) ++at;
  if (at == children.size() || view(tag.uri) != yearly_batch_uri) {
    return stop(fail(ErrorCode::UNEXPECTED_ELEMENT, position(),
                     "the format does not have this element here, or not in this order"));
  }
  if (const auto* missing = missing_before(parent, at)) {
    return stop(fail(ErrorCode::MISSING_ELEMENT, fmt::format("{}/{}", position(), missing->name),
                     "the element is needed before the next one"));
  }
  parent.at = children[at].repeats ? at : at + 1;
  open(children[at]);
  return true;
}

bool AnswerDocument::start_root(const wire::xml::StartTag& tag) {
  if (view(tag.uri) != yearly_batch_uri) {
    return stop(fail(ErrorCode::UNKNOWN_NAMESPACE, {}, "the root is not of the batch format"));
  }
  if (view(tag.local) != kRoot) {
    return stop(fail(ErrorCode::UNEXPECTED_ELEMENT, {}, "the root is not YearlyAnswer"));
  }
  frames_.push_back({});
  return true;
}

/// Only the hints of an XML Schema validator may stand on an element.
bool AnswerDocument::attributes_are_ours(const wire::xml::StartTag& tag) const {
  for (std::size_t i = 0; i < tag.attribute_count(); ++i) {
    if (view(tag.attribute_at(i).uri) != kSchemaInstance) return false;
  }
  return true;
}

std::span<const BatchParticle> AnswerDocument::content(const Frame& frame) const {
  return frame.particle == nullptr ? yearly_answer_form() : frame.particle->content;
}

const BatchParticle* AnswerDocument::missing_before(const Frame& frame, std::size_t until) const {
  const auto children = content(frame);
  for (std::size_t i = frame.at; i < until; ++i) {
    if (children[i].needed && !children[i].repeats) return &children[i];
  }
  return nullptr;
}

void AnswerDocument::open(const BatchParticle& particle) {
  frames_.push_back({&particle, 0});
  text_.clear();
  if (!particle.repeats) return;
  answer_ = {};
  answer_text_ = {};
  answer_from_ = parser_->tag_offset();
  ++report_.answers;
}

bool AnswerDocument::end() {
  const Frame frame = frames_.back();
  const auto children = content(frame);
  if (const auto* missing = missing_before(frame, children.size())) {
    // The trailer is written last: without it the file was cut, or is still being written.
    partial_ = frame.particle == nullptr && missing->name == "Trailer";
    return stop(fail(ErrorCode::MISSING_ELEMENT, fmt::format("{}/{}", position(), missing->name),
                     "the element is needed"));
  }
  if (frame.particle == nullptr) {
    frames_.pop_back();
    return true;
  }
  if (children.empty() && !close_leaf(*frame.particle)) return false;
  if (frame.particle->repeats && !close_answer()) return false;
  frames_.pop_back();
  text_.clear();
  return true;
}

bool AnswerDocument::text(std::string_view piece) {
  if (frames_.empty()) return true;
  if (!content(frames_.back()).empty()) {
    if (is_space(piece)) return true;
    return stop(fail(ErrorCode::UNEXPECTED_ELEMENT, position(), "text stands between elements"));
  }
  text_.append(piece);
  if (text_.size() <= limits::id_bytes_max) return true;
  return stop(fail(ErrorCode::LIMIT_EXCEEDED, position(), "the text is too long"));
}

bool AnswerDocument::instruction(std::string_view, std::string_view) {
  return stop(
      fail(ErrorCode::UNEXPECTED_ELEMENT, position(), "the format has no processing instructions"));
}

Error AnswerDocument::stopped_by() {
  core::base::require(stopped_.has_value(), "a handler that stops says why");
  return *stopped_;
}

bool AnswerDocument::close_leaf(const BatchParticle& particle) {
  if (auto kept = keep(particle); !kept) {
    return stop(core::base::under(position(), std::move(kept).error()));
  }
  return true;
}

bool AnswerDocument::close_answer() {
  answer_.position = position();
  answer_.byte_from = *answer_from_;
  answer_.byte_to = parser_->offset();
  answer_from_.reset();
  if (answer_.byte_to - answer_.byte_from > limits::yearly_answer_bytes_max) {
    return stop(fail(ErrorCode::LIMIT_EXCEEDED, answer_.position, "the Answer is too long"));
  }
  if (report_.answers > limits::yearly_file_entries_max) {
    return stop(fail(ErrorCode::LIMIT_EXCEEDED, answer_.position, "the file has too many answers"));
  }
  answer_.raw = raw_.bytes(answer_.byte_from, answer_.byte_to);
  settle_answer(answer_text_, context_, report_.header, answer_);
  report_.total += answer_.annual;
  if (!on_answer_) return true;
  auto taken = on_answer_(std::move(answer_));
  if (taken) return true;
  visitor_stopped_ = true;
  return stop(std::move(taken).error());
}

Result<void> AnswerDocument::keep(const BatchParticle& particle) {
  switch (particle.field) {
    case BatchField::none:
      return {};
    case BatchField::site:
    case BatchField::control:
    case BatchField::created:
    case BatchField::purpose:
    case BatchField::count:
      return keep_header(particle);
    case BatchField::request_id:
    case BatchField::status:
    case BatchField::tax_year:
    case BatchField::annual:
    case BatchField::source:
    case BatchField::part:
    case BatchField::unearned:
      return keep_answer(particle);
    case BatchField::trailer_count:
    case BatchField::trailer_total:
    case BatchField::trailer_control:
      return check_trailer(particle);
  }
  IG_UNREACHABLE("an element has one of the fields");
}

Result<void> AnswerDocument::keep_header(const BatchParticle& particle) {
  core::ports::BatchHeader& header = report_.header;
  if (particle.field == BatchField::site) {
    if (text_.empty()) return wrong_text("the name of the site is empty");
    header.site = text_;
  } else if (particle.field == BatchField::control) {
    if (!is_control_number(text_))
      return wrong_text("1 to 40 of A to Z, 0 to 9 and - are expected");
    header.control = text_;
  } else if (particle.field == BatchField::created) {
    const auto created = core::values::Instant::parse(text_);
    if (!created) return created.error();
    header.created = *created;
  } else if (particle.field == BatchField::purpose) {
    if (text_ != "ANNUAL_REVIEW" && text_ != "INITIAL") {
      return fail(ErrorCode::UNKNOWN_CODE, {}, "ANNUAL_REVIEW or INITIAL is expected");
    }
    header.purpose = text_;
  } else {
    const auto number = count();
    if (!number) return number.error();
    header.count = *number;
  }
  return {};
}

Result<void> AnswerDocument::keep_answer(const BatchParticle& particle) {
  if (particle.field == BatchField::request_id) {
    if (text_.empty()) return wrong_text("the id of the question is empty");
    answer_.request_id = text_;
  } else if (particle.field == BatchField::status) {
    if (std::ranges::find(kStatuses, text_) == std::end(kStatuses)) {
      return fail(ErrorCode::UNKNOWN_CODE, {}, "the status is not one of the format");
    }
    answer_text_.status = text_;
  } else if (particle.field == BatchField::source) {
    if (text_ != "SA" && text_ != "PAYE") {
      return fail(ErrorCode::UNKNOWN_CODE, {}, "SA or PAYE is expected");
    }
    answer_text_.source = text_;
  } else if (particle.field == BatchField::tax_year) {
    const auto year = core::values::TaxYear::parse(text_);
    if (!year) return year.error();
    if (text_.size() != 7) return fail(ErrorCode::INVALID_TAX_YEAR, {}, "2025-26 is the form");
    answer_text_.tax_year = *year;
  } else {
    const auto money = amount();
    if (!money) return money.error();
    if (particle.field == BatchField::annual) {
      answer_text_.annual = *money;
      answer_.annual = *money;
    } else if (particle.field == BatchField::part) {
      answer_text_.parts.emplace(particle.code, *money);
    } else {
      answer_text_.unearned.emplace(particle.code, *money);
    }
  }
  return {};
}

Result<void> AnswerDocument::check_trailer(const BatchParticle& particle) {
  const core::ports::BatchHeader& header = report_.header;
  if (particle.field == BatchField::trailer_count) {
    const auto number = count();
    if (!number) return number.error();
    if (*number != report_.answers || *number != header.count) return does_not_tie("the count");
  } else if (particle.field == BatchField::trailer_total) {
    const auto total = amount();
    if (!total) return total.error();
    if (*total != report_.total) return does_not_tie("the total");
  } else if (text_ != header.control) {
    return does_not_tie("the control number");
  }
  return {};
}

Result<Money> AnswerDocument::amount() const {
  const auto money = Money::parse(text_, core::values::Places::exactly_two);
  if (!money) return money.error();
  if (text_.starts_with('-')) {
    return fail(ErrorCode::MONEY_OUT_OF_RANGE, {}, "a yearly sum is not below zero");
  }
  return *money;
}

Result<std::uint64_t> AnswerDocument::count() const {
  std::uint64_t number = 0;
  const char* end = text_.data() + text_.size();
  const auto [at, code] = std::from_chars(text_.data(), end, number);
  const bool padded = text_.size() > 1 && text_[0] == '0';
  if (text_.empty() || code != std::errc{} || at != end || padded) {
    return fail(ErrorCode::INVALID_NUMBER, {}, "a whole number is expected");
  }
  if (number > limits::yearly_file_entries_max) {
    return fail(ErrorCode::LIMIT_EXCEEDED, {}, "more answers than a file may have");
  }
  return number;
}

Error AnswerDocument::does_not_tie(std::string_view what) {
  partial_ = true;
  return fail(ErrorCode::CONTROL_TOTAL, {},
              fmt::format("{} of the trailer does not agree with the file", what));
}

std::string AnswerDocument::position() const {
  std::string out;
  if (frames_.empty()) return out;
  out += fmt::format("/{}", kRoot);
  for (const Frame& frame : frames_) {
    if (frame.particle == nullptr) continue;
    out += fmt::format("/{}", frame.particle->name);
    if (frame.particle->repeats) out += fmt::format("[{}]", report_.answers);
  }
  return out;
}

bool AnswerDocument::stop(Error error) {
  stopped_ = std::move(error);
  return false;
}

}  // namespace ig::adapters::hmrc
