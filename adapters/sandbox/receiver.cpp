#include "adapters/sandbox/receiver.hpp"

#include "adapters/sandbox/event.hpp"
#include "adapters/sandbox/population.hpp"
#include "adapters/sandbox/reply.hpp"
#include "adapters/sandbox/webhook.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

/// "cms" of "/cases/cms/triggers"; empty for any other path.
std::string_view consumer_of(std::string_view target) {
  constexpr std::string_view head = "/cases/";
  constexpr std::string_view tail = "/triggers";
  if (!target.starts_with(head) || !target.ends_with(tail)) return {};
  if (target.size() <= head.size() + tail.size()) return {};
  return target.substr(head.size(), target.size() - head.size() - tail.size());
}

bool called_for(const Case& own_case, const Applied& trigger) {
  for (const Expected& wanted : own_case.must) {
    if (wanted.kind == trigger.kind &&
        (wanted.direction.empty() || wanted.direction == trigger.direction)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Receiver::Receiver(const Population& population, Options options, const core::base::Clock& clock)
    : population_(population),
      options_(std::move(options)),
      clock_(clock),
      random_(population.seed ^ 0xD409) {
  for (std::size_t i = 0; i < population.cases.size(); ++i) {
    cases_.emplace(Key{population.cases[i].case_system, population.cases[i].id}, i);
  }
}

http::Response Receiver::handle(const http::Request& request, const http::Peer& peer) {
  if (request.target == "/control/report") {
    return request.method == "GET" ? json_reply(200, report_json(report()))
                                   : problem(405, "METHOD_NOT_ALLOWED");
  }
  const auto name = consumer_of(request.target);
  for (const Consumer& consumer : options_.consumers) {
    if (consumer.name != name) continue;
    if (request.method != "POST") return problem(405, "METHOD_NOT_ALLOWED");
    auto answer = deliver(consumer, request, peer);
    wait();
    return answer;
  }
  return problem(404, "UNKNOWN_CASE_SYSTEM");
}

http::Response Receiver::refuse(unsigned status, std::string_view code) {
  ++counts_.refused[std::string(code)];
  return problem(status, code);
}

http::Response Receiver::deliver(const Consumer& consumer, const http::Request& request,
                                 const http::Peer& peer) {
  const std::lock_guard lock(mutex_);
  if (options_.need_certificate && !peer.authenticated) return refuse(403, "NO_CERTIFICATE");
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  if (const auto fault = webhook_fault(request, consumer.secret, now)) return refuse(401, *fault);
  const auto* type = http::find(request.headers, "Content-Type");
  if (type == nullptr || !type->starts_with("application/cloudevents+json")) {
    return refuse(415, "BAD_CONTENT_TYPE");
  }
  const json event = json::parse(request.body, nullptr, false);
  if (!event.is_object()) return refuse(400, "NOT_JSON");
  const auto* id = http::find(request.headers, "webhook-id");
  if (event.value("id", json()) != *id) return refuse(400, "IDS_DIFFER");
  return take(consumer, event);
}

http::Response Receiver::take(const Consumer& consumer, const json& event) {
  std::string_view fault;
  const auto read = read_event(event, fault);
  if (!read) return refuse(400, fault);
  const Key key{consumer.name, read->subject};
  const auto found = cases_.find(key);
  if (found == cases_.end()) return refuse(404, "UNKNOWN_CASE");
  const Case& own_case = population_.cases[found->second];
  const std::string content = event.dump();
  const std::string& number = population_.people[own_case.person].person.nino;
  if (content.find(number.substr(0, 8)) != std::string::npos) {
    return refuse(400, "PERSONAL_DATA");
  }
  const std::string id = consumer.name + "/" + read->trigger.id;
  if (const auto before = known_.find(id); before != known_.end()) {
    if (before->second.content != content) return refuse(409, "SAME_ID_OTHER_CONTENT");
    ++counts_.redelivered;
    auto answer = json::parse(before->second.receipt);
    answer["duplicate"] = true;
    return json_reply(200, answer.dump());
  }
  CaseState& state = states_[key];
  if (read->sequence <= state.sequence) return refuse(409, "SAME_SEQUENCE_OTHER_ID");
  if (read->sequence > state.sequence + 1) return refuse(409, "GAP_IN_SEQUENCE");
  state.sequence = read->sequence;
  state.applied.push_back(read->trigger);
  ++counts_.applied;
  ++counts_.by_kind[read->trigger.kind];
  const std::string answer = receipt(own_case, read->trigger, read->mode);
  known_.emplace(id, Known{content, answer});
  auto response = json_reply(200, answer);
  if (random_.below(1'000) < static_cast<std::uint64_t>(options_.drop_permille)) {
    ++counts_.dropped_answers;
    response.unanswered = true;
  }
  return response;
}

/// A caseworker's answer: current income is taken up on the truth, a review on HMRC's figure.
std::string Receiver::receipt(const Case& own_case, const Applied& trigger,
                              std::string_view mode) const {
  const Member& member = population_.people[own_case.person];
  json out{{"outcome", "RECEIVED"}};
  if (trigger.relation == "WITHDRAWS" || !called_for(own_case, trigger)) return out.dump();
  if (trigger.kind == "IN_YEAR_INCOME") {
    out["outcome"] = "APPLIED";
    out["in_force"] = {{"basis", "CURRENT"},
                       {"weekly_pence", member.weekly_now},
                       {"effective_date", text(population_.as_of)},
                       {"since", text(population_.as_of)}};
  } else if (trigger.kind == "ANNUAL_REVIEW" && mode == "LIVE" &&
             (trigger.outcome == "CHANGED" || trigger.outcome == "RECORD_UPDATE")) {
    out["outcome"] = "APPLIED";
    out["in_force"] = {{"basis", "HISTORIC"},
                       {"tax_year", tax_year_text(member.yearly.tax_year)},
                       {"annual_pence", member.yearly.annual},
                       {"parts", {{"employment", member.yearly.annual}}},
                       {"weekly_pence", weekly_of_year(member.yearly.annual)},
                       {"effective_date", text(own_case.review)},
                       {"since", text(own_case.review)}};
    out["review_date"] = text(plus_years(own_case.review, 1));
  }
  return out.dump();
}

void Receiver::wait() {
  if (options_.slow.count() == 0) return;
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, options_.slow, [&] { return stop_; });
}

void Receiver::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
}

Report Receiver::report() const {
  const std::lock_guard lock(mutex_);
  static const std::vector<Applied> none;
  Report out = counts_;
  out.cases = std::ssize(population_.cases);
  for (const auto& [key, index] : cases_) {
    const Case& own_case = population_.cases[index];
    const auto state = states_.find(key);
    judge_case(own_case, population_.people[own_case.person].archetype,
               state == states_.end() ? none : state->second.applied, out);
  }
  return out;
}

}  // namespace ig::adapters::sandbox
