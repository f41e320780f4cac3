# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie bench: the running copy (or one of its own) against the floor programs of the same preset.
# ./regie bench law: what the rules of the law cost.
# ./regie bench duo: notifications of DUO, acknowledged and worked off.
# ./regie bench peers: one request of the copy against the same work in Go, Node, PHP and Python.
# ./regie bench soak [MINUTES]: half of what the copy can do, for so long; its memory must not grow.
. "$ROOT/tools/ops/packages.sh"
. "$ROOT/tools/ops/build.sh"

bench_law() {
	build release bench-law regie-law
	"$ROOT/build/release/tests/bench/bench-law" "$ROOT/tests/cases/law"
	exec node "$ROOT/tests/bench/law.mjs" "$ROOT/build/release/tools/regie-law/regie-law" \
		"$ROOT/tests/cases/law"
}

# What the peers need, in build/peers. Go is built from Debian's sources, Node's packages are pinned.
build_peers() {
	# shellcheck disable=SC2046,SC2086
	install_packages $PACKAGES_PEERS $(node_packages)
	sources=$ROOT/tests/bench/peers
	peers=$ROOT/build/peers
	mkdir -p "$peers/fastify" || die "cannot make $peers"
	GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$peers/go-cache \
		go build -o "$peers/peer-go" "$sources/go/main.go" || die 'the peer in Go is not built'
	for f in package.json package-lock.json server.js; do
		cmp -s "$sources/fastify/$f" "$peers/fastify/$f" || {
			cp "$sources/fastify/$f" "$peers/fastify/$f"
			rm -rf "$peers/fastify/node_modules"
		}
	done
	[ -d "$peers/fastify/node_modules" ] ||
		(cd "$peers/fastify" && npm ci --no-progress --loglevel=error >/dev/null) ||
		die 'npm: the packages of the peer in Node are not installed'
}

# bench FILE: against the copy that runs.
bench() {
	[ -n "$(supervisor_pid)" ] || "$ROOT/regie" up >&2
	build release bench-floor bench-afloor
	programs=$ROOT/build/release/tests/bench
	REGIE_HOME=$HOME_DIR REGIE_PORT=$PORT REGIE_TLS_PORT=$TLS_PORT REGIE_PUBLIC_URL=$PUBLIC_URL \
		BENCH_FLOOR=$programs/bench-floor BENCH_AFLOOR=$programs/bench-afloor \
		BENCH_NOTIFY=$programs/bench-notify BENCH_PEERS=$ROOT/build/peers \
		exec node "$ROOT/tests/bench/$1.mjs"
}

# shellcheck disable=SC2086
install_packages $PACKAGES_UP $PACKAGES_BENCH
case ${1:-} in
'') bench bench ;;
law) bench_law ;;
duo)
	build release bench-notify
	bench duo
	;;
peers)
	build_peers
	bench peers
	;;
soak)
	# a worker that is replaced would hide what it lost
	REGIE_MAX_REQUESTS=0 "$ROOT/regie" up >&2
	export BENCH_MINUTES="${2:-30}"
	bench soak
	;;
*) die "unknown bench: $1 (nothing, law, duo, peers or soak)" ;;
esac
