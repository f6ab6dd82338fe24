// links: hmrc
#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/details_reply.hpp"
#include "adapters/hmrc/hal_link.hpp"
#include "adapters/hmrc/income_sa_reply.hpp"
#include "adapters/hmrc/individuals_file.hpp"
#include "adapters/hmrc/name_candidates.hpp"
#include "adapters/hmrc/tax_credits_reply.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/base/require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

namespace formats = ig::adapters::formats;
namespace hmrc = ig::adapters::hmrc;
using ig::core::base::require;

/// Whatever is read is written as a fact that reads back to the same line.
void check(const hmrc::IndividualsReply& reply, ig::adapters::wire::json::Reader& reader) {
  for (const auto& fact : reply.facts) {
    std::string line;
    formats::write_fact(line, fact);
    const auto value = reader.read(line);
    require(value.has_value(), "a fact is written as JSON");
    const auto again = formats::read_fact(*value);
    require(again.has_value(), "a fact that is written is read");
    std::string second;
    formats::write_fact(second, *again);
    require(line == second, "a fact reads back to the same line");
  }
}

/// A link that is followed stays under its service's path.
void follow(const ig::adapters::wire::json::Value& body) {
  constexpr hmrc::LinkPlace place{"https://hmrc.example", "/individuals/income/"};
  constexpr hmrc::UriVariable dates[] = {{"fromDate", "2026-01-06"}, {"toDate", "2026-04-05"}};
  const auto target = hmrc::follow_link(body, hmrc::Relation::paye, place, dates);
  if (!target) return;
  require(target->starts_with(place.path), "a link stays under its path");
  const std::string path = target->substr(0, target->find('?'));
  require(path.find("/../") == std::string::npos, "a link does not climb");
  require(target->find_first_of(" \r\n#{}") == std::string::npos, "a link is one plain target");
}

void names(std::string_view text) {
  const std::string_view first = text.substr(0, text.size() / 3);
  const std::string_view last = text.substr(first.size(), text.size() / 3);
  const hmrc::KnownNames known{first, last, {text.substr(first.size() + last.size())}};
  const auto found = hmrc::name_candidates(known);
  require(found.size() <= hmrc::kNameCandidatesMax, "candidates have a cap");
  for (const auto& one : found) {
    require(!one.first.reveal().empty() && one.first.reveal().size() <= 35, "a first name fits");
    require(!one.last.reveal().empty() && one.last.reveal().size() <= 35, "a last name fits");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  static ig::adapters::wire::json::Reader reader;
  static const auto digest = ig::adapters::wire::crypto::make_digest();
  if (size <= 300) names(text);
  hmrc::IndividualsFiles files(hmrc::every_sa_field());
  if (const auto reply = files.income(text, {}, reader, *digest)) check(*reply, reader);
  check(files.figures({}, *digest), reader);
  if (const auto reply = hmrc::read_employments_file(text, {}, reader, *digest)) {
    require(!reply->facts.empty() || !reply->refused.empty(), "an answer is never nothing");
    check(*reply, reader);
  }
  const auto body = reader.read(text);
  if (!body) return 0;
  follow(*body);
  static_cast<void>(hmrc::read_tax_credits(*body));
  static_cast<void>(hmrc::read_addresses(*body));
  static_cast<void>(hmrc::read_contact_details(*body));
  return 0;
}
