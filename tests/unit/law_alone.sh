#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# law_alone.sh LIBLAW.A: the law needs nothing from outside but these pure functions of the C library: no
# input or output, no clock, no memory. Prints every other symbol; exit 1 when there is one.
set -eu
allowed='memcpy|memmove|memset|strcmp|strlen|strspn|snprintf|vsnprintf'
symbols=$(nm "$1") # fails when the library is not there
defined=$(echo "$symbols" | awk 'NF == 3 { print $3 }' | sort -u)
others=$(echo "$symbols" | awk '$1 == "U" { print $2 }' | sort -u |
	grep -vxF "$defined" |
	grep -vxE "_?_?($allowed)(_chk)?|__stack_chk_fail|__(asan|ubsan|sanitizer|gcov)_.*|_GLOBAL_OFFSET_TABLE_" || true)
[ -z "$others" ] && exit
echo "the law links: $others"
exit 1
