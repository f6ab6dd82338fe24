#include "adapters/store/sqlite/decisions.hpp"

#include "adapters/formats/assessments.hpp"
#include "adapters/formats/proposals.hpp"
#include "adapters/formats/requests.hpp"
#include "adapters/store/sqlite/register.hpp"

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using ports::StoredDecision;

constexpr std::size_t kFactIdBytes = 16;

/// The ids of facts as one run of bytes, 16 each.
Result<std::string> pack(const std::vector<std::string>& fact_ids) {
  std::string packed;
  packed.reserve(fact_ids.size() * kFactIdBytes);
  for (const std::string& fact_id : fact_ids) {
    const auto bytes = bytes_of_hex(fact_id);
    if (!bytes) {
      return base::fail(base::ErrorCode::INVALID_TEXT, "/fact_ids", "a fact's id is 32 hex digits");
    }
    packed.append(*bytes);
  }
  return packed;
}

std::vector<std::string> unpack(std::string_view packed) {
  std::vector<std::string> fact_ids;
  for (std::size_t at = 0; at + kFactIdBytes <= packed.size(); at += kFactIdBytes) {
    fact_ids.push_back(hex_of_bytes(packed.substr(at, kFactIdBytes)));
  }
  return fact_ids;
}

/// Columns of the queries below.
StoredDecision read_decision(const Query& row) {
  StoredDecision out;
  out.id = values::DecisionId{row.integer(0)};
  out.case_key = {row.string(1), row.string(2), row.string(3)};
  out.person = values::PersonId{row.integer(4)};
  out.job = row.string(5);
  out.case_history = row.integer(6);
  out.accepted_until = row.integer(7);
  out.as_of = row.date(8);
  out.parameters_version = row.string(9);
  out.fact_ids = unpack(row.blob(10));
  out.request_json = row.string(11);
  out.assessment_json = row.string(12);
  out.made_at = row.instant(13);
  out.correlation_id = row.string(14);
  return out;
}

Result<std::optional<StoredDecision>> read_one(Query& query) {
  const auto row = query.next();
  if (!row) return row.error();
  std::optional<StoredDecision> out;
  if (*row) out = read_decision(query);
  return out;
}

}  // namespace

Result<values::DecisionId> add_decision(Session& session, const ports::NewDecision& decision) {
  const triggers::Context& context = decision.proposal.context;
  const auto case_no = case_number(session, context.case_key);
  if (!case_no) return case_no.error();
  const auto fact_ids = pack(decision.fact_ids);
  if (!fact_ids) return fact_ids.error();
  std::string context_json;
  formats::write_context(context_json, context);
  std::string request;
  formats::write_request(request, decision.proposal.request, context_json);
  std::string assessment;
  formats::write_assessment(assessment, decision.assessment, context_json);
  const auto added =
      run(session.db,
          "INSERT INTO decision (case_no, person, job, case_history,"
          " accepted_until, as_of, parameters_version, fact_ids, request,"
          " assessment, made_at, correlation_id)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          *case_no, decision.person, decision.job, decision.case_history, decision.accepted_until,
          context.as_of, decision.assessment.parameters_version, Blob{*fact_ids}, request,
          assessment, decision.made_at, decision.correlation_id);
  if (!added) return added.error();
  return values::DecisionId{session.db.last_rowid()};
}

Result<std::optional<StoredDecision>> decision(Session& session, values::DecisionId id) {
  Query query(session.db,
              "SELECT d.decision, r.case_system, r.case_id, r.paying_parent, d.person, d.job,"
              " d.case_history, d.accepted_until, d.as_of, d.parameters_version, d.fact_ids,"
              " d.request, d.assessment, d.made_at, d.correlation_id"
              " FROM decision d JOIN register r ON r.case_no = d.case_no WHERE d.decision = ?");
  query.bind(id);
  return read_one(query);
}

Result<std::optional<StoredDecision>> last_decision(Session& session, const values::CaseKey& key) {
  Query query(session.db,
              "SELECT d.decision, r.case_system, r.case_id, r.paying_parent, d.person, d.job,"
              " d.case_history, d.accepted_until, d.as_of, d.parameters_version, d.fact_ids,"
              " d.request, d.assessment, d.made_at, d.correlation_id"
              " FROM register r JOIN decision d ON d.case_no = r.case_no"
              " WHERE r.case_system = ? AND r.case_id = ? AND r.paying_parent = ?"
              " ORDER BY d.decision DESC LIMIT 1");
  query.bind(key.case_system, key.case_id, key.paying_parent);
  return read_one(query);
}

}  // namespace ig::adapters::store::sqlite
