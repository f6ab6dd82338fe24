#pragma once

#include "adapters/hmrc/income_sa_reply.hpp"
#include "adapters/hmrc/individuals_reply.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace ig::adapters::hmrc {

/// Replies of individuals-income and individuals-employments as files hold them, of any HTTP
/// status, one person's, one after the other. Pay and employments give facts body by body; Self
/// Assessment of all of them together gives its figures at the end, since a kind comes in a reply
/// of its own.
class IndividualsFiles {
 public:
  /// `scope`: fields of Self Assessment whose zero is a zero.
  explicit IndividualsFiles(SaScope scope) : scope_(std::move(scope)) {}

  /// PAYE gives its facts; Self Assessment is kept, and gives refusals only; a body {"code"} gives
  /// an Answer. Errors: those of the JSON reader, MISSING_MEMBER (none of the three), WRONG_TYPE.
  [[nodiscard]] core::base::Result<IndividualsReply> income(std::string_view body,
                                                            const IndividualsContext& context,
                                                            wire::json::Reader& reader,
                                                            core::ports::Digest& digest);
  /// The figures of all Self Assessment read so far; none where there was none. Their document is
  /// the digest of the bodies one behind the other.
  [[nodiscard]] IndividualsReply figures(IndividualsContext context, core::ports::Digest& digest);

 private:
  SaScope scope_;
  SaRecord record_;
  std::string bodies_;  ///< of Self Assessment
};

/// A reply of individuals-employments: facts, or for a body {"code"} an Answer. Errors: as
/// IndividualsFiles::income().
[[nodiscard]] core::base::Result<IndividualsReply> read_employments_file(
    std::string_view body, const IndividualsContext& context, wire::json::Reader& reader,
    core::ports::Digest& digest);

}  // namespace ig::adapters::hmrc
