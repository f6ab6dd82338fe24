// links: rti
#include "adapters/formats/facts.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "core/base/require.hpp"
#include "tests/support/text_source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

namespace base = ig::core::base;
namespace ports = ig::core::ports;
using ig::tests::support::TextSource;

class Everybody final : public ports::BulkVisitor {
 public:
  bool wanted(const ig::core::values::Nino&) override { return true; }
  bool wanted_by_name(const ig::core::facts::Subject&) override { return true; }
  base::Result<void> employee(ports::EmployeePiece&& piece) override {
    ++employees;
    payments += piece.payment_count;
    pence += piece.taxable_pay.in_pence();
    base::require(!piece.refused || piece.payments.empty(), "who is refused gives no fact");
    for (const auto& payment : piece.payments) {
      ig::adapters::formats::write_fact(facts, payment);
    }
    return {};
  }
  std::uint64_t employees = 0;
  std::uint64_t payments = 0;
  std::int64_t pence = 0;
  std::string facts;
};

}  // namespace

// A document gives the same facts however it arrives, and the report counts what the visitor saw.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  ig::adapters::rti::RtiReader reader;
  Everybody whole;
  TextSource at_once{std::string(text)};
  const auto report = reader.read(at_once, whole, {});
  base::require(report.has_value(), "a document is no reason for an Error");
  Everybody cut;
  TextSource in_pieces(std::string(text), 7);
  const auto again = reader.read(in_pieces, cut, {});
  base::require(again.has_value(), "a document is no reason for an Error");
  base::require(again->refused() == report->refused(), "pieces change no judgement");
  if (!report->refused()) {
    base::require(whole.facts == cut.facts, "pieces change no fact");
    ports::MessageReport sum;
    for (const ports::MessageReport& message : report->messages) {
      sum.payments += message.payments;
      sum.employees += message.employees;
      sum.taxable_pay += message.taxable_pay;
    }
    base::require(sum.payments == whole.payments, "each payment is seen");
    base::require(sum.employees == whole.employees, "each Employee is seen");
    base::require(sum.taxable_pay.in_pence() == whole.pence, "each penny is seen");
  }
  return 0;
}
