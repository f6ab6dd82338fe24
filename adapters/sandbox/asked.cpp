#include "adapters/sandbox/asked.hpp"

#include "adapters/sandbox/checks.hpp"
#include "adapters/sandbox/reply.hpp"

#include <fmt/format.h>

#include <charconv>

namespace ig::adapters::sandbox {
namespace {

constexpr int kYearsBack = 6;
constexpr Day kFirstDay{std::chrono::year{2013} / 3 / 31};

/// 2024 of "2024-25"; nothing where the second year is not the next one.
std::optional<int> tax_year_of(std::string_view text) {
  int start = 0;
  if (text.size() != 7) return std::nullopt;
  const std::string year(text.substr(0, 4));
  const char* const end = year.data() + year.size();
  const auto read = std::from_chars(year.data(), end, start);
  if (read.ec != std::errc() || read.ptr != end || tax_year_text(start) != text) {
    return std::nullopt;
  }
  return start;
}

}  // namespace

std::optional<std::string> Asked::query(std::string_view name) const {
  auto value = form_field(query_of(request.target), name);
  if (value.empty()) return std::nullopt;
  return value;
}

http::Response invalid(std::string_view message) { return coded(400, "INVALID_REQUEST", message); }

http::Response something_wrong() {
  return coded(500, "INTERNAL_SERVER_ERROR", "Something went wrong.");
}

http::Response insufficient() { return coded(401, "UNAUTHORIZED", "Insufficient Enrolments"); }

Refusal check_correlation_id(const Asked& asked) {
  if (asked.is_p1()) return std::nullopt;
  const auto* id = http::find(asked.request.headers, "CorrelationId");
  if (id == nullptr) return invalid("CorrelationId is required");
  if (!is_correlation_id(*id)) return invalid("Malformed CorrelationId");
  return std::nullopt;
}

Refusal need_scope(const Asked& asked, std::string_view scope) {
  if (asked.grant.scopes.contains(scope)) return std::nullopt;
  return coded(403, "INVALID_SCOPE", "Cannot access the required resource. Ensure the scope.");
}

Refusal read_range(const Asked& asked, bool may_be_equal, DayRange& out) {
  const auto from = asked.query("fromDate");
  if (!from) return invalid("fromDate is required");
  const auto first = parse_day(*from);
  if (!first) return invalid("fromDate: invalid date format");
  out = {*first, asked.world.today()};
  if (const auto to = asked.query("toDate")) {
    const auto last = parse_day(*to);
    if (!last) return invalid("toDate: invalid date format");
    out.to = *last;
  }
  if (out.from > out.to || (out.from == out.to && !may_be_equal)) {
    return invalid("Invalid time period requested");
  }
  if (out.from < kFirstDay) return invalid("fromDate earlier than 31st March 2013");
  return std::nullopt;
}

Refusal read_years(const Asked& asked, YearRange& out) {
  const int current = tax_year_start(asked.world.today());
  const auto from = asked.query("fromTaxYear");
  if (!from) return invalid("fromTaxYear is required");
  const auto first = tax_year_of(*from);
  if (!first) return invalid("fromTaxYear: invalid tax year format");
  out = {*first, current};
  if (const auto to = asked.query("toTaxYear")) {
    const auto last = tax_year_of(*to);
    if (!last) return invalid("toTaxYear: invalid tax year format");
    out.to = *last;
  }
  if (out.from > out.to) return invalid("Invalid time period requested");
  if (out.from < current - kYearsBack) {
    return invalid("fromTaxYear earlier than allowed (CY-6)");
  }
  if (out.to > current) return invalid("toTaxYear is later than the current tax year");
  return std::nullopt;
}

std::string self_of(const Asked& asked, std::string_view path, std::string_view from,
                    std::string_view to) {
  std::string out = fmt::format("{}?matchId={}", path, asked.match_id);
  for (const auto name : {from, to}) {
    if (name.empty()) continue;
    if (const auto value = asked.query(name)) out += fmt::format("&{}={}", name, *value);
  }
  return out;
}

std::string template_of(const Asked& asked, std::string_view path, std::string_view from,
                        std::string_view to) {
  return fmt::format("{}?matchId={}{{&{},{}}}", path, asked.match_id, from, to);
}

}  // namespace ig::adapters::sandbox
