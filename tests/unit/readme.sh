#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# README's settings are what the programs say. Usage: readme.sh README PROGRAM
set -eu
"$2" --config | while IFS= read -r line; do
	grep -qxF -e "$line" "$1" || {
		echo "README lacks: $line" >&2
		exit 1
	}
done
