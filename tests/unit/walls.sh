#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Who may include whom. Prints every line that goes through a wall; exit 1 when there is one.
set -u
broken=0

# deny WHAT PATTERN FILES…: no line of the files may match
deny() {
	what=$1 pattern=$2
	shift 2
	[ $# -gt 0 ] || return 0
	if grep -nE "$pattern" "$@" /dev/null; then
		echo "  ^ $what"
		broken=1
	fi
}

kit() { # all C of the kit and the services except the named files of the kit
	find common services tools -name '*.[ch]' | grep -vE "common/app/($1)\$"
}

deny 'only worker.c and http.c may see libfcgi' 'include <fcgi' $(kit 'worker.c|http.c')
deny 'only db.c may see libpq' 'include <libpq' $(kit 'db.c')
deny 'only queue.c and auth.c may see hiredis' 'include <hiredis' $(kit 'queue.c|auth.c')
deny 'only client.c may see libcurl' 'include <curl' $(kit 'client.c')
deny 'the law uses the C library and app/date.h only' \
	'include "(app/[^d]|app/d[^a]|kit|(../)+common/app)|include <(jansson|libpq|hiredis|fcgi|curl|sodium|time\.h|sys/)' \
	$(find common/law include/law -name '*.[ch]')
deny 'the law never asks the clock' '\b(time|clock_gettime|localtime|gmtime)\(' $(find common/law -name '*.c')
deny 'the kit does not know a service' 'include "(\.\./)*services/' $(find common include -name '*.[ch]')
for service in services/*/; do
	name=$(basename "$service")
	others=$(ls services | grep -vx "$name" | paste -sd '|')
	deny 'a service never includes another service' "include \"(\.\./)+($others)/" \
		$(find "$service" -name '*.[ch]')
done
exit $broken
