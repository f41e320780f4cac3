#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The image's one entrance. The first word says what the container is:
#   setup             once, as postgres: secrets, roles, migrations, in demo a caseload; then it ends
#   postgres, redis, nginx
#   SERVICE [--jobs]  a service of Regie (intake, portal, …), or its background work
# Another word is a command, run as it stands.
# shellcheck disable=SC2034
set -eu

ROOT=/regie
for part in lib tls database settings; do
	# shellcheck source=/dev/null
	. "$ROOT/tools/ops/$part.sh"
done
umask 027

# Each of these is a volume; the sockets are for all of group regie.
SECRETS=$HOME_DIR/secrets
PG_DATA=$HOME_DIR/pg/data
PG_AUTH=peer
SOCKET_MODE=770
ACCESS_LOG=/dev/stdout
LISTEN=0.0.0.0

setup() {
	wait_for 60 PostgreSQL sql_ready
	make_secrets
	# what was made here is for the services; what was brought in stays as it is
	find "$SECRETS" -user "$(id -u)" ! -perm -g+r -exec chmod g+rX {} +
	make_roles
	migrate
	load_caseload
}

what=${1:-}
case $what in
'')
	die 'name what to start: setup, postgres, redis, nginx or a service'
	;;
setup)
	setup
	;;
postgres)
	make_cluster
	exec "$PG_BIN/postgres" -D "$PG_DATA"
	;;
redis)
	redis_conf >/tmp/redis.conf
	exec redis-server /tmp/redis.conf
	;;
nginx)
	upstreams_conf >"$HOME_DIR/nginx/upstreams.conf"
	nginx_conf >"$HOME_DIR/nginx/nginx.conf"
	rm -f "$RUN_DIR/api.sock"
	exec nginx -p "$HOME_DIR" -c "$HOME_DIR/nginx/nginx.conf" -e stderr
	;;
*)
	[ -x "$HOME_DIR/bin/regie-$what" ] || exec "$@"
	set -a
	eval "$(settings)"
	exec "$HOME_DIR/bin/regie-$what" "${2:---serve}"
	;;
esac
