#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# document.sh REGIE-LAW DOCUMENT: the document is what the program prints.
set -eu
"$1" document | diff -u "$2" - && exit
echo "Print it again: $1 document > $2" >&2
exit 1
