#pragma once

#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/yearly_reply.hpp"
#include "core/base/clock.hpp"
#include "core/ports/yearly_figures.hpp"

#include <memory>
#include <string>

namespace ig::adapters::hmrc {

struct YearlyRestOptions {
  std::string target = "/yearly-figures/v1/search";  ///< path of the service on its host
};

/// Asks the yearly-figure service over REST (schemas/yearly-figures.openapi.yaml). The person goes
/// in the body, never in the URL. Of a person without a NINO nobody is asked: config_fault,
/// NO_PERSON. Caller and clock outlive it. One call at a time.
class YearlyRest final : public core::ports::YearlyFigures {
 public:
  YearlyRest(Caller& caller, const core::base::Clock& clock, YearlyRestOptions options = {});
  ~YearlyRest() override;

  [[nodiscard]] core::ports::YearlyReply fetch(const core::ports::YearlyQuestion& question,
                                               core::base::Deadline by) override;

 private:
  void read(const core::ports::YearlyQuestion& question, core::ports::YearlyReply& reply);

  Caller& caller_;
  const core::base::Clock& clock_;
  YearlyRestOptions options_;
  wire::json::Reader reader_;
  std::unique_ptr<core::ports::Digest> digest_;
};

}  // namespace ig::adapters::hmrc
