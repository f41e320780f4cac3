#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Exit 0 when the container does its work; asks by what its first process is.
set -eu
run=$REGIE_HOME/run

# A worker answers that it reaches its database and Redis.
serves() {
	case $1 in
	portal | simulator) base= ;;
	*) base=/api/$1/v1 ;;
	esac
	REQUEST_METHOD=GET DOCUMENT_URI=$base/gezondheid cgi-fcgi -bind -connect "$run/$1.sock" </dev/null |
		grep -q '^Status: 200'
}

# The loop asks its stream for work many times a second, unless its database or Redis is gone.
works() {
	redis-cli -s "$run/redis.sock" xinfo consumers "stroom:$1" "$1" |
		awk -v me="$(hostname)-1" '
			last == "name" { name = $1 }
			last == "idle" && name == me { alive = $1 < 30000 }
			{ last = $1 }
			END { exit !alive }'
}

first=$(tr '\0' ' ' </proc/1/cmdline)
program=${first%% *}
name=${program##*/regie-}
case $first in
*/regie-*' --serve '*) serves "$name" ;;
*/regie-*' --jobs '*) works "$name" ;;
nginx:*) curl -sf -o /dev/null --unix-socket "$run/api.sock" http://localhost/assets/logo.svg ;;
*/postgres\ *) pg_isready -q -h "$run/pg" ;;
redis-server*) [ "$(redis-cli -s "$run/redis.sock" ping)" = PONG ] ;;
esac
