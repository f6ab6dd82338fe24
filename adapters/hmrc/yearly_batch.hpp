#pragma once

#include "core/ports/digest.hpp"
#include "core/ports/yearly_batch.hpp"

#include <memory>

namespace ig::adapters::hmrc {

/// The port YearlyBatch on XML files. One call at a time.
class YearlyBatchXml final : public core::ports::YearlyBatch {
 public:
  YearlyBatchXml();
  ~YearlyBatchXml() override;

  [[nodiscard]] std::string write(const core::ports::BatchRequest& request) override;
  [[nodiscard]] core::base::Result<core::ports::BatchReport> read(
      core::ports::ByteSource& source, const core::ports::BatchContext& context,
      const core::ports::OnAnswer& on_answer) override;
  [[nodiscard]] std::string fact_id(const core::facts::Fact& fact) override;

 private:
  std::unique_ptr<core::ports::Digest> digest_;
};

}  // namespace ig::adapters::hmrc
