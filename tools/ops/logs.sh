# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie logs [SERVICE]
if [ $# -gt 0 ]; then
	[ -e "$HOME_DIR/log/$1.log" ] || die "no log of $1 in $HOME_DIR/log"
	set -- "$HOME_DIR/log/$1".log "$HOME_DIR/log/$1"-jobs*.log
	[ -e "$2" ] || set -- "$1"
	exec tail -n 50 -F "$@"
fi
exec tail -n 5 -F "$HOME_DIR"/log/*.log
