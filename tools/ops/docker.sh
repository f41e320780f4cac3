# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie test docker: builds the image, starts docker/compose.yaml in production mode and then with the
# simulator, tells one story of the demo against it, and leaves nothing behind but build/docker.
#
# A Docker that runs is used. Else root starts one of its own, Debian's docker.io with docker-compose,
# and without a bridge or packet filter: the image is built on the network of this machine, and ports are
# handed on by docker-proxy. That one has no registry: its debian:bookworm-slim is made with debootstrap,
# from the mirrors that apt is set up with, and kept in build/docker, like the layers of the image. (podman
# was the other choice; Debian 12's podman-compose knows no profiles and waits for no condition.)
# Where containers cannot run, one line says why and that is no failure.
. "$ROOT/tools/ops/tls.sh"

WORK=$ROOT/build/docker
PROJECT=regie-test-$(path_word "$ROOT")
ENGINE=/tmp/$PROJECT # short: it holds Unix sockets
IMAGE=$PROJECT
BASE=debian:bookworm-slim

skip() {
	say "skipped: $*"
	exit 0
}

# ---- the engine ----

links() {
	ls /sys/class/net
}

clean_up() {
	code=$?
	trap - EXIT INT TERM
	if docker version >/dev/null 2>&1; then
		stop || code=1
		docker image prune --force --filter "label=$PROJECT" >/dev/null || code=1
	fi
	[ -z "${ENGINE_PID:-}" ] || stop_engine || code=1
	rm -rf "$WORK/production"
	exit "$code"
}

# All containers are in the engine's own process and mount namespace, and end with it. Only networks may
# be left, after an engine that was killed.
stop_engine() {
	# shellcheck disable=SC2046
	kill $(cat "/proc/$ENGINE_PID/task/$ENGINE_PID/children" 2>/dev/null) 2>/dev/null
	wait_for 60 'the end of dockerd' test ! -e "/proc/$ENGINE_PID"
	links | comm -13 "$WORK/links" - | while read -r link; do
		ip link delete "$link"
	done
	rm -rf "$ENGINE"
}

engine_answers() {
	docker version || [ ! -e "/proc/$ENGINE_PID" ]
}

start_engine() {
	[ "$(id -u)" = 0 ] || skip 'no Docker runs, and only root can start one'
	# shellcheck disable=SC2086
	install_packages $PACKAGES_DOCKER
	mkdir -p "$ENGINE"
	links >"$WORK/links"
	export DOCKER_HOST="unix://$ENGINE/docker.sock"
	# cgroup-parent: in a group of their own all containers together weigh as much as one process
	setsid unshare --pid --mount --mount-proc --fork --kill-child dockerd --cgroup-parent / \
		--data-root "$WORK/data" --exec-root "$ENGINE/exec" --pidfile "$ENGINE/pid" \
		--host "$DOCKER_HOST" --bridge none --iptables=false --ip6tables=false --ip-forward=false \
		>"$WORK/dockerd.log" 2>&1 &
	ENGINE_PID=$!
	wait_for 60 dockerd engine_answers
	docker version >/dev/null 2>&1 || skip "dockerd does not run: $(tail -n1 "$WORK/dockerd.log")"
	[ -n "$(docker image ls --quiet "$BASE")" ] || import_base
	docker run --rm --network none "$BASE" true 2>"$WORK/run.log" ||
		skip "a container does not run: $(tail -n1 "$WORK/run.log")"
}

# ---- the base image, as much as matters of the real one ----

apt_sources() {
	# shellcheck disable=SC2016
	apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 'Origin: Debian' \
		'Component: main' | sort -u
}

make_base() {
	tree=$WORK/base
	apt_sources >"$WORK/sources"
	rm -rf "$tree"
	debootstrap --variant=minbase bookworm "$tree" "$(awk '$2 == "bookworm" { print $1 }' "$WORK/sources")" &&
		awk '{ print "deb", $1, $2, "main" }' "$WORK/sources" >"$tree/etc/apt/sources.list" &&
		printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d" && chmod 755 "$tree/usr/sbin/policy-rc.d" &&
		{
			echo force-unsafe-io
			printf 'path-exclude /usr/share/%s/*\n' doc man locale
		} >"$tree/etc/dpkg/dpkg.cfg.d/docker" &&
		# whom this machine trusts, so that npm reaches its registry from the build too
		mkdir -p "$tree/usr/local/share/ca-certificates" &&
		cp -R /usr/local/share/ca-certificates/. "$tree/usr/local/share/ca-certificates" &&
		rm -rf "$tree"/var/lib/apt/lists/* "$tree"/var/cache/apt/archives/*.deb &&
		tar -C "$tree" --numeric-owner -cf "$WORK/base.tar.new" . &&
		mv "$WORK/base.tar.new" "$WORK/base.tar" && rm -rf "$tree"
}

import_base() {
	if [ ! -e "$WORK/base.tar" ]; then
		say "Making a $BASE"
		make_base >"$WORK/base.log" 2>&1 || die "cannot make a base image: $(tail -n1 "$WORK/base.log")"
	fi
	docker import --change 'CMD ["bash"]' "$WORK/base.tar" "$BASE" >/dev/null || die "cannot import $BASE"
}

# ---- the copy in containers ----

compose() {
	if docker compose version >/dev/null 2>&1; then
		docker compose -p "$PROJECT" -f "$ROOT/docker/compose.yaml" "$@"
	else
		docker-compose -p "$PROJECT" -f "$ROOT/docker/compose.yaml" "$@"
	fi
}

build_image() {
	docker build --network host --label "$PROJECT" -t "$IMAGE" -f "$ROOT/docker/Dockerfile" "$ROOT" \
		>"$WORK/build.log" 2>&1 || die "the image is not built ($WORK/build.log): $(tail -n1 "$WORK/build.log")"
}

# All but setup, which has ended: `up` waits for that.
containers() {
	docker ps --all --filter "label=com.docker.compose.project=$PROJECT" --format "$1" | grep -v setup
}

# wait_until_well COMMAND...: until it succeeds with the name of each container.
wait_until_well() {
	deadline=$(($(date +%s) + 180))
	for name in $(containers '{{.Names}}'); do
		until "$@" "$name" >"$WORK/health.log" 2>&1; do
			[ "$(date +%s)" -lt "$deadline" ] || {
				compose logs --no-color >"$WORK/containers.log" 2>&1
				die "$name is not well ($WORK/containers.log): $(tail -n1 "$WORK/health.log")"
			}
			sleep 0.5
		done
	done
}

is_well() {
	docker exec "$1" /regie/docker/health.sh
}

docker_finds_well() {
	containers '{{.Names}} {{.Status}}' | grep "^$1 .*(healthy)"
}

# start ARGUMENTS: in the mode that REGIE_ENV names.
start() {
	compose "$@" up -d >"$WORK/up.log" 2>&1 || {
		compose logs --no-color setup | tail -n 3
		die "compose ($WORK/up.log): $(grep -m1 ERROR "$WORK/up.log" || tail -n1 "$WORK/up.log")"
	}
	wait_until_well is_well
}

# Also what a run left that was killed.
stop() {
	{
		compose --profile simulator stop --timeout 10 &&
			docker ps --all --quiet --filter "label=com.docker.compose.project=$PROJECT" |
			xargs -r docker rm --force && compose down --volumes
	} >"$WORK/down.log" 2>&1 || {
		say "compose down: $(tail -n1 "$WORK/down.log")"
		return 1
	}
}

# refused WHAT WORDS COMMAND...: must fail, with those words
refused() {
	what=$1 words=$2
	shift 2
	! "$@" >"$WORK/refused.log" 2>&1 || die "not refused: $what"
	grep -qF -e "$words" "$WORK/refused.log" || die "$what: $(tail -n1 "$WORK/refused.log")"
}

# What an administrator brings; setup makes nothing of this in production.
production_secrets() {
	mkdir -p "$WORK/production/tls"
	make_certificates "$WORK/production/tls" >"$WORK/tls.log" 2>&1 || die 'cannot make certificates'
	echo burger >"$WORK/production/oidc-secret-burger"
	echo staf >"$WORK/production/oidc-secret-staf"
	tar -C "$WORK/production" -c tls oidc-secret-burger oidc-secret-staf |
		compose run --rm --no-deps -T setup tar -x -C /regie/secrets >"$WORK/secrets.log" 2>&1 ||
		die "the secrets are not stored: $(tail -n1 "$WORK/secrets.log")"
}

production_settings() {
	mkdir -p "$WORK/production"
	cat >"$WORK/production/env" <<-ENV
		REGIE_PUBLIC_URL=https://regie.example
		REGIE_OIDC_BURGER_ISSUER=https://burger.example
		REGIE_OIDC_STAF_ISSUER=https://staf.example
		REGIE_DUO_URL=https://duo.example/v1
		REGIE_DUO_OIN=$DUO_OIN
		REGIE_BRP_URL=https://brp.example/haalcentraal/api/brp
	ENV
}

role() {
	compose exec -T intake psql -X -h /regie/run/pg -d regie -U "$1" -c 'select 1'
}

check_production() {
	refused 'the simulator in production' 'the simulator does not start in production' \
		compose run --rm --no-deps -T simulator
	role regie_intake >/dev/null || die 'intake does not reach the database by its own role'
	refused "another service's role" 'Peer authentication failed' role regie_duo
	refused "the superuser's role" 'Peer authentication failed' role postgres
	refused 'writing to the image' 'Read-only file system' compose exec -T intake touch /regie/x
	[ "$(compose exec -T intake sh -c 'ls /sys/class/net; id -un')" = "$(printf 'lo\nregie_intake')" ] ||
		die 'intake has a network, or another user'
}

lap() {
	now=$(date +%s)
	say "$1: $((now - since)) s"
	since=$now
}

mkdir -p "$WORK"
# shellcheck disable=SC2046
install_packages $(node_packages)
production_settings
export REGIE_IMAGE="$IMAGE" REGIE_ENV="$WORK/production/env" REGIE_PORT="$PORT" REGIE_TLS_PORT="$TLS_PORT"
since=$(date +%s)
trap clean_up EXIT
trap 'exit 130' INT TERM
export COMPOSE_HTTP_TIMEOUT=300
docker version >/dev/null 2>&1 || start_engine
stop
lap 'Engine and base image'
build_image
lap 'Image'
production_secrets
start
check_production
stop
lap 'Production'
REGIE_ENV=demo.env
start --profile simulator
(cd "$ROOT" && node tests/demo/demo.mjs fulfilment) || exit 1
wait_until_well docker_finds_well
stop
lap 'Demo'
say 'The containers work.'
