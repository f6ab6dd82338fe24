#include "adapters/api/service.hpp"

#include "adapters/formats/triggers.hpp"
#include "adapters/wire/json/writer.hpp"

#include <algorithm>

namespace ig::adapters::api {
namespace {

http::Response problem(unsigned status, std::string_view title) {
  http::Response out;
  out.status = status;
  out.headers.push_back({"Content-Type", "application/problem+json"});
  wire::json::Writer writer(out.body);
  writer.begin_object()
      .member("title", title)
      .member("status", static_cast<std::int64_t>(status))
      .end_object();
  return out;
}

http::Response plain(unsigned status, std::string body, const char* type) {
  http::Response out;
  out.status = status;
  out.headers.push_back({"Content-Type", type});
  out.body = std::move(body);
  return out;
}

bool is_trigger_id(std::string_view text) {
  return text.size() == 32 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool may_read(const Principal& principal, const core::ports::StoredTrigger& stored) {
  switch (principal.role) {
    case Role::auditor:
      return true;
    case Role::op:
      return false;
    case Role::case_system:
      return stored.trigger.case_key.case_system == principal.case_system &&
             stored.mode >= core::triggers::Mode::task;
  }
  core::base::require(false, "a role is one of three");
  return false;
}

}  // namespace

Service::Service(core::ports::Store& store, const core::base::Clock& clock, Metrics& metrics,
                 std::vector<Principal> principals, std::function<bool()> ready)
    : store_(store),
      clock_(clock),
      metrics_(metrics),
      principals_(std::move(principals)),
      ready_(std::move(ready)) {}

const Principal* Service::who(const http::Peer& peer) const {
  if (!peer.authenticated) return nullptr;
  for (const Principal& principal : principals_) {
    if (std::ranges::find(peer.names, principal.certificate_name) != peer.names.end()) {
      return &principal;
    }
  }
  return nullptr;
}

http::Response Service::handle(const http::Request& request, const http::Peer& peer) {
  const Principal* principal = who(peer);
  if (principal == nullptr) {
    metrics_.add("ig_api_refused_total", "reason=\"no_principal\"");
    return problem(403, "Forbidden");
  }
  if (request.method != "GET") return problem(405, "Method not allowed");
  if (request.target == "/healthz") return plain(200, "ok\n", "text/plain; charset=utf-8");
  if (request.target == "/readyz") {
    return ready_() ? plain(200, "ready\n", "text/plain; charset=utf-8")
                    : problem(503, "Not ready");
  }
  if (request.target == "/metrics") {
    if (principal->role == Role::case_system) return problem(403, "Forbidden");
    return plain(200, metrics_.text(), "text/plain; version=0.0.4; charset=utf-8");
  }
  constexpr std::string_view prefix = "/v1/triggers/";
  if (request.target.starts_with(prefix)) {
    const std::string id = request.target.substr(prefix.size());
    if (is_trigger_id(id)) return trigger(id, *principal);
  }
  return problem(404, "Not found");
}

http::Response Service::trigger(const std::string& id, const Principal& principal) {
  const auto stored = store_.trigger(id);
  if (!stored) return problem(503, "Store not available");
  const bool allowed = *stored && may_read(principal, **stored);
  auto unit = store_.begin();
  if (!unit) return problem(503, "Store not available");
  const auto audited = (*unit)->audit({core::values::Instant::of(clock_.now()),
                                       principal.name,
                                       allowed ? "TRIGGER_READ" : "TRIGGER_READ_REFUSED",
                                       id,
                                       {}});
  if (!audited || !(*unit)->commit()) return problem(503, "Audit not available");
  metrics_.add("ig_api_trigger_reads_total", allowed ? "allowed=\"yes\"" : "allowed=\"no\"");
  if (!allowed) return problem(404, "Not found");

  std::optional<core::ports::StoredDecision> decision;
  if (auto found = store_.decision((*stored)->decision); found) decision = *std::move(found);
  std::string trigger_json;
  formats::write_trigger(trigger_json, (*stored)->trigger);
  http::Response out = plain(200, {}, "application/json; charset=utf-8");
  wire::json::Writer writer(out.body);
  writer.begin_object().key("trigger").raw(trigger_json);
  if (decision) writer.key("assessment").raw(decision->assessment_json);
  writer.end_object();
  return out;
}

}  // namespace ig::adapters::api
