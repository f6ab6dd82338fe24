#pragma once

#include "tests/scenario/worked_cases/shapes.hpp"

#include <optional>
#include <string>
#include <vector>

/// Reads the worked cases and holds what they expect against what the rules find.
namespace ig::tests::worked {

/// Where the cases are: IG_WORKED_CASES, or beside IG_CONFORMANCE.
[[nodiscard]] std::string cases_file();

/// All cases; nothing when the file is absent.
[[nodiscard]] std::optional<Json> read_cases();

/// A line of a list beside this test: "name :: text :: text".
struct ListedLine {
  std::string name;
  std::vector<std::string> texts;
  mutable bool used = false;
};

/// The lines of explanatory.txt or disagreements.txt; # starts a comment.
[[nodiscard]] std::vector<ListedLine> read_list(const std::string& file);

/// The line of `member` of a shape, or of a case: by "shape/member", else by "member".
[[nodiscard]] const ListedLine* line_of(const std::vector<ListedLine>& list,
                                        const std::string& owner, const std::string& member);

/// What a case expects; the members of an object stand as "outer.inner".
[[nodiscard]] Members expected_of(const Json& one);

/// Is a member always decided: pence, dates, basis, action, flag, rate, meets_* and *allowed?
[[nodiscard]] bool is_always_decided(const std::string& member);

/// Is what was found what is expected? The law of a rate may be expected to a sub-item further than
/// we cite it, and of endless review dates the first are expected.
[[nodiscard]] bool agrees(const std::string& member, const Json& expected, const Json& found);

/// Every value a little beside `expected`: another penny, word or answer, at each place in it.
[[nodiscard]] std::vector<Json> values_beside(const Json& expected);

}  // namespace ig::tests::worked
