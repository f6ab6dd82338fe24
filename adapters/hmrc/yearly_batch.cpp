#include "adapters/hmrc/yearly_batch.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/yearly_batch_read.hpp"
#include "adapters/hmrc/yearly_batch_write.hpp"
#include "adapters/wire/crypto/digest.hpp"

namespace ig::adapters::hmrc {

YearlyBatchXml::YearlyBatchXml() : digest_(wire::crypto::make_digest()) {}
YearlyBatchXml::~YearlyBatchXml() = default;

std::string YearlyBatchXml::write(const core::ports::BatchRequest& request) {
  return write_yearly_request(request);
}

core::base::Result<core::ports::BatchReport> YearlyBatchXml::read(
    core::ports::ByteSource& source, const core::ports::BatchContext& context,
    const core::ports::OnAnswer& on_answer) {
  return read_yearly_answers(source, context, on_answer);
}

std::string YearlyBatchXml::fact_id(const core::facts::Fact& fact) {
  return formats::make_fact_id(*digest_, fact, 1);
}

}  // namespace ig::adapters::hmrc
