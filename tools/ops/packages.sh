# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2034
# Debian packages, only those that are missing.

PACKAGES_BUILD='gcc g++ libc6-dev cmake ninja-build pkg-config libfcgi-dev libpq-dev libhiredis-dev
	libjansson-dev libcurl4-openssl-dev libsodium-dev libcjose-dev libssl-dev libicu-dev
	libkainjow-mustache-dev'
PACKAGES_RUN='nginx redis-server postgresql-15 openssl curl'
PACKAGES_UP="$PACKAGES_BUILD $PACKAGES_RUN"
PACKAGES_TEST='libcmocka-dev chromium clang libclang-rt-14-dev'
PACKAGES_LINT='clang-format clang-tidy shellcheck'
PACKAGES_COVERAGE='gcovr'
PACKAGES_BENCH='wrk redis-tools'
PACKAGES_PEERS='golang-go golang-github-jackc-pgx-v4-dev golang-github-gomodule-redigo-dev
	golang-golang-x-crypto-dev php8.2-fpm php8.2-pgsql php8.2-opcache php-redis uwsgi-core
	uwsgi-plugin-python3 python3-djangorestframework python3-psycopg2 python3-redis python3-hiredis
	python3-nacl'
PACKAGES_DOCKER='docker.io docker-compose debootstrap'

missing_packages() {
	for p in "$@"; do
		case $(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null) in
		installed) ;;
		*) echo "$p" ;;
		esac
	done
}

# Debian's node brings no npm; another node may.
node_packages() {
	command -v node >/dev/null || echo nodejs
	command -v npm >/dev/null || echo npm
}

# install_packages PACKAGE...: RUNLEVEL and SYSTEMD_OFFLINE keep the packages from starting services.
install_packages() {
	missing=$(missing_packages "$@" | tr '\n' ' ')
	[ -n "$missing" ] || return 0
	say "Installing: $missing"
	if [ "$(id -u)" = 0 ]; then
		become=
	elif command -v sudo >/dev/null; then
		become=sudo
	else
		die "missing packages, and neither root nor sudo to install them: $missing"
	fi
	log=$(mktemp)
	# shellcheck disable=SC2086
	if ! { $become apt-get update -q &&
		$become env RUNLEVEL=1 SYSTEMD_OFFLINE=1 DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
			--no-install-recommends $missing; } >"$log" 2>&1; then
		reason=$(grep -m1 '^E:' "$log" || tail -n1 "$log")
		rm -f "$log"
		die "cannot install packages ($missing): $reason"
	fi
	rm -f "$log"
}

# npm_packages all|styles
npm_packages() {
	# shellcheck disable=SC2046
	install_packages $(node_packages)
	modules=$ROOT/node_modules
	if [ "$1" = all ]; then
		omit=
		proof=$modules/axe-core
	else
		omit=--omit=dev
		proof=$modules/@utrecht
	fi
	# shellcheck disable=SC3013
	if [ -d "$proof" ] && [ "$modules/.package-lock.json" -nt "$ROOT/package-lock.json" ]; then
		return 0
	fi
	say 'Installing npm packages'
	# shellcheck disable=SC2086
	reason=$(cd "$ROOT" && npm ci $omit --no-progress --loglevel=error 2>&1) ||
		die "npm: $(printf '%s\n' "$reason" | head -n1)"
}
