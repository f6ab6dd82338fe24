#!/bin/sh
# A day of the gateway on loopback, against the sandbox: import, review, intake, delivery, with
# the gateway killed once in the middle of delivery. Called by `./dev demo`; needs the release
# build. Ends by itself; exit 0 only when nothing is missing and nothing was applied twice.
set -eu

gateway=$1
people=${2:-300}
dir=$(mktemp -d)
sandbox_pid=
cleanup() {
  [ -z "$sandbox_pid" ] || kill "$sandbox_pid" 2>/dev/null || true
  [ -z "$sandbox_pid" ] || wait "$sandbox_pid" 2>/dev/null || true
  rm -rf "$dir"
}
trap cleanup EXIT INT TERM

say() { printf '\n== %s\n' "$*"; }
ig() { "$gateway" --config "$dir/gateway.toml" "$@"; }
# The sandbox answers from loopback; a refused connection only means that it is not up yet.
applied() { "$gateway" sandbox report --dir "$dir" --json | sed 's/.*"applied":\([0-9]*\).*/\1/'; }

say "sandbox: HMRC and two case systems on loopback, $people people from seed 7"
"$gateway" sandbox run --dir "$dir" --seed 7 --people "$people" --as-of 2026-02-10 \
  --ready-file "$dir/ready" --drop-answers 50 --slow-ms 4 >"$dir/sandbox.log" 2>&1 &
sandbox_pid=$!
until [ -e "$dir/ready" ]; do
  kill -0 "$sandbox_pid" 2>/dev/null || { cat "$dir/sandbox.log"; echo "demo: the sandbox did not start"; exit 1; }
  sleep 0.05
done
ig config check "$dir/gateway.toml"

say "cases: the register"
ig cases import "$dir/cases.ndjson"

say "review: what would be asked (request rates are set for loopback)"
ig review --plan --as-of 2026-02-10
say "review: pull and answer"
ig review --as-of 2026-02-10

say "intake: each bulk file on its payday"
for file in "$dir"/fps/*.xml; do
  name=$(basename "$file" .xml)
  day=$(printf '%.10s' "$name")
  printf '%-24s' "$name"
  ig intake --as-of "$day" --received-at "${day}T09:00:00Z" "$file" | head -1
done
say "intake: the last file once more is a duplicate"
ig intake --as-of "$day" --received-at "${day}T10:00:00Z" "$file" | sed -n '1p;/duplicate/p' || true

say "watch: HMRC is asked about paydays that have come, then everybody is looked at"
ig watch --plan --as-of 2026-02-10
ig watch --as-of 2026-02-10

say "delivery: started, and killed in the middle"
ig outbox
"$gateway" --config "$dir/gateway.toml" deliver >"$dir/deliver.log" 2>&1 &
deliver_pid=$!
until [ "$(applied)" -ge 25 ]; do
  kill -0 "$deliver_pid" 2>/dev/null || break
done
kill -9 "$deliver_pid" 2>/dev/null || true
wait "$deliver_pid" 2>/dev/null || true
echo "killed after $(applied) triggers were applied"

say "delivery: started again (what the killed run had claimed is sent again)"
ig deliver --until-empty
ig outbox

say "one trigger explained"
ig explain "$(ig triggers list --json --kind IN_YEAR_INCOME | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')"
ig audit verify

say "pulled, tested and pushed"
ig triggers list --json | sed 's/.*"kind":"\([A-Z_]*\)","outcome":\("[A-Z_]*"\|null\).*/\1 \2/' |
  sort | uniq -c | sed 's/"//g; s/ null//'

say "what the case systems have, against what the population says must come"
"$gateway" sandbox report --dir "$dir" --label demo
