#pragma once

#include "adapters/hmrc/rtii_fields.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/digest.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::hmrc {

/// What is known about a reply beside its bytes.
struct RtiiContext {
  std::optional<core::values::Nino> nino;  ///< whom was asked about, for rows that do not say
  core::values::Instant received_at;
  std::string document;  ///< "sha256:..." of the body
};

/// What a reply holds: a fact for each row that can be used, or one Answer; and what cannot be.
struct RtiiReply {
  std::vector<core::facts::Fact> facts;
  std::vector<core::base::Error> refused;  ///< with the JSON pointer of the row and member
  RtiiFieldSet fields;                     ///< those some row has
};

/// Reads one answer of HMRC's Real Time Income Information 1.0, or of the DES service behind it,
/// of any HTTP status. `taxYears` is a flat list of payments. A reply without payments is an
/// Answer: matchPattern below 63 is NOT_MATCHED, 63 without rows and code NOT_FOUND are NO_DATA,
/// NOT_FOUND_NINO is UNKNOWN_PERSON, every other code is UNAVAILABLE.
/// A row is refused when its money, dates, period, frequency, payment id or scheme cannot be read.
/// Errors of the whole: those of the JSON reader, MISSING_MEMBER, WRONG_TYPE, INVALID_NUMBER.
[[nodiscard]] core::base::Result<RtiiReply> read_rtii(std::string_view body,
                                                      const RtiiContext& context,
                                                      wire::json::Reader& reader,
                                                      core::ports::Digest& digest);

}  // namespace ig::adapters::hmrc
