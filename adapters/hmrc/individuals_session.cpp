#include "adapters/hmrc/individuals_session.hpp"

#include "adapters/hmrc/correlation_id.hpp"
#include "adapters/hmrc/matching_reply.hpp"
#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace limits = core::base::limits;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::IndividualReply;
using core::ports::NextMove;
using wire::json::Value;

constexpr std::size_t kFieldsMax = 500;  ///< names of fields received that are kept

/// An answer that breaks HMRC's contract: an operator is told.
void break_contract(ErrorCode code, Fetched& out) {
  out.result = FetchResult::config_fault;
  out.next = NextMove::alarm;
  out.code = core::base::name(code);
}

/// The names of what a body holds, "paye.income.taxablePay", without its links.
void collect_fields(const Value& value, const std::string& path, std::set<std::string>& out) {
  if (out.size() >= kFieldsMax) return;
  for (const Value& item : value.items()) collect_fields(item, path, out);
  for (const auto& [name, member] : value.members()) {
    if (name == "_links" || member.is(Value::Kind::null)) continue;
    collect_fields(member, path.empty() ? std::string(name) : fmt::format("{}.{}", path, name),
                   out);
  }
  const bool leaf = !value.is(Value::Kind::array) && !value.is(Value::Kind::object);
  if (leaf) out.insert(path);
}

/// What the person is called, and was.
std::vector<NameCandidate> candidates_of(const core::facts::Subject& person, std::size_t most) {
  const std::string first = person.forename.reveal() + " " + person.second_forename.reveal();
  std::vector<std::string_view> aliases;
  for (const auto& surname : person.other_surnames) aliases.emplace_back(surname.reveal());
  return name_candidates({first, person.surname.reveal(), std::move(aliases)}, most);
}

Relation relation_of(Interface interface) {
  switch (interface) {
    case Interface::income:
      return Relation::income;
    case Interface::employments:
      return Relation::employments;
    case Interface::tax_credits:
      return Relation::benefits_and_credits;
    case Interface::details:
      return Relation::details;
    case Interface::matching:
      return Relation::individual;
    case Interface::token:
    case Interface::rtii:
    case Interface::yearly:
      break;
  }
  IG_UNREACHABLE("the interface is one of the individuals family");
}

}  // namespace

Fetched refused_by_us(Interface interface, Version version, ErrorCode code) {
  Fetched out;
  const Meaning meaning = meaning_of(code);
  out.result = meaning.result;
  out.next = meaning.next;
  out.code = core::base::name(code);
  out.interface = fmt::format("{}-{}", name(interface), name(version));
  return out;
}

bool is_expired(const Fetched& fetched) {
  return fetched.status == 404 && fetched.code == "NOT_FOUND";
}

void Gathered::keep(Got got) {
  count(got.fetched);
  if (got.body) {
    texts_.push_back(std::move(got.fetched.raw));
    bodies_.push_back(std::move(got.body));
    got.fetched.raw.clear();
  }
  last_ = std::move(got.fetched);
}

std::string Gathered::pointer(std::size_t index) const {
  return bodies_.size() > 1 ? "/" + std::to_string(index) : std::string();
}

Fetched Gathered::fetched() const {
  Fetched out = last_;
  out.calls = calls_;
  std::set<std::string> fields;
  for (const Body& body : bodies_) collect_fields(*body, {}, fields);
  out.fields_received = std::vector<std::string>(fields.begin(), fields.end());
  if (texts_.empty()) return out;
  out.raw = texts_.front();
  if (texts_.size() == 1) return out;
  out.raw.insert(0, "[");
  for (std::size_t i = 1; i < texts_.size(); ++i) out.raw.append(",").append(texts_[i]);
  out.raw.append("]");
  return out;
}

Version IndividualsSession::version_of(Interface interface) const noexcept {
  const bool own = interface == Interface::tax_credits || interface == Interface::details;
  return own ? Version::v1_0 : world_.options.version;
}

std::string IndividualsSession::path_of(Interface interface) const {
  const Relation relation = relation_of(interface);
  const std::string_view service =
      relation == Relation::individual ? "matching" : names(relation).front();
  return fmt::format("{}/{}/", world_.options.base, service);
}

Got IndividualsSession::send(Interface interface, http::Request request,
                             std::uint32_t attempts_max) {
  const Version version = version_of(interface);
  Call call;
  call.interface = interface;
  call.version = version;
  call.correlation_id = make_correlation_id(world_.random);
  call.purpose = question_.purpose;
  call.attempts_max = attempts_max;
  request.headers.push_back({"Accept", fmt::format("application/vnd.hmrc.{}+json", name(version))});
  if (version != Version::p1_0) request.headers.push_back({"CorrelationId", call.correlation_id});
  call.request = std::move(request);
  Got out{world_.caller.call(call, by_), {}};
  if (out.fetched.result != FetchResult::matched) return out;
  auto body = world_.reader.read(out.fetched.raw);
  if (!body || !body->is(Value::Kind::object)) {
    break_contract(body ? ErrorCode::WRONG_TYPE : body.error().code, out.fetched);
    return out;
  }
  out.body = std::make_shared<const wire::json::Document>(*std::move(body));
  return out;
}

Got IndividualsSession::get(Interface interface, std::string target, std::uint32_t attempts_max) {
  return send(interface, {"GET", std::move(target), {}, {}}, attempts_max);
}

Got IndividualsSession::post_match(const std::string& body) {
  return send(Interface::matching,
              {"POST", path_of(Interface::matching), {{"Content-Type", "application/json"}}, body},
              0);
}

Result<std::string> IndividualsSession::target(const Value& body, Relation relation,
                                               Interface interface,
                                               std::span<const UriVariable> variables) const {
  const std::string path = path_of(interface);
  auto out = follow_link(body, relation, {world_.options.origin, path}, variables);
  if (!out) return out;
  std::string target = *std::move(out);
  for (const UriVariable& variable : variables) target = with_parameter(target, variable);
  if (target.size() <= limits::http_target_bytes_max) return target;
  return fail(ErrorCode::BAD_REPLY, fmt::format("/_links/{}", names(relation).front()),
              "the link is too long");
}

bool IndividualsSession::take_match(Got matched, Fetched& out) {
  Gathered gathered;
  const auto link = target(*matched.body, Relation::individual, Interface::matching, {});
  gathered.keep(std::move(matched));
  if (!link) {
    out = gathered.fetched();
    break_contract(link.error().code, out);
    return false;
  }
  Got individual = get(Interface::matching, *link);
  const bool found = individual.body != nullptr;
  Fetched failed = individual.fetched;
  gathered.keep(std::move(individual));
  if (!found) {
    failed.calls = gathered.calls();
    out = std::move(failed);
    return false;
  }
  const Body& person = gathered.bodies().back();
  out = gathered.fetched();
  const auto same = check_individual(*person, question_.person.nino->reveal(),
                                     question_.person.date_of_birth->reveal());
  if (!same) {
    break_contract(same.error().code, out);
    return false;
  }
  individual_ = person;
  roots_.clear();
  return true;
}

bool IndividualsSession::match(IndividualReply& reply) {
  const core::facts::Subject& person = question_.person;
  const auto cannot = [&](ErrorCode code) {
    reply.match = refused_by_us(Interface::matching, world_.options.version, code);
    return false;
  };
  if (!person.nino || !person.date_of_birth) return cannot(ErrorCode::NO_PERSON);
  const auto names = candidates_of(person, world_.options.names_max);
  if (names.empty()) return cannot(ErrorCode::NO_PERSON);
  std::uint32_t calls = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto body =
        match_request(names[i], person.nino->reveal(), person.date_of_birth->reveal());
    if (!body) return cannot(body.error().code);
    Got got = post_match(*body);
    calls += got.fetched.calls;
    reply.tried.push_back(
        {static_cast<std::uint32_t>(i + 1), std::string(name(names[i].rule)), got.fetched.result});
    reply.match = got.fetched;
    reply.match.calls = calls;
    if (got.body) {
      winner_ = *body;
      got.fetched.calls = calls;
      if (take_match(std::move(got), reply.match)) return true;
      return is_expired(reply.match) && match_again(reply);
    }
    if (got.fetched.result != FetchResult::not_matched) return false;
  }
  return false;
}

bool IndividualsSession::match_again(IndividualReply& reply) {
  if (again_ || winner_.empty()) return false;
  again_ = true;
  Got got = post_match(winner_);
  got.fetched.calls += reply.match.calls;
  if (!got.body) {
    reply.match.calls = got.fetched.calls;
    return false;
  }
  Fetched again;
  const bool taken = take_match(std::move(got), again);
  reply.match.calls = again.calls;
  if (taken) reply.match = std::move(again);
  return taken;
}

Got IndividualsSession::root(Interface interface) {
  const auto held = roots_.find(interface);
  if (held != roots_.end()) {
    Got out;
    out.fetched.result = FetchResult::matched;
    out.fetched.next = NextMove::use;
    out.body = held->second;
    return out;
  }
  const auto link = target(*individual_, relation_of(interface), interface, {});
  if (!link) {
    Got out{refused_by_us(interface, version_of(interface), link.error().code), {}};
    if (link.error().code != ErrorCode::FORBIDDEN) break_contract(link.error().code, out.fetched);
    return out;
  }
  Got out = get(interface, *link);
  if (out.body) roots_.emplace(interface, out.body);
  return out;
}

}  // namespace ig::adapters::hmrc
