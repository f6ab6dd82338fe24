#include "tests/support/form_xsd.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

/// Writes the schemas of schemas/rti into a folder, as they would be now.
int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: form_xsd_write FOLDER\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  for (const ig::tests::support::OwnSchema& schema : ig::tests::support::own_schemas()) {
    const auto known = ig::adapters::rti::form_of(schema.uri);
    std::ofstream out(folder / schema.file, std::ios::binary);
    out << ig::tests::support::form_xsd(known.form);
    if (!out.flush()) {
      fmt::print(stderr, "form_xsd_write: {} cannot be written\n", schema.file);
      return 1;
    }
  }
  return 0;
}
