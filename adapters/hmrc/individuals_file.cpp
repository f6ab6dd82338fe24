#include "adapters/hmrc/individuals_file.hpp"

#include "adapters/hmrc/employments_reply.hpp"
#include "adapters/hmrc/income_paye_reply.hpp"

#include <utility>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using wire::json::Value;

/// The Answer of an error body, or why the body is none of those that are read.
Result<IndividualsReply> answer_or_error(const Value& body, const IndividualsContext& context,
                                         std::string_view system, core::ports::Digest& digest,
                                         const char* expected) {
  if (!body.is(Value::Kind::object)) {
    return fail(ErrorCode::WRONG_TYPE, {}, "an object is expected here");
  }
  auto answer = error_answer(body, context, system, digest);
  if (!answer) return fail(ErrorCode::MISSING_MEMBER, {}, expected);
  IndividualsReply reply;
  reply.facts.push_back(*std::move(answer));
  return reply;
}

}  // namespace

Result<IndividualsReply> IndividualsFiles::income(std::string_view body,
                                                  const IndividualsContext& context,
                                                  wire::json::Reader& reader,
                                                  core::ports::Digest& digest) {
  const auto value = reader.read(body);
  if (!value) return value.error();
  if (value->find("paye") != nullptr) return read_income_paye(*value, context, digest);
  if (value->find("selfAssessment") == nullptr) {
    return answer_or_error(*value, context, kIncomeSystem, digest,
                           "a reply has paye, selfAssessment or an error code");
  }
  const std::size_t before = record_.refused().size();
  if (auto added = record_.add(*value); !added) return std::move(added).error();
  bodies_ += body;
  IndividualsReply reply;
  reply.refused.assign(record_.refused().begin() + static_cast<std::ptrdiff_t>(before),
                       record_.refused().end());
  return reply;
}

IndividualsReply IndividualsFiles::figures(IndividualsContext context,
                                           core::ports::Digest& digest) {
  if (bodies_.empty()) return {};
  context.document = "sha256:" + core::ports::hex(digest.sha256(bodies_));
  return {record_.figures(scope_, context, digest), {}};
}

Result<IndividualsReply> read_employments_file(std::string_view body,
                                               const IndividualsContext& context,
                                               wire::json::Reader& reader,
                                               core::ports::Digest& digest) {
  const auto value = reader.read(body);
  if (!value) return value.error();
  if (value->find("employments") == nullptr) {
    return answer_or_error(*value, context, kEmploymentsSystem, digest,
                           "a reply has employments or an error code");
  }
  auto reply = read_employments(*value, context, digest);
  if (!reply) return std::move(reply).error();
  return IndividualsReply{std::move(reply->facts), std::move(reply->refused)};
}

}  // namespace ig::adapters::hmrc
