#pragma once

#include "adapters/rti/fact_stamp.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a parser's child tells the gateway: records of a length (32 bits), a kind (8 bits) and a
/// body, in this order: hello; of each message its employees, then its problems, then the message;
/// at last the end. Numbers have the machine's own byte order: both ends are one program.
namespace ig::adapters::rti {

inline constexpr std::uint32_t kRecordsVersion = 3;

enum class RecordKind : std::uint8_t { hello, employee, problem, message, end };

/// Writes records one behind the other, on the child's side. One thread.
class RecordWriter {
 public:
  void hello();
  void employee(const core::ports::EmployeePiece& piece);
  void message(const core::ports::MessageReport& message);
  /// The end, without hash and number of bytes: the gateway counts those itself.
  void end(const core::ports::BulkReport& report);

  /// What was written since clear().
  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
  void clear() noexcept { bytes_.clear(); }

 private:
  [[nodiscard]] std::size_t begin(RecordKind kind);
  void close(std::size_t from);

  std::string bytes_;
};

/// Reads records in whatever pieces they come and hands the employees on, on the gateway's side.
/// It trusts nothing: each length, count, code and value is held against its limit, and sums are
/// held against each other. One file, one thread.
class RecordReader {
 public:
  /// `stamp` completes the payments of whom the visitor wants.
  RecordReader(core::ports::BulkVisitor& visitor, FactStamp& stamp)
      : visitor_(visitor), stamp_(stamp) {}

  /// Takes the next bytes, of a file of which the child has been given `document_bytes` at most.
  /// Errors: PARSER_FAILED for a broken record; or what the visitor gave, see
  /// stopped_by_visitor(). Nothing may be fed after an Error.
  [[nodiscard]] core::base::Result<void> feed(std::string_view piece, std::uint64_t document_bytes);
  /// True once the record of the end was read.
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  [[nodiscard]] bool stopped_by_visitor() const noexcept { return stopped_by_visitor_; }
  /// The report, without hash and number of bytes. Called once, when ended().
  [[nodiscard]] core::ports::BulkReport take() { return std::move(report_); }
  /// The messages that were read whole, when it did not end.
  [[nodiscard]] std::vector<core::ports::MessageReport> take_messages() {
    return std::move(report_.messages);
  }

 private:
  [[nodiscard]] core::base::Result<void> record(RecordKind kind, std::string_view body);
  [[nodiscard]] bool hello(std::string_view body);
  [[nodiscard]] core::base::Result<void> employee(std::string_view body);
  [[nodiscard]] bool problem(std::string_view body);
  [[nodiscard]] bool message(std::string_view body);
  [[nodiscard]] core::base::Result<void> told(core::base::Result<void> answer);
  [[nodiscard]] bool end(std::string_view body);

  core::ports::BulkVisitor& visitor_;
  FactStamp& stamp_;
  std::string rest_;  ///< the front of a record that has not come whole
  std::uint64_t document_bytes_ = 0;
  bool greeted_ = false;
  bool ended_ = false;
  bool stopped_by_visitor_ = false;
  std::uint64_t employees_ = 0;  ///< of the message that is open, as are the next
  std::uint64_t refused_ = 0;
  std::uint64_t payments_ = 0;
  std::int64_t pence_ = 0;
  std::vector<core::ports::Problem> problems_;
  core::ports::BulkReport report_;
};

}  // namespace ig::adapters::rti
