#include "adapters/rti/fps_reader.hpp"

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

 private:
  ports::BulkVisitor& visitor_;
  FactStamp stamp_;
};

}  // namespace

Result<ports::BulkReport> FpsReader::read(ports::ByteSource& source, ports::BulkVisitor& visitor,
                                          const ports::BulkContext& context) {
  Stamping stamping(visitor, context);
  return read_document(source, stamping, Hashing::yes);
}

}  // namespace ig::adapters::rti
