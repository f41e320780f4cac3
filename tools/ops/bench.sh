# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie bench: the running copy (or one of its own) against the floor program, which is built with the
# same optimisation.
. "$ROOT/tools/ops/packages.sh"
. "$ROOT/tools/ops/build.sh"

# shellcheck disable=SC2086
install_packages $PACKAGES_BENCH
[ -n "$(supervisor_pid)" ] || "$ROOT/regie" up >&2
mkdir -p "$ROOT/build/bench"
cc -std=gnu17 -O2 -g1 -D_GNU_SOURCE -I"$(pg_config --includedir)" -o "$ROOT/build/bench/floor" \
	"$ROOT/tests/bench/floor.c" -lfcgi -lhiredis -lpq >"$ROOT/build/bench/floor.log" 2>&1 ||
	die "the floor program does not build: $(head -n1 "$ROOT/build/bench/floor.log")"
REGIE_HOME=$HOME_DIR REGIE_PORT=$PORT REGIE_TLS_PORT=$TLS_PORT REGIE_PUBLIC_URL=$PUBLIC_URL \
	BENCH_FLOOR=$ROOT/build/bench/floor exec node "$ROOT/tests/bench/bench.mjs"
