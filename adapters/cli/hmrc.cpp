#include "adapters/cli/command.hpp"
#include "adapters/cli/hmrc_access.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/hmrc/correlation_id.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/delivery/http_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace ig::adapters::cli {
namespace {

using core::base::Deadline;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::Purpose;
using core::values::Instant;

/// How far the clocks may be apart: a one-time code is good for thirty seconds.
constexpr std::chrono::seconds kSkewMax{10};
enum class Verdict : std::uint8_t { good, bad, not_tried };

/// One line of the screen.
struct Line {
  std::string what;
  Verdict verdict = Verdict::good;
  std::string says;
};

const char* word(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "ok";
    case Verdict::bad:
      return "WRONG";
    case Verdict::not_tried:
      return "not tried";
  }
  IG_UNREACHABLE("a verdict is one of three");
}

/// What is looked at, one after the other; what needs an earlier line is not tried without it.
class Check {
 public:
  Check(Runtime& runtime, HmrcAccess& access, Hmrc& hmrc)
      : runtime_(runtime), access_(access), hmrc_(hmrc) {}

  std::vector<Line> run() {
    const bool reached = reach();
    if (reached) clock();
    const bool token = reached && fetch_token(Deadline::in(runtime_.config.hmrc.question_limit));
    if (!reached) add("token", Verdict::not_tried, "HMRC cannot be reached");
    scope("yearly figure", token, [this] { return ask_yearly(); });
    const std::string& source = runtime_.config.hmrc.earnings_from;
    if (source == "RTII") scope("real-time pay", token, [this] { return ask_earnings(); });
    if (source == "INDIVIDUALS") scope("matching", token, [this] { return ask_matching(); });
    if (source == "NONE") {
      add("real-time pay", Verdict::not_tried, "earnings_from is NONE in gateway.toml");
    }
    fields();
    return std::move(lines_);
  }

 private:
  void add(std::string what, Verdict verdict, std::string says) {
    lines_.push_back({std::move(what), verdict, std::move(says)});
  }

  bool reach() {
    http::Request request;
    request.headers = {{"Accept", "application/json"}};
    auto answer = hmrc_.client().send(request, Deadline::in(runtime_.config.hmrc.call_limit));
    if (!answer) {
      add("reachability", Verdict::bad,
          fmt::format("{}: {}", core::base::name(answer.error().code), answer.error().message));
      return false;
    }
    add("reachability", Verdict::good,
        fmt::format("TLS stands, the host answers {}", answer->status));
    if (const auto* date = http::find(answer->headers, "Date")) date_ = *date;
    return true;
  }

  void clock() {
    const auto theirs = core::delivery::parse_http_date(date_);
    if (!theirs) return add("clock", Verdict::not_tried, "the answer bears no date");
    const auto skew = std::chrono::round<std::chrono::seconds>(runtime_.clock.now() - theirs->at());
    const bool fine = skew <= kSkewMax && skew >= -kSkewMax;
    add("clock", fine ? Verdict::good : Verdict::bad,
        fmt::format("ours is {} s {} of HMRC's{}", std::abs(skew.count()),
                    skew.count() < 0 ? "behind" : "ahead",
                    fine ? "" : ": one-time codes will be refused, set the clock right"));
  }

  bool fetch_token(Deadline by) {
    const auto token = access_.tokens().token(by);
    if (!token) {
      add("token", Verdict::bad,
          fmt::format("{}: {}", core::base::name(token.error().code), token.error().message));
      return false;
    }
    add("token", Verdict::good,
        runtime_.config.hmrc.totp_key_file.empty() ? "granted" : "granted with a one-time code");
    return true;
  }

  /// A question without a person is refused for its body, but only after access was looked at.
  template <class Ask>
  void scope(const char* what, bool token, const Ask& ask) {
    if (!token) return add(what, Verdict::not_tried, "there is no token");
    const Fetched answer = ask();
    const std::string came = fmt::format("{} {}", answer.status, answer.code);
    if (answer.status == 400 || answer.status == 422) {
      return add(what, Verdict::good, fmt::format("we may ask (an empty question: {})", came));
    }
    if (answer.result == FetchResult::not_permitted) {
      return add(what, Verdict::bad, fmt::format("{}: the scope does not cover it", came));
    }
    add(what, Verdict::bad, fmt::format("{} {}", core::ports::name(answer.result), came));
  }

  hmrc::Call question(hmrc::Interface interface, hmrc::Version version, std::string target) {
    hmrc::Call call;
    call.interface = interface;
    call.version = version;
    call.request.method = "POST";
    call.request.target = std::move(target);
    call.request.headers = {{"Content-Type", "application/json"}};
    call.request.body = "{}";
    call.correlation_id = hmrc::make_correlation_id(runtime_.random);
    call.purpose = Purpose::check;
    return call;
  }

  Fetched ask_yearly() {
    auto call = question(hmrc::Interface::yearly, hmrc::Version::any, hmrc_.yearly_target());
    call.request.headers.push_back({"Accept", "application/json"});
    return hmrc_.yearly_caller().call(call, Deadline::in(runtime_.config.hmrc.question_limit));
  }

  Fetched ask_earnings() {
    auto call = question(hmrc::Interface::rtii, hmrc::Version::v1_0, {});
    call.request.target =
        fmt::format("/real-time-income-information/individuals/{}/income", call.correlation_id);
    call.request.headers.push_back({"Accept", "application/vnd.hmrc.1.0+json"});
    return hmrc_.caller().call(call, Deadline::in(runtime_.config.hmrc.question_limit));
  }

  Fetched ask_matching() {
    auto call = question(hmrc::Interface::matching, hmrc::Version::v2_0, "/individuals/matching/");
    call.request.headers.push_back({"Accept", "application/vnd.hmrc.2.0+json"});
    call.request.headers.push_back({"CorrelationId", call.correlation_id});
    return hmrc_.caller().call(call, Deadline::in(runtime_.config.hmrc.question_limit));
  }

  void fields() {
    const auto absent = core::jobs::absent_fields(*runtime_.store);
    const auto seen = runtime_.store->fields_seen();
    if (!absent || !seen) return add("fields", Verdict::not_tried, "the store cannot be read");
    const auto looked_at = std::ranges::count_if(
        *seen, [](const auto& field) { return field.asked >= core::jobs::kRepliesBeforeAbsent; });
    if (looked_at == 0) return add("fields", Verdict::not_tried, "too few replies so far");
    std::string names;
    for (const auto& field : *absent) names += (names.empty() ? "" : ", ") + field.field;
    add("fields", names.empty() ? Verdict::good : Verdict::bad,
        names.empty() ? fmt::format("all {} that are asked for come back", looked_at)
                      : fmt::format("never there: {}", names));
  }

  Runtime& runtime_;
  HmrcAccess& access_;
  Hmrc& hmrc_;
  std::string date_;
  std::vector<Line> lines_;
};

int print(const HmrcConfig& config, const std::vector<Line>& lines, bool json) {
  int status = kDone;
  std::string text;
  wire::json::Writer out(text);
  if (json) out.begin_object().member("base_url", config.base_url).key("checks").begin_array();
  if (!json) fmt::print("{} as {}\n", config.base_url, config.client_id);
  for (const Line& line : lines) {
    if (line.verdict == Verdict::bad) status = kRefused;
    if (!json) {
      fmt::print("  {:<14} {:<10} {}\n", line.what, word(line.verdict), line.says);
      continue;
    }
    out.begin_object().member("what", line.what).member("verdict", word(line.verdict));
    out.member("says", line.says).end_object();
  }
  if (json) {
    out.end_array().end_object();
    fmt::print("{}\n", text);
  }
  return status;
}

int check(const std::string& config_file, bool json) {
  auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const Wait wait = sleep();
  const auto access = HmrcAccess::open((*runtime)->config.hmrc, wait);
  if (!access) return report(access.error());
  const auto hmrc = Hmrc::open(**access, **runtime, wait);
  if (!hmrc) return report(hmrc.error());
  return print((*runtime)->config.hmrc, Check(**runtime, **access, **hmrc).run(), json);
}

int times(const std::string& config_file, int days, bool json) {
  auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto from = Instant::of((*runtime)->clock.now()) + -std::chrono::hours{24 * days};
  const auto rows = (*runtime)->store->hmrc_times(from);
  if (!rows) return report(rows.error());
  if (!json) {
    fmt::print("{:<14} {:<15} {:>9} {:>9} {:>9} {:>16}\n", "interface", "purpose", "requests",
               "p50 ms", "p95 ms", "budget p95 ms");
  }
  for (const auto& row : *rows) {
    if (!json) {
      fmt::print("{:<14} {:<15} {:>9} {:>9} {:>9} {:>16}\n", row.interface,
                 core::ports::name(row.purpose), row.requests, row.p50.count(), row.p95.count(),
                 row.waited_p95.count());
      continue;
    }
    std::string line;
    wire::json::Writer(line)
        .begin_object()
        .member("interface", row.interface)
        .member("purpose", core::ports::name(row.purpose))
        .member("requests", static_cast<std::int64_t>(row.requests))
        .member("p50_ms", static_cast<std::int64_t>(row.p50.count()))
        .member("p95_ms", static_cast<std::int64_t>(row.p95.count()))
        .member("budget_p95_ms", static_cast<std::int64_t>(row.waited_p95.count()))
        .end_object();
    fmt::print("{}\n", line);
  }
  return kDone;
}

}  // namespace

void add_hmrc(CLI::App& root, Invocation& invocation) {
  auto* hmrc = root.add_subcommand("hmrc", "Look at the connection to HMRC");
  hmrc->require_subcommand(1);
  const auto json = std::make_shared<bool>(false);
  auto* one = hmrc->add_subcommand(
      "check", "Token, reachability, scopes, fields, clock: what is wrong, on one screen");
  one->add_flag("--json", *json, "one JSON object");
  one->callback([&invocation, json] {
    invocation.run = [&invocation, json] { return check(invocation.config_file, *json); };
  });
  auto* clock = hmrc->add_subcommand("times", "How long questions took, by interface and purpose");
  const auto days = std::make_shared<int>(7);
  clock->add_option("--days", *days, "how far back; default 7")->check(CLI::Range(1, 400));
  clock->add_flag("--json", *json, "one JSON object a line");
  clock->callback([&invocation, json, days] {
    invocation.run = [&invocation, json, days] {
      return times(invocation.config_file, *days, *json);
    };
  });
}

}  // namespace ig::adapters::cli
