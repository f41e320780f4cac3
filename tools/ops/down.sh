# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie down: ends this copy's supervisor; that stops the rest, nginx first, PostgreSQL last.
pid=$(supervisor_pid)
if [ -z "$pid" ]; then
	say "Nothing runs in $HOME_DIR"
	exit 0
fi
kill "$pid" || die "cannot stop process $pid"
tries=600
while [ -n "$(supervisor_pid)" ]; do
	tries=$((tries - 1))
	[ "$tries" -gt 0 ] || die "process $pid does not stop"
	sleep 0.05
done
say "Stopped what ran in $HOME_DIR"
