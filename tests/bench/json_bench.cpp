// links: wire_json nlohmann_json::nlohmann_json
#include "adapters/wire/json/value.hpp"
#include "adapters/wire/json/writer.hpp"
#include "tests/bench/ratio.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace {

using ig::adapters::wire::json::Reader;
using ig::adapters::wire::json::Writer;

constexpr int kLines = 20'000;
constexpr int kRounds = 7;

/// Payment facts as `normalise` writes them, one a line.
std::vector<std::string> make_lines() {
  std::vector<std::string> lines;
  for (int i = 0; i < kLines; ++i) {
    lines.push_back(fmt::format(
        R"({{"fact":"payment","fact_id":"{:032x}","nino":"NA{:06}C","employment":{{"office":"120",)"
        R"("reference":"XB{}","sequence":2,"payroll_id":"E{}"}},"employer":"Harbour Tools Ltd",)"
        R"("tax_year":"2025-26","paid_on":"2026-01-30","frequency":"M1","month":10,)"
        R"("periods_covered":1,"taxable_pay_pence":{},"taxable_pay_to_date_pence":{},)"
        R"("irregular":false,"received_at":"2026-01-29T10:11:12Z","source":{{"system":"fps",)"
        R"("document":"sha256:{:064x}","position":"/IRenvelope/Employee[{}]"}}}})",
        i, i % 1'000'000, i % 100, i, 200'000 + i, 2'000'000 + i, i, i));
  }
  return lines;
}

std::size_t read_ours(const std::vector<std::string>& lines) {
  Reader reader;
  std::size_t sum = 0;
  for (const std::string& line : lines) {
    const auto value = reader.read(line);
    sum += value ? value->find("taxable_pay_pence")->text().size() : 0;
  }
  return sum;
}

std::size_t read_theirs(const std::vector<std::string>& lines) {
  std::size_t sum = 0;
  for (const std::string& line : lines) {
    const auto value = nlohmann::json::parse(line);
    sum += std::to_string(value.at("taxable_pay_pence").get<std::int64_t>()).size();
  }
  return sum;
}

std::size_t write_ours(std::string& out) {
  out.clear();
  for (int i = 0; i < kLines; ++i) {
    Writer(out)
        .begin_object()
        .member("fact", "payment")
        .member("employer", "Harbour \"Tools\" Ltd")
        .member("taxable_pay_pence", i)
        .member("irregular", false)
        .end_object();
    out.push_back('\n');
  }
  return out.size();
}

std::size_t write_theirs(std::string& out) {
  out.clear();
  for (int i = 0; i < kLines; ++i) {
    const nlohmann::ordered_json value = {{"fact", "payment"},
                                          {"employer", "Harbour \"Tools\" Ltd"},
                                          {"taxable_pay_pence", i},
                                          {"irregular", false}};
    out.append(value.dump());
    out.push_back('\n');
  }
  return out.size();
}

}  // namespace

int main() {
  const auto lines = make_lines();
  std::size_t ours = 0;
  std::size_t theirs = 0;
  ig::bench::compare(
      "json/read_lines", kLines, kRounds, [&] { ours = read_ours(lines); },
      [&] { theirs = read_theirs(lines); });
  if (ours == 0 || ours != theirs) {
    fmt::print(stderr, "json_bench: both readers must see the same numbers\n");
    return 1;
  }
  std::string out;
  ig::bench::compare(
      "json/write_lines", kLines, kRounds, [&] { ours = write_ours(out); },
      [&] { theirs = write_theirs(out); });
  return ours == theirs ? 0 : 1;
}
