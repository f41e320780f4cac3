#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Exit 0 when the container does its work; asks by what runs in it.
set -eu
run=$REGIE_HOME/run

# A worker answers that it reaches its database and Redis.
serves() {
	case $1 in
	portal | simulator) base= ;;
	*) base=/api/$1/v1 ;;
	esac
	REQUEST_METHOD=GET DOCUMENT_URI=$base/gezondheid cgi-fcgi -bind -connect "$run/$1.sock" </dev/null |
		grep '^Status: 200' >/dev/null
}

# The loop turns many times a second, or waits some seconds for its database: it has slept since the
# last look.
works() {
	before=$(cat /tmp/health 2>/dev/null || :)
	sleeps=$(awk '$1 == "voluntary_ctxt_switches:" { print $2 }' "/proc/$main/status")
	echo "$sleeps" >/tmp/health
	[ "$sleeps" != "$before" ]
}

# Process 1, or its child when process 1 is an init.
main=1
case $(tr '\0' ' ' </proc/1/cmdline) in
*/entrypoint.sh\ *) main=$(cut -d' ' -f1 /proc/1/task/1/children) ;;
esac
command=$(tr '\0' ' ' <"/proc/$main/cmdline")
program=${command%% *}
name=${program##*/regie-}
case $command in
*/regie-*' --serve '*) serves "$name" ;;
*/regie-*' --jobs '*) works ;;
nginx:*) curl -sf -o /dev/null --unix-socket "$run/api.sock" http://localhost/assets/logo.svg ;;
*/postgres\ *) "${program%/*}/pg_isready" -q -h "$run/pg" ;;
redis-server*) [ "$(redis-cli -s "$run/redis.sock" ping)" = PONG ] ;;
esac
