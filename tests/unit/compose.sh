#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every service, and its background work if it has any, is a container of docker/compose.yaml.
set -eu
lacks=0
for service in services/*/; do
	name=$(basename "$service")
	set -- "$name"
	[ ! -e "$service/jobs.c" ] || set -- "$name" "$name-jobs"
	for container in "$@"; do
		grep -q "^  $container:" docker/compose.yaml || {
			echo "docker/compose.yaml lacks $container"
			lacks=1
		}
	done
done
exit $lacks
