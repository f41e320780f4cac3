# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie up: everything that is needed, and nothing left half started when it fails.
for part in packages build tls database settings; do
	# shellcheck source=/dev/null
	. "$ROOT/tools/ops/$part.sh"
done

PRESET=${REGIE_PRESET:-release}
started=no

stop_copy() {
	pid=$(supervisor_pid)
	[ -n "$pid" ] || return 0
	kill "$pid"
	while [ -n "$(supervisor_pid)" ]; do
		sleep 0.05
	done
}

leave() {
	code=$?
	trap - EXIT
	if [ "$code" != 0 ] && [ "$started" = yes ]; then
		stop_copy
	fi
	exit "$code"
}
trap leave EXIT
trap 'exit 130' INT TERM

port_is_taken() {
	cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port=":$(printf '%04X' "$1")" '
		$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

check_ports() {
	for p in "$PORT" "$TLS_PORT"; do
		case $p in
		'' | *[!0-9]*) die "port $p is not a number" ;;
		esac
		! port_is_taken "$p" ||
			die "port $p is taken; choose others with REGIE_PORT and REGIE_TLS_PORT"
	done
	[ "$PORT" != "$TLS_PORT" ] || die 'REGIE_PORT and REGIE_TLS_PORT are the same'
}

check_disk() {
	free=$(df -Pk "$(dirname "$HOME_DIR")" | awk 'NR == 2 { print int($4 / 1024) }')
	[ "$free" -ge 600 ] || die "only $free MB free at $(dirname "$HOME_DIR"); 600 MB are needed"
}

make_folders() {
	mkdir -p "$HOME_DIR" "$RUN_DIR" || die "cannot make $HOME_DIR"
	for d in "$RUN_DIR" "$RUN_DIR/pg" "$HOME_DIR/redis" "$HOME_DIR/log" "$HOME_DIR/pid" "$HOME_DIR/nginx"; do
		mkdir -p "$d" || die "cannot make $d"
		[ "$(id -u)" != 0 ] || chown "$RUN_AS:" "$d"
		chmod 700 "$d"
	done
	[ "$(id -u)" != 0 ] || chown "$RUN_AS:" "$HOME_DIR"
}

# Writes all files of the copy; prints "changed" when what runs must be started anew.
configure() {
	settings | write_file settings
	chmod 600 "$HOME_DIR/settings"
	redis_conf | write_file redis.conf
	upstreams_conf | write_file upstreams.conf
	nginx_conf | write_file nginx.conf
}

start_supervisor() {
	process_table stores | write_file processes >/dev/null
	started=yes
	# Only what settings says; the caller's environment stays outside.
	# shellcheck disable=SC2016
	as_user env -i PATH="$PATH" sh -c 'set -a; . "$1/settings"; cd "$1"
		exec "$1/bin/regie-supervise" "$2" "$1/log" "$3"' \
		sh "$HOME_DIR" "$TABLE" "$PID_FILE" || die "the supervisor does not start in $HOME_DIR"
}

answers() {
	case $(curl -s -o /dev/null -m 2 -w '%{http_code}' "$PUBLIC_URL$1") in
	200 | 303 | 404) ;;
	*) return 1 ;;
	esac
}

# All together within a minute. A wrong setting is on the last line of the log.
wait_for_services() {
	deadline=$(($(date +%s) + 60))
	for s in $(services); do
		[ "$s" != simulator ] || [ "$MODE" != productie ] || continue
		case $s in
		portal) path=/ ;;
		simulator) path=/oidc/medewerkers/.well-known/openid-configuration ;;
		*) path=/api/$s/v1/gezondheid ;;
		esac
		until answers "$path"; do
			[ "$(date +%s)" -lt "$deadline" ] ||
				die "$s does not answer: $(tail -n1 "$HOME_DIR/log/$s.log")"
			sleep 0.05
		done
	done
}

start_copy() {
	check_ports
	place_build
	configure >/dev/null
	nginx_error=$(as_user nginx -t -q -p "$HOME_DIR" -c "$HOME_DIR/nginx.conf" -e stderr 2>&1) ||
		die "nginx: $(printf '%s\n' "$nginx_error" | head -n1)"
	start_supervisor
	wait_for 60 PostgreSQL sql_ready
	wait_for 20 Redis redis_ready
	make_roles
	migrate
	load_caseload
	process_table all | write_file processes >/dev/null
	kill -HUP "$(supervisor_pid)"
	wait_for_services
}

redis_ready() {
	[ "$(as_user redis-cli -s "$RUN_DIR/redis.sock" ping)" = PONG ]
}

tell() {
	say "Regie runs in $HOME_DIR"
	say "  portal     $PUBLIC_URL/"
	say "  TLS        https://127.0.0.1:$TLS_PORT/   (test CA: $SECRETS/tls/ca.crt)"
	say "  an API     $PUBLIC_URL/api/intake/v1/openapi.json"
	say "  log in     $PUBLIC_URL/inloggen"
	say '  staff      regisseur1.9901 teamleider.9901 handhaver.9901 (Waterstad), regisseur1.9902'
	say '             handhaver.9902 (Lagedorp), regisseur1.9903 beleidsadviseur.9903 (Hogeveld)'
	say '  citizens   choose one on the login page'
}

check_disk
# shellcheck disable=SC2086
install_packages $PACKAGES_UP
npm_packages styles
[ -z "${HOME_MOVED:-}" ] || say "$RUN_AS cannot reach the checkout: the copy lives in $HOME_DIR"
make_folders
[ "$PRESET" = "${REGIE_BUILT:-}" ] || build "$PRESET"
changed=$(install_build "$PRESET")
make_secrets
make_cluster
if [ -n "$(supervisor_pid)" ]; then
	[ -n "$changed" ] || changed=$(configure)
	[ -z "$changed" ] || stop_copy
fi
[ -n "$(supervisor_pid)" ] || start_copy
tell
