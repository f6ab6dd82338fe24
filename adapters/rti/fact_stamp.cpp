#include "adapters/rti/fact_stamp.hpp"

#include "core/facts/systems.hpp"

#include <utility>

namespace ig::adapters::rti {

FactStamp::FactStamp(const core::ports::BulkContext& context)
    : context_(context), digest_(wire::crypto::make_digest()) {
  next_message();
}

void FactStamp::stamp(core::ports::EmployeePiece& piece) {
  for (core::facts::Payment& payment : piece.payments) {
    core::facts::FactHeader& header = payment.header;
    header.subject = piece.subject;
    header.received_at = context_.received_at;
    header.source.document = context_.document;
    formats::Fact fact = std::move(payment);
    ids_->give_id(fact);
    payment = std::get<core::facts::Payment>(std::move(fact));
  }
}

void FactStamp::stamp(core::facts::NilPeriod& period) {
  core::facts::FactHeader& header = period.header;
  header.received_at = context_.received_at;
  header.source.system = core::facts::kEmployerPaymentSummary;
  header.source.document = context_.document;
  formats::Fact fact = std::move(period);
  ids_->give_id(fact);
  period = std::get<core::facts::NilPeriod>(std::move(fact));
}

}  // namespace ig::adapters::rti
