#pragma once

#include "adapters/sandbox/truth.hpp"

#include <string>
#include <vector>

namespace ig::adapters::sandbox {

/// One FPS document: its file name, which starts with the payday ("2026-01-30-monthly.xml",
/// "2026-01-09-weekly.xml"), and its bytes.
struct FpsFile {
  std::string name;
  Day paid_on;
  std::string text;
};

/// Every document the employers of the population sent, in the order in which they sent them.
/// Beside people with a case each holds several times as many without one.
[[nodiscard]] std::vector<FpsFile> make_fps_files(const Population& population);

}  // namespace ig::adapters::sandbox
