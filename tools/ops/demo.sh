# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie demo: against the copy that runs, or a copy of its own that is gone afterwards.
if [ -n "$(supervisor_pid)" ]; then
	REGIE_HOME=$HOME_DIR REGIE_PORT=$PORT REGIE_TLS_PORT=$TLS_PORT REGIE_PUBLIC_URL=$PUBLIC_URL \
		exec node "$ROOT/tests/demo/demo.mjs"
fi

place=$(mktemp -d /tmp/regie-demo.XXXXXX)
chmod 755 "$place"
export REGIE_HOME="$place/copy" REGIE_PUBLIC_URL="$PUBLIC_URL" REGIE_PORT="$PORT" REGIE_TLS_PORT="$TLS_PORT"
leave() {
	code=$?
	trap - EXIT
	"$ROOT/regie" down >/dev/null
	rm -rf "$place"
	exit "$code"
}
trap leave EXIT
trap 'exit 130' INT TERM
"$ROOT/regie" up >&2
node "$ROOT/tests/demo/demo.mjs"
