#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ig::core::ports {

/// Why HMRC is asked: recorded with each request, and the order in which requests may go out.
enum class Purpose : std::uint8_t {
  initial,  ///< INITIAL: a new case waits for its first figure
  review,   ///< ANNUAL_REVIEW: a review date is near
  watch,    ///< WATCH: pay inside the year
  check,    ///< CHECK: an operator tries the connection; nobody's data
};
inline constexpr int kPurposeCount = 4;
[[nodiscard]] std::string_view name(Purpose purpose) noexcept;

/// What one question to HMRC came to, the same for every interface. A closed list: an answer that
/// is in no table falls back by its class of status.
enum class FetchResult : std::uint8_t {
  matched,          ///< the person, with data
  matched_no_data,  ///< the person is known, and there is nothing for the question: never zero
  not_matched,      ///< the details do not agree with HMRC's
  unknown_person,   ///< HMRC does not know the NINO
  not_permitted,    ///< this application may not ask this
  throttled,        ///< fewer requests are asked for
  transient,        ///< it may go well later
  poison,           ///< this record fails every time: its data, not the service
  config_fault,     ///< our request, address, credential or their contract is wrong
};
[[nodiscard]] std::string_view name(FetchResult result) noexcept;

/// What is done next.
enum class NextMove : std::uint8_t {
  use,        ///< take the answer, also where it is a kind of nothing
  retry,      ///< ask again by the retry policy
  retry_new,  ///< HMRC keeps this answer for 15 minutes: ask again after that, or ask otherwise
  park,       ///< no more of this run: an operator puts it right
  task,       ///< this one record goes to a person; the run goes on
  alarm,      ///< an operator is told at once; the run goes on
};
[[nodiscard]] std::string_view name(NextMove move) noexcept;

/// Names of fields, which never change: answers to questions about the same fields share them.
class FieldNames {
 public:
  FieldNames() = default;
  FieldNames(std::vector<std::string> names)
      : names_(std::make_shared<const std::vector<std::string>>(std::move(names))) {}
  FieldNames(std::initializer_list<std::string> names)
      : FieldNames(std::vector<std::string>(names)) {}

  [[nodiscard]] const std::vector<std::string>& all() const noexcept {
    static const std::vector<std::string> none;
    return names_ ? *names_ : none;
  }
  friend bool operator==(const FieldNames& a, const FieldNames& b) { return a.all() == b.all(); }

 private:
  std::shared_ptr<const std::vector<std::string>> names_;  ///< null: none
};

/// One answer with what must be kept of it as evidence.
struct Fetched {
  FetchResult result = FetchResult::transient;
  NextMove next = NextMove::retry;
  int status = 0;    ///< HTTP status; 0: no answer came
  std::string code;  ///< HMRC's code, or the name of our ErrorCode where no answer came
  std::optional<std::chrono::seconds> retry_after;
  std::string correlation_id;  ///< sent with the request; HMRC does not repeat it
  std::string interface;       ///< which interface and version answered: "rtii-1.0", "income-2.0"
  std::string raw;             ///< body as it came; empty without an answer
  std::uint32_t calls = 0;     ///< requests it took, repeats included
  FieldNames fields_asked;     ///< by the source's names, where fields can be chosen
  FieldNames fields_received;  ///< those that were there at least once; sorted
};

/// What an answer was, for an operator: result, status and code, as "TRANSIENT 503 SERVER_ERROR".
[[nodiscard]] std::string summary(const Fetched& fetched);

}  // namespace ig::core::ports
