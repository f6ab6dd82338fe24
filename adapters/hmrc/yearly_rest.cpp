#include "adapters/hmrc/yearly_rest.hpp"

#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/json/writer.hpp"

#include <utility>

namespace ig::adapters::hmrc {

using core::base::Deadline;
using core::base::ErrorCode;
using core::ports::FetchResult;
using core::ports::NextMove;
using core::ports::YearlyQuestion;
using core::ports::YearlyReply;

namespace {

constexpr Version kVersion = Version::v1_0;

/// The question as the service reads it. Personal: it goes into the body of a request only.
std::string question_json(const YearlyQuestion& question) {
  std::string out;
  wire::json::Writer json(out);
  json.begin_object().member("requestId", question.request_id);
  json.member("nino", question.person.nino->reveal().reveal());
  json.member_if("surname", question.person.surname.reveal());
  json.member_if("forename", question.person.forename.reveal());
  if (question.person.date_of_birth) {
    json.member("dateOfBirth", question.person.date_of_birth->reveal().text());
  }
  json.member("purpose", core::ports::name(question.purpose));
  json.member("askedOn", question.asked_on.text());
  json.end_object();
  return out;
}

}  // namespace

YearlyRest::YearlyRest(Caller& caller, const core::base::Clock& clock, YearlyRestOptions options)
    : caller_(caller),
      clock_(clock),
      options_(std::move(options)),
      digest_(wire::crypto::make_digest()) {}

YearlyRest::~YearlyRest() = default;

YearlyReply YearlyRest::fetch(const YearlyQuestion& question, Deadline by) {
  Call call;
  call.interface = Interface::yearly;
  call.version = kVersion;
  call.purpose = question.purpose;
  call.correlation_id = question.request_id;
  YearlyReply reply;
  if (!question.person.nino) {
    const Meaning meaning = meaning_of(ErrorCode::NO_PERSON);
    reply.fetched.result = meaning.result;
    reply.fetched.next = meaning.next;
    reply.fetched.code = core::base::name(ErrorCode::NO_PERSON);
    reply.fetched.interface = label(call.interface, call.version);
    return reply;
  }
  call.request.method = "POST";
  call.request.target = options_.target;
  call.request.headers = {{"Content-Type", "application/json"},
                          {"Accept", "application/json"},
                          {"X-Request-Id", question.request_id}};
  call.request.body = question_json(question);
  reply.fetched = caller_.call(call, by);
  if (reply.fetched.result == FetchResult::matched) read(question, reply);
  return reply;
}

void YearlyRest::read(const YearlyQuestion& question, YearlyReply& reply) {
  const YearlyContext context{.subject = question.person,
                              .received_at = core::values::Instant::of(clock_.now()),
                              .requested_on = question.asked_on,
                              .request_id = question.request_id};
  auto figure = read_yearly(reply.fetched.raw, context, reader_, *digest_);
  if (!figure) {
    reply.fetched.result = FetchResult::config_fault;
    reply.fetched.next = NextMove::alarm;
    reply.fetched.code = core::base::name(ErrorCode::BAD_REPLY);
    return;
  }
  if (figure->status == core::facts::FigureStatus::no_data) {
    reply.fetched.result = FetchResult::matched_no_data;
  }
  reply.figure = *std::move(figure);
}

}  // namespace ig::adapters::hmrc
