#include "adapters/rti/child_reader.hpp"

#include "adapters/rti/child_main.hpp"
#include "adapters/rti/records.hpp"
#include "core/base/limits.hpp"

#include <utility>

namespace ig::adapters::rti {
namespace {

namespace limits = core::base::limits;
namespace ports = core::ports;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

/// The report of a file whose child did not come to its end: what it said of messages before is
/// not believed either.
ports::BulkReport failed(const std::string& why, std::vector<ports::MessageReport> before) {
  ports::BulkReport report;
  report.messages = std::move(before);
  for (ports::MessageReport& message : report.messages) {
    message.refused = true;
    message.refused_code = name(ErrorCode::PARSER_FAILED);
  }
  report.document_error = fail(ErrorCode::PARSER_FAILED, {}, why);
  ports::MessageReport& message = report.messages.emplace_back();
  message.irmark = ports::IrmarkState::not_checkable;
  message.refused = true;
  message.refused_code = name(ErrorCode::PARSER_FAILED);
  message.problems_found = 1;
  message.problems.push_back({message.refused_code, {}, why});
  return report;
}

}  // namespace

ChildOptions::ChildOptions() : limits{limits::parser_stall_limit, limits::parser_ahead_bytes_max} {}

ChildReader::ChildReader(const PeopleFilter& people, ChildOptions options)
    : options_(std::move(options)), head_(child_head(people, options_.packings)) {}

Result<void> ChildReader::begin(ports::ByteSource& source) {
  auto child = ChildProcess::start(options_.program);
  if (!child) return std::move(child).error();
  begun_[&source] = std::make_unique<Relay>(*std::move(child), source, head_, options_.limits);
  return {};
}

Result<ports::BulkReport> ChildReader::read(ports::ByteSource& source, ports::BulkVisitor& visitor,
                                            const ports::BulkContext& context) {
  if (!begun_.contains(&source)) {
    if (auto begun = begin(source); !begun) return std::move(begun).error();
  }
  const std::unique_ptr<Relay> relay = std::move(begun_.extract(&source).mapped());
  FactStamp stamp(context);
  RecordReader records(visitor, stamp);
  Result<void> fed;
  for (std::string piece = relay->next(); fed && !piece.empty(); piece = relay->next()) {
    fed = records.feed(piece, relay->unpacked_bytes_max());
    if (!fed) break;
  }
  Passed passed = relay->finish(!fed);
  if (!fed && records.stopped_by_visitor()) return std::move(fed).error();
  if (passed.source_error) return std::move(*passed.source_error);
  ports::BulkReport report;
  if (!fed) {
    report = failed(fed.error().message, records.take_messages());
  } else if (passed.stalled) {
    report = failed("the parser's process stood still and was killed", records.take_messages());
  } else if (passed.status != 0 || !records.ended()) {
    report = failed("the parser's process " + how_it_ended(passed.status), records.take_messages());
  } else {
    report = records.take();
  }
  report.sha256 = std::move(passed.sha256);
  report.bytes = passed.bytes;
  return report;
}

}  // namespace ig::adapters::rti
