#include "core/ports/fetched.hpp"

#include "core/base/require.hpp"

#include <fmt/format.h>

namespace ig::core::ports {

std::string_view name(Purpose purpose) noexcept {
  switch (purpose) {
    case Purpose::initial:
      return "INITIAL";
    case Purpose::review:
      return "ANNUAL_REVIEW";
    case Purpose::watch:
      return "WATCH";
    case Purpose::check:
      return "CHECK";
  }
  IG_UNREACHABLE("a purpose is one of four");
}

std::string_view name(FetchResult result) noexcept {
  switch (result) {
    case FetchResult::matched:
      return "MATCHED";
    case FetchResult::matched_no_data:
      return "MATCHED_NO_DATA";
    case FetchResult::not_matched:
      return "NOT_MATCHED";
    case FetchResult::unknown_person:
      return "UNKNOWN_PERSON";
    case FetchResult::not_permitted:
      return "NOT_PERMITTED";
    case FetchResult::throttled:
      return "THROTTLED";
    case FetchResult::transient:
      return "TRANSIENT";
    case FetchResult::poison:
      return "POISON";
    case FetchResult::config_fault:
      return "CONFIG_FAULT";
  }
  IG_UNREACHABLE("a result is one of nine");
}

std::string_view name(NextMove move) noexcept {
  switch (move) {
    case NextMove::use:
      return "USE";
    case NextMove::retry:
      return "RETRY";
    case NextMove::retry_new:
      return "RETRY_NEW";
    case NextMove::park:
      return "PARK";
    case NextMove::task:
      return "TASK";
    case NextMove::alarm:
      return "ALARM";
  }
  IG_UNREACHABLE("a move is one of six");
}

std::string summary(const Fetched& fetched) {
  std::string out(name(fetched.result));
  if (fetched.status != 0) out += fmt::format(" {}", fetched.status);
  if (!fetched.code.empty()) out += " " + fetched.code;
  return out;
}

}  // namespace ig::core::ports
