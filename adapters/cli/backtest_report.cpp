#include "adapters/cli/backtest_report.hpp"

#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ig::adapters::cli {
namespace {

using core::backtest::Counts;
using core::backtest::Feedback;
using core::backtest::Moves;
using core::triggers::Direction;
using core::triggers::Kind;
using core::values::Date;
using wire::json::Writer;

/// A kind in one direction: what a table has a part for.
using Part = std::pair<Kind, std::optional<Direction>>;

std::string_view feedback_name(Feedback feedback) {
  return feedback == Feedback::applied ? "applied" : "none";
}

std::string_view direction_name(std::optional<Direction> direction) {
  return direction ? core::triggers::name(*direction) : "";
}

std::string month_text(Date month) { return month.text().substr(0, 7); }

std::map<Part, Counts> totals(const BacktestResult& result) {
  std::map<Part, Counts> out;
  for (const auto& [heap, counts] : result.comparison.heaps()) {
    Counts& total = out[{heap.kind, heap.direction}];
    total.today += counts.today;
    total.tried += counts.tried;
  }
  return out;
}

/// The months of one part, those between without a trigger too.
std::vector<std::pair<Date, Counts>> months_of(const BacktestAbout& about,
                                               const BacktestResult& result, Part part) {
  std::vector<std::pair<Date, Counts>> out;
  for (Date month = core::backtest::month_of(about.from); month <= about.to;
       month = month.plus_months(1)) {
    const auto& heaps = result.comparison.heaps();
    const auto found = heaps.find({part.first, part.second, month});
    out.emplace_back(month, found == heaps.end() ? Counts{} : found->second);
  }
  return out;
}

void write_months(Writer& json, const BacktestResult& result) {
  json.key("by_month").begin_array();
  for (const auto& [heap, counts] : result.comparison.heaps()) {
    json.begin_object().member("kind", core::triggers::name(heap.kind));
    json.member_if("direction", direction_name(heap.direction));
    json.member("month", month_text(heap.month));
    json.member("today", static_cast<std::int64_t>(counts.today));
    json.member("tried", static_cast<std::int64_t>(counts.tried)).end_object();
  }
  json.end_array();
}

void write_moves(Writer& json, const BacktestResult& result) {
  json.key("by_kind").begin_array();
  for (const auto& [kind, moves] : result.comparison.moves()) {
    const auto number = [&json](std::string_view name, std::uint64_t count) {
      json.member(name, static_cast<std::int64_t>(count));
    };
    json.begin_object().member("kind", core::triggers::name(kind));
    number("same_day", moves.same_day);
    number("earlier", moves.earlier);
    json.member("days_sooner", moves.days_sooner);
    number("later", moves.later);
    json.member("days_later", moves.days_later);
    number("only_today", moves.only_today);
    number("only_tried", moves.only_tried);
    number("withdrawn_today", moves.withdrawn.today);
    number("withdrawn_tried", moves.withdrawn.tried);
    json.end_object();
  }
  json.end_array();
}

// ---- the page -----------------------------------------------------------------------------------

constexpr int kPlotHeight = 160;
constexpr int kMonthWidth = 44;
constexpr int kPlotLeft = 48;

constexpr std::string_view kStyle =
    "body{font:15px/1.45 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;"
    "color:#1b1b1b;background:#fff}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}"
    "table{border-collapse:collapse;margin:.5em 0}td,th{padding:.15em .7em;text-align:right;"
    "border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}"
    ".part{display:flex;flex-wrap:wrap;gap:2em;align-items:flex-start}"
    ".today{fill:#8a94a3}.tried{fill:#0b5cad}svg text{font-size:11px;fill:#444}";

/// A pair of bars a month: today's parameters and those that are tried.
std::string plot(const std::vector<std::pair<Date, Counts>>& months, std::string_view title) {
  std::uint64_t most = 1;
  for (const auto& [month, counts] : months) most = std::max({most, counts.today, counts.tried});
  const int width = kPlotLeft + kMonthWidth * static_cast<int>(months.size()) + 8;
  std::string out;
  auto to = std::back_inserter(out);
  fmt::format_to(to, "<svg width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">", width,
                 kPlotHeight + 34, title);
  fmt::format_to(to,
                 "<text x=\"4\" y=\"16\">{}</text><line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" "
                 "stroke=\"#888\"/>",
                 most, kPlotLeft, kPlotHeight + 8, width - 4, kPlotHeight + 8);
  int x = kPlotLeft + 4;
  for (const auto& [month, counts] : months) {
    const auto bar = [&](std::uint64_t count, int at, std::string_view of) {
      const auto height = static_cast<int>(count * kPlotHeight / most);
      fmt::format_to(to,
                     "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"16\" height=\"{}\">"
                     "<title>{} {}: {}</title></rect>",
                     of, at, kPlotHeight + 8 - height, height, month_text(month), of, count);
    };
    bar(counts.today, x, "today");
    bar(counts.tried, x + 18, "tried");
    fmt::format_to(to, "<text x=\"{}\" y=\"{}\">{}</text>", x, kPlotHeight + 24,
                   month_text(month).substr(2));
    x += kMonthWidth;
  }
  return out + "</svg>";
}

std::string month_rows(const std::vector<std::pair<Date, Counts>>& months) {
  std::string out = "<table><tr><th>month</th><th>today</th><th>tried</th></tr>";
  for (const auto& [month, counts] : months) {
    fmt::format_to(std::back_inserter(out), "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                   month_text(month), counts.today, counts.tried);
  }
  return out + "</table>";
}

std::string move_rows(const BacktestResult& result) {
  std::string out =
      "<table><tr><th>kind</th><th>same day</th><th>earlier</th><th>days sooner, mean</th>"
      "<th>later</th><th>days later, mean</th><th>only today</th><th>only tried</th>"
      "<th>withdrawn today</th><th>withdrawn tried</th></tr>";
  for (const auto& [kind, moves] : result.comparison.moves()) {
    const auto mean = [](std::int64_t days, std::uint64_t count) {
      return count == 0 ? 0 : days / static_cast<std::int64_t>(count);
    };
    fmt::format_to(std::back_inserter(out),
                   "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                   "<td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                   core::triggers::name(kind), moves.same_day, moves.earlier,
                   mean(moves.days_sooner, moves.earlier), moves.later,
                   mean(moves.days_later, moves.later), moves.only_today, moves.only_tried,
                   moves.withdrawn.today, moves.withdrawn.tried);
  }
  return out + "</table>";
}

}  // namespace

std::string summary_json(const BacktestAbout& about, const BacktestResult& result) {
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  std::string out;
  Writer json(out);
  json.begin_object().member("from", about.from.text()).member("to", about.to.text());
  json.member("feedback", feedback_name(about.feedback));
  json.member("parameters_version", about.tried_version);
  json.member("cases", number(about.cases)).member("people", number(about.people));
  json.member("case_days", number(result.case_days));
  json.key("triggers").begin_array();
  for (const auto& [part, counts] : totals(result)) {
    if (counts.tried == 0) continue;
    json.begin_object().member("kind", core::triggers::name(part.first));
    json.member_if("direction", direction_name(part.second));
    json.member("count", number(counts.tried)).end_object();
  }
  json.end_array();
  std::uint64_t withdrawn = 0;
  for (const auto& [kind, moves] : result.comparison.moves()) withdrawn += moves.withdrawn.tried;
  json.member("withdrawals", number(withdrawn));
  json.key("facts").begin_object().member("used", number(result.facts_used));
  json.member("held", number(result.facts_held));
  json.member("refused", number(result.facts_refused));
  json.member("unmatched", number(result.facts_unmatched)).end_object();
  if (!about.today_version.empty()) {
    json.key("comparison").begin_object().member("today_version", about.today_version);
    json.member("cases_changed", number(result.comparison.cases_changed()));
    write_moves(json, result);
    write_months(json, result);
    json.end_object();
  }
  json.end_object();
  out.push_back('\n');
  return out;
}

std::string comparison_table(const BacktestAbout& about, const BacktestResult& result) {
  std::string out;
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{:<24}{:<11}{:<9}{:>9}{:>9}\n", "kind", "direction", "month", "today",
                 "tried");
  const auto row = [&](const Part& part, std::string_view month, const Counts& counts) {
    fmt::format_to(to, "{:<24}{:<11}{:<9}{:>9}{:>9}\n", core::triggers::name(part.first),
                   direction_name(part.second), month, counts.today, counts.tried);
  };
  for (const auto& [part, total] : totals(result)) {
    for (const auto& [month, counts] : months_of(about, result, part)) {
      row(part, month_text(month), counts);
    }
    row(part, "all", total);
  }
  for (const auto& [kind, moves] : result.comparison.moves()) {
    fmt::format_to(to,
                   "{}: {} on the same day, {} earlier (by {} days in all), {} later (by {}), "
                   "{} only today, {} only tried; withdrawn {} and {}\n",
                   core::triggers::name(kind), moves.same_day, moves.earlier, moves.days_sooner,
                   moves.later, moves.days_later, moves.only_today, moves.only_tried,
                   moves.withdrawn.today, moves.withdrawn.tried);
  }
  fmt::format_to(to, "{} of {} cases change\n", result.comparison.cases_changed(), about.cases);
  return out;
}

std::string comparison_page(const BacktestAbout& about, const BacktestResult& result) {
  std::string out;
  auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                 "<title>Backtest {0} to {1}</title><style>{2}</style></head><body>"
                 "<h1>Backtest {0} to {1}</h1>"
                 "<p>{3} cases, {4} case-days, {5} facts used; feedback: {6}.<br>"
                 "Tried: {7}<br>Today: {8}</p>",
                 about.from.text(), about.to.text(), kStyle, about.cases, result.case_days,
                 result.facts_used, feedback_name(about.feedback), about.tried_version,
                 about.today_version.empty() ? "not compared" : about.today_version);
  if (!about.today_version.empty()) {
    fmt::format_to(to, "<h2>What changes</h2><p>{} of {} cases change.</p>{}",
                   result.comparison.cases_changed(), about.cases, move_rows(result));
  }
  for (const auto& [part, total] : totals(result)) {
    const std::string title =
        fmt::format("{} {}", core::triggers::name(part.first), direction_name(part.second));
    const auto months = months_of(about, result, part);
    fmt::format_to(to,
                   "<h2>{}</h2><p>{} under today's parameters (grey), {} under those tried "
                   "(blue).</p><div class=\"part\">{}{}</div>",
                   title, total.today, total.tried, plot(months, title), month_rows(months));
  }
  return out + "</body></html>\n";
}

}  // namespace ig::adapters::cli
