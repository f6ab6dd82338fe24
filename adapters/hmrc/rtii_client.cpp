#include "adapters/hmrc/rtii_client.hpp"

#include "adapters/hmrc/correlation_id.hpp"
#include "adapters/hmrc/day_split.hpp"
#include "adapters/hmrc/plain_name.hpp"
#include "adapters/hmrc/rtii_fields.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/base/require.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <set>
#include <utility>

namespace ig::adapters::hmrc {

using core::base::Deadline;
using core::base::ErrorCode;
using core::base::fail;
using core::facts::Payment;
using core::ports::EarningsQuestion;
using core::ports::EarningsReply;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::NextMove;
using core::values::Date;

namespace {

constexpr int smallest_part = 3;                ///< halves of more have two days: from before to
constexpr std::size_t remembered_max = 50'000;  ///< persons and questions kept in mind

/// A reply of our own, without a call.
EarningsReply uncalled(FetchResult result, NextMove next, std::string code) {
  EarningsReply out;
  out.fetched.result = result;
  out.fetched.next = next;
  out.fetched.code = std::move(code);
  out.fetched.interface = label(Interface::rtii, Version::v1_0);
  return out;
}

EarningsReply uncalled(ErrorCode code) {
  const Meaning meaning = meaning_of(code);
  return uncalled(meaning.result, meaning.next, std::string(core::base::name(code)));
}

bool is_of_the_person(FetchResult result) {
  return result == FetchResult::matched || result == FetchResult::matched_no_data;
}

bool fails_again(const Fetched& fetched) { return fetched.next == NextMove::retry_new; }

core::base::Error failing_days(Date from, Date to, std::string_view why) {
  return fail(ErrorCode::REFUSED_BY_PEER, {},
              fmt::format("paydays {} to {}: {}", from.text(), to.text(), why));
}

std::string document_of(core::ports::Digest& digest, std::string_view raw) {
  return "sha256:" + core::ports::hex(digest.sha256(raw));
}

/// Rows outside the days that were asked for are not taken.
void refuse_other_days(const EarningsQuestion& question, EarningsReply& reply) {
  const auto outside = [&question](const core::facts::Fact& fact) {
    const auto* payment = std::get_if<Payment>(&fact);
    return payment != nullptr &&
           (payment->paid_on < question.from || payment->paid_on > question.to);
  };
  for (const core::facts::Fact& fact : reply.facts) {
    if (!outside(fact)) continue;
    reply.refused.push_back(fail(ErrorCode::DATE_OUT_OF_RANGE,
                                 core::facts::header(fact).source.position + "/paymentDate",
                                 "a payday outside the days that were asked for"));
  }
  std::erase_if(reply.facts, outside);
}

FetchResult result_of(core::facts::AnswerStatus status) {
  switch (status) {
    case core::facts::AnswerStatus::no_data:
      return FetchResult::matched_no_data;
    case core::facts::AnswerStatus::unknown_person:
      return FetchResult::unknown_person;
    case core::facts::AnswerStatus::not_matched:
      return FetchResult::not_matched;
    case core::facts::AnswerStatus::unavailable:
      return FetchResult::config_fault;
  }
  IG_UNREACHABLE("an answer is one of four kinds of nothing");
}

/// The fields as the last member of a question, with its end.
std::string filter_json(const std::vector<std::string>& fields) {
  std::string out = R"(,"filterFields":)";
  wire::json::Writer json(out);
  json.begin_array();
  for (const std::string& field : fields) json.string(field);
  json.end_array();
  return out + "}";
}

template <class Map>
void bound(Map& map) {
  if (map.size() >= remembered_max) map.clear();  // what is forgotten costs a call, no more
}

}  // namespace

/// What a search for the days that fail came to.
struct RtiiClient::Parts {
  std::map<Date, EarningsReply> good;  ///< by first day
  DaySplit days;
  Fetched last;
  std::uint32_t calls = 0;  ///< requests, that of the whole included
};

RtiiClient::RtiiClient(Caller& caller, const core::base::Clock& clock, core::base::Random& random,
                       RtiiClientOptions options)
    : caller_(caller),
      clock_(clock),
      random_(random),
      options_(std::move(options)),
      digest_(wire::crypto::make_digest()) {
  core::base::require(options_.failures_before_split >= 1, "one failure at least comes before");
  for (int i = 0; i < core::ports::kPurposeCount; ++i) {
    const auto purpose = static_cast<std::size_t>(i);
    std::vector<std::string> fields = std::move(options_.fields[purpose]);
    if (fields.empty()) fields = default_rtii_fields(static_cast<core::ports::Purpose>(i));
    core::base::require(check_rtii_fields(fields).has_value(), "the lists of fields were checked");
    filters_[purpose] = filter_json(fields);
    fields_[purpose] = std::move(fields);
  }
}

RtiiClient::~RtiiClient() = default;

EarningsReply RtiiClient::fetch(const EarningsQuestion& question, Deadline by) {
  if (!question.person.nino ||
      question.person.nino->reveal().kind() != core::values::NinoClass::nino) {
    return uncalled(ErrorCode::NO_PERSON);
  }
  if (question.from >= question.to) return uncalled(ErrorCode::DATE_OUT_OF_RANGE);
  const auto person = [&] {
    return core::ports::hex(digest_->sha256(question.person.nino->reveal().first_eight()), 16);
  };
  const auto succeeded = [&] {
    if (!failing_.empty()) failing_.erase(person());
  };
  EarningsReply reply = ask(question, by);
  if (!fails_again(reply.fetched)) {
    if (reply.fetched.next == NextMove::use) succeeded();
    return reply;
  }
  if (reply.fetched.calls == 0) return reply;
  bound(failing_);
  auto& failing = failing_.try_emplace(person(), Failing{0, answered_}).first->second;
  if (++failing.times < options_.failures_before_split) return reply;
  const bool others_answered = answered_ > failing.answered;
  EarningsReply found = in_parts(question, std::move(reply), others_answered, by);
  if (found.fetched.next == NextMove::use) succeeded();
  if (!fails_again(found.fetched) || !others_answered) return found;
  found.fetched.result = FetchResult::poison;
  found.fetched.next = NextMove::task;
  found.refused = {failing_days(question.from, question.to, "HMRC fails every time")};
  return found;
}

EarningsReply RtiiClient::ask(const EarningsQuestion& question, Deadline by) {
  const std::string surname = plain_name(question.person.surname.reveal());
  if (surname.empty()) return uncalled(ErrorCode::NO_PERSON);
  const auto purpose = static_cast<std::size_t>(question.purpose);
  std::string body = person_json(question, surname);
  const std::size_t plain = body.size();
  if (auto held = kept(body)) return *std::move(held);
  Call call;
  call.interface = Interface::rtii;
  call.version = Version::v1_0;
  call.purpose = question.purpose;
  call.correlation_id = make_correlation_id(random_);
  call.request.method = "POST";
  call.request.target = fmt::format(
      FMT_COMPILE("/real-time-income-information/individuals/{}/income"), call.correlation_id);
  call.request.headers.reserve(3);
  call.request.headers.push_back({"Accept", "application/vnd.hmrc.1.0+json"});
  call.request.headers.push_back({"Content-Type", "application/json"});
  call.request.body = std::move(body.append(filters_[purpose]));
  EarningsReply reply;
  reply.fetched = caller_.call(call, by);
  reply.fetched.fields_asked = fields_[purpose];
  read(question, reply);
  if (reply.fetched.next == NextMove::use) ++answered_;
  if (fails_again(reply.fetched)) keep(call.request.body.substr(0, plain), reply.fetched);
  return reply;
}

/// What the body says: facts, or which kind of nothing.
void RtiiClient::read(const EarningsQuestion& question, EarningsReply& reply) {
  Fetched& fetched = reply.fetched;
  if (fetched.next != NextMove::use) return;
  const RtiiContext context{.nino = question.person.nino->reveal(),
                            .received_at = core::values::Instant::of(clock_.now()),
                            .document = document_of(*digest_, fetched.raw)};
  auto out = read_rtii(fetched.raw, context, reader_, *digest_);
  const bool broken = !out || (fetched.status == 200 && !out->facts.empty() &&
                               std::holds_alternative<core::facts::Answer>(out->facts.front()) &&
                               std::get<core::facts::Answer>(out->facts.front()).status ==
                                   core::facts::AnswerStatus::unavailable);
  if (broken) {
    if (fetched.status != 200) return;  // the status and the code have said it
    fetched.result = FetchResult::config_fault;
    fetched.next = NextMove::alarm;
    fetched.code = core::base::name(ErrorCode::BAD_REPLY);
    if (!out) reply.refused.push_back(std::move(out).error());
    return;
  }
  reply.facts = std::move(out->facts);
  reply.refused = std::move(out->refused);
  fetched.fields_received = received(out->fields);
  if (!reply.facts.empty()) {
    const auto* answer = std::get_if<core::facts::Answer>(&reply.facts.front());
    if (answer != nullptr) fetched.result = result_of(answer->status);
  }
  refuse_other_days(question, reply);
}

/// The names of what a reply had: most replies have the same as the one before.
core::ports::FieldNames RtiiClient::received(const RtiiFieldSet& fields) {
  if (fields != last_received_) {
    last_received_ = fields;
    last_names_ = names_of(fields);
  }
  return last_names_;
}

/// What HMRC knows a question by: all of it but the fields, which end it.
std::string RtiiClient::person_json(const EarningsQuestion& question,
                                    const std::string& surname) const {
  const auto& person = question.person;
  std::string nino(person.nino->reveal().reveal());
  if (nino.size() == 8) nino.push_back(' ');  // a suffix or a space: HMRC's pattern
  std::string out;
  out.reserve(2'048);
  wire::json::Writer json(out);
  json.begin_object().member("nino", nino).member("serviceName", options_.service_name);
  json.member("fromDate", question.from.text()).member("toDate", question.to.text());
  json.member("surname", surname);
  json.member_if("firstName", plain_name(person.forename.reveal()));
  if (person.gender == "M" || person.gender == "F") json.member("gender", person.gender);
  if (person.date_of_birth) json.member("dateOfBirth", person.date_of_birth->reveal().text());
  return out;
}

std::string RtiiClient::key_of(std::string_view question) {
  return core::ports::hex(digest_->sha256(question), 16);
}

std::optional<EarningsReply> RtiiClient::kept(std::string_view question) {
  if (kept_.empty()) return std::nullopt;
  const auto found = kept_.find(key_of(question));
  if (found == kept_.end()) return std::nullopt;
  const auto now = clock_.steady();
  if (now >= found->second.until) {
    kept_.erase(found);
    return std::nullopt;
  }
  EarningsReply out = uncalled(FetchResult::transient, NextMove::retry_new, found->second.code);
  out.fetched.status = found->second.status;
  out.fetched.retry_after = std::chrono::ceil<std::chrono::seconds>(found->second.until - now);
  return out;
}

void RtiiClient::keep(std::string_view question, const Fetched& fetched) {
  bound(kept_);
  kept_[key_of(question)] = {clock_.steady() + options_.kept_for, fetched.status, fetched.code};
}

EarningsReply RtiiClient::in_parts(const EarningsQuestion& question, EarningsReply whole,
                                   bool others_answered, Deadline by) {
  Parts parts;
  parts.calls = whole.fetched.calls;
  std::optional<Fetched> other;  // an answer that says something else than "these days fail"
  const auto ask_part = [&](DaySpan days, DaySpan) {
    EarningsQuestion part = question;
    part.from = days.from;
    part.to = days.to;
    EarningsReply reply = ask(part, by);
    parts.calls += reply.fetched.calls;
    parts.last = reply.fetched;
    if (fails_again(reply.fetched)) return Probe::failing;
    if (!is_of_the_person(reply.fetched.result)) {
      other = std::move(reply.fetched);
      return Probe::stopped;
    }
    parts.good.emplace(days.from, std::move(reply));
    return Probe::taken;
  };
  // Where both halves of the whole fail and nobody else was answered, HMRC is down.
  const std::uint32_t blind = others_answered ? options_.split_calls_max : 2;
  parts.days = split_days({question.from, question.to},
                          {.earliest = question.from,
                           .calls_max = options_.split_calls_max,
                           .blind_calls_max = blind,
                           .smallest_days = smallest_part},
                          ask_part);
  if (other) {
    // What is known of some days only is not taken for what is known of all.
    EarningsReply out;
    out.fetched = *std::move(other);
    out.fetched.calls = parts.calls;
    return out;
  }
  if (parts.good.empty()) {
    whole.fetched.calls = parts.calls;
    return whole;
  }
  return joined(std::move(parts));
}

/// One reply of the parts that were good.
EarningsReply RtiiClient::joined(Parts parts) {
  EarningsReply out;
  out.fetched = std::move(parts.last);
  out.fetched.calls = parts.calls;
  std::string raw = "[";
  std::set<std::string> fields;
  for (const auto& [from, part] : parts.good) {
    if (raw.size() > 1) raw.push_back(',');
    raw += part.fetched.raw;
    const auto& received = part.fetched.fields_received.all();
    fields.insert(received.begin(), received.end());
  }
  raw.push_back(']');
  const std::string document = document_of(*digest_, raw);
  std::optional<core::facts::Fact> nothing;
  std::size_t index = 0;
  for (auto& [from, part] : parts.good) {
    const std::string place = fmt::format("/{}", index++);
    for (core::facts::Fact& fact : part.facts) {
      core::facts::Source& source = core::facts::header(fact).source;
      source.document = document;
      source.position.insert(0, place);
      if (std::holds_alternative<Payment>(fact)) {
        out.facts.push_back(std::move(fact));
      } else {
        nothing = std::move(fact);
      }
    }
    for (core::base::Error& refused : part.refused) {
      out.refused.push_back(core::base::under(place, std::move(refused)));
    }
  }
  Fetched& fetched = out.fetched;
  fetched.raw = std::move(raw);
  fetched.fields_asked = parts.good.begin()->second.fetched.fields_asked;
  fetched.fields_received = std::vector<std::string>(fields.begin(), fields.end());
  fetched.status = 200;
  fetched.code.clear();
  fetched.retry_after.reset();
  const bool rows = !out.facts.empty() || !out.refused.empty();
  fetched.result = rows ? FetchResult::matched : FetchResult::matched_no_data;
  fetched.next = NextMove::use;
  if (parts.days.bad.empty() && parts.days.left.empty()) {
    if (!rows && nothing) out.facts.push_back(*std::move(nothing));
    return out;
  }
  fetched.result = FetchResult::poison;
  fetched.next = NextMove::task;
  for (const DaySpan& days : parts.days.bad) {
    out.refused.push_back(failing_days(days.from, days.to, "HMRC fails every time"));
  }
  for (const DaySpan& days : parts.days.left) {
    out.refused.push_back(failing_days(days.from, days.to, "not asked for, too much fails"));
  }
  return out;
}

}  // namespace ig::adapters::hmrc
