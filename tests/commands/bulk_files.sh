#!/bin/sh
# Commands on bulk files from outside: several files come to the same whatever the parsers' schedule,
# and the interest in people is written, reconciled and refused by the file.
#
#   bulk_files.sh PATH_OF_INCOME_GATEWAY
set -eu

gateway=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
cd "$dir"

failed=0
# same NAME EXPECTED ACTUAL
same() {
  [ "$2" = "$3" ] && return
  failed=$((failed + 1))
  printf 'FAILED %s: expected "%s", got "%s"\n' "$1" "$2" "$3"
}
# site NAME: a gateway with a store of its own and the ten cases
site() {
  mkdir "$1"
  cat >"$1/gateway.toml" <<EOF
site = "test"
[store]
file = "store.db"
identity_key_file = "store.key"
EOF
  "$gateway" --config "$1/gateway.toml" cases import cases >/dev/null
}
run() {
  at=$1
  shift
  "$gateway" --config "$at/gateway.toml" "$@"
}
# what a store came to, without the moments of this run
outcome() { run "$1" triggers list --json | sed 's/"\(raised_at\|queued_at\|received_at\)":"[^"]*"//g' | sort; }

# ---- several files ----------------------------------------------------------------------------
files=''
for seed in 1 2 3 4 5 6; do
  "$gateway" sandbox fps --employees 40 --registered-permille 250 --seed "$seed" --out "f$seed.xml" \
    --cases-out cases --cases 10 >/dev/null
  files="$files f$seed.xml"
done
head -c 3000 f3.xml >broken.xml
files="$files broken.xml"
for way in together one_core one_by_one; do
  site "$way"
done
day='--as-of 2026-02-10 --received-at 2026-02-10T06:00:00Z'
# shellcheck disable=SC2086
{
  run together intake --json $day $files >together.receipt 2>/dev/null || true
  taskset -c 0 "$gateway" --config one_core/gateway.toml intake --json $day $files >one_core.receipt 2>/dev/null || true
  for file in $files; do run one_by_one intake --json $day "$file" >>one.receipts 2>/dev/null || true; done
}
same 'a schedule of one core' "$(cat together.receipt)" "$(cat one_core.receipt)"
[ "$(outcome together | wc -l)" -gt 5 ] || same 'triggers' 'more than five' "$(outcome together | wc -l)"
same 'triggers on one core' "$(outcome together)" "$(outcome one_core)"
same 'triggers file by file' "$(outcome together)" "$(outcome one_by_one)"
same 'receipts file by file' 7 "$(wc -l <one.receipts)"
same 'a broken file costs itself only' 1 "$(grep -c '"files":7,"messages":7' together.receipt)"

# ---- interest ---------------------------------------------------------------------------------
counts() { run together interest reconcile --source rti --json "$@"; }
same 'everybody is asked for' \
  '{"source":"rti","wanted":10,"register":10,"lost":0,"drop":0,"unknown":0,"confirmed":0}' \
  "$(counts --out requests)"
same 'its end counts them' '{"end":true,"register":10,"drop":0}' "$(tail -n 1 requests)"
same 'nobody else reads them' 600 "$(stat -c %a requests)"
grep '"REGISTER"' requests | sed 's/"op":"REGISTER",//' >list
cp list whole
echo '{"end":true,"count":10}' >>whole
same 'the list confirms them' \
  '{"source":"rti","wanted":10,"register":0,"lost":0,"drop":0,"unknown":0,"confirmed":10}' \
  "$(counts --listed whole --out requests)"
{
  head -n 9 list
  echo '{"nino":"ZR999999A"}'
  echo '{"end":true,"count":10}'
} >less
same 'a lost one is asked for again, a strange one is dropped' \
  '{"source":"rti","wanted":10,"register":1,"lost":1,"drop":1,"unknown":1,"confirmed":0}' \
  "$(counts --listed less --out requests)"
same 'the loss is held' 1 "$(run together held list --json | grep -c INTEREST_LOST)"
for bad in list less_count; do
  [ "$bad" = list ] || sed 's/"count":10/"count":11/' less >"$bad"
  if counts --listed "$bad" --out refused >/dev/null 2>&1; then same "$bad is refused" refused taken; fi
  same "$bad: no requests" '' "$(ls refused 2>/dev/null || true)"
done

[ "$failed" -eq 0 ] || exit 1
echo 'commands on bulk files: all as expected'
