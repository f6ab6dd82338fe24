#include "adapters/rti/document_reading.hpp"

#include "adapters/rti/rti_document.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/xml/held_bytes.hpp"
#include "core/base/limits.hpp"

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

/// One document on its way through hash, gate, parser and form.
class Reading {
 public:
  Reading(core::ports::BulkVisitor& visitor, Hashing hashing)
      : document_(visitor, window_), parser_(document_) {
    if (hashing == Hashing::yes) hash_.emplace();
    document_.attach(parser_);
  }

  void feed(std::string_view piece) {
    if (hash_) hash_->feed(piece);
    report_.bytes += piece.size();
    if (report_.document_error || visitor_error_) return;
    window_.add(piece);
    settle(parser_.feed(piece));
    const auto open = document_.open_employee();
    window_.drop_before(open ? *open : parser_.offset());
    if (window_.size() > limits::employee_bytes_max + limits::xml_chunk_bytes) {
      settle(fail(ErrorCode::LIMIT_EXCEEDED, {}, "an Employee element is too long"));
    }
  }

  [[nodiscard]] Result<BulkReport> finish() {
    if (!report_.document_error && !visitor_error_) settle(parser_.finish());
    if (visitor_error_) return std::move(*visitor_error_);
    if (hash_) report_.sha256 = core::ports::hex(hash_->finish());
    report_.messages.push_back(document_.finish(!report_.document_error));
    core::ports::MessageReport& message = report_.messages.back();
    if (report_.document_error) {
      const Error& error = *report_.document_error;
      message.refused_code = name(error.code);
      ++message.problems_found;
      message.problems.push_back({std::string(name(error.code)), error.field, error.message});
    }
    return std::move(report_);
  }

 private:
  void settle(Result<void> fed) {
    if (fed || report_.document_error || visitor_error_) return;
    if (document_.stopped_by_visitor()) {
      visitor_error_ = std::move(fed).error();
    } else {
      report_.document_error = std::move(fed).error();
    }
  }

  wire::xml::HeldBytes window_;
  RtiDocument document_;
  wire::xml::PushParser parser_;
  std::optional<wire::crypto::Sha256Stream> hash_;
  BulkReport report_;
  std::optional<Error> visitor_error_;
};

}  // namespace

Result<BulkReport> read_document(core::ports::ByteSource& source, core::ports::BulkVisitor& visitor,
                                 Hashing hashing) {
  Reading reading(visitor, hashing);
  std::vector<char> chunk(limits::xml_chunk_bytes);
  while (true) {
    auto got = source.read(chunk.data(), chunk.size());
    if (!got) return std::move(got).error();
    if (*got == 0) return reading.finish();
    reading.feed({chunk.data(), *got});
  }
}

}  // namespace ig::adapters::rti
