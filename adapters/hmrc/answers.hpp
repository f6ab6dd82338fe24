#pragma once

#include "core/base/error_code.hpp"
#include "core/ports/fetched.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// The table of every answer HMRC is known to give, and what each means. One table, so that a
/// reviewer can read it from top to bottom.
namespace ig::adapters::hmrc {

/// What is asked. The names stand in logs and metrics.
enum class Interface : std::uint8_t {
  token,
  rtii,
  matching,
  income,
  employments,
  tax_credits,
  details,
  yearly,
};
[[nodiscard]] std::string_view name(Interface interface) noexcept;

/// The version in the Accept header; `any` in the table stands for each of them.
enum class Version : std::uint8_t { any, v1_0, p1_0, v2_0 };
[[nodiscard]] std::string_view name(Version version) noexcept;
/// Both as Fetched::interface has them: "rtii-1.0"; "token" for any version.
[[nodiscard]] std::string label(Interface interface, Version version);

/// What an answer means.
struct Meaning {
  core::ports::FetchResult result = core::ports::FetchResult::transient;
  core::ports::NextMove next = core::ports::NextMove::retry;
  friend bool operator==(const Meaning&, const Meaning&) = default;
};

/// One row. Of the rows that fit, the most particular counts: with a code before without one, with
/// an interface's own version before `any`.
struct AnswerRow {
  Interface interface = Interface::token;
  Version version = Version::any;
  unsigned status = 0;
  std::string_view code;  ///< empty: any code, and none
  Meaning meaning;
  std::string_view why;  ///< one short sentence for the reviewer and the operator
};
[[nodiscard]] std::span<const AnswerRow> answer_table() noexcept;

/// The row that counts for an answer; nullptr when none fits. An empty code fits rows of any code.
[[nodiscard]] const AnswerRow* answer_row(Interface interface, Version version, unsigned status,
                                          std::string_view code) noexcept;

/// What an answer means. A code that is not in the table is judged by the row of its status, and a
/// status that is not by its class: 2xx and 3xx config_fault, 408, 425 and 5xx transient, 429
/// throttled, 401 and 403 not_permitted, other 4xx config_fault.
[[nodiscard]] Meaning meaning_of(Interface interface, Version version, unsigned status,
                                 std::string_view code) noexcept;

/// The same where no answer came, or none that can be read.
[[nodiscard]] Meaning meaning_of(core::base::ErrorCode error) noexcept;

/// The code in the body of an answer that is not 200: {"code"}, the first of
/// {"failures":[{"code"}]} or {"errors":[...]}, or OAuth's {"error"}. Read leniently, also where a
/// gateway writes what is almost JSON; empty when there is none, or when it is no word of letters,
/// digits and "_-.".
[[nodiscard]] std::string answer_code(std::string_view body);

}  // namespace ig::adapters::hmrc
