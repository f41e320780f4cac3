# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie status: one line per process of the table; exit 1 when one is missing.
pid=$(supervisor_pid)
if [ -z "$pid" ]; then
	say "Nothing runs in $HOME_DIR"
	exit 1
fi
say "$HOME_DIR, supervisor $pid"
missing=0
children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
while IFS='	' read -r name _ command; do
	# the first process of a row is the supervisor's child; what it executes is in its row
	want=$(printf '%s' "$command" | sed 's/.*exec //; s/ .*//')
	found=
	for child in $children; do
		line=$(tr '\0' ' ' 2>/dev/null <"/proc/$child/cmdline") || continue
		case $name:$line in
		nginx:nginx*) found=$child ;;
		redis:*redis-server*) found=$child ;;
		*-jobs:"$want --jobs "*) found=$child ;;
		*-jobs:*) ;;
		*:"$want "*--jobs*) ;;
		*:"$want "*) found=$child ;;
		esac
	done
	printf '  %-24s %s\n' "$name" "${found:-does not run}"
	[ -n "$found" ] || missing=1
done <"$TABLE"
# what the nightly look at certificates found (services/duo/upkeep.c)
sql postgres -At -F '	' -c "select naam, coalesce(vervalt::text, 'niet leesbaar'),
	case when vervalt < current_date then 'VERLOPEN' when vervalt <= current_date + 60 then
	'verloopt over ' || vervalt - current_date || ' dagen' else '' end
	from duo.certificaat order by vervalt nulls first, naam" 2>/dev/null |
	while IFS='	' read -r name end warning; do
		printf '  %-24s %s %s\n' "$name" "$end" "$warning"
	done
exit $missing
