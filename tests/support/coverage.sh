#!/bin/sh
# The coverage report of core: coverage.sh BUILD_DIR, after the suites have run there with their
# profiles written to BUILD_DIR/profiles. Prints the totals of each folder and keeps the report.
# tests/README.md says what must be reached and how a line is left out.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

profile="$build/core.profdata"
llvm-profdata-19 merge -sparse -o "$profile" "$build"/profiles/*.profraw

set --
for program in "$build"/unit_core_* "$build"/property_* "$build"/scenario*; do
  [ -x "$program" ] || continue
  if [ $# -eq 0 ]; then set -- "$program"; else set -- "$@" -object "$program"; fi
done
llvm-cov-19 report "$@" -instr-profile "$profile" -show-mcdc-summary -sources "$root/core" \
  >"$build/coverage-core.txt" 2>"$build/coverage-warnings.txt"
llvm-cov-19 export "$@" -instr-profile "$profile" -format=lcov -sources "$root/core" \
  >"$build/coverage-core.lcov" 2>>"$build/coverage-warnings.txt"
llvm-cov-19 export "$@" -instr-profile "$profile" -skip-functions -sources "$root/core" \
  >"$build/coverage-core.json" 2>>"$build/coverage-warnings.txt"
python3 -B "$here/coverage.py" "$root" "$build"
