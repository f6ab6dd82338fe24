#pragma once

#include "core/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace ig::adapters::wire::crypto {

/// How long one code is good.
inline constexpr std::chrono::seconds totp_step{30};

/// The code of one moment (RFC 6238 with HMAC-SHA-512, steps of 30 s from the epoch, 8 digits):
/// what HMRC's privileged applications put before their secret. The key is Base32 text (RFC 4648
/// section 6), in either case, with or without padding; groups may be parted by spaces. It is
/// wiped wherever it is decoded. Errors: CONFIG_INVALID (no Base32, or under 16 bytes), without
/// the text.
[[nodiscard]] core::base::Result<std::string> totp_code(std::string_view base32_key,
                                                        std::chrono::sys_seconds at);

}  // namespace ig::adapters::wire::crypto
