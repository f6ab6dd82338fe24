#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/base/sensitive.hpp"

#include <optional>
#include <string>
#include <vector>

/// `/individuals/details` 1.0. The gateway keeps no address: the replies are read for an operator.
namespace ig::adapters::hmrc {

using Personal = core::base::Sensitive<std::string>;

struct Residence {
  std::string type;  ///< "BASE", "NOMINATED", or as it came
  std::optional<bool> in_use;
  std::vector<Personal> lines;  ///< line1 to line5, as far as they are there
  Personal postcode;
};

/// Reads `/addresses`; the list is called `residences`, or `residence` as the code once did.
/// Errors: MISSING_MEMBER, WRONG_TYPE.
[[nodiscard]] core::base::Result<std::vector<Residence>> read_addresses(
    const wire::json::Value& body);

struct ContactDetails {
  std::vector<Personal> daytime;
  std::vector<Personal> evening;
  std::vector<Personal> mobile;

  [[nodiscard]] bool empty() const { return daytime.empty() && evening.empty() && mobile.empty(); }
};

/// Reads `/contact-details`. Errors: MISSING_MEMBER, WRONG_TYPE, INVALID_TEXT.
[[nodiscard]] core::base::Result<ContactDetails> read_contact_details(
    const wire::json::Value& body);

}  // namespace ig::adapters::hmrc
