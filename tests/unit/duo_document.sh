#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# duo_document.sh REGIE-DUO DOCUMENT [write]: the tables between the marks are what the program prints; `write`
# prints them again.
set -eu
begin='<!-- regie-duo --document -->'
end='<!-- end of regie-duo --document -->'
[ "$(grep -cxF -e "$begin" -e "$end" "$2")" = 2 ] || {
	echo "$2 lacks its marks" >&2
	exit 1
}
new=$(mktemp)
trap 'rm -f "$new"' EXIT
{
	sed "/^$begin\$/q" "$2"
	"$1" --document
	sed -n "/^$end\$/,\$p" "$2"
} >"$new"
if [ "${3:-}" = write ]; then
	cat "$new" >"$2"
else
	diff -u "$2" "$new" || {
		echo "Print it again: $0 $1 $2 write" >&2
		exit 1
	}
fi
