# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# build PRESET [TARGET...]: configures once, builds what changed; quiet unless it fails.
build() {
	preset=$1
	shift
	log=$ROOT/build/$preset.log
	mkdir -p "$ROOT/build" || die "cannot make $ROOT/build"
	{
		# node_modules may have come since: the style sheet depends on it
		# shellcheck disable=SC3013
		if [ ! -e "$ROOT/build/$preset/build.ninja" ] ||
			[ "$ROOT/node_modules/.package-lock.json" -nt "$ROOT/build/$preset/build.ninja" ]; then
			(cd "$ROOT" && cmake --preset "$preset" && touch "build/$preset/build.ninja")
		fi && cmake --build "$ROOT/build/$preset" ${1:+--target "$@"}
	} >"$log" 2>&1 || {
		reason=$(grep -m1 -E 'error:|CMake Error|No space' "$log" || tail -n1 "$log")
		die "the build failed ($log): $reason"
	}
}

# install_build PRESET: into $HOME_DIR/.next first, so that a failure leaves the old one whole. The
# first line printed is "changed" when what runs must be started anew.
install_build() {
	next=$HOME_DIR/.next
	rm -rf "$next"
	cmake --install "$ROOT/build/$1" --prefix "$next" >"$ROOT/build/install.log" 2>&1 ||
		die "cannot install into $HOME_DIR: $(tail -n1 "$ROOT/build/install.log")"
	diff -rq "$next/bin" "$HOME_DIR/bin" >/dev/null 2>&1 &&
		diff -rq "$next/share" "$HOME_DIR/share" >/dev/null 2>&1 || echo changed
}

# Puts the new build in place; nothing runs now.
place_build() {
	for d in bin share; do
		rm -rf "${HOME_DIR:?}/$d.new"
		cp -a "$HOME_DIR/.next/$d" "$HOME_DIR/$d.new" || die "cannot write $HOME_DIR/$d"
		rm -rf "${HOME_DIR:?}/$d"
		mv "$HOME_DIR/$d.new" "$HOME_DIR/$d"
	done
}
