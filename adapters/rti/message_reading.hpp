#pragma once

#include "adapters/rti/rti_document.hpp"
#include "adapters/wire/xml/held_bytes.hpp"
#include "adapters/wire/xml/push_parser.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::rti {

/// Says of each Employee where it stands in a file of several messages: byte numbers from the
/// file's beginning, and "[2]" behind the root element of the second message.
class Placing final : public core::ports::BulkVisitor {
 public:
  Placing(core::ports::BulkVisitor& visitor, std::size_t number, std::uint64_t from)
      : visitor_(visitor), number_(number), from_(from) {}
  [[nodiscard]] bool wanted(const core::values::Nino& nino) override {
    return visitor_.wanted(nino);
  }
  [[nodiscard]] bool wanted_by_name(const core::facts::Subject& told) override {
    return visitor_.wanted_by_name(told);
  }
  core::base::Result<void> employee(core::ports::EmployeePiece&& piece) override;
  void place(std::string& position) const;
  void place(core::ports::MessageReport& message) const;

 private:
  core::ports::BulkVisitor& visitor_;
  std::size_t number_;
  std::uint64_t from_;
};

/// One message on its way through gate, parser and form.
class MessageReading {
 public:
  /// The message is the file's `number`th, from 1, and begins at byte `from`.
  MessageReading(core::ports::BulkVisitor& visitor, std::size_t number, std::uint64_t from);
  MessageReading(const MessageReading&) = delete;
  MessageReading& operator=(const MessageReading&) = delete;

  /// Takes the front of `piece` up to the message's end; gives how many bytes that were.
  [[nodiscard]] std::size_t feed(std::string_view piece);
  [[nodiscard]] bool has_ended() const { return parser_.root_end().has_value(); }
  /// It is no XML: where it would end cannot be known.
  [[nodiscard]] bool is_lost() const noexcept { return lost_; }
  /// Refuses the message for a fault of form; the first one counts.
  void refuse(core::base::Error error);
  [[nodiscard]] const std::optional<core::base::Error>& error() const noexcept { return error_; }
  [[nodiscard]] const std::optional<core::base::Error>& visitor_error() const noexcept {
    return visitor_error_;
  }
  /// Its report, at its end or that of the file. Errors: what the visitor gave.
  [[nodiscard]] core::base::Result<core::ports::MessageReport> finish();

 private:
  void settle(core::base::Result<void> fed);

  Placing placing_;
  wire::xml::HeldBytes window_;
  RtiDocument document_;
  wire::xml::PushParser parser_;
  std::uint64_t fed_ = 0;
  bool lost_ = false;
  std::optional<core::base::Error> error_;
  std::optional<core::base::Error> visitor_error_;
};

}  // namespace ig::adapters::rti
