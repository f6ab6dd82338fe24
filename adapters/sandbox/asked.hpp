#pragma once

#include "adapters/http/message.hpp"
#include "adapters/sandbox/hal.hpp"
#include "adapters/sandbox/hmrc_token.hpp"
#include "adapters/sandbox/hmrc_world.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What the services of the individuals family share.
namespace ig::adapters::sandbox {

/// What the Accept header asks for.
enum class ApiVersion : std::uint8_t { v1_0, p1_0, v2_0 };

/// A request to one service, and what is known of it so far.
struct Asked {
  const http::Request& request;
  const HmrcWorld& world;
  const Grant& grant;
  const ActiveFault& fault;
  ApiVersion version = ApiVersion::v2_0;
  std::string match_id = {};
  std::size_t person = 0;  ///< behind the matchId

  [[nodiscard]] bool is_p1() const { return version == ApiVersion::p1_0; }
  /// The value of a query parameter; nothing when it is absent or empty.
  [[nodiscard]] std::optional<std::string> query(std::string_view name) const;
};

/// An answer that ends the request, or nothing: it goes on.
using Refusal = std::optional<http::Response>;

/// 400 INVALID_REQUEST.
[[nodiscard]] http::Response invalid(std::string_view message);
/// 500 INTERNAL_SERVER_ERROR.
[[nodiscard]] http::Response something_wrong();
/// 401 UNAUTHORIZED: the token has no scope that the service takes.
[[nodiscard]] http::Response insufficient();

/// The CorrelationId header of the 2.0 family; P1.0 does without.
[[nodiscard]] Refusal check_correlation_id(const Asked& asked);
/// P1.0 has one scope for each endpoint: 403 without it.
[[nodiscard]] Refusal need_scope(const Asked& asked, std::string_view scope);

struct DayRange {
  Day from, to;
};
/// fromDate and toDate (today when absent); from before to, or equal where `may_be_equal`.
[[nodiscard]] Refusal read_range(const Asked& asked, bool may_be_equal, DayRange& out);

struct YearRange {
  int from = 0;  ///< the years they begin
  int to = 0;
};
/// fromTaxYear and toTaxYear (the current one when absent), written 2024-25.
[[nodiscard]] Refusal read_years(const Asked& asked, YearRange& out);

/// The path with the matchId and the named parameters as they were sent: what `self` says.
[[nodiscard]] std::string self_of(const Asked& asked, std::string_view path,
                                  std::string_view from = {}, std::string_view to = {});
/// path?matchId=...{&from,to}: an RFC 6570 template.
[[nodiscard]] std::string template_of(const Asked& asked, std::string_view path,
                                      std::string_view from, std::string_view to);

}  // namespace ig::adapters::sandbox
