#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Spectral over the OpenAPI document of every API, as the programs print it. REGIE_REFERENCE is the folder
# with adr/adr-overlay.yaml, the rules; without it nothing is checked and this says so.
# Usage: api-lint.sh [BUILD FOLDER]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build/dev}
rules=${REGIE_REFERENCE:-$root/../shared}/adr/adr-overlay.yaml
if [ ! -e "$rules" ]; then
	echo "skipped: no $rules (REGIE_REFERENCE names the folder)"
	exit 77
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for program in "$build"/services/*/regie-*; do
	name=$(basename "$program")
	case $name in
	# not an API of ours: pages, and DUO's and OpenID's contracts
	regie-portal | regie-simulator) continue ;;
	esac
	"$program" --openapi >"$dir/$name.json"
done
SCARF_ANALYTICS=false "$root/node_modules/.bin/spectral" lint --quiet -r "$rules" -F error "$dir"/*.json
