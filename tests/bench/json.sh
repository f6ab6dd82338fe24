#!/bin/sh
# Lines `name value baseline ratio` as one flat JSON object of name to ratio.
set -eu
awk 'BEGIN { printf "{" }
     NF == 4 && $4 ~ /^[0-9.]+$/ { printf "%s\n  \"%s\": %s", comma, $1, $4; comma = "," }
     END { print "\n}" }'
