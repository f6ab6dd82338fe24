#include "adapters/hmrc/yearly_batch_read.hpp"

#include "adapters/hmrc/yearly_batch_document.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/base/limits.hpp"

#include <utility>
#include <vector>

namespace ig::adapters::hmrc {
namespace {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::facts::FigureStatus;
using core::ports::BatchAnswer;
using core::ports::BatchContext;
using core::ports::BatchReport;
using core::values::Money;

/// Which sum stands beside a status; an Error when the two deny each other.
Result<FigureStatus> figure_status(const AnswerText& text) {
  const auto denied = [](const char* rule) {
    return fail(ErrorCode::CONTRADICTION, "/Annual", rule);
  };
  const bool nothing = !text.annual || text.annual->in_pence() == 0;
  if (text.status == "AVAILABLE") {
    if (!text.annual) {
      return fail(ErrorCode::MISSING_ELEMENT, "/Annual", "AVAILABLE needs its sum");
    }
    return nothing ? FigureStatus::nil : FigureStatus::available;
  }
  if (text.status == "NIL") {
    if (!nothing) return denied("NIL stands with a sum of 0.00 only");
    return FigureStatus::nil;
  }
  if (text.annual || !text.parts.empty() || !text.unearned.empty()) {
    return denied("NO_DATA, UNKNOWN_PERSON and UNAVAILABLE stand without a sum");
  }
  return FigureStatus::no_data;
}

core::facts::FactHeader header_of(const BatchContext& context,
                                  const core::ports::BatchHeader& header,
                                  const BatchAnswer& answer) {
  core::facts::FactHeader out;
  out.received_at = context.received_at;
  out.reported_at = header.created;
  out.source = {"yearly", context.document, answer.position};
  return out;
}

bool parts_differ(const AnswerText& text) {
  if (text.parts.empty() || !text.annual) return false;
  Money sum;
  for (const auto& [name, part] : text.parts) sum += part;
  return sum != *text.annual;
}

/// One file on its way through hash, gate, parser and form.
class Reading {
 public:
  Reading(const BatchContext& context, const core::ports::OnAnswer& on_answer)
      : document_(context, on_answer, window_), parser_(document_) {
    document_.attach(parser_);
  }

  void feed(std::string_view piece) {
    hash_.feed(piece);
    bytes_ += piece.size();
    if (error_) return;
    if (bytes_ > limits::yearly_file_bytes_max) {
      error_ = fail(ErrorCode::LIMIT_EXCEEDED, {}, "the file is too long");
      return;
    }
    window_.add(piece);
    settle(parser_.feed(piece));
    const auto open = document_.open_answer();
    window_.drop_before(open ? *open : parser_.offset());
    if (!error_ && window_.size() > limits::yearly_answer_bytes_max + limits::xml_chunk_bytes) {
      error_ = fail(ErrorCode::LIMIT_EXCEEDED, {}, "an element is too long");
    }
  }

  [[nodiscard]] Result<BatchReport> finish() {
    if (bytes_ == 0) error_ = fail(ErrorCode::TRUNCATED, {}, "the file is empty");
    if (!error_) settle(parser_.finish());
    if (document_.stopped_by_visitor()) return std::move(*error_);
    BatchReport report = document_.report();
    report.sha256 = core::ports::hex(hash_.finish());
    report.bytes = bytes_;
    if (error_) {
      report.partial = document_.partial() || error_->code == ErrorCode::TRUNCATED;
      report.error = std::move(error_);
    }
    return report;
  }

 private:
  void settle(Result<void> fed) {
    if (!fed && !error_) error_ = std::move(fed).error();
  }

  wire::xml::HeldBytes window_;
  AnswerDocument document_;
  wire::xml::PushParser parser_;
  wire::crypto::Sha256Stream hash_;
  std::uint64_t bytes_ = 0;
  std::optional<Error> error_;
};

}  // namespace

void settle_answer(const AnswerText& text, const BatchContext& context,
                   const core::ports::BatchHeader& header, BatchAnswer& answer) {
  const auto status = figure_status(text);
  if (!status) {
    answer.refused = core::base::under(answer.position, status.error());
    return;
  }
  if (text.status == "UNAVAILABLE" || text.status == "UNKNOWN_PERSON") {
    answer.unavailable = text.status == "UNAVAILABLE";
    core::facts::Answer nothing;
    nothing.header = header_of(context, header, answer);
    nothing.status = answer.unavailable ? core::facts::AnswerStatus::unavailable
                                        : core::facts::AnswerStatus::unknown_person;
    nothing.code = text.status;
    answer.fact = std::move(nothing);
    return;
  }
  core::facts::YearlyFigure figure;
  figure.header = header_of(context, header, answer);
  figure.status = *status;
  figure.tax_year = text.tax_year;
  figure.annual = *status == FigureStatus::nil ? std::optional(Money()) : text.annual;
  figure.source_of_figure = text.source;
  figure.parts = text.parts;
  figure.unearned = text.unearned;
  answer.parts_differ = parts_differ(text);
  answer.fact = std::move(figure);
}

Result<BatchReport> read_yearly_answers(core::ports::ByteSource& source,
                                        const BatchContext& context,
                                        const core::ports::OnAnswer& on_answer) {
  Reading reading(context, on_answer);
  std::vector<char> chunk(limits::xml_chunk_bytes);
  while (true) {
    auto got = source.read(chunk.data(), chunk.size());
    if (!got) return std::move(got).error();
    if (*got == 0) return reading.finish();
    reading.feed({chunk.data(), *got});
  }
}

}  // namespace ig::adapters::hmrc
