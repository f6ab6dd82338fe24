#include "adapters/rti/document_reading.hpp"

#include "adapters/rti/message_gap.hpp"
#include "adapters/rti/message_reading.hpp"
#include "core/base/limits.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ig::adapters::rti {
namespace {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::BulkReport;

/// One file on its way through gate, parser and form, message by message.
class Reading {
 public:
  explicit Reading(core::ports::BulkVisitor& visitor) : visitor_(visitor) { begin(0); }

  void feed(std::string_view piece) {
    report_.bytes += piece.size();
    while (!piece.empty() && !lost_ && !visitor_error_) {
      piece.remove_prefix(gap_ ? pass_gap(piece) : pass_message(piece, report_.bytes));
    }
  }

  /// The bytes cannot be unpacked any further: none of them is believed.
  void refuse_file(const Error& error) {
    packing_fault_ = error;
    if (message_) message_->refuse(error);
    lost_ = true;
  }

  [[nodiscard]] Result<BulkReport> finish() {
    if (!visitor_error_ && !lost_ && gap_ && gap_->is_open()) junk();
    if (!visitor_error_) end_message();
    if (visitor_error_) return std::move(*visitor_error_);
    if (packing_fault_) {
      report_.document_error = packing_fault_;
      refuse_all(report_);
    }
    return std::move(report_);
  }

 private:
  void begin(std::uint64_t from) {
    gap_.reset();
    message_ = std::make_unique<MessageReading>(visitor_, report_.messages.size() + 1, from);
  }

  /// Gives the bytes that are of the message that is open.
  std::size_t pass_message(std::string_view piece, std::uint64_t end) {
    const std::size_t taken = message_->feed(piece);
    visitor_error_ = message_->visitor_error();
    lost_ = message_->is_lost();
    if (message_->has_ended()) {
      gap_.emplace();
      gap_from_ = end - piece.size() + taken;
    }
    return taken;
  }

  std::size_t pass_gap(std::string_view piece) {
    std::size_t taken = 0;
    const MessageGap::Found found = gap_->feed(piece, taken);
    gap_from_ += taken;
    if (found == MessageGap::Found::junk) {
      junk();
    } else if (found == MessageGap::Found::message) {
      begin_next();
    }
    return taken;
  }

  void junk() {
    message_->refuse(fail(ErrorCode::NOT_XML, {}, "there are bytes after the end of the document"));
    lost_ = true;
  }

  void begin_next() {
    const std::string front = gap_->front();
    if (report_.messages.size() + 1 == limits::messages_max) {
      message_->refuse(fail(ErrorCode::LIMIT_EXCEEDED, {}, "a file holds too many messages"));
      lost_ = true;
      return;
    }
    end_message();
    if (visitor_error_) return;
    begin(gap_from_ - front.size());
    (void)pass_message(front, gap_from_);
  }

  void end_message() {
    if (!message_) return;
    auto ended = message_->finish();
    if (!ended) {
      visitor_error_ = std::move(ended).error();
      return;
    }
    if (!report_.document_error) report_.document_error = message_->error();
    report_.messages.push_back(*std::move(ended));
    message_.reset();
    if (auto told = visitor_.message_ended(report_.messages.back()); !told) {
      visitor_error_ = std::move(told).error();
    }
  }

  core::ports::BulkVisitor& visitor_;
  std::unique_ptr<MessageReading> message_;
  std::optional<MessageGap> gap_;  ///< behind the message that has ended
  std::uint64_t gap_from_ = 0;     ///< where the bytes begin that were not looked at
  bool lost_ = false;              ///< where a next message would begin cannot be known
  std::optional<Error> packing_fault_;
  BulkReport report_;
  std::optional<Error> visitor_error_;
};

}  // namespace

void refuse_all(BulkReport& report) {
  for (core::ports::MessageReport& message : report.messages) {
    message.refused = true;
    message.refused_code = name(report.document_error->code);
  }
}

Result<BulkReport> read_document(core::ports::ByteSource& source, core::ports::BulkVisitor& visitor,
                                 wire::compress::Packings packings) {
  wire::compress::UnpackedSource unpacked(source, packings);
  Reading reading(visitor);
  std::vector<char> chunk(limits::xml_chunk_bytes);
  while (true) {
    auto got = unpacked.read(chunk.data(), chunk.size());
    if (!got && !unpacked.fault()) return std::move(got).error();
    if (!got) reading.refuse_file(*unpacked.fault());
    if (!got || *got == 0) return reading.finish();
    reading.feed({chunk.data(), *got});
  }
}

}  // namespace ig::adapters::rti
