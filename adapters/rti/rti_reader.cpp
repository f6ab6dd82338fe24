#include "adapters/rti/rti_reader.hpp"

#include "adapters/rti/document_reading.hpp"
#include "adapters/rti/fact_stamp.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/base/limits.hpp"

#include <utility>
#include <vector>

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
  Result<void> message_ended(const ports::MessageReport& message) override {
    stamp_.next_message();
    return visitor_.message_ended(message);
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

/// Takes the hash of a file while it is read.
class Hashed final : public ports::ByteSource {
 public:
  explicit Hashed(ports::ByteSource& source) : source_(source) {}
  [[nodiscard]] Result<std::size_t> read(char* to, std::size_t size) override {
    auto got = source_.read(to, size);
    if (!got) return got;
    hash_.feed({to, *got});
    bytes_ += *got;
    return got;
  }
  /// Reads what is left, whatever it is.
  Result<void> complete(ports::BulkReport& report) {
    std::vector<char> rest(core::base::limits::xml_chunk_bytes);
    while (true) {
      const auto got = read(rest.data(), rest.size());
      if (!got) return got.error();
      if (*got == 0) break;
    }
    report.sha256 = ports::hex(hash_.finish());
    report.bytes = bytes_;
    return {};
  }

 private:
  ports::ByteSource& source_;
  wire::crypto::Sha256Stream hash_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Result<ports::BulkReport> RtiReader::read(ports::ByteSource& source, ports::BulkVisitor& visitor,
                                          const ports::BulkContext& context) {
  Stamping stamping(visitor, context);
  Hashed hashed(source);
  auto report = read_document(hashed, stamping, packings_);
  if (!report) return report;
  stamping.complete(*report);
  if (auto whole = hashed.complete(*report); !whole) return std::move(whole).error();
  return report;
}

}  // namespace ig::adapters::rti
