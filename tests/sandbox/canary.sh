#!/bin/sh
# Runs every command that asks HMRC against a sandbox in which things go wrong, and looks for people and
# secrets in all that the commands print and log: none may be there. The store and the sandbox's own
# folder are not looked at: they hold people by design.
#
#   canary.sh PATH_OF_INCOME_GATEWAY
set -eu

gateway=$1
dir=$(mktemp -d)
sandbox=
serve=
cleanup() {
  for pid in $serve $sandbox; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$dir"
}
trap cleanup EXIT INT TERM
# written FILE PATTERN PID: waits until the file has a line of that pattern; false when the process
# that writes it ends first
written() { tail -F -n +1 --pid="$3" "$1" 2>/dev/null | grep -q -m 1 -e "$2"; }

cat >"$dir/faults.json" <<'JSON'
{"faults":[{"fault":"SERVER_ERROR","per_mille":60},{"fault":"PROXY_403","per_mille":20},
           {"fault":"TRUNCATED","per_mille":40},{"fault":"THROTTLED_NOT_JSON","per_mille":40},
           {"fault":"TOKEN_EXPIRED","per_mille":40},{"fault":"REDIRECT_HOST","per_mille":20}]}
JSON
world=$dir/world
"$gateway" sandbox run --dir "$world" --seed 9 --people 81 --as-of 2026-02-10 --totp \
  --faults "$dir/faults.json" --ready-file "$dir/ready" >"$dir/sandbox.log" 2>&1 &
sandbox=$!
written "$dir/ready" . "$sandbox" || { cat "$dir/sandbox.log"; exit 1; }

said=$dir/said
ig() { "$gateway" --config "$world/gateway.toml" "$@" >>"$said" 2>&1 || true; }
# What is told of cases is the case system's own and may be told; `cases.ndjson` itself is personal.
ig cases import "$world/cases.ndjson"
ig hmrc check
ig hmrc check --json
ig review --as-of 2026-02-10 --plan
ig review --as-of 2026-02-10 --dry-run
ig review --as-of 2026-02-10
ig review --as-of 2026-02-11 --json
case_id=$(sed -n '1s/.*"case":"\([^"]*\)".*/\1/p' "$world/cases.ndjson")
ig initial --case "$case_id" --as-of 2026-02-10
ig initial --case "$case_id" --as-of 2026-02-10 --json
ig hmrc times
ig held list
ig outbox
ig triggers list
ig triggers list --json
trigger=$(sed -n 's/.*"id":"\([0-9a-f]\{32\}\)".*/\1/p' "$said" | head -1)
ig explain "$trigger"
ig audit verify
"$gateway" --config "$world/gateway.toml" serve >>"$said" 2>&1 &
serve=$!
written "$said" '"event":"review_done"' "$serve" ||
  { tail -5 "$said"; echo "canary: serve ended"; exit 1; }
port=$(sed 's/.*"gateway_api_port":\([0-9]*\).*/\1/' "$world/sandbox.json")
curl -sS --cacert "$world/ca.pem" --cert "$world/api-operator.pem" --key "$world/api-operator.key" \
  "https://127.0.0.1:$port/metrics" >>"$said"
kill "$serve"
wait "$serve" || true
serve=

lines=$(wc -l <"$said")
[ "$lines" -gt 100 ] || { echo "canary: the commands said too little to be looked at: $lines lines"; exit 1; }
grep -q ig_hmrc_answer_ms "$said" || { echo "canary: no metrics were read"; exit 1; }
python3 - "$world" "$said" <<'PY'
import json, pathlib, re, sys

world, said = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(errors="replace")
secrets = [p.read_text().strip() for p in world.iterdir()
           if p.name in ("client_secret", "totp_key") or p.name.endswith(".secret")]
words = {}
for line in (world / "cases.ndjson").read_text().splitlines():
    person = json.loads(line)["person"]
    words[person["nino"][:8]] = "a NINO"
    words[person["surname"]] = "a surname"
    words[person["date_of_birth"]] = "a birth date"
found = {what for word, what in words.items()
         if re.search(r"(?<![A-Za-z0-9])" + re.escape(word), said)}
found |= {"a secret" for secret in secrets if secret in said}
found |= {"a token" for _ in re.findall(r"Bearer [0-9a-f]{8}", said)}
if found:
    sys.exit("canary: in what was printed and logged stands " + ", ".join(sorted(found)))
print(f"canary: {len(words)} words of people and {len(secrets)} secrets in none of "
      f"{said.count(chr(10))} lines")
PY
