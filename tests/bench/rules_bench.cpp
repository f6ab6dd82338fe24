// links: formats core_rules
// What a decision costs, and what `assess` costs from NDJSON to NDJSON.
//   rules/decision_vs_compiled: the whole record of an in-year decision by the rules, against the
//     same rule as one compiled function over the same numbers that fills a flat record;
//   rules/assess_vs_parse: requests read, decided, put into words and written, against reading the
//     same bytes with the same reader and nothing else.

#include "adapters/formats/assessments.hpp"
#include "adapters/formats/parameters.hpp"
#include "adapters/formats/requests.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/rules/assess.hpp"
#include "tests/bench/ratio.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using ig::adapters::wire::json::Reader;
using ig::core::rules::Decided;
using ig::core::rules::DecisionKind;
using ig::core::rules::Evidence;
using ig::core::rules::ParameterSet;
using ig::core::rules::Request;
using ig::core::values::Date;
using ig::core::values::Money;

constexpr int kRequests = 20'000;
constexpr int kRounds = 15;

ParameterSet law() {
  const auto digest = ig::adapters::wire::crypto::make_digest();
  auto set = ig::adapters::formats::embedded_parameters(*digest);
  ig::core::base::require(set.has_value(), "the built-in parameters are whole");
  return *std::move(set);
}

/// Figures in force and now, near both edges of the test and far from them.
std::vector<Request> make_requests() {
  std::vector<Request> out;
  for (int i = 0; i < kRequests; ++i) {
    Request request;
    request.id = fmt::format("r{}", i);
    request.kind = DecisionKind::in_year_income;
    request.effective_date = Date::of(2026, 2, 10);
    request.in_force = ig::core::rules::FigureInForce{};
    request.in_force->basis =
        i % 3 == 0 ? ig::core::facts::Basis::current : ig::core::facts::Basis::historic;
    request.in_force->weekly = Money::pence(40'000 + i % 977);
    request.in_force->review_date = Date::of(2026, 12, 1);
    request.current = ig::core::rules::Current{};
    request.current->evidence = i % 4 == 0 ? Evidence::verified : Evidence::detected;
    request.current->weekly = Money::pence(30'000 + i % 20'011);
    out.push_back(std::move(request));
  }
  return out;
}

/// The compiled rule: the numbers of a decision, decided by one function with the law's numbers
/// written into it, and every member of its record filled.
struct FlatRecord {
  std::int64_t base = 0;
  std::int64_t other = 0;
  std::int64_t difference = 0;
  std::int64_t permille = 0;
  std::int32_t numerator = 0;
  std::int32_t denominator = 0;
  std::int32_t action = 0;
  std::int32_t effect = 0;
  std::int64_t gross_weekly_income = 0;
  std::uint32_t flags = 0;
  std::uint32_t articles = 0;
};

int zone(std::int64_t weekly) {
  return weekly < 700 ? 0 : weekly <= 10'000 ? 1 : weekly < 300'000 ? 2 : 3;
}

FlatRecord compiled(const Request& request) {
  FlatRecord out;
  out.base = request.in_force->weekly.in_pence();
  out.other = request.current->weekly.in_pence();
  out.difference = out.other - out.base;
  const std::int64_t size = out.difference < 0 ? -out.difference : out.difference;
  out.numerator = 1;
  out.denominator = 4;
  const bool held = request.in_force->basis == ig::core::facts::Basis::current;
  const bool late = request.effective_date >= *request.in_force->review_date;
  const bool met = out.base == 0 ? out.other > 0 : 4 * size >= out.base;
  const bool verified = request.current->evidence == Evidence::verified;
  out.permille = out.base == 0 ? 0 : 1'000 * size / out.base;
  out.action = late ? 0 : size == 0 ? 1 : !met ? (held ? 2 : 3) : verified ? 4 : 5;
  out.gross_weekly_income = out.action == 4 ? out.other : 0;
  out.effect = out.action == 4 && zone(out.base) == zone(out.other) && zone(out.base) != 2 ? 0 : 1;
  out.flags = held && out.base == 0 ? 1U : 0U;
  out.articles = held ? (met ? 3U : 5U) : (out.base == 0 ? 9U : 17U);
  return out;
}

void decisions(const std::vector<Request>& requests, const ParameterSet& parameters) {
  std::vector<Decided> ours(1);
  std::vector<FlatRecord> theirs(1);
  std::uint64_t met = 0;
  const auto rules = [&] {
    for (const Request& request : requests) {
      auto decided = ig::core::rules::decide(request, parameters);
      ours[0] = *std::move(decided);
      met += ours[0].decision.test->met ? 1U : 0U;
    }
  };
  const auto expression = [&] {
    for (const Request& request : requests) {
      theirs[0] = compiled(request);
      asm volatile("" : : "r"(theirs.data()) : "memory");
      met += theirs[0].action >= 4 ? 1U : 0U;
    }
  };
  ig::bench::compare("rules/decision_vs_compiled", kRequests, kRounds, rules, expression);
  ig::core::base::require(met > 0, "some tests are met");
}

std::string lines_of(const std::vector<Request>& requests) {
  std::string out;
  for (const Request& request : requests) {
    out += fmt::format(
        R"({{"id":"{}","kind":"IN_YEAR_INCOME","effective_date":"2026-02-10","current":)"
        R"({{"status":"KNOWN","evidence":"{}","weekly_pence":{}}},"in_force":{{"basis":"{}",)"
        R"("weekly_pence":{},"tax_year":"2024-25","annual_pence":2700000,"review_date":)"
        R"("2026-12-01"}},"context":{{"case_system":"cms","case":"100000000017"}}}})"
        "\n",
        request.id, request.current->evidence == Evidence::verified ? "VERIFIED" : "DETECTED",
        request.current->weekly.in_pence(),
        request.in_force->basis == ig::core::facts::Basis::current ? "CURRENT" : "HISTORIC",
        request.in_force->weekly.in_pence());
  }
  return out;
}

template <class Work>
void each_line(const std::string& text, const Work& work) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    work(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
}

void assess_end_to_end(const std::vector<Request>& requests, const ParameterSet& parameters) {
  const std::string text = lines_of(requests);
  Reader reader;
  std::string out;
  std::uint64_t read = 0;
  const auto ours = [&] {
    out.clear();
    each_line(text, [&](std::string_view line) {
      const auto value = reader.read(line);
      const auto request = ig::adapters::formats::read_request(*value);
      const auto answer = ig::core::rules::assess(request->request, parameters);
      ig::adapters::formats::write_assessment(out, *answer, request->context_json);
      out.push_back('\n');
    });
  };
  const auto theirs = [&] {
    each_line(text, [&](std::string_view line) { read += reader.read(line) ? 1U : 0U; });
  };
  ig::bench::compare("rules/assess_vs_parse", kRequests, kRounds, ours, theirs);
  ig::core::base::require(read > 0 && !out.empty(), "requests are read and answered");
}

}  // namespace

int main() {
  const ParameterSet parameters = law();
  const auto requests = make_requests();
  decisions(requests, parameters);
  assess_end_to_end(requests, parameters);
  return 0;
}
