#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# duo_document.sh DOCUMENT [write] PROGRAM...: between `<!-- NAME --document -->` and `<!-- end of NAME -->` stands what
# the program of that name prints; `write` prints it again.
set -eu
document=$1
shift
write=
[ "$1" != write ] || {
	write=yes
	shift
}
old=$(mktemp)
new=$(mktemp)
trap 'rm -f "$old" "$new"' EXIT
cp "$document" "$new"
for program in "$@"; do
	name=$(basename "$program")
	cp "$new" "$old"
	[ "$(grep -cxF -e "<!-- $name --document -->" -e "<!-- end of $name -->" "$old")" = 2 ] || {
		echo "$document lacks the marks of $name" >&2
		exit 1
	}
	{
		sed "/^<!-- $name --document -->\$/q" "$old"
		"$program" --document
		sed -n "/^<!-- end of $name -->\$/,\$p" "$old"
	} >"$new"
done
if [ "$write" = yes ]; then
	cat "$new" >"$document"
else
	diff -u "$document" "$new" || {
		echo "Print it again: $0 $document write $*" >&2
		exit 1
	}
fi
