#pragma once

#include "adapters/http/message.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::sandbox {

/// An answer with a JSON body.
[[nodiscard]] http::Response json_reply(unsigned status, std::string body);

/// {"code": code} with that status.
[[nodiscard]] http::Response problem(unsigned status, std::string_view code);

/// Same letters, without regard to case (ASCII).
[[nodiscard]] bool same_letters(std::string_view a, std::string_view b);

/// The value of one field of an `application/x-www-form-urlencoded` body, decoded; empty when the
/// field is absent.
[[nodiscard]] std::string form_field(std::string_view body, std::string_view name);

}  // namespace ig::adapters::sandbox
