#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Makes a throw-away PostgreSQL cluster with all migrations and runs every *.sql of this folder in it.
# SERVICES: whose migrations, all by default. With arguments: runs that command as well, with REGIE_DB set, and REGIE_REDIS of a throw-away Redis.
# Everything lives in a new folder under TMPDIR and is gone afterwards.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(pg_config --bindir)
dir=$(mktemp -d "${TMPDIR:-/tmp}/regie-sql.XXXXXX")
chmod 755 "$dir"

# PostgreSQL refuses to run as root.
as_user() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u www-data -- "$@"
	else
		"$@"
	fi
}

finish() {
	[ ! -s "$dir/redis.pid" ] || kill "$(cat "$dir/redis.pid")" || true
	as_user "$bin/pg_ctl" -D "$dir/pg" -m immediate -s stop || true
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

[ "$(id -u)" != 0 ] || chown www-data "$dir"
as_user "$bin/initdb" -D "$dir/pg" -U postgres -A trust --no-sync -E UTF8 --locale=C > "$dir/initdb.log"
as_user "$bin/pg_ctl" -D "$dir/pg" -s -w -l "$dir/pg.log" \
	-o "-k $dir -c listen_addresses= -c fsync=off -c log_statement=none" start

sql() {
	"$bin/psql" -h "$dir" -U postgres -d "${db:-regie}" -X -q -v ON_ERROR_STOP=1 "$@"
}

# The owner of everything, and a role for each service before any migration runs.
services=${SERVICES-"intake learning_routes progress enforcement council duo identity simulator"}
db=postgres sql -c 'create role regie_owner nologin' -c 'create database regie owner regie_owner'
for s in $services proef; do
	sql -c "create role regie_$s login"
done
migrate() {
	for f in "$1"/*.sql; do
		[ ! -e "$f" ] || sql -1 -c 'set role regie_owner' -f "$f" || { echo "in $f" >&2; exit 1; }
	done
}
migrate "$root/common/schema"
for s in $services; do
	migrate "$root/services/$(echo "$s" | tr _ -)/schema"
	sql -c "call core.geef_rechten('$s')"
done
sql -f "$here/proef.inc"

for f in "$here"/*.sql; do
	if sql -f "$f" > "$dir/out" 2>&1; then
		echo "ok   $(basename "$f" .sql)"
	else
		echo "FAIL $(basename "$f" .sql)"
		cat "$dir/out"
		exit 1
	fi
done

[ $# -gt 0 ] || exit 0
as_user redis-server --port 0 --unixsocket "$dir/redis.sock" --unixsocketperm 777 --save '' \
	--dir "$dir" --daemonize yes --pidfile "$dir/redis.pid" > /dev/null
export REGIE_DB="host=$dir dbname=regie" REGIE_REDIS="$dir/redis.sock"
"$@"
