#!/bin/sh
# The coverage report of core: coverage.sh BUILD_DIR, after the suites have run there with their
# profiles written to BUILD_DIR/profiles. Prints the totals of each folder; a table by file is kept in
# BUILD_DIR/coverage/files.txt.
# docs/proof.md says what must be reached and how a line is left out.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

profile="$build/core.profdata"
llvm-profdata-19 merge -sparse -o "$profile" "$build"/profiles/*.profraw

# One export a program: where a program only includes a header, its empty record of the functions in
# it would hide what another program ran. coverage.py puts them together.
rm -rf "$build/coverage"
mkdir -p "$build/coverage"
for program in "$build"/unit_core_* "$build"/property_* "$build"/scenario*; do
  [ -x "$program" ] || continue
  out="$build/coverage/$(basename "$program")"
  llvm-cov-19 export "$program" -instr-profile "$profile" -format=lcov -sources "$root/core" \
    >"$out.lcov" 2>>"$build/coverage/warnings.txt"
  llvm-cov-19 export "$program" -instr-profile "$profile" -skip-functions -sources "$root/core" \
    >"$out.json" 2>>"$build/coverage/warnings.txt"
done
python3 -B "$here/coverage.py" "$root" "$build"
