#include "adapters/rti/record_fields.hpp"
#include "adapters/rti/records.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace ig::adapters::rti {
namespace {

namespace ports = core::ports;
namespace values = core::values;

/// Puts values behind each other.
class Put {
 public:
  explicit Put(std::string& out) : out_(out) {}

  template <class... Values>
  void operator()(const Values&... each) {
    (one(each), ...);
  }
  void code(const std::string& text) { one(text); }
  void path(const std::string& text) { one(text); }
  void any(const std::string& text) { one(text); }
  template <class Number>
  void number(Number value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.append(bytes, sizeof value);
  }

 private:
  void one(bool value) { number(static_cast<std::uint8_t>(value)); }
  void one(int value) { number(static_cast<std::int32_t>(value)); }
  void one(std::uint64_t value) { number(value); }
  void one(values::Money value) { number(value.in_pence()); }
  void one(values::Date value) {
    number(static_cast<std::int32_t>(value.days().time_since_epoch().count()));
  }
  void one(values::TaxYear value) { number(static_cast<std::int32_t>(value.start_year())); }
  void one(values::Instant value) { number(value.millis()); }
  void one(values::PayFrequency value) { number(static_cast<std::uint8_t>(value)); }
  void one(ports::IrmarkState value) { number(static_cast<std::uint8_t>(value)); }
  void one(const std::string& text) {
    number(static_cast<std::uint32_t>(text.size()));
    out_.append(text);
  }
  void one(const core::facts::NilPeriod& period) { fields::nil_period(*this, period); }
  template <class Value>
  void one(const std::optional<Value>& value) {
    one(value.has_value());
    if (value) one(*value);
  }

  std::string& out_;
};

void subject(Put& put, const core::facts::Subject& subject) {
  put(subject.forename.reveal(), subject.second_forename.reveal(), subject.surname.reveal());
  put(subject.date_of_birth.has_value());
  if (subject.date_of_birth) put(subject.date_of_birth->reveal());
  put(subject.gender);
}

}  // namespace

std::size_t RecordWriter::begin(RecordKind kind) {
  const std::size_t from = bytes_.size();
  Put put(bytes_);
  put.number(std::uint32_t{0});
  put.number(static_cast<std::uint8_t>(kind));
  return from;
}

/// Writes the length of the record that began at `from`.
void RecordWriter::close(std::size_t from) {
  const auto length = static_cast<std::uint32_t>(bytes_.size() - from - 5);
  std::memcpy(bytes_.data() + from, &length, sizeof length);
}

void RecordWriter::hello() {
  const std::size_t from = begin(RecordKind::hello);
  Put(bytes_).number(kRecordsVersion);
  close(from);
}

void RecordWriter::employee(const ports::EmployeePiece& piece) {
  const std::size_t from = begin(RecordKind::employee);
  Put put(bytes_);
  const bool has_nino = piece.subject.nino.has_value();
  put(piece.wanted, piece.test, piece.refused.has_value(), has_nino);
  if (has_nino) put(std::string(piece.subject.nino->reveal().reveal()));
  put(piece.byte_from, piece.byte_to, piece.payment_count, piece.taxable_pay);
  if (piece.refused) fields::problem(put, *piece.refused);
  if (piece.wanted) {
    put.path(piece.position);
    subject(put, piece.subject);
    put(piece.raw);
    put.number(static_cast<std::uint32_t>(piece.payments.size()));
    for (const core::facts::Payment& payment : piece.payments) fields::payment(put, payment);
  }
  close(from);
}

void RecordWriter::message(const ports::MessageReport& message) {
  for (const ports::Problem& problem : message.problems) {
    const std::size_t from = begin(RecordKind::problem);
    Put put(bytes_);
    fields::problem(put, problem);
    close(from);
  }
  const std::size_t from = begin(RecordKind::message);
  Put put(bytes_);
  fields::message(put, message);
  close(from);
}

void RecordWriter::end(const ports::BulkReport& report) {
  const std::size_t from = begin(RecordKind::end);
  Put put(bytes_);
  put(report.document_error.has_value());
  if (report.document_error) {
    put.number(static_cast<std::uint8_t>(report.document_error->code));
    put.path(report.document_error->field);
    put.path(report.document_error->message);
    put(std::ranges::all_of(report.messages, [&](const ports::MessageReport& message) {
      return message.refused_code == core::base::name(report.document_error->code);
    }));
  }
  close(from);
}

}  // namespace ig::adapters::rti
