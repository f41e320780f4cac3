#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Who may include whom. Prints every line that goes through a wall; exit 1 when there is one.
set -u
broken=0

# deny WHAT PATTERN FIND…: no line of the files that `find` names may match
deny() {
	what=$1 pattern=$2
	shift 2
	[ -n "$(find "$@" -name '*.[ch]')" ] || {
		echo "no files: $what"
		broken=1
	}
	if find "$@" -name '*.[ch]' -exec grep -nE "$pattern" /dev/null {} +; then
		echo "  ^ $what"
		broken=1
	fi
}

# only WHAT PATTERN NAME…: among the kit and the services only these files of the kit may match
only() {
	what=$1 pattern=$2
	shift 2
	for name; do
		set -- "$@" ! -path "common/app/$name"
		shift
	done
	deny "$what" "$pattern" common services tools "$@"
}

only 'only worker.c and http.c may see libfcgi' 'include <fcgi' worker.c http.c
only 'only db.c may see libpq' 'include <libpq' db.c
only 'only queue.c and auth.c may see hiredis' 'include <hiredis' queue.c auth.c
only 'only client.c may see libcurl' 'include <curl' client.c
deny 'the law uses the C library and app/date.h only' \
	'include "(app/[^d]|app/d[^a]|kit|(../)+common/app)|include <(jansson|libpq|hiredis|fcgi|curl|sodium|time\.h|sys/)' \
	common/law include/law
deny 'the law never asks the clock' '\b(time|clock_gettime|localtime|gmtime)\(' common/law
deny 'the kit does not know a service' 'include "(\.\./)*services/' common include
for service in services/*/; do
	name=$(basename "$service")
	others=$(find services -mindepth 1 -maxdepth 1 -type d ! -name "$name" -printf '%f|')
	deny 'a service never includes another service' "include \"(\.\./)+(${others%|})/" "$service"
done
exit $broken
