# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# Lines and branches of common/law that the unit tests and the cases reach; fails below 100 and 98 percent.
# shellcheck disable=SC2086
install_packages $PACKAGES_COVERAGE
build coverage
find "$ROOT/build/coverage" -name '*.gcda' -delete
(cd "$ROOT/build/coverage" && ctest --output-on-failure -L '^(unit|cases)$') || exit 1
exec gcovr --root "$ROOT" --object-directory "$ROOT/build/coverage" --filter "$ROOT/common/law/" \
	--exclude-throw-branches --fail-under-line 100 --fail-under-branch 98 \
	--print-summary
