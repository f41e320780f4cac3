# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie psql [SERVICE] [ARGUMENTS]: as superuser, or with the role of a service.
need_running
role=postgres
case ${1:-} in
'' | -*) ;;
*)
	role=regie_$(printf '%s' "$1" | tr - _)
	shift
	;;
esac
as_user "$PG_BIN/psql" -X -h "$RUN_DIR/pg" -U "$role" -d regie "$@"
