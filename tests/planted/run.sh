#!/bin/sh
# Are the tests of the core worth anything? Plants one bug at a time in a copy of the core and shows
# which program finds it: run.sh BUILD_DIR [PATCH...]; all of tests/planted/*.patch unless some are
# named. Fails when a bug is not found, a patch does not apply, or the patched core does not compile.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- "$here"/*.patch

# From the narrowest to the widest: the first one that fails has found the bug.
programs='unit_core_base unit_core_values unit_core_rates unit_core_rules property_core scenario_golden'
limit=${IG_PLANTED_LIMIT:-300}
jobs=${IG_JOBS:-$(nproc 2>/dev/null || echo 2)}
tree="$work/tree"
build="$tree/build/debug"

say() { printf '%s\n' "$*"; }
die() {
  printf '%s\n' "planted: $*" >&2
  exit 1
}

# A file is copied only where it differs, so that the build directory of an earlier run is of use.
copy_tree() {
  git -C "$root" ls-files -c -o --exclude-standard -- \
    CMakeLists.txt CMakePresets.json core config tests >"$work/files"
  if [ -d "$tree" ]; then
    (cd "$tree" && find . -path ./build -prune -o -type f -print | sed 's|^\./||') |
      while read -r file; do
        grep -qxF "$file" "$work/files" || rm -f "$tree/$file"
      done
  fi
  while read -r file; do
    [ -f "$root/$file" ] || continue
    cmp -s "$root/$file" "$tree/$file" && continue
    mkdir -p "$tree/$(dirname "$file")"
    cp "$root/$file" "$tree/$file"
  done <"$work/files"
}

compile() { NINJA_STATUS='' ninja -C "$build" -j "$jobs" --quiet "$1" >"$work/compile.txt" 2>&1; }

# run <program>: 0 when it passes.
run() {
  (
    cd "$tree"
    timeout "$limit" "$build/$1" --gtest_brief=1 || exit 1
  ) >"$work/run.txt" 2>&1
}

# The first test that failed, or how the program ended when none says so.
first_failure() {
  name=$(sed -n 's/^\[  FAILED  \] \([A-Za-z0-9_]*\.[A-Za-z0-9_/]*\).*/\1/p' "$work/run.txt" | head -n 1)
  if [ -z "$name" ]; then
    name=$(sed -n 's/.*\(broken promise: .*\)/\1/p' "$work/run.txt" | head -n 1)
  fi
  printf '%s' "${name:-the program ended early}"
}

# The files a patch changes.
touched() { sed -n 's|^+++ b/||p' "$1"; }

# Kept apart, so that the run is of one state of the sources whatever happens to them meanwhile.
keep() {
  rm -rf "$work/kept"
  touched "$1" | while read -r file; do
    mkdir -p "$work/kept/$(dirname "$file")"
    [ ! -f "$tree/$file" ] || cp "$tree/$file" "$work/kept/$file"
  done
}

# Puts back what a patch changed; the copy has a new time, so that ninja sees it.
restore() {
  touched "$1" | while read -r file; do
    [ ! -f "$work/kept/$file" ] || cp "$work/kept/$file" "$tree/$file"
  done
}

copy_tree
if [ ! -f "$build/build.ninja" ]; then
  (cd "$tree" && cmake --preset debug -D IG_CORE_ONLY=ON) >"$work/configure.txt" 2>&1 ||
    { cat "$work/configure.txt" >&2; die "the copy does not configure"; }
fi
for program in $programs; do
  compile "$program" || { cat "$work/compile.txt" >&2; die "the copy does not compile"; }
  run "$program" || { cat "$work/run.txt" >&2; die "$program fails without a planted bug"; }
done

caught=0
failed=0
for patch in "$@"; do
  name=$(basename "$patch" .patch)
  sed -n '1s/^Bug: .*\.$/ok/p' "$patch" | grep -q ok || die "$name does not say what it plants"
  outcome=''
  keep "$patch"
  if ! (cd "$tree" && patch -p1 -s -F0 -N --no-backup-if-mismatch -r -) <"$patch" \
    >"$work/patch.txt" 2>&1; then
    outcome='DOES NOT APPLY'
    cat "$work/patch.txt" >&2
  else
    for program in $programs; do
      if ! compile "$program"; then
        outcome='DOES NOT COMPILE'
        cat "$work/compile.txt" >&2
        break
      fi
      if ! run "$program"; then
        outcome="caught by $program: $(first_failure)"
        break
      fi
    done
  fi
  restore "$patch"
  case "$outcome" in
    caught*) caught=$((caught + 1)) ;;
    *)
      failed=$((failed + 1))
      outcome=${outcome:-NOT CAUGHT}
      ;;
  esac
  say "$(printf '%-36s' "$name") $outcome"
done
say "planted bugs: $caught of $# caught"
[ "$failed" -eq 0 ]
