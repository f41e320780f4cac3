# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# The private PostgreSQL cluster: its making, the roles, the migrations and the caseload.

ROLES='intake learning_routes progress enforcement council duo identity simulator'

make_cluster() {
	[ ! -e "$PG_DATA/PG_VERSION" ] || return 0
	rm -rf "$PG_DATA.new"
	as_user env LC_ALL=C "$PG_BIN/initdb" -D "$PG_DATA.new" -U postgres -A "$PG_AUTH" -E UTF8 \
		--locale=C.UTF-8 >"$HOME_DIR/log/initdb.log" 2>&1 ||
		die "cannot make a PostgreSQL cluster: $(tail -n1 "$HOME_DIR/log/initdb.log")"
	# Statements and their parameters hold personal data: never in a log.
	as_user tee -a "$PG_DATA.new/postgresql.conf" >/dev/null <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$RUN_DIR/pg'
		unix_socket_permissions = 0$SOCKET_MODE
		logging_collector = off
		log_destination = 'stderr'
		log_statement = 'none'
		log_min_error_statement = panic
		log_parameter_max_length_on_error = 0
		log_error_verbosity = terse
		synchronous_commit = on
		shared_buffers = 256MB
		max_wal_size = 2GB
		checkpoint_timeout = 15min
		random_page_cost = 1.1
		timezone = 'UTC'
		max_connections = 200
	CONF
	mv "$PG_DATA.new" "$PG_DATA"
}

sql_ready() {
	database=postgres sql postgres -c 'select 1'
}

make_roles() {
	database=postgres sql postgres -At <<-SQL || die 'cannot make the roles; see log/postgres.log'
		select 'create role regie_owner nologin' where to_regrole('regie_owner') is null \gexec
		select format('create role %I login', 'regie_' || d)
			from unnest(string_to_array('$ROLES', ' ')) d
			where to_regrole('regie_' || d) is null \gexec
		select 'create database regie owner regie_owner'
			where not exists (select from pg_database where datname = 'regie') \gexec
	SQL
}

# migrate_file FOLDER FILE: once, in one transaction with its record. A file that has run never changes.
migrate_file() {
	name=$1/$(basename "$2")
	sum=$(sha256sum <"$2" | cut -d' ' -f1)
	case $APPLIED in
	*"$name $sum"*) return 0 ;;
	*"$name "*) die "migration $name was changed after it had run: put the change in a new file" ;;
	esac
	sql postgres -1 -c 'set role regie_owner' -f "$2" -c "create table if not exists core.migratie (
			naam text primary key, sha256 text not null, tijdstip timestamptz not null default now())" \
		-c "insert into core.migratie values ('$name', '$sum')" >"$HOME_DIR/log/migrate.log" 2>&1 ||
		die "migration $name: $(grep -m1 -E 'ERROR|FATAL' "$HOME_DIR/log/migrate.log")"
}

migrate() {
	APPLIED=$(sql postgres -At -c "select to_regclass('core.migratie') is not null")
	if [ "$APPLIED" = t ]; then
		APPLIED=$(sql postgres -At -c "select naam || ' ' || sha256 from core.migratie")
	fi
	for folder in core $ROLES; do
		for f in "$HOME_DIR/share/schema/$folder"/*.sql; do
			[ ! -e "$f" ] || migrate_file "$folder" "$f"
		done
	done
	for role in $ROLES; do
		echo "call core.geef_rechten('$role');"
	done | sql postgres || die 'cannot grant rights; see log/postgres.log'
}

# Only into a new database, and never in production. The pipe's first half tells by its last line that
# it was complete.
load_caseload() {
	[ "$MODE" != productie ] || return 0
	[ "$(sql postgres -At -c 'select exists (select from core.medewerker)')" = f ] || return 0
	say "Loading ${REGIE_PEOPLE:-300} people"
	tables=$(sql postgres -At -c "select string_agg(oid::regclass::text, ',') from pg_class where relkind = 'r'")
	as_user env REGIE_KEYS="$SECRETS/keys" "$HOME_DIR/bin/regie-caseload" "${REGIE_PEOPLE:-300}" \
		"${REGIE_SEED:-1}" "${REGIE_TODAY:-$(TZ=Europe/Amsterdam date +%F)}" "$tables" |
		sql postgres >"$HOME_DIR/log/caseload.log" 2>&1 ||
		die "the caseload: $(grep -m1 -E 'ERROR|FATAL' "$HOME_DIR/log/caseload.log")"
	[ "$(sql postgres -At -c 'select exists (select from core.medewerker)')" = t ] ||
		die "the caseload was not complete; see $HOME_DIR/log/caseload.log"
}
