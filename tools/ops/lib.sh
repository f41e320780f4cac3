# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2034
# What the commands share: words, the user, the place and the settings of a copy.
umask 022

say() {
	printf '%s\n' "$*"
}

die() {
	printf 'regie: %s\n' "$*" >&2
	exit 1
}

# PostgreSQL refuses root, so for root everything runs as www-data.
if [ "$(id -u)" = 0 ]; then
	RUN_AS=www-data
else
	RUN_AS=$(id -un)
fi

as_user() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid="$RUN_AS" --regid="$RUN_AS" --init-groups -- "$@"
	else
		"$@"
	fi
}

# A short word that is the same for the same path.
path_word() {
	printf '%s' "$1" | cksum | cut -d' ' -f1
}

# The place of the copy; absolute. Chosen by itself when www-data cannot reach the checkout.
choose_home() {
	HOME_DIR=${REGIE_HOME:-$ROOT/var}
	case $HOME_DIR in
	/*) ;;
	*) HOME_DIR=$PWD/$HOME_DIR ;;
	esac
	parent=$(dirname "$HOME_DIR")
	mkdir -p "$parent" || die "cannot make $parent"
	if ! as_user test -x "$parent"; then
		HOME_DIR=/var/tmp/regie-$(path_word "$HOME_DIR")
		HOME_MOVED=yes
	fi
	# Unix socket paths end at 107 bytes; the longest name below RUN_DIR has 21.
	RUN_DIR=$HOME_DIR/run
	if [ "$(printf '%s' "$RUN_DIR" | wc -c)" -gt 85 ]; then
		RUN_DIR=/tmp/regie-$(path_word "$HOME_DIR")
	fi
}

choose_home
MODE=${REGIE_MODE:-demo}
# What a container has elsewhere (docker/entrypoint.sh): keys and certificates, the database's files,
# who may connect to it and how it knows them, where nginx listens.
SECRETS=$HOME_DIR
PG_DATA=$HOME_DIR/pg
PG_AUTH=trust
SOCKET_MODE=700
ACCESS_LOG=$HOME_DIR/log/access.log
LISTEN=127.0.0.1
PORT=${REGIE_PORT:-8080}
TLS_PORT=${REGIE_TLS_PORT:-8443}
PUBLIC_URL=http://127.0.0.1:$PORT
PG_BIN=/usr/lib/postgresql/15/bin
PID_FILE=$HOME_DIR/pid/supervise.pid
TABLE=$HOME_DIR/processes
GEMEENTEN='9901 9902 9903'
DUO_OIN=00000004000000001000

# The process id of this copy's supervisor; nothing when it is not running.
supervisor_pid() {
	pid=$(cat "$PID_FILE" 2>/dev/null) || return 0
	case $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") in
	*regie-supervise*"$TABLE"*) echo "$pid" ;;
	esac
}

# Folders of all services in the order of their migrations; of the others at the end.
services() {
	first='intake learning-routes progress enforcement council duo identity simulator portal'
	for s in $first; do
		[ ! -x "$HOME_DIR/bin/regie-$s" ] || echo "$s"
	done
	for f in "$HOME_DIR"/bin/regie-*; do
		s=${f##*/regie-}
		case " $first supervise caseload law * " in
		*" $s "*) ;;
		*) echo "$s" ;;
		esac
	done
}

# psql in this copy: sql ROLE ARGUMENTS
sql() {
	role=$1
	shift
	as_user env PGOPTIONS='-c client_min_messages=warning' "$PG_BIN/psql" -X -q \
		-v ON_ERROR_STOP=1 -h "$RUN_DIR/pg" -U "$role" -d "${database:-regie}" "$@"
}

need_running() {
	[ -n "$(supervisor_pid)" ] || die "no copy runs in $HOME_DIR; start one with ./regie up"
}

# wait_for SECONDS WHAT COMMAND...: until it succeeds.
wait_for() {
	tries=$(($1 * 20))
	what=$2
	shift 2
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || die "$what does not answer; see $HOME_DIR/log"
		sleep 0.05
	done
}
