#pragma once

#include "adapters/hmrc/yearly_batch_form.hpp"
#include "adapters/wire/xml/held_bytes.hpp"
#include "adapters/wire/xml/push_parser.hpp"
#include "core/ports/yearly_batch.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::hmrc {

/// One answer as its elements say it, before they are held against each other.
struct AnswerText {
  std::string status;
  std::optional<core::values::TaxYear> tax_year;
  std::optional<core::values::Money> annual;
  std::string source;
  std::map<std::string, core::values::Money> parts;
  std::map<std::string, core::values::Money> unearned;
};

/// Makes the answer's fact, or says which members deny each other.
void settle_answer(const AnswerText& text, const core::ports::BatchContext& context,
                   const core::ports::BatchHeader& header, core::ports::BatchAnswer& answer);

/// Reads the events of one answer file, checks them against its form, counts, and hands each Answer
/// on. Made for one file.
class AnswerDocument final : public wire::xml::Handler {
 public:
  /// `raw` holds the bytes that were fed since the open Answer began.
  AnswerDocument(const core::ports::BatchContext& context, const core::ports::OnAnswer& on_answer,
                 const wire::xml::HeldBytes& raw);
  /// Must be called once, before the first byte is fed to `parser`.
  void attach(wire::xml::PushParser& parser) { parser_ = &parser; }

  bool start(const wire::xml::StartTag& tag) override;
  bool end() override;
  bool text(std::string_view piece) override;
  bool comment(std::string_view) override { return true; }
  bool instruction(std::string_view target, std::string_view content) override;
  [[nodiscard]] core::base::Error stopped_by() override;

  /// Offset of the '<' of the Answer that is open.
  [[nodiscard]] std::optional<std::uint64_t> open_answer() const noexcept { return answer_from_; }
  /// True when the visitor, not the file, ended the reading.
  [[nodiscard]] bool stopped_by_visitor() const noexcept { return visitor_stopped_; }
  /// True when what is wrong is that the file is not whole.
  [[nodiscard]] bool partial() const noexcept { return partial_; }
  /// Header, count and total of what was read.
  [[nodiscard]] const core::ports::BatchReport& report() const noexcept { return report_; }

 private:
  struct Frame {
    const BatchParticle* particle = nullptr;  ///< nullptr for the root
    std::size_t at = 0;                       ///< place in the content that may come next
  };

  bool start_root(const wire::xml::StartTag& tag);
  [[nodiscard]] bool attributes_are_ours(const wire::xml::StartTag& tag) const;
  [[nodiscard]] std::span<const BatchParticle> content(const Frame& frame) const;
  /// Looks past `frame.at` for the first particle that is needed and did not come.
  [[nodiscard]] const BatchParticle* missing_before(const Frame& frame, std::size_t until) const;
  void open(const BatchParticle& particle);
  bool close_leaf(const BatchParticle& particle);
  bool close_answer();
  [[nodiscard]] core::base::Result<void> keep(const BatchParticle& particle);
  [[nodiscard]] core::base::Result<void> keep_header(const BatchParticle& particle);
  [[nodiscard]] core::base::Result<void> keep_answer(const BatchParticle& particle);
  [[nodiscard]] core::base::Result<void> check_trailer(const BatchParticle& particle);
  [[nodiscard]] core::base::Result<core::values::Money> amount() const;
  [[nodiscard]] core::base::Result<std::uint64_t> count() const;
  [[nodiscard]] core::base::Error does_not_tie(std::string_view what);
  [[nodiscard]] std::string position() const;
  bool stop(core::base::Error error);

  const core::ports::BatchContext& context_;
  const core::ports::OnAnswer& on_answer_;
  const wire::xml::HeldBytes& raw_;
  wire::xml::PushParser* parser_ = nullptr;
  core::ports::BatchReport report_;
  std::vector<Frame> frames_;
  std::string text_;
  AnswerText answer_text_;
  core::ports::BatchAnswer answer_;
  std::optional<std::uint64_t> answer_from_;
  std::optional<core::base::Error> stopped_;
  bool visitor_stopped_ = false;
  bool partial_ = false;
};

}  // namespace ig::adapters::hmrc
