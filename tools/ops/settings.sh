# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# What a copy is told: the environment of its services, the table of its processes, nginx and Redis.

# Shell lines; values have no quotes.
settings() {
	secret=$(cat "$HOME_DIR/oidc-secret")
	acr=http://eidas.europa.eu/LoA/substantial
	cat <<-TEXT
		REGIE_HOME='$HOME_DIR'
		REGIE_MODE='${REGIE_MODE:-demo}'
		REGIE_DB='host=$RUN_DIR/pg dbname=regie'
		REGIE_REDIS='$RUN_DIR/redis.sock'
		REGIE_RUN='$RUN_DIR'
		REGIE_WORKERS='${REGIE_WORKERS:-2}'
		REGIE_MAX_REQUESTS='${REGIE_MAX_REQUESTS:-}'
		REGIE_KEYS='$HOME_DIR/keys'
		REGIE_TODAY='${REGIE_TODAY:-}'
		REGIE_PUBLIC_URL='$PUBLIC_URL'
		REGIE_API_SOCKET='$RUN_DIR/api.sock'
		REGIE_SESSION_IDLE='${REGIE_SESSION_IDLE:-}'
		REGIE_SESSION_MAX='${REGIE_SESSION_MAX:-}'
		REGIE_OIDC_BURGER_ISSUER='${REGIE_OIDC_BURGER_ISSUER:-$PUBLIC_URL/oidc/burgers}'
		REGIE_OIDC_BURGER_CLIENT='${REGIE_OIDC_BURGER_CLIENT:-regie}'
		REGIE_OIDC_BURGER_SECRET='${REGIE_OIDC_BURGER_SECRET:-$secret}'
		REGIE_OIDC_BURGER_ACR='${REGIE_OIDC_BURGER_ACR:-$acr}'
		REGIE_OIDC_STAF_ISSUER='${REGIE_OIDC_STAF_ISSUER:-$PUBLIC_URL/oidc/medewerkers}'
		REGIE_OIDC_STAF_CLIENT='${REGIE_OIDC_STAF_CLIENT:-regie}'
		REGIE_OIDC_STAF_SECRET='${REGIE_OIDC_STAF_SECRET:-$secret}'
		REGIE_OIDC_STAF_ACR='${REGIE_OIDC_STAF_ACR:-$acr}'
		REGIE_OIDC_CA='${REGIE_OIDC_CA:-}'
		REGIE_DUO_URL='${REGIE_DUO_URL:-https://127.0.0.1:$TLS_PORT/duo/v1}'
		REGIE_DUO_OIN='${REGIE_DUO_OIN:-$DUO_OIN}'
		REGIE_DUO_CA='${REGIE_DUO_CA:-$HOME_DIR/tls/ca.crt}'
		REGIE_DUO_CERTS='$HOME_DIR/tls'
		REGIE_DUO_RETRY_MAX='${REGIE_DUO_RETRY_MAX:-}'
		REGIE_SHARE='$HOME_DIR/share'
		REGIE_SIM_NOTIFY_URL='https://127.0.0.1:$TLS_PORT/v1/notificaties'
		REGIE_SIM_CERT='$HOME_DIR/tls/duo.crt'
		REGIE_SIM_KEY='$HOME_DIR/tls/duo.key'
		REGIE_SIM_CA='$HOME_DIR/tls/ca.crt'
		REGIE_SIM_OTHER_CERT='$HOME_DIR/tls/9901.crt'
		REGIE_SIM_OTHER_KEY='$HOME_DIR/tls/9901.key'
		ASAN_OPTIONS='detect_leaks=1:abort_on_error=0'
		UBSAN_OPTIONS='print_stacktrace=1'
		LANG='C.UTF-8'
	TEXT
}

# stores | all: rows `name<TAB>signal<TAB>command` of the supervisor
process_table() {
	printf 'postgres\tINT\texec %s -D %s\n' "$PG_BIN/postgres" "$HOME_DIR/pg"
	printf 'redis\tTERM\texec redis-server %s\n' "$HOME_DIR/redis.conf"
	[ "$1" = all ] || return 0
	for s in $(services); do
		[ "$s" != simulator ] || [ "${REGIE_MODE:-demo}" != productie ] || continue
		printf '%s\tTERM\texec %s --serve\n' "$s" "$HOME_DIR/bin/regie-$s"
		[ ! -e "$ROOT/services/$s/jobs.c" ] ||
			printf '%s-jobs\tTERM\texec %s --jobs\n' "$s" "$HOME_DIR/bin/regie-$s"
	done
	# a socket file that a killed nginx left would be in the way of the next
	printf 'nginx\tTERM\trm -f %s; exec nginx -p %s -c %s -e stderr\n' "$RUN_DIR/api.sock" \
		"$HOME_DIR" "$HOME_DIR/nginx.conf"
}

redis_conf() {
	cat <<-CONF
		port 0
		unixsocket $RUN_DIR/redis.sock
		unixsocketperm 700
		daemonize no
		dir $HOME_DIR/redis
		appendonly yes
		appendfsync everysec
		save ""
		maxmemory-policy noeviction
	CONF
}

nginx_conf() {
	sed -e "s|@HOME@|$HOME_DIR|g" -e "s|@RUN@|$RUN_DIR|g" -e "s|@PORT@|$PORT|g" \
		-e "s|@TLS_PORT@|$TLS_PORT|g" -e "s|@SERVICES@|$(services | grep -v portal | paste -sd'|' | sed 's/|/\\|/g')|g" \
		"$HOME_DIR/share/nginx/regie.conf.in"
}

# write_file NAME: from stdin, whole or not at all; prints "changed" when it differs.
write_file() {
	as_user tee "$HOME_DIR/$1.new" >/dev/null || die "cannot write $HOME_DIR/$1"
	cmp -s "$HOME_DIR/$1.new" "$HOME_DIR/$1" || echo changed
	mv "$HOME_DIR/$1.new" "$HOME_DIR/$1"
}
