#!/bin/sh
# Judges the sandbox from outside, as a stranger would: starts `income-gateway sandbox` in a temporary
# folder and asks HMRC's interfaces with curl and openssl alone, no part of the gateway. Prints a line
# for each check that fails; exit 0 only when none does.
#
#   judge.sh PATH_OF_INCOME_GATEWAY
set -eu

gateway=$1
dir=$(mktemp -d)
pids=
cleanup() {
  for pid in $pids; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$dir"
}
trap cleanup EXIT INT TERM

checks=0
failed=0
# same NAME EXPECTED ACTUAL
same() {
  checks=$((checks + 1))
  [ "$2" = "$3" ] && return
  failed=$((failed + 1))
  printf 'FAILED %s: expected "%s", got "%s"\n' "$1" "$2" "$3"
}
# has NAME PART: the last body has that text in it
has() {
  checks=$((checks + 1))
  case $(cat "$dir/body") in *"$2"*) return ;; esac
  failed=$((failed + 1))
  printf 'FAILED %s: no %s in %.300s\n' "$1" "$2" "$(cat "$dir/body")"
}
has_not() {
  checks=$((checks + 1))
  case $(cat "$dir/body") in *"$2"*) ;; *) return ;; esac
  failed=$((failed + 1))
  printf 'FAILED %s: %s in %.300s\n' "$1" "$2" "$(cat "$dir/body")"
}

# start NAME OPTIONS...: a sandbox in $dir/NAME
start() {
  world=$dir/$1
  shift
  "$gateway" sandbox run --dir "$world" --seed 5 --people 27 --as-of 2026-02-10 \
    --ready-file "$world.ready" "$@" >"$world.log" 2>&1 &
  pids="$pids $!"
  # The file is written when all ports listen; tail ends with the process.
  tail -F -n +1 --pid="$!" "$world.ready" 2>/dev/null | grep -q -m 1 . ||
    { cat "$world.log"; echo "judge: the sandbox did not start"; exit 1; }
  hmrc=$(sed 's/.*"hmrc_port":\([0-9]*\).*/\1/' "$world/sandbox.json")
  cases=$(sed 's/.*"cases_port":\([0-9]*\).*/\1/' "$world/sandbox.json")
}

# call PATH CURL_OPTIONS...: the status in $status (000: no answer), the exit of curl in $ended, the
# body in $dir/body and the header in $dir/head
call() {
  path=$1
  shift
  : >"$dir/body"
  : >"$dir/head"
  ended=0
  status=$(curl --silent --cacert "$world/ca.pem" --max-time 10 --output "$dir/body" \
    --dump-header "$dir/head" --write-out '%{http_code}' "$@" "https://127.0.0.1:$hmrc$path") ||
    ended=$?
}
# control PATH CURL_OPTIONS...: the body of an answer of the control side
control() {
  path=$1
  shift
  curl --silent --cacert "$world/ca.pem" --max-time 10 "$@" "https://127.0.0.1:$cases$path"
}

# ask_token SECRET_FILE [SCOPE]: the bearer header goes into $dir/bearer
ask_token() {
  call /oauth/token --data grant_type=client_credentials \
    --data client_id=sandbox-income-gateway --data-urlencode "client_secret@$1" \
    --data-urlencode "scope=${2:-}"
  sed -n 's/.*"access_token":"\([^"]*\)".*/Authorization: Bearer \1/p' "$dir/body" >"$dir/bearer"
}
# rtii CORRELATION_ID CURL_OPTIONS...: asks with the question in $dir/question
rtii() {
  id=$1
  shift
  call "/real-time-income-information/individuals/$id/income" --header @"$dir/bearer" \
    --header 'Accept: application/vnd.hmrc.1.0+json' --header 'Content-Type: application/json' \
    --data @"$dir/question" "$@"
}
# individuals PATH VERSION CURL_OPTIONS...
individuals() {
  path_asked=$1
  version=$2
  shift 2
  call "$path_asked" --header @"$dir/bearer" --header "CorrelationId: $uuid" \
    --header "Accept: application/vnd.hmrc.$version+json" "$@"
}
# person NUMBER: the one of that case, in $nino, $surname, $forename and $born
person() {
  line=$(grep "\"case\":\"$1\"" "$world/cases.ndjson" | head -1)
  nino=$(printf '%s' "$line" | sed 's/.*"nino":"\([^"]*\)".*/\1/')
  surname=$(printf '%s' "$line" | sed 's/.*"surname":"\([^"]*\)".*/\1/')
  forename=$(printf '%s' "$line" | sed 's/.*"forename":"\([^"]*\)".*/\1/')
  born=$(printf '%s' "$line" | sed 's/.*"date_of_birth":"\([^"]*\)".*/\1/')
}
# question FROM TO: about the person
question() {
  cat >"$dir/question" <<END
{"nino":"$nino","serviceName":"cmg2012","fromDate":"$1","toDate":"$2","surname":"$surname",
 "dateOfBirth":"$born","filterFields":["paymentDate","taxablePayInPeriod","taxablePayToDate",
 "uniquePaymentId"]}
END
}
# code: the code of RFC 6238 with SHA-512 and 8 digits, by openssl, of $world/totp_key at this moment
code() {
  key=$(base32 -d <"$world/totp_key" | od -An -v -tx1 | tr -d ' \n')
  left=$(($(date +%s) / 30))
  counter=
  for _ in 1 2 3 4 5 6 7 8; do
    counter=$(printf '\\%03o' $((left % 256)))$counter
    left=$((left / 256))
  done
  # shellcheck disable=SC2046,SC2059
  set -- $(printf "$counter" | openssl dgst -sha512 -mac HMAC -macopt "hexkey:$key" -binary |
    od -An -v -tu1)
  for last in "$@"; do :; done
  shift $((last % 16))
  printf '%08d' $((((($1 % 128 * 256 + $2) * 256 + $3) * 256 + $4) % 100000000))
}

uuid=7b0f7a2e-5a52-4a5e-9a43-2f7bb3f0a111
steady=100000000002
trader=100000000024
never_paid=100000000026
unknown=100000000027

start plain --rate-limit 1000
tr -d '\n' <"$world/client_secret" >"$dir/secret"
printf wrong >"$dir/wrong"

# TLS: the certificate is the sandbox's own, and the protocol is not an old one.
printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' |
  openssl s_client -connect "127.0.0.1:$hmrc" -CAfile "$world/ca.pem" -verify_return_error \
    -ign_eof >"$dir/body" 2>/dev/null || true
has "TLS is verified" 'Verify return code: 0 (ok)'
has "TLS gives an answer" 'HTTP/1.1 401'
has "credentials are missing" 'MISSING_CREDENTIALS'

# Tokens
ask_token "$dir/wrong"
same "token, wrong secret" 401 "$status"
has "token, wrong secret" '"error":"invalid_client"'
ask_token "$dir/secret" read:nothing
same "token, wrong scope" 400 "$status"
has "token, wrong scope" invalid_scope
call /oauth/token --data grant_type=password
same "token, no grant" 400 "$status"
has "token, no grant" invalid_request
ask_token "$dir/secret"
same "token" 200 "$status"
has "token" '"expires_in":14400'
has "token" '"token_type":"bearer"'

# Real Time Income Information
person $steady
question 2025-04-06 2026-02-10
rtii $uuid
same "RTII" 200 "$status"
has "RTII" '{"matchPattern":63,"taxYears":[{'
has "RTII" '"paymentDate":"2026-01-30"'
has_not "RTII sends what was asked for" payFrequency
same "RTII, payments of ten months" 10 "$(tr ',' '\n' <"$dir/body" | grep -c paymentDate)"
rtii not-an-id
same "RTII, correlation id" 400 "$status"
has "RTII, correlation id" INVALID_CORRELATION_ID
sed "s/$surname/Nobody/" "$dir/question" >"$dir/other" && mv "$dir/other" "$dir/question"
rtii $uuid
same "RTII, no match" 200 "$status"
same "RTII, no match" '{"matchPattern":32}' "$(cat "$dir/body")"
sed 's/cmg2012/stranger/' "$dir/question" >"$dir/other" && mv "$dir/other" "$dir/question"
rtii $uuid
has "RTII, unknown caller" INVALID_PAYLOAD
question 2026-02-10 2026-02-10
rtii $uuid
has "RTII, equal dates" INVALID_DATES_EQUAL
question 2026-02-10 2026-02-09
rtii $uuid
has "RTII, dates" INVALID_DATE_RANGE
person $unknown
question 2025-04-06 2026-02-10
rtii $uuid
same "RTII, unknown NINO" 404 "$status"
has "RTII, unknown NINO" NOT_FOUND_NINO
person $never_paid
question 2025-04-06 2026-02-10
rtii $uuid
same "RTII, no data" 404 "$status"
has "RTII, no data" '"code":"NOT_FOUND"'

# Matching, links, PAYE and Self Assessment
person $trader
match_body="{\"firstName\":\"$forename\",\"lastName\":\"$surname\",\"nino\":\"$nino\",\"dateOfBirth\":\"$born\"}"
printf '%s' "$match_body" >"$dir/match"
individuals /individuals/matching/ 2.0 --data @"$dir/match"
same "match" 200 "$status"
grep -qi '^content-type: application/hal+json' "$dir/head" || same "match" application/hal+json other
match=$(sed 's/.*"\/individuals\/matching\/\([0-9a-f-]\{36\}\)".*/\1/' "$dir/body")
individuals "/individuals/matching/$match" 2.0
has "individual" "\"/individuals/income/?matchId=$match\""
individuals "/individuals/income/?matchId=$match" 2.0
has "income root" "\"/individuals/income/paye?matchId=$match{&fromDate,toDate}\""
has "income root" '"sa":{'
individuals "/individuals/income/?matchId=$match" P1.0
has "income root P1.0" '"selfAssessment":{'
individuals "/individuals/income/paye?matchId=$match&fromDate=2026-01-01&toDate=2026-02-10" 2.0
same "PAYE" 200 "$status"
has "PAYE" '"paymentDate":"2026-01-30"'
has "PAYE" '"grossEarningsForNics":{"inPayPeriod1":'
individuals "/individuals/income/paye?matchId=$match&fromDate=2026-02-10&toDate=2026-02-10" 2.0
same "PAYE, equal dates" 400 "$status"
individuals "/individuals/income/sa/self-employments?matchId=$match&fromTaxYear=2024-25" 2.0
has "self-employment" '"selfEmployments":[{'
individuals "/individuals/employments/paye?matchId=$match&fromDate=2025-04-06" 2.0
has "employments" '"payeReference":"120/XB4471"'
individuals "/individuals/benefits-and-credits/?matchId=$match" 1.0
same "tax credits" 200 "$status"
individuals "/individuals/details/addresses?matchId=$match" 1.0
has "addresses" '"residences":['
call "/individuals/income/?matchId=$match" --header @"$dir/bearer" \
  --header 'Accept: application/vnd.hmrc.2.0+json'
has "correlation id" 'CorrelationId is required'
call "/individuals/income/?matchId=$match" --header @"$dir/bearer" \
  --header 'Accept: application/vnd.hmrc.2.0+json' \
  --header 'CorrelationId: 7b0f7a2e-5a52-7a5e-9a43-2f7bb3f0a111'
has "correlation id of version 7" 'Malformed CorrelationId'
sed 's/"dateOfBirth":"[0-9]*/"dateOfBirth":"1901/' "$dir/match" >"$dir/mismatch"
individuals /individuals/matching/ 2.0 --data @"$dir/mismatch"
same "no match 2.0" 404 "$status"
individuals /individuals/matching/ P1.0 --data @"$dir/mismatch"
same "no match P1.0" 403 "$status"
has "no match P1.0" MATCHING_FAILED

# Faults that are told in a header
root="/individuals/income/?matchId=$match"
fault() {
  name=$1
  shift
  individuals "$root" 2.0 --header "Sandbox-Fault: $name" "$@"
}
fault MESSAGE_THROTTLED_OUT
same "429 of the gateway" 429 "$status"
fault TOO_MANY_REQUESTS
has "429 of a service" '"code":"TOO_MANY_REQUESTS"'
fault THROTTLED_NOT_JSON
has "429 that is not JSON" '{"code", '
fault PROXY_403
same "proxy" 403 "$status"
has "proxy" '<html>'
fault PROXY_200
same "proxy with success" 200 "$status"
has "proxy with success" '<html>'
fault REDIRECT_HOST
same "redirect" 302 "$status"
grep -qi '^location: https://elsewhere.invalid/' "$dir/head" || same "redirect" location none
fault LINK_MISSING=paye
has_not "missing link" '"paye"'
fault LINK_ELSEWHERE
has "link to another host" https://elsewhere.invalid/
fault TRUNCATED
same "truncated" 18 "$ended"
fault RESET=40
same "reset leaves no whole answer" no "$([ "$ended" -eq 0 ] && echo yes || echo no)"
fault UNANSWERED
same "unanswered" 52 "$ended"
fault DRIP --write-out '%{time_total}'
same "dripped" 0 "$ended"
same "dripped slowly" yes "$(printf '%s' "$status" | awk '{print ($1 > 0.3) ? "yes" : "no"}')"
fault MATCH_EXPIRED
same "expired match" 404 "$status"
fault SERVER_ERROR
same "server error" 503 "$status"
individuals "$root" 2.0
same "server error again" 503 "$status"
fault TOKEN_EXPIRED
same "token ends" 401 "$status"
individuals "$root" 2.0
same "token has ended" 401 "$status"
ask_token "$dir/secret"

# Faults that are told on the control side, and what it counts
same "rules" '{"rules":1}' "$(control /control/faults --data \
  "{\"faults\":[{\"fault\":\"POISON_ROW\",\"argument\":\"2025-12-31\",\"nino\":\"$nino\"}]}")"
individuals /individuals/matching/ 2.0 --data @"$dir/match"
match=$(sed 's/.*"\/individuals\/matching\/\([0-9a-f-]\{36\}\)".*/\1/' "$dir/body")
individuals "/individuals/income/paye?matchId=$match&fromDate=2025-12-01&toDate=2026-02-10" 2.0
same "poisoned row" 500 "$status"
individuals "/individuals/income/paye?matchId=$match&fromDate=2026-01-01&toDate=2026-02-10" 2.0
same "no poisoned row" 200 "$status"
control /control/hmrc >"$dir/body"
has "counts" '"tokens_issued":2'
has "counts" '"PROXY_200":1'

# Throttling: a client that waits for nothing meets a limit of one a second.
start limited --rate-limit 1 --totp
tr -d '\n' <"$world/client_secret" >"$dir/secret"
ask_token "$dir/secret"
same "token without a code" 401 "$status"
# Between two steps a good code may be of the step before: then once more.
for _ in 1 2; do
  code >"$dir/coded"
  cat "$dir/secret" >>"$dir/coded"
  ask_token "$dir/coded"
  [ "$status" = 200 ] && break
done
same "token with a code of openssl" 200 "$status"
curl --silent --cacert "$world/ca.pem" --max-time 10 --header @"$dir/bearer" \
  --output "$dir/body" --output "$dir/second" "https://127.0.0.1:$hmrc/" "https://127.0.0.1:$hmrc/"
same "the second of a second" '{"code":"MESSAGE_THROTTLED_OUT"' "$(cut -d, -f1 "$dir/second")"
control /control/hmrc >"$dir/body"
has "throttled" '"refused":1,"worst_second":2'

printf 'judge: %s checks, %s failed\n' "$checks" "$failed"
[ "$failed" -eq 0 ]
