#pragma once

#include "core/ports/yearly_batch.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::hmrc {

/// The namespace of request and answer files (schemas/yearly-request.xsd, yearly-answer.xsd).
inline constexpr std::string_view yearly_batch_uri = "urn:income-gateway:yearly-batch:1";

/// A request file as text, with its trailer. Personal: it is written to a file that only the
/// gateway and the transfer may read. A name that XML cannot hold is left out; every person has a
/// NINO.
[[nodiscard]] std::string write_yearly_request(const core::ports::BatchRequest& request);

}  // namespace ig::adapters::hmrc
