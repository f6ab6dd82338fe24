#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/limits.hpp"
#include "core/base/result.hpp"
#include "core/values/date.hpp"
#include "core/values/instant.hpp"
#include "core/values/money.hpp"
#include "core/values/tax_year.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ig::adapters::formats {

/// Keeps the first thing found wrong with a record; what follows is not reported.
class FirstError {
 public:
  void set(core::base::Error error) {
    if (!error_) error_ = std::move(error);
  }
  [[nodiscard]] bool failed() const noexcept { return error_.has_value(); }
  /// The error, to return from the reader. failed() must hold.
  [[nodiscard]] core::base::Error take() {
    core::base::require(error_.has_value(), "take() is called when something failed");
    return std::move(*error_);
  }

 private:
  std::optional<core::base::Error> error_;
};

/// The days a field may name, both included.
struct DateRange {
  core::values::Date from = core::values::Date::of(1900, 1, 1);
  core::values::Date to = core::values::Date::of(2099, 12, 31);
};

/// A member of an object, as it was found.
struct Found {
  std::string_view name;
  const wire::json::Value* value = nullptr;  ///< nullptr: absent or null
};

/// One word of a closed list and what it stands for.
template <class Enum>
using Code = std::pair<std::string_view, Enum>;

/// Reads the members of one JSON object in our own formats (contracts.md). Life cycle: made for a
/// record, thrown away with it; object and FirstError must outlive it. A member that is absent or
/// null is not known: `x_if` gives nothing, `x` sets MISSING_MEMBER. After an error the value
/// returned is a default and must not be used: read all members, then ask `failed()` once.
/// Errors carry the JSON pointer of the member and never its value. Who looks names up otherwise
/// than in the object, in a table of a service's fields, gives the member as it was Found.
class Fields {
 public:
  Fields(const wire::json::Value& object, FirstError& error, std::string pointer = {});

  [[nodiscard]] bool has(std::string_view name) const { return object_->find(name) != nullptr; }
  /// The JSON pointer of a member of this object.
  [[nodiscard]] std::string pointer(std::string_view name) const;
  /// Reports something wrong with a member, for rules between members.
  void refuse(std::string_view name, core::base::ErrorCode code, std::string message);

  /// Text of 1 to `max_bytes` bytes. Errors: MISSING_MEMBER, WRONG_TYPE, INVALID_TEXT.
  std::string text(std::string_view name, std::size_t max_bytes = core::base::limits::id_bytes_max);
  std::string text(Found member, std::size_t max_bytes = core::base::limits::id_bytes_max);
  std::optional<std::string> text_if(std::string_view name,
                                     std::size_t max_bytes = core::base::limits::id_bytes_max);

  /// Money as a whole number of pence, 0 to limits::money_pence_max. Errors: MISSING_MEMBER,
  /// WRONG_TYPE, INVALID_MONEY (1.0, 1e3), MONEY_OUT_OF_RANGE.
  core::values::Money pence(std::string_view name);
  std::optional<core::values::Money> pence_if(std::string_view name);
  /// The same where a sum below zero has a meaning: a correction, a difference.
  core::values::Money signed_pence(std::string_view name);
  std::optional<core::values::Money> signed_pence_if(std::string_view name);

  /// A whole number. Errors: MISSING_MEMBER, WRONG_TYPE, INVALID_NUMBER.
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> integer_if(std::string_view name, std::int64_t least,
                                         std::int64_t most);
  std::optional<std::int64_t> integer_if(Found member, std::int64_t least, std::int64_t most);

  /// true or false. Errors: MISSING_MEMBER, WRONG_TYPE.
  bool boolean(std::string_view name);
  std::optional<bool> boolean_if(std::string_view name);

  /// `YYYY-MM-DD`. Errors: MISSING_MEMBER, WRONG_TYPE, INVALID_DATE, DATE_OUT_OF_RANGE.
  core::values::Date date(std::string_view name, DateRange range = {});
  core::values::Date date(Found member, DateRange range = {});
  std::optional<core::values::Date> date_if(std::string_view name, DateRange range = {});
  std::optional<core::values::Date> date_if(Found member, DateRange range = {});
  /// RFC 3339. Errors: MISSING_MEMBER, WRONG_TYPE, INVALID_INSTANT.
  core::values::Instant instant(std::string_view name);
  std::optional<core::values::Instant> instant_if(std::string_view name);
  /// "2025-26" and no shorter form. Errors: MISSING_MEMBER, WRONG_TYPE, INVALID_TAX_YEAR.
  core::values::TaxYear tax_year(std::string_view name);
  std::optional<core::values::TaxYear> tax_year_if(std::string_view name);

  /// A word of a closed list. Errors: MISSING_MEMBER, WRONG_TYPE, UNKNOWN_CODE.
  template <class Enum, std::size_t N>
  std::optional<Enum> code_if(std::string_view name, const std::array<Code<Enum>, N>& codes) {
    const auto word = word_if(name);
    if (!word) return std::nullopt;
    for (const auto& [text, value] : codes) {
      if (text == *word) return value;
    }
    refuse(name, core::base::ErrorCode::UNKNOWN_CODE, "the word is not in the list of this member");
    return std::nullopt;
  }
  template <class Enum, std::size_t N>
  Enum code(std::string_view name, const std::array<Code<Enum>, N>& codes) {
    require_member(name);
    return code_if(name, codes).value_or(codes[0].second);
  }

  /// A member that is an object. Errors: MISSING_MEMBER, WRONG_TYPE.
  Fields object(std::string_view name);
  std::optional<Fields> object_if(std::string_view name);
  /// How many items an array member has; 0 when it is absent. Errors: WRONG_TYPE.
  std::size_t count(std::string_view name);
  /// Item `index` of an array member, as an object. Errors: WRONG_TYPE.
  Fields item(std::string_view name, std::size_t index);
  /// The items of an array member that are texts; empty when absent. Errors: WRONG_TYPE,
  /// INVALID_TEXT.
  std::vector<std::string> texts(std::string_view name,
                                 std::size_t max_bytes = core::base::limits::id_bytes_max);

  /// The object as it was read.
  [[nodiscard]] const wire::json::Value& value() const noexcept { return *object_; }

 private:
  using Kind = wire::json::Value::Kind;
  [[nodiscard]] Found lookup(std::string_view name) const { return {name, object_->find(name)}; }
  /// The member when present and of that kind.
  const wire::json::Value* of_kind(Found member, Kind kind);
  std::optional<std::string_view> word_if(std::string_view name) { return word_if(lookup(name)); }
  std::optional<std::string_view> word_if(Found member);
  std::optional<std::string> text_if(Found member, std::size_t max_bytes);
  std::optional<core::values::Money> money_if(std::string_view name, std::int64_t least);
  void require_member(std::string_view name) { require_member(lookup(name)); }
  void require_member(Found member);

  const wire::json::Value* object_;
  FirstError* error_;
  std::string pointer_;
};

}  // namespace ig::adapters::formats
