# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie test [LABEL|REGEX]: everything, or the tests with that label, or whose name matches.
# ./regie test coverage: how much of the law the unit tests and cases reach.
. "$ROOT/tools/ops/packages.sh"
. "$ROOT/tools/ops/build.sh"

# the containers: not among everything
if [ "${1:-}" = docker ]; then
	. "$ROOT/tools/ops/docker.sh"
	exit
fi

# shellcheck disable=SC2086
install_packages $PACKAGES_UP $PACKAGES_TEST
npm_packages all
[ "${1:-}" != coverage ] || . "$ROOT/tools/ops/coverage.sh"
build dev
cd "$ROOT/build/dev" || die "cannot enter $ROOT/build/dev"
what=${1:-}
case $what in
'') exec ctest --output-on-failure ;;
unit | cases | sql | fuzz | api | browser | faults | demo) exec ctest --output-on-failure -L "^$what\$" ;;
*) exec ctest --output-on-failure -R "$what" ;;
esac
