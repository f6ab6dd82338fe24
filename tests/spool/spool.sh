#!/bin/sh
# The spool folder of `serve` from outside: files are put in as a sender would, and the end of each is
# judged by where it lies and what its receipt says. The gateway is killed with a file in hand.
#
#   spool.sh PATH_OF_INCOME_GATEWAY
set -eu

gateway=$1
dir=$(mktemp -d)
serving=
cleanup() {
  [ -z "$serving" ] || kill -9 "$serving" 2>/dev/null || true
  rm -rf "$dir"
}
trap cleanup EXIT INT TERM

failed=0
# same NAME EXPECTED ACTUAL
same() {
  [ "$2" = "$3" ] && return
  failed=$((failed + 1))
  printf 'FAILED %s: expected "%s", got "%s"\n' "$1" "$2" "$3"
}
# until_there FILE: waits for a file; the log of the gateway says when it is worth a look
until_there() {
  until [ -e "$1" ]; do
    kill -0 "$serving" 2>/dev/null || { cat "$dir/log"; echo "spool: the gateway ended"; exit 1; }
  done
}
serve() {
  "$gateway" --config "$dir/gateway.toml" serve 2>>"$dir/log" &
  serving=$!
}
number() { sed "s/.*\"$2\":{\([^}]*\)}.*/\1/; s/.*\"$3\":\([0-9-]*\).*/\1/" "$1"; }

# fps SEED FILE: 40 employees, the same for every seed, of whom 10 are registered; other pay
fps() {
  "$gateway" sandbox fps --employees 40 --registered-permille 250 --seed "$1" --out "$dir/$2" \
    --cases-out "$dir/cases" --cases 10 >/dev/null
}
fps 5 first.xml
fps 6 second.xml
cat >"$dir/gateway.toml" <<EOF
site = "spool"
[store]
file = "store.db"
identity_key_file = "store.key"
[intake]
spool_folder = "in"
spool_every_s = 1
spool_settle_s = 0
[serve]
review_every_s = 3600
EOF
"$gateway" --config "$dir/gateway.toml" cases import "$dir/cases" >/dev/null
mkdir "$dir/in"
first=$dir/first.xml
second=$dir/second.xml

# Before the gateway runs: a whole file, one that is being written, a link, one with a wrong control.
cp "$first" "$dir/in/a.xml"
cp "$first" "$dir/in/b.xml.part"
ln -s "$first" "$dir/in/link.xml"
cp "$second" "$dir/in/wrong.xml"
printf '{"employees": 1}' >"$dir/in/wrong.xml.control.json"
printf '<NotRti/>' >"$dir/in/z.xml"
serve
until_there "$dir/in/done/a.xml"
until_there "$dir/in/refused/wrong.xml"
until_there "$dir/in/refused/z.xml"
kept=$(number "$dir/in/done/a.xml.receipt.json" payments kept)
same "something is kept" yes "$([ "$kept" -gt 0 ] && echo yes || echo no)"
same "control total" '"code":"CONTROL_TOTAL"' \
  "$(grep -o '"code":"CONTROL_TOTAL"' "$dir/in/refused/wrong.xml.receipt.json")"
same "its control file goes with it" yes "$([ -e "$dir/in/refused/wrong.xml.control.json" ] && echo yes)"
same "a file being written stays" yes "$([ -e "$dir/in/b.xml.part" ] && echo yes)"
same "a link stays" yes "$([ -L "$dir/in/link.xml" ] && echo yes)"

# The same bytes again are a duplicate, and nothing is kept twice.
mv "$dir/in/b.xml.part" "$dir/in/b.xml"
until_there "$dir/in/done/b.xml"
same "nothing twice" 0 "$(number "$dir/in/done/b.xml.receipt.json" payments kept)"
same "duplicate" "$(number "$dir/in/done/a.xml.receipt.json" payments in)" \
  "$(number "$dir/in/done/b.xml.receipt.json" payments duplicate)"

# Killed with a file in hand: what lies in `taking` is taken in by the next run.
kill -9 "$serving"
wait "$serving" 2>/dev/null || true
cp "$second" "$dir/in/taking/c.xml"
serve
until_there "$dir/in/done/c.xml"
same "taken in after a kill" yes \
  "$([ "$(number "$dir/in/done/c.xml.receipt.json" payments kept)" -gt 0 ] && echo yes || echo no)"
same "nothing is left in hand" "" "$(ls "$dir/in/taking")"

kill "$serving"
wait "$serving" || same "it ends by itself" 0 "$?"
serving=
same "no number of a person in the log" "" "$(grep -oE '[A-Z]{2}[0-9]{6}[A-D]' "$dir/log" || true)"
[ "$failed" -eq 0 ]
