#include "core/delivery/delivery_step.hpp"

#include "core/base/limits.hpp"

namespace ig::core::delivery {

std::string_view name(ParkReason reason) noexcept {
  constexpr std::string_view names[] = {"CONFLICT", "REFUSED", "ATTEMPTS_USED_UP", "OUR_FAULT"};
  return names[static_cast<std::size_t>(reason)];
}

Meaning meaning_of_status(int status) noexcept {
  if (status >= 200 && status <= 299) return Meaning::delivered;
  if (status == 409) return Meaning::conflict;
  if (status == 401 || status == 408 || status == 425 || status == 429) return Meaning::try_again;
  const bool final_word = status >= 300 && status <= 499;
  return final_word ? Meaning::refused : Meaning::try_again;
}

Meaning meaning_of(base::ErrorCode code) noexcept {
  using base::ErrorCode;
  switch (code) {
    case ErrorCode::LIMIT_EXCEEDED:
    case ErrorCode::UNREADABLE:
    case ErrorCode::PARSER_FAILED:
    case ErrorCode::UNAVAILABLE:
    case ErrorCode::DEADLINE:
    case ErrorCode::THROTTLED:
    case ErrorCode::UNAUTHORISED:
    case ErrorCode::TLS_FAILED:
    case ErrorCode::BAD_REPLY:
    case ErrorCode::CONFIG_INVALID:
      return Meaning::try_again;
    case ErrorCode::LINE_TOO_LONG:
    case ErrorCode::INVALID_UTF8:
    case ErrorCode::MALFORMED_JSON:
    case ErrorCode::DUPLICATE_MEMBER:
    case ErrorCode::TOO_DEEP:
    case ErrorCode::TOO_MANY:
    case ErrorCode::MISSING_MEMBER:
    case ErrorCode::WRONG_TYPE:
    case ErrorCode::UNKNOWN_CODE:
    case ErrorCode::INVALID_TEXT:
    case ErrorCode::INVALID_MONEY:
    case ErrorCode::MONEY_OUT_OF_RANGE:
    case ErrorCode::INVALID_NUMBER:
    case ErrorCode::INVALID_DATE:
    case ErrorCode::DATE_OUT_OF_RANGE:
    case ErrorCode::INVALID_INSTANT:
    case ErrorCode::INVALID_TAX_YEAR:
    case ErrorCode::INVALID_NINO:
    case ErrorCode::DUMMY_NINO:
    case ErrorCode::NO_PERSON:
    case ErrorCode::CONTRADICTION:
    case ErrorCode::WRONG_KIND:
    case ErrorCode::NOT_ASKED:
    case ErrorCode::PARAMETER_MISSING:
    case ErrorCode::PARAMETER_INVALID:
    case ErrorCode::TEST_MESSAGE:
    case ErrorCode::NOT_XML:
    case ErrorCode::DTD_REFUSED:
    case ErrorCode::ENCODING_REFUSED:
    case ErrorCode::TRUNCATED:
    case ErrorCode::UNKNOWN_NAMESPACE:
    case ErrorCode::UNEXPECTED_ELEMENT:
    case ErrorCode::MISSING_ELEMENT:
    case ErrorCode::CONTROL_TOTAL:
    case ErrorCode::IRMARK_INVALID:
    case ErrorCode::KEYS_DISAGREE:
    case ErrorCode::WRONG_CLASS:
    case ErrorCode::WRONG_TAX_YEAR:
    case ErrorCode::YEAR_NOT_VERIFIED:
    case ErrorCode::TOO_MANY_REFUSED:
    case ErrorCode::DUPLICATE_DOCUMENT:
    case ErrorCode::SOURCES_DISAGREE:
    case ErrorCode::AMBIGUOUS_PERSON:
    case ErrorCode::STALE_VERSION:
    case ErrorCode::FORBIDDEN:
    case ErrorCode::NOT_FOUND:
    case ErrorCode::REFUSED_BY_PEER:
    case ErrorCode::STORE_FAILED:
    case ErrorCode::STORE_IN_DOUBT:
    case ErrorCode::INTEGRITY_BROKEN:
    case ErrorCode::USAGE:
      return Meaning::our_fault;
  }
  return Meaning::our_fault;
}

namespace {

NextStep step_of(Meaning meaning, bool duplicate, std::uint32_t attempts,
                 std::optional<std::chrono::seconds> retry_after, values::Instant now,
                 base::Random& random, const BackoffOptions& options) {
  switch (meaning) {
    case Meaning::delivered:
      return Delivered{duplicate};
    case Meaning::conflict:
      return Park{ParkReason::conflict, true};
    case Meaning::refused:
      return Park{ParkReason::refused, false};
    case Meaning::our_fault:
      return Park{ParkReason::our_fault, true};
    case Meaning::try_again:
      break;
  }
  if (attempts >= base::limits::delivery_attempts_max) {
    return Park{ParkReason::attempts_used_up, false};
  }
  return Retry{now + backoff(attempts, retry_after, random, options)};
}

}  // namespace

NextStep next_step(std::uint32_t attempts_before, const Happened& happened, values::Instant now,
                   base::Random& random, const BackoffOptions& options) {
  constexpr std::uint32_t most = base::limits::delivery_attempts_max;
  const std::uint32_t attempts = attempts_before < most ? attempts_before + 1 : most;
  if (const auto* answered = std::get_if<Answered>(&happened)) {
    return step_of(meaning_of_status(answered->status), answered->duplicate, attempts,
                   answered->retry_after, now, random, options);
  }
  return step_of(meaning_of(std::get<base::ErrorCode>(happened)), false, attempts, std::nullopt,
                 now, random, options);
}

}  // namespace ig::core::delivery
