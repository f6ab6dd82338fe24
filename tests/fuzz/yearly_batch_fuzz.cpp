// links: hmrc
#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/yearly_batch_read.hpp"
#include "core/base/require.hpp"
#include "tests/support/text_source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

namespace base = ig::core::base;
namespace ports = ig::core::ports;
using ig::tests::support::TextSource;

struct Seen {
  std::uint64_t answers = 0;
  std::int64_t pence = 0;
  std::string facts;
};

ports::BatchReport read(std::string_view text, std::size_t step, Seen& seen) {
  TextSource source(std::string(text), step);
  const auto report = ig::adapters::hmrc::read_yearly_answers(
      source, {}, [&](ports::BatchAnswer&& answer) -> base::Result<void> {
        ++seen.answers;
        seen.pence += answer.annual.in_pence();
        base::require(answer.raw == text.substr(answer.byte_from, answer.raw.size()),
                      "an answer's bytes are those of the file");
        base::require(answer.fact.has_value() != answer.refused.has_value(),
                      "an answer is a fact or refused");
        if (answer.fact) ig::adapters::formats::write_fact(seen.facts, *answer.fact);
        return {};
      });
  base::require(report.has_value(), "a file is no reason for an Error");
  return *report;
}

}  // namespace

// A file says the same however it arrives, and one that is taken in ties with its trailer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  Seen whole;
  const auto report = read(text, 1U << 16U, whole);
  Seen cut;
  const auto again = read(text, 7, cut);
  base::require(again.error.has_value() == report.error.has_value(), "pieces change no judgement");
  base::require(again.sha256 == report.sha256, "pieces change no hash");
  if (report.error) return 0;
  base::require(!report.partial, "a file without an error is whole");
  base::require(whole.facts == cut.facts, "pieces change no fact");
  base::require(report.answers == whole.answers, "each answer is seen");
  base::require(report.header.count == whole.answers, "the count ties");
  base::require(report.total.in_pence() == whole.pence, "the total ties");
  return 0;
}
