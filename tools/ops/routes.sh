# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie routes: from the programs themselves.
found=no
for f in "$HOME_DIR"/bin/regie-* "$ROOT"/build/release/services/*/regie-*; do
	case $(basename "$f") in
	regie-supervise | regie-caseload | regie-law) continue ;;
	esac
	if [ ! -f "$f" ] || [ ! -x "$f" ]; then
		continue
	fi
	[ "$found" = no ] || [ "${f#"$HOME_DIR"}" != "$f" ] || continue
	"$f" --routes
	found=yes
done
[ "$found" = yes ] || die 'nothing is built yet; run ./regie up'
