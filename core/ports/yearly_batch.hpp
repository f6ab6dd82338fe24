#pragma once

#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ig::core::ports {

/// One question of a request file.
struct BatchQuestion {
  std::string request_id;  ///< ours; the answer repeats it, and nothing else names the person
  facts::Subject person;
  bool unearned = false;  ///< income that is not part of the figure is asked for too
};

/// A request file before it is text.
struct BatchRequest {
  std::string site;     ///< which installation asks
  std::string control;  ///< the file's number, used once for ever
  values::Instant created;
  std::string purpose;  ///< "ANNUAL_REVIEW", "INITIAL"
  values::Date asked_on;
  std::vector<BatchQuestion> questions;
};

/// The head of an answer file, as far as it was read.
struct BatchHeader {
  std::string site;     ///< whose questions it answers
  std::string control;  ///< the sender's number of the file
  std::optional<values::Instant> created;
  std::string purpose;
  std::uint64_t count = 0;
};

/// One answer. It says which question it answers and not whom: `fact` has no subject.
struct BatchAnswer {
  std::string request_id;
  std::optional<facts::Fact> fact;  ///< a YearlyFigure, or an Answer without one
  values::Money annual;             ///< the sum it is counted with; nil where it has none
  std::string raw;                  ///< exact bytes of the element
  std::uint64_t byte_from = 0;
  std::uint64_t byte_to = 0;
  std::string position;                ///< "/YearlyAnswer/Answer[2]"
  bool unavailable = false;            ///< HMRC could not say: the question may be asked again
  bool parts_differ = false;           ///< the parts do not come to the annual sum, which stands
  std::optional<base::Error> refused;  ///< members that cannot both be true; there is no fact
};

/// What one answer file held.
struct BatchReport {
  BatchHeader header;
  std::uint64_t answers = 0;
  values::Money total;  ///< sum of the answers' annual sums
  std::string sha256;   ///< 64 lower-case hex digits of all bytes read
  std::uint64_t bytes = 0;
  std::optional<base::Error> error;  ///< why nothing of it may be taken in
  /// The error says that the file is not whole: it ends early, has no trailer, or its counts or
  /// totals do not tie. It may still be on its way.
  bool partial = false;
};

/// What the facts of an answer file carry that the file itself does not say.
struct BatchContext {
  values::Instant received_at;
  std::string document;  ///< "sha256:..." when it is known beforehand, else empty
};

/// Takes each answer in the order of the file. What it is given is provisional until the report
/// says that the file is whole. An Error ends the reading and comes back from read().
using OnAnswer = std::function<base::Result<void>(BatchAnswer&&)>;

/// Yearly figures asked for and answered by a pair of files (schemas/yearly-request.xsd and
/// yearly-answer.xsd). Reads in one pass and bounded memory. A file that breaks its format is a
/// BatchReport with `error`; an Error is only a failing source (UNREADABLE) or what the visitor
/// gave. One call at a time.
class YearlyBatch {
 public:
  virtual ~YearlyBatch() = default;
  /// The text of a request file. The same request gives the same text.
  [[nodiscard]] virtual std::string write(const BatchRequest& request) = 0;
  [[nodiscard]] virtual base::Result<BatchReport> read(ByteSource& source,
                                                       const BatchContext& context,
                                                       const OnAnswer& on_answer) = 0;
  /// The id of an answer's fact, once it has its subject: the same for the same content from the
  /// same source, however it came.
  [[nodiscard]] virtual std::string fact_id(const facts::Fact& fact) = 0;
};

}  // namespace ig::core::ports
