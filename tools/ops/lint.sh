# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie lint: all checks, also after one failed; exit 1 when any did.
. "$ROOT/tools/ops/packages.sh"
. "$ROOT/tools/ops/build.sh"

# shellcheck disable=SC2086
install_packages $PACKAGES_UP $PACKAGES_TEST $PACKAGES_LINT
npm_packages all
build dev
cd "$ROOT" || exit 1
failed=0

check() {
	say "== $1"
	shift
	"$@" || failed=1
}

sources() {
	git ls-files "$@"
}

# shellcheck disable=SC2046
check 'clang-format' clang-format --dry-run --Werror $(sources '*.c' '*.h')
# shellcheck disable=SC2046
check 'clang-tidy' clang-tidy --quiet -p build/dev $(sources 'common/*.c' 'services/*.c' 'tools/*.c')
# shellcheck disable=SC2046
check 'shellcheck' shellcheck -x $(sources regie '*.sh')
check 'NLgov API Design Rules' tools/ops/api-lint.sh
exit $failed
