#pragma once

#include "adapters/rti/employee_builder.hpp"
#include "adapters/rti/envelope.hpp"
#include "adapters/rti/form.hpp"
#include "adapters/rti/irmark.hpp"
#include "adapters/wire/xml/held_bytes.hpp"
#include "adapters/wire/xml/push_parser.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::rti {

/// Reads the events of one document: GovTalk envelope, IRenvelope and one of the forms. Checks the
/// form against its tables, gathers every problem, and hands each Employee to the visitor.
class RtiDocument final : public wire::xml::Handler {
 public:
  RtiDocument(core::ports::BulkVisitor& visitor, const wire::xml::HeldBytes& raw);
  /// Must be called once, before the first byte is fed to `parser`.
  void attach(wire::xml::PushParser& parser);

  bool start(const wire::xml::StartTag& tag) override;
  bool end() override;
  bool text(std::string_view piece) override;
  bool comment(std::string_view content) override;
  bool instruction(std::string_view target, std::string_view content) override;
  [[nodiscard]] core::base::Error stopped_by() override;

  /// Offset of the '<' of the Employee that is open.
  [[nodiscard]] std::optional<std::uint64_t> open_employee() const noexcept {
    return employee_from_;
  }
  /// The document is refused; what is left of it is not looked at.
  void give_up(core::base::Error error);
  /// Why it was given up, before its end.
  [[nodiscard]] const std::optional<core::base::Error>& given_up() const noexcept {
    return given_up_;
  }
  /// True when the visitor, not the document, ended the reading.
  [[nodiscard]] bool stopped_by_visitor() const noexcept { return visitor_stopped_; }
  /// The report, once the document has ended or failed.
  [[nodiscard]] core::ports::MessageReport finish(bool whole);

 private:
  struct Frame {
    const Particle* particle = nullptr;  ///< nullptr for IRenvelope itself
    std::span<const Particle> content;
    std::size_t at = 0;       ///< slot of the last child
    std::uint32_t count = 0;  ///< children in that slot
    std::uint32_t index = 0;  ///< number of this element among its like, from 1; 0: cannot repeat
    std::uint64_t seen = 0;   ///< bit per slot
    bool stray_text = false;
  };

  // form
  bool start_form(const wire::xml::StartTag& tag);
  bool start_element(const wire::xml::StartTag& tag);
  [[nodiscard]] const Particle* place(Frame& parent, El element);
  [[nodiscard]] const Particle* place_loosely(Frame& parent, El element);
  [[nodiscard]] static bool stands(const Frame& parent, std::uint8_t together, std::size_t next);
  void report_missing(Frame& parent, std::size_t from, std::size_t to);
  void unexpected(const wire::xml::StartTag& tag, El element, const char* message);
  void check_attributes(const Particle& particle, const wire::xml::StartTag& tag);
  void open(const Particle& particle, const wire::xml::StartTag& tag);
  void close_leaf(const Particle& particle);
  bool close_group(const Particle* particle);
  void keep_header(Field field, const Checked& value);
  void check_header_keys();
  void check_scheme();
  void keep_nil_period();
  bool end_employee();

  // problems
  [[nodiscard]] std::string position() const;
  void fault(core::base::ErrorCode code, std::string where, std::string_view message);
  void note(std::string_view code, std::string where, std::string_view message);

  core::ports::BulkVisitor& visitor_;
  const wire::xml::HeldBytes& raw_;
  wire::xml::PushParser* parser_ = nullptr;
  ElementTable elements_;
  IrmarkCheck irmark_;
  Envelope envelope_;
  EmployeeBuilder employee_;
  core::ports::MessageReport report_;
  MessageFacts message_;
  Form form_;
  wire::xml::Interned form_uri_ = nullptr;
  std::vector<Frame> frames_;
  std::string text_;
  SchemeKeys header_keys_;
  std::string key_type_;  ///< @Type of the header Key that is open
  bool nil_stated_ = false;
  core::facts::NilPeriod nil_period_;  ///< as far as it was read
  std::size_t skipping_ = 0;
  bool form_seen_ = false;
  bool in_form_ = false;
  bool verified_ = false;
  std::optional<std::uint64_t> employee_from_;
  std::uint32_t employments_ = 0;
  std::optional<core::base::Error> given_up_;
  std::optional<core::base::Error> stopped_;  ///< what the visitor gave
  bool visitor_stopped_ = false;
};

}  // namespace ig::adapters::rti
