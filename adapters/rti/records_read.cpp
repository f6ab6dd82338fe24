#include "adapters/rti/document_reading.hpp"
#include "adapters/rti/record_fields.hpp"
#include "adapters/rti/records.hpp"
#include "core/base/limits.hpp"
#include "core/facts/name_match.hpp"
#include "core/facts/systems.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ig::adapters::rti {
namespace {

namespace limits = core::base::limits;
namespace ports = core::ports;
namespace values = core::values;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;

constexpr std::size_t kHeadBytes = 5;
constexpr std::int64_t kFirstDay = values::Date::of(1900, 1, 1).days().time_since_epoch().count();
constexpr std::int64_t kLastDay = values::Date::of(2099, 12, 31).days().time_since_epoch().count();
constexpr std::int64_t kDayMillis = 86'400'000;
constexpr std::size_t kErrorCodes = [] {
  std::size_t count = 0;
#define IG_COUNT(name) ++count;
  IG_ERROR_CODES(IG_COUNT)
#undef IG_COUNT
  return count;
}();

Error broken() {
  return fail(ErrorCode::PARSER_FAILED, {}, "the parser's process sent a record that is not one");
}

/// Takes values off the front of a record. After the first one that does not fit, ok() is false
/// and all that follow are empty.
class Take {
 public:
  explicit Take(std::string_view body) : rest_(body) {}
  [[nodiscard]] bool ok() const noexcept { return ok_; }
  /// True when all was taken and all of it fitted.
  [[nodiscard]] bool whole() const noexcept { return ok_ && rest_.empty(); }
  void need(bool holds) { ok_ = ok_ && holds; }

  template <class... Values>
  void operator()(Values&... each) {
    (one(each), ...);
  }
  /// A name of the closed list of codes.
  void code(std::string& text) {
    text = bytes(limits::id_bytes_max);
    need(std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }));
  }
  /// An element path or a sentence: no control character.
  void path(std::string& text) {
    text = bytes(limits::position_bytes_max);
    need(std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }));
  }
  /// A text of the envelope, which nobody checked.
  void any(std::string& text) { text = bytes(limits::id_bytes_max); }
  [[nodiscard]] std::string_view bytes(std::size_t most) {
    const auto length = number<std::uint32_t>();
    need(length <= most && length <= rest_.size());
    if (!ok_) return {};
    const std::string_view out = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return out;
  }
  template <class Number>
  [[nodiscard]] Number number() {
    Number value{};
    need(rest_.size() >= sizeof value);
    if (!ok_) return {};
    const std::string_view front = rest_.substr(0, sizeof value);
    std::memcpy(&value, front.data(), front.size());
    rest_.remove_prefix(front.size());
    return value;
  }
  /// A number from `low` to `high`; `low` in place of another.
  [[nodiscard]] std::int64_t between(std::int64_t value, std::int64_t low, std::int64_t high) {
    need(value >= low && value <= high);
    return ok_ ? value : low;
  }

 private:
  void one(bool& value) { value = between(number<std::uint8_t>(), 0, 1) == 1; }
  void one(int& value) {
    value = static_cast<int>(between(number<std::int32_t>(), 0, limits::id_bytes_max));
  }
  void one(std::uint64_t& value) { value = number<std::uint64_t>(); }
  void one(values::Money& value) { value = values::Money::pence(number<std::int64_t>()); }
  void one(values::Date& value) {
    const std::chrono::days day{between(number<std::int32_t>(), kFirstDay, kLastDay)};
    value = values::Date::of(std::chrono::sys_days{day});
  }
  void one(values::TaxYear& value) {
    value =
        values::TaxYear::starting(static_cast<int>(between(number<std::int32_t>(), 1900, 2099)));
  }
  void one(values::Instant& value) {
    const std::int64_t millis = number<std::int64_t>();
    value = values::Instant::of_millis(
        between(millis, kFirstDay * kDayMillis, (kLastDay + 1) * kDayMillis - 1));
  }
  void one(values::PayFrequency& value) {
    value = static_cast<values::PayFrequency>(between(number<std::uint8_t>(), 0, 8));
  }
  void one(ports::IrmarkState& value) {
    value = static_cast<ports::IrmarkState>(between(number<std::uint8_t>(), 0, 3));
  }
  /// A text of HMRC's forms that is kept: printable ASCII.
  void one(std::string& text) {
    text = bytes(limits::id_bytes_max);
    need(std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; }));
  }
  void one(core::facts::NilPeriod& period) {
    fields::nil_period(*this, period);
    need(period.from <= period.to);
  }
  template <class Value>
  void one(std::optional<Value>& value) {
    bool there = false;
    one(there);
    if (there) one(value.emplace());
    // A value is money of one field or a count: sums of it cannot overflow.
    if constexpr (std::is_same_v<Value, values::Money>) {
      if (there) {
        need(value->in_pence() >= -limits::money_pence_max);
        need(value->in_pence() <= limits::money_pence_max);
      }
    }
  }

  std::string_view rest_;
  bool ok_ = true;
};

Sensitive<std::string> personal(Take& take) {
  std::string text;
  take(text);
  return Sensitive(std::move(text));
}

void take_subject(Take& take, core::facts::Subject& subject) {
  subject.forename = personal(take);
  subject.second_forename = personal(take);
  subject.surname = personal(take);
  bool born = false;
  take(born);
  if (born) {
    values::Date date;
    take(date);
    subject.date_of_birth = Sensitive(date);
  }
  take(subject.gender);
}

void take_nino(Take& take, core::facts::Subject& subject) {
  const auto nino = values::Nino::parse(take.bytes(9));
  take.need(nino.has_value());
  if (nino) subject.nino = Sensitive(*nino);
}

/// The part of somebody who may be wanted.
void take_person(Take& take, ports::EmployeePiece& piece) {
  take.path(piece.position);
  take_subject(take, piece.subject);
  piece.raw = take.bytes(limits::employee_bytes_max);
  const auto count = take.number<std::uint32_t>();
  const bool kept = !piece.refused;
  take.need(count <= limits::employee_payments_max);
  take.need(kept ? piece.raw.size() == piece.byte_to - piece.byte_from &&
                       count <= piece.payment_count
                 : piece.raw.empty() && count == 0);
  for (std::uint32_t i = 0; i < count && take.ok(); ++i) {
    core::facts::Payment& payment = piece.payments.emplace_back();
    fields::payment(take, payment);
    const std::string& system = payment.header.source.system;
    take.need(system == core::facts::kFullPaymentSubmission ||
              system == core::facts::kEarlierYearUpdate);
  }
}

bool sum_fits(std::int64_t& sum, std::int64_t part) {
  return !__builtin_add_overflow(sum, part, &sum);
}

}  // namespace

Result<void> RecordReader::feed(std::string_view piece, std::uint64_t document_bytes) {
  document_bytes_ = document_bytes;
  const bool had_rest = !rest_.empty();
  if (had_rest) rest_.append(piece);
  std::string_view bytes = had_rest ? std::string_view(rest_) : piece;
  while (bytes.size() >= kHeadBytes) {
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    const auto kind = static_cast<std::uint8_t>(bytes[4]);
    if (length > limits::record_bytes_max || kind > static_cast<std::uint8_t>(RecordKind::end) ||
        ended_) {
      return broken();
    }
    if (bytes.size() - kHeadBytes < length) break;
    auto taken = record(static_cast<RecordKind>(kind), bytes.substr(kHeadBytes, length));
    if (!taken) return taken;
    bytes.remove_prefix(kHeadBytes + length);
  }
  if (ended_ && !bytes.empty()) return broken();
  rest_ = std::string(bytes);
  return {};
}

Result<void> RecordReader::record(RecordKind kind, std::string_view body) {
  if (greeted_ == (kind == RecordKind::hello)) return broken();
  bool good = false;
  switch (kind) {
    case RecordKind::hello:
      good = hello(body);
      break;
    case RecordKind::employee:
      if (!problems_.empty()) return broken();
      return employee(body);
    case RecordKind::problem:
      good = problem(body);
      break;
    case RecordKind::message:
      if (!message(body)) return broken();
      return told(visitor_.message_ended(report_.messages.back()));
    case RecordKind::end:
      good = !report_.messages.empty() && problems_.empty() && end(body);
      break;
  }
  if (!good) return broken();
  return {};
}

bool RecordReader::hello(std::string_view body) {
  Take take(body);
  greeted_ = take.number<std::uint32_t>() == kRecordsVersion && take.whole();
  return greeted_;
}

Result<void> RecordReader::employee(std::string_view body) {
  Take take(body);
  ports::EmployeePiece piece;
  bool refused = false;
  bool has_nino = false;
  take(piece.wanted, piece.test, refused, has_nino);
  if (has_nino) take_nino(take, piece.subject);
  take(piece.byte_from, piece.byte_to, piece.payment_count, piece.taxable_pay);
  take.need(piece.byte_from < piece.byte_to && piece.byte_to <= document_bytes_);
  take.need(piece.payment_count <= limits::employee_payments_max);
  if (refused) fields::problem(take, piece.refused.emplace());
  if (piece.wanted) take_person(take, piece);
  payments_ += piece.payment_count;
  if (!take.whole() || !sum_fits(pence_, piece.taxable_pay.in_pence())) return broken();
  ++employees_;
  if (refused) ++refused_;
  // The child knows of people no more than a filter, which lets some through: this is the answer.
  if (piece.wanted) {
    piece.wanted = core::facts::says_who(piece.subject)
                       ? visitor_.wanted(piece.subject.nino->reveal())
                       : visitor_.wanted_by_name(piece.subject);
    if (piece.wanted) {
      if (!refused && piece.payments.size() != piece.payment_count) return broken();
      stamp_.stamp(piece);
    } else {
      core::facts::Subject rest;
      rest.nino = std::move(piece.subject.nino);
      piece.subject = std::move(rest);
      piece.payments.clear();
      piece.raw.clear();
      piece.position.clear();
    }
  }
  return told(visitor_.employee(std::move(piece)));
}

Result<void> RecordReader::told(Result<void> answer) {
  stopped_by_visitor_ = !answer.has_value();
  return answer;
}

bool RecordReader::problem(std::string_view body) {
  Take take(body);
  fields::problem(take, problems_.emplace_back());
  return take.whole() && problems_.size() <= limits::problems_kept_max + 1;
}

bool RecordReader::message(std::string_view body) {
  Take take(body);
  ports::MessageReport& message = report_.messages.emplace_back();
  fields::message(take, message);
  message.problems = std::exchange(problems_, {});
  if (message.nil_period) stamp_.stamp(*message.nil_period);
  // An Employee that is still open when a document breaks off is counted and never handed over.
  const std::uint64_t open = message.employees - employees_;
  const bool good =
      take.whole() && open <= (message.refused ? 1U : 0U) &&
      message.employees_refused >= refused_ && message.employees_refused <= message.employees &&
      message.payments >= payments_ && message.problems_found >= message.problems.size() &&
      report_.messages.size() <= limits::messages_max;
  employees_ = refused_ = payments_ = 0;
  stamp_.next_message();
  return good;
}

bool RecordReader::end(std::string_view body) {
  Take take(body);
  bool failed = false;
  take(failed);
  if (failed) {
    Error& error = report_.document_error.emplace();
    error.code = static_cast<ErrorCode>(
        take.between(take.number<std::uint8_t>(), 0, std::int64_t{kErrorCodes} - 1));
    take.path(error.field);
    take.path(error.message);
    bool of_all = false;
    take(of_all);
    if (of_all) refuse_all(report_);
  }
  ended_ = take.whole() && employees_ == 0;
  return ended_;
}

}  // namespace ig::adapters::rti
