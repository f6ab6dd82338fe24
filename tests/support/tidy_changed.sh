#!/bin/sh
# clang-tidy over what is worth its time: tidy_changed.sh BUILD_DIR JOBS [all].
# Sources that differ from the last commit; in a clean checkout, as in CI, those of the last ten
# commits, then those of core, at most IG_TIDY_MAX (20) of them: a few minutes on two cores. `all` takes
# every source of core and adapters.
set -eu
build=$1
jobs=$2
which=${3:-changed}

database="$build/compile_commands.json"
[ -f "$database" ] || {
  printf '%s\n' "lint: no $database" >&2
  exit 1
}

list() {
  case "$which" in
    all) git ls-files -- 'core/*.cpp' 'adapters/*.cpp' ;;
    *)
      changed=$({
        git diff --name-only --diff-filter=d HEAD -- 'core/*.cpp' 'adapters/*.cpp'
        git ls-files -o --exclude-standard -- 'core/*.cpp' 'adapters/*.cpp'
      } | sort -u)
      if [ -n "$changed" ]; then
        printf '%s\n' "$changed"
      else
        {
          git log -10 --name-only --diff-filter=d --format= -- 'core/*.cpp' 'adapters/*.cpp'
          git ls-files -- 'core/*.cpp'
        } | awk 'NF && !seen[$0]++' | while read -r file; do
          [ ! -f "$file" ] || printf '%s\n' "$file"
        done | head -n "${IG_TIDY_MAX:-20}"
      fi
      ;;
  esac
}

files=$(list)
count=$(printf '%s\n' "$files" | grep -c . || true)
printf '%s\n' "dev: lint: clang-tidy on $count sources"
[ "$count" -gt 0 ] || exit 0
printf '%s\n' "$files" | xargs -P "$jobs" -n 4 clang-tidy-19 --quiet -p "$build" 2>&1 |
  { grep -v -e 'warnings generated' -e '^Suppressed' -e '^Use -header' -e '^$' || true; } \
    >"$build/clang-tidy.txt"
if grep -q -e ' error: ' -e 'Error while' "$build/clang-tidy.txt"; then
  cat "$build/clang-tidy.txt" >&2
  exit 1
fi
