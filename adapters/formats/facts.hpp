#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/digest.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

/// The facts of contracts.md ("Facts") as JSON.
namespace ig::adapters::formats {

using Fact = core::facts::Fact;

/// Reads one fact. Unknown members are ignored; an absent member means "not known".
/// Errors carry the JSON pointer: MISSING_MEMBER, WRONG_TYPE, UNKNOWN_CODE and those of the values.
[[nodiscard]] core::base::Result<Fact> read_fact(const wire::json::Value& value);

/// Appends one fact as a JSON object on one line, without the line end. Members stand in the order
/// of contracts.md; what is not known is left out. The identity of the subject is written as far
/// as the fact holds it: "person" when it holds a person id and no NINO, "nino", or else "name".
void write_fact(std::string& out, const Fact& fact);

/// The id of a fact: 32 hex digits of SHA-256 over its source system, its content (whom and what
/// it is about, sums and dates) and `occurrence`, its number from 1 among identical rows of the
/// same document. When and where it was seen is not part of it: the same content from the same
/// source keeps its id in another file or reply.
[[nodiscard]] std::string make_fact_id(core::ports::Digest& digest, const Fact& fact,
                                       int occurrence);

/// The content of which make_fact_id() takes the digest, before the occurrence: two rows of a
/// document are identical when it is equal. Holds personal data: for comparing in memory only.
[[nodiscard]] std::string canonical_content(const Fact& fact);

/// Gives the facts of one document their ids: identical rows are told apart by their number. The
/// digest outlives it; one thread.
class FactIds {
 public:
  explicit FactIds(core::ports::Digest& digest) : digest_(digest) {}
  void give_id(Fact& fact);
  /// The fact with its id.
  [[nodiscard]] Fact with_id(Fact fact) {
    give_id(fact);
    return fact;
  }

 private:
  /// The bytes of an id. A document has many of them, so they are kept small.
  using Id = std::array<std::byte, 16>;
  struct IdHash {
    std::size_t operator()(const Id& id) const noexcept;
  };

  core::ports::Digest& digest_;
  std::string content_;                       ///< of the fact at hand
  std::unordered_map<Id, int, IdHash> seen_;  ///< rows by the id of the first like them
};

}  // namespace ig::adapters::formats
