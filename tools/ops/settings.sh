# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# What a copy is told: the environment of its services, the table of its processes, nginx and Redis.

# oidc_secret burger|staf: our secret at that provider, else the one that the played providers share.
oidc_secret() {
	for f in "$SECRETS/oidc-secret-$1" "$SECRETS/oidc-secret"; do
		[ ! -e "$f" ] || {
			cat "$f"
			return
		}
	done
}

# Shell lines; values have no quotes. The simulator is the fallback, but not in production: there a
# service says what it lacks.
settings() {
	if [ "$MODE" = productie ]; then
		sim_oidc='' sim_duo='' sim_oin='' sim_brp='' compare=''
	else
		sim_oidc=$PUBLIC_URL/oidc sim_duo=https://127.0.0.1:$TLS_PORT/duo/v1 sim_oin=$DUO_OIN
		sim_brp=https://127.0.0.1:$TLS_PORT/brp/haalcentraal/api/brp
		compare=-1 # a night's work; here it runs when it is asked for
	fi
	acr=http://eidas.europa.eu/LoA/substantial
	cat <<-TEXT
		REGIE_HOME='$HOME_DIR'
		REGIE_MODE='$MODE'
		REGIE_DB='host=$RUN_DIR/pg dbname=regie'
		REGIE_REDIS='$RUN_DIR/redis.sock'
		REGIE_RUN='$RUN_DIR'
		REGIE_WORKERS='${REGIE_WORKERS:-2}'
		REGIE_MAX_REQUESTS='${REGIE_MAX_REQUESTS:-}'
		REGIE_KEYS='$SECRETS/keys'
		REGIE_TODAY='${REGIE_TODAY:-}'
		REGIE_PUBLIC_URL='${REGIE_PUBLIC_URL:-$PUBLIC_URL}'
		REGIE_API_SOCKET='$RUN_DIR/api.sock'
		REGIE_SESSION_IDLE='${REGIE_SESSION_IDLE:-}'
		REGIE_SESSION_MAX='${REGIE_SESSION_MAX:-}'
		REGIE_OIDC_BURGER_ISSUER='${REGIE_OIDC_BURGER_ISSUER:-${sim_oidc:+$sim_oidc/burgers}}'
		REGIE_OIDC_BURGER_CLIENT='${REGIE_OIDC_BURGER_CLIENT:-regie}'
		REGIE_OIDC_BURGER_SECRET='${REGIE_OIDC_BURGER_SECRET:-$(oidc_secret burger)}'
		REGIE_OIDC_BURGER_ACR='${REGIE_OIDC_BURGER_ACR:-$acr}'
		REGIE_OIDC_STAF_ISSUER='${REGIE_OIDC_STAF_ISSUER:-${sim_oidc:+$sim_oidc/medewerkers}}'
		REGIE_OIDC_STAF_CLIENT='${REGIE_OIDC_STAF_CLIENT:-regie}'
		REGIE_OIDC_STAF_SECRET='${REGIE_OIDC_STAF_SECRET:-$(oidc_secret staf)}'
		REGIE_OIDC_STAF_ACR='${REGIE_OIDC_STAF_ACR:-$acr}'
		REGIE_OIDC_CA='${REGIE_OIDC_CA:-}'
		REGIE_DUO_URL='${REGIE_DUO_URL:-$sim_duo}'
		REGIE_DUO_OIN='${REGIE_DUO_OIN:-$sim_oin}'
		REGIE_DUO_CA='${REGIE_DUO_CA:-$SECRETS/tls/ca.crt}'
		REGIE_DUO_CERTS='$SECRETS/tls'
		REGIE_DUO_CLIENT_CA='${REGIE_DUO_CLIENT_CA:-$SECRETS/tls/ca.crt}'
		REGIE_DUO_CRL='${REGIE_DUO_CRL:-$SECRETS/tls/ca.crl}'
		REGIE_TLS_CERT='$SECRETS/tls/server.crt'
		REGIE_DUO_RAW_DAYS='${REGIE_DUO_RAW_DAYS:-}'
		REGIE_DUO_RETRY_MAX='${REGIE_DUO_RETRY_MAX:-}'
		REGIE_DUO_RATE='${REGIE_DUO_RATE:-}'
		REGIE_DUO_ATTEMPTS='${REGIE_DUO_ATTEMPTS:-}'
		REGIE_DUO_PORTAL_HOURS='${REGIE_DUO_PORTAL_HOURS:-}'
		REGIE_DUO_COMPARE_HOUR='${REGIE_DUO_COMPARE_HOUR:-$compare}'
		REGIE_BRP_URL='${REGIE_BRP_URL:-$sim_brp}'
		REGIE_BRP_CA='${REGIE_BRP_CA:-$SECRETS/tls/ca.crt}'
		REGIE_BRP_CERTS='$SECRETS/tls'
		REGIE_BRP_API_KEY='${REGIE_BRP_API_KEY:-}'
		REGIE_BRP_HEADER_DOEL='${REGIE_BRP_HEADER_DOEL:-}'
		REGIE_BRP_HEADER_VERWERKING='${REGIE_BRP_HEADER_VERWERKING:-}'
		REGIE_BRP_HEADER_GEBRUIKER='${REGIE_BRP_HEADER_GEBRUIKER:-}'
		REGIE_BRP_RETRY_MAX='${REGIE_BRP_RETRY_MAX:-}'
		REGIE_BRP_REFRESH_DAYS='${REGIE_BRP_REFRESH_DAYS:-}'
		REGIE_SHARE='$HOME_DIR/share'
		REGIE_SIM_NOTIFY_URL='https://127.0.0.1:$TLS_PORT/v1/notificaties'
		REGIE_SIM_CERT='$SECRETS/tls/duo.crt'
		REGIE_SIM_KEY='$SECRETS/tls/duo.key'
		REGIE_SIM_CA='$SECRETS/tls/ca.crt'
		REGIE_SIM_OTHER_CERT='$SECRETS/tls/9901.crt'
		REGIE_SIM_OTHER_KEY='$SECRETS/tls/9901.key'
		ASAN_OPTIONS='detect_leaks=1:abort_on_error=0'
		UBSAN_OPTIONS='print_stacktrace=1'
		LANG='C.UTF-8'
	TEXT
}

# stores | all: rows `name<TAB>signal<TAB>command` of the supervisor
process_table() {
	printf 'postgres\tINT\texec %s -D %s\n' "$PG_BIN/postgres" "$PG_DATA"
	printf 'redis\tTERM\texec redis-server %s\n' "$HOME_DIR/redis.conf"
	[ "$1" = all ] || return 0
	for s in $(services); do
		[ "$s" != simulator ] || [ "$MODE" != productie ] || continue
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
		unixsocketperm $SOCKET_MODE
		daemonize no
		dir $HOME_DIR/redis
		appendonly yes
		appendfsync everysec
		save ""
		maxmemory-policy noeviction
	CONF
}

# One group per service: so many connections stay open from each of nginx's workers.
upstreams_conf() {
	for s in $(services); do
		printf 'upstream regie-%s {\n\tserver unix:%s;\n\tkeepalive 64;\n' "$s" "$RUN_DIR/$s.sock"
		printf '\tkeepalive_requests 1000000;\n\tkeepalive_time 24h;\n\tkeepalive_timeout 60s;\n}\n'
	done
}

nginx_conf() {
	sed -e "s|@HOME@|$HOME_DIR|g" -e "s|@RUN@|$RUN_DIR|g" -e "s|@SECRETS@|$SECRETS|g" \
		-e "s|@CLIENT_CA@|${REGIE_DUO_CLIENT_CA:-$SECRETS/tls/ca.crt}|g" \
		-e "s|@CRL@|${REGIE_DUO_CRL:-$SECRETS/tls/ca.crl}|g" -e "s|@LISTEN@|$LISTEN|g" -e "s|@ACCESS_LOG@|$ACCESS_LOG|g" -e "s|@PORT@|$PORT|g" \
		-e "s|@TLS_PORT@|$TLS_PORT|g" -e "s|@SERVICES@|$(services | grep -v portal | paste -sd'|' | sed 's/|/\\|/g')|g" \
		"$HOME_DIR/share/nginx/regie.conf.in"
}

# write_file NAME: from stdin, whole or not at all; prints "changed" when it differs.
write_file() {
	as_user tee "$HOME_DIR/$1.new" >/dev/null || die "cannot write $HOME_DIR/$1"
	cmp -s "$HOME_DIR/$1.new" "$HOME_DIR/$1" || echo changed
	mv "$HOME_DIR/$1.new" "$HOME_DIR/$1"
}
