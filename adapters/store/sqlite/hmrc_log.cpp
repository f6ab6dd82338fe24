#include "adapters/store/sqlite/hmrc_log.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using core::delivery::kPaceRanks;
using core::delivery::PaceState;
using ports::Fetched;
using ports::HmrcRequest;
using values::Instant;

// ---- the budget ----

constexpr std::size_t kWordBytes = 8;
constexpr std::size_t kHeadWords = 1 + 2 * kPaceRanks;

std::int64_t millis_or_none(const std::optional<Instant>& at) { return at ? at->millis() : 0; }

std::optional<Instant> instant_or_none(std::int64_t millis) {
  if (millis == 0) return std::nullopt;
  return Instant::of_millis(millis);
}

std::string words_as_bytes(const std::vector<std::int64_t>& words) {
  std::string out(words.size() * kWordBytes, '\0');
  std::memcpy(out.data(), words.data(), out.size());
  return out;
}

// ---- words ----

/// The enumerator of a stored name; INTEGRITY_BROKEN when there is none.
template <class Enum>
Result<Enum> named(std::string_view text, int count) {
  for (int i = 0; i < count; ++i) {
    if (ports::name(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
  }
  return broken("a question to HMRC");
}

constexpr int kResultCount = 9;

/// Names of fields, comma between; they hold letters and digits only.
std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ',';
    out += name;
  }
  return out;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

Result<HmrcRequest> read_request(const Query& row) {
  HmrcRequest out;
  out.person = {row.integer(0)};
  const auto purpose = named<ports::Purpose>(row.text(1), ports::kPurposeCount);
  if (!purpose) return purpose.error();
  out.purpose = *purpose;
  out.anchor = row.maybe_date(2);
  out.fetched.interface = row.string(3);
  out.request_id = row.string(4);
  out.fetched.correlation_id = row.string(5);
  out.asked_at = row.instant(6);
  out.answered_at = row.instant(7);
  out.waited = std::chrono::milliseconds{row.integer(8)};
  const auto result = named<ports::FetchResult>(row.text(9), kResultCount);
  if (!result) return result.error();
  out.fetched.result = *result;
  out.fetched.status = static_cast<int>(row.integer(10));
  out.fetched.code = row.string(11);
  out.fetched.calls = static_cast<std::uint32_t>(row.integer(12));
  if (const auto document = row.maybe_integer(13)) out.document = values::DocumentId{*document};
  out.fetched.fields_asked = parted(row.text(14));
  out.fetched.fields_received = parted(row.text(15));
  return out;
}

Result<void> count_fields(Session& session, const HmrcRequest& request) {
  const std::vector<std::string>& received = request.fetched.fields_received.all();
  for (const std::string& field : request.fetched.fields_asked.all()) {
    const bool there = std::ranges::find(received, field) != received.end();
    std::optional<Instant> last;
    if (there) last = request.answered_at;
    const auto counted =
        run(session.db,
            "INSERT INTO hmrc_field (interface, purpose, field, asked, received, last_at)"
            " VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (interface, purpose, field) DO UPDATE SET"
            " asked = asked + 1, received = received + excluded.received,"
            " last_at = coalesce(excluded.last_at, last_at)",
            request.fetched.interface, ports::name(request.purpose), field, there, last);
    if (!counted) return counted;
  }
  return {};
}

std::chrono::milliseconds share_of(std::vector<std::int64_t>& values, std::size_t percent) {
  const std::size_t at = (values.size() - 1) * percent / 100;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
  return std::chrono::milliseconds{values[at]};
}

}  // namespace

Result<void> put_request_pace(Session& session, const PaceState& state) {
  std::vector<std::int64_t> words = {millis_or_none(state.not_before)};
  for (const auto& until : state.waiting_until) words.push_back(millis_or_none(until));
  for (const std::uint32_t times : state.passed_over) words.push_back(times);
  for (const Instant& sent : state.sends) words.push_back(sent.millis());
  const std::string bytes = words_as_bytes(words);
  return run(session.db,
             "INSERT INTO request_pace (one, state) VALUES (1, ?)"
             " ON CONFLICT (one) DO UPDATE SET state = excluded.state",
             Blob{bytes});
}

Result<PaceState> request_pace(Session& session) {
  Query query(session.db, "SELECT state FROM request_pace");
  const auto row = query.next();
  if (!row) return row.error();
  PaceState out;
  if (!*row) return out;
  const std::string_view bytes = query.blob(0);
  if (bytes.size() % kWordBytes != 0 || bytes.size() < kHeadWords * kWordBytes) {
    return broken("the budget of requests");
  }
  std::vector<std::int64_t> words(bytes.size() / kWordBytes);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  out.not_before = instant_or_none(words[0]);
  for (std::size_t rank = 0; rank < kPaceRanks; ++rank) {
    out.waiting_until[rank] = instant_or_none(words[1 + rank]);
    out.passed_over[rank] = static_cast<std::uint32_t>(words[1 + kPaceRanks + rank]);
  }
  for (std::size_t i = kHeadWords; i < words.size(); ++i) {
    out.sends.push_back(Instant::of_millis(words[i]));
  }
  return out;
}

Result<void> add_hmrc_request(Session& session, const HmrcRequest& request) {
  const Fetched& fetched = request.fetched;
  const auto added = run(
      session.db,
      "INSERT INTO hmrc_request (person, purpose, anchor, interface, request_id, correlation_id,"
      " asked_at, answered_at, waited_ms, result, status, code, calls, document, fields_asked,"
      " fields_received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      request.person, ports::name(request.purpose), request.anchor, fetched.interface,
      request.request_id, fetched.correlation_id, request.asked_at, request.answered_at,
      std::int64_t{request.waited.count()}, ports::name(fetched.result), fetched.status,
      fetched.code, fetched.calls, request.document, joined(fetched.fields_asked.all()),
      joined(fetched.fields_received.all()));
  if (!added || fetched.fields_received.all().empty()) return added;
  return count_fields(session, request);
}

Result<std::vector<HmrcRequest>> hmrc_requests(Session& session, values::PersonId person,
                                               ports::Purpose purpose, Instant from) {
  Query query(session.db,
              "SELECT person, purpose, anchor, interface, request_id, correlation_id, asked_at,"
              " answered_at, waited_ms, result, status, code, calls, document, fields_asked,"
              " fields_received FROM hmrc_request"
              " WHERE person = ? AND purpose = ? AND asked_at >= ? ORDER BY request");
  query.bind(person, ports::name(purpose), from);
  std::vector<HmrcRequest> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    auto one = read_request(row);
    if (!one) return one.error();
    out.push_back(*std::move(one));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::vector<ports::FieldSeen>> fields_seen(Session& session) {
  Query query(session.db,
              "SELECT interface, purpose, field, asked, received, last_at FROM hmrc_field"
              " ORDER BY interface, purpose, field");
  std::vector<ports::FieldSeen> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    const auto purpose = named<ports::Purpose>(row.text(1), ports::kPurposeCount);
    if (!purpose) return purpose.error();
    out.push_back({row.string(0), *purpose, row.string(2),
                   static_cast<std::uint64_t>(row.integer(3)),
                   static_cast<std::uint64_t>(row.integer(4)), row.maybe_instant(5)});
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::vector<ports::HmrcTimes>> hmrc_times(Session& session, Instant from) {
  struct Times {
    std::vector<std::int64_t> took;
    std::vector<std::int64_t> waited;
  };
  std::map<std::pair<std::string, std::string>, Times> groups;
  Query query(session.db,
              "SELECT interface, purpose, answered_at - asked_at, waited_ms FROM hmrc_request"
              " WHERE asked_at >= ?");
  query.bind(from);
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    Times& times = groups[{row.string(0), row.string(1)}];
    times.took.push_back(row.integer(2));
    times.waited.push_back(row.integer(3));
    return {};
  });
  if (!read) return read.error();
  std::vector<ports::HmrcTimes> out;
  for (auto& [key, times] : groups) {
    const auto purpose = named<ports::Purpose>(key.second, ports::kPurposeCount);
    if (!purpose) return purpose.error();
    const std::uint64_t requests = times.took.size();
    out.push_back({key.first, *purpose, requests, share_of(times.took, 50),
                   share_of(times.took, 95), share_of(times.waited, 95)});
  }
  return out;
}

}  // namespace ig::adapters::store::sqlite
