#include "adapters/rti/rti_reader.hpp"

#include "adapters/rti/document_reading.hpp"
#include "adapters/rti/fact_stamp.hpp"

#include <utility>

namespace ig::adapters::rti {
namespace {

namespace ports = core::ports;
using core::base::Result;

/// Gives a visitor the facts of what it wants.
class Stamping final : public ports::BulkVisitor {
 public:
  Stamping(ports::BulkVisitor& visitor, const ports::BulkContext& context)
      : visitor_(visitor), stamp_(context) {}
  [[nodiscard]] bool wanted(const core::values::Nino& nino) override {
    return visitor_.wanted(nino);
  }
  [[nodiscard]] bool wanted_by_name(const core::facts::Subject& told) override {
    return visitor_.wanted_by_name(told);
  }
  Result<void> employee(ports::EmployeePiece&& piece) override {
    stamp_.stamp(piece);
    return visitor_.employee(std::move(piece));
  }
  void complete(ports::BulkReport& report) {
    for (ports::MessageReport& message : report.messages) {
      if (message.nil_period) stamp_.stamp(*message.nil_period);
    }
  }

 private:
  ports::BulkVisitor& visitor_;
  FactStamp stamp_;
};

}  // namespace

Result<ports::BulkReport> RtiReader::read(ports::ByteSource& source, ports::BulkVisitor& visitor,
                                          const ports::BulkContext& context) {
  Stamping stamping(visitor, context);
  auto report = read_document(source, stamping, Hashing::yes);
  if (report) stamping.complete(*report);
  return report;
}

}  // namespace ig::adapters::rti
