#!/bin/sh
# The coverage report of core: coverage.sh BUILD_DIR, after the suites have run there with their
# profiles written to BUILD_DIR/profiles. Prints the totals of each folder and keeps the report.
set -eu
build=$1
least=${IG_COVERAGE_MIN:-85}

profile="$build/core.profdata"
llvm-profdata-19 merge -sparse -o "$profile" "$build"/profiles/*.profraw

objects=''
for program in "$build"/unit_core_* "$build"/property_* "$build"/scenario* "$build"/unit_formats; do
  [ -x "$program" ] || continue
  if [ -z "$objects" ]; then objects=$program; else objects="$objects -object $program"; fi
done
# shellcheck disable=SC2086
llvm-cov-19 report $objects -instr-profile "$profile" -show-mcdc-summary -sources core \
  >"$build/coverage-core.txt"
tail -n 1 "$build/coverage-core.txt"
# shellcheck disable=SC2086
llvm-cov-19 export $objects -instr-profile "$profile" -summary-only -sources core \
  >"$build/coverage-core.json"
python3 - "$build/coverage-core.json" "$least" <<'PYTHON'
import json
import sys

totals = json.load(open(sys.argv[1]))["data"][0]["totals"]
lines, branches = totals["lines"]["percent"], totals["branches"]["percent"]
print(f"coverage of core: lines {lines:.1f} %, branches {branches:.1f} %")
if lines < float(sys.argv[2]):
    sys.exit(f"lines of core are covered to less than {sys.argv[2]} %")
PYTHON
