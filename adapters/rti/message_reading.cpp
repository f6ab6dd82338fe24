#include "adapters/rti/message_reading.hpp"

#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ig::adapters::rti {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::MessageReport;

Result<void> Placing::employee(core::ports::EmployeePiece&& piece) {
  piece.byte_from += from_;
  piece.byte_to += from_;
  place(piece.position);
  if (piece.refused) place(piece.refused->position);
  for (core::facts::Payment& payment : piece.payments) place(payment.header.source.position);
  return visitor_.employee(std::move(piece));
}

void Placing::place(std::string& position) const {
  if (number_ == 1 || position.empty()) return;
  position.insert(std::min(position.find('/', 1), position.size()), fmt::format("[{}]", number_));
}

void Placing::place(MessageReport& message) const {
  for (core::ports::Problem& problem : message.problems) place(problem.position);
  if (message.nil_period) place(message.nil_period->header.source.position);
}

MessageReading::MessageReading(core::ports::BulkVisitor& visitor, std::size_t number,
                               std::uint64_t from)
    : placing_(visitor, number, from),
      document_(placing_, window_),
      parser_(document_, wire::xml::PushParser::Rest::leave) {
  document_.attach(parser_);
}

std::size_t MessageReading::feed(std::string_view piece) {
  window_.add(piece);
  settle(parser_.feed(piece));
  if (!error_) error_ = document_.given_up();
  if (const auto end = parser_.root_end()) return static_cast<std::size_t>(*end - fed_);
  fed_ += piece.size();
  const auto open = document_.open_employee();
  window_.drop_before(open ? *open : parser_.offset());
  if (window_.size() > limits::employee_bytes_max + limits::xml_chunk_bytes) {
    refuse(fail(ErrorCode::LIMIT_EXCEEDED, {}, "an Employee element is too long"));
    document_.give_up(*error_);
  }
  return piece.size();
}

void MessageReading::refuse(Error error) {
  if (!error_) error_ = std::move(error);
}

Result<MessageReport> MessageReading::finish() {
  if (!lost_ && !visitor_error_) settle(parser_.finish());
  if (visitor_error_) return *visitor_error_;
  MessageReport message = document_.finish(!error_);
  if (error_) {
    message.refused_code = name(error_->code);
    ++message.problems_found;
    message.problems.push_back({std::string(name(error_->code)), error_->field, error_->message});
  }
  placing_.place(message);
  return message;
}

void MessageReading::settle(Result<void> fed) {
  if (fed || lost_ || visitor_error_) return;
  lost_ = true;
  if (document_.stopped_by_visitor()) {
    visitor_error_ = std::move(fed).error();
  } else {
    refuse(std::move(fed).error());
  }
}

}  // namespace ig::adapters::rti
