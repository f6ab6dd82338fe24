#pragma once

#include "adapters/cli/chain.hpp"

#include <string>
#include <vector>

namespace ig::adapters::cli {

/// What `normalise` was asked to do, as it stands on the command line.
struct NormaliseAsked {
  std::string from;
  std::vector<std::string> files;
  std::string received_at;
  std::string nino;
  std::string refused_file;
  std::vector<std::string> in_scope;  ///< fields of Self Assessment whose zero is a zero
};

/// `normalise --from SOURCE FILE...`: what a source sent to fact lines. Reads files and, for "-",
/// standard input; of `pipes` only `out` and `errors` are used.
[[nodiscard]] int normalise_stage(const Pipes& pipes, const NormaliseAsked& asked);

}  // namespace ig::adapters::cli
