#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace ig::tests::support {

/// Where HMRC's and DWP's real examples and schemas are: IG_CONFORMANCE, or beside the project.
inline std::filesystem::path conformance() {
  if (const char* told = std::getenv("IG_CONFORMANCE")) return told;
  return std::filesystem::path(IG_SOURCE_DIR) / ".." / "shared" / "conformance";
}

/// The bytes of a file; none where it is absent.
inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace ig::tests::support
