#!/bin/sh
# Lines `name value baseline ratio` as columns; other lines as they are.
set -eu
awk 'NF == 4 && $4 ~ /^[0-9.]+$/ { printf "%-44s %14s %14s %8s\n", $1, $2, $3, $4; next } { print }'
