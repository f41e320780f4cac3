# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie bench: the running copy (or one of its own) against the floor program of the same preset.
# ./regie bench law: what the rules of the law cost.
. "$ROOT/tools/ops/packages.sh"
. "$ROOT/tools/ops/build.sh"

bench_law() {
	build release bench-law regie-law
	"$ROOT/build/release/tests/bench/bench-law" "$ROOT/tests/cases/law"
	exec node "$ROOT/tests/bench/law.mjs" "$ROOT/build/release/tools/regie-law/regie-law" \
		"$ROOT/tests/cases/law"
}

# shellcheck disable=SC2086
install_packages $PACKAGES_UP $PACKAGES_BENCH
case ${1:-} in
'') ;;
law) bench_law ;;
*) die "unknown bench: $1 (nothing, or law)" ;;
esac
[ -n "$(supervisor_pid)" ] || "$ROOT/regie" up >&2
build release bench-floor bench-afloor
REGIE_HOME=$HOME_DIR REGIE_PORT=$PORT REGIE_TLS_PORT=$TLS_PORT REGIE_PUBLIC_URL=$PUBLIC_URL \
	BENCH_FLOOR=$ROOT/build/release/tests/bench/bench-floor \
	BENCH_AFLOOR=$ROOT/build/release/tests/bench/bench-afloor exec node "$ROOT/tests/bench/bench.mjs"
