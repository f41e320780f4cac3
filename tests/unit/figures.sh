#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Figures of the law and date arithmetic stand in common/law only. Prints every line of a service or a page of
# the portal that has one, as file:line; exit 1. Not the simulator, which plays the outside world, and not
# documents of policy (services/*/beleid), which are data that the law checks.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# file|part of the line|why it may stay
exceptions='services/duo/queries.sql|interval '\''1 minute'\''|when a message to DUO or a notification is tried again
services/duo/queries.sql|make_interval(secs => least(2 ^ least(pogingen|when a notification is tried again
services/duo/queries.sql|make_interval(secs => least(2 ^ least(m.pogingen|when a message to DUO is tried again
services/duo/queries.sql|interval '\''1 second'\''|the pace of messages to DUO
services/duo/queries.sql|make_interval(hours => :uren|a setting: when a message that waits is work for the portal
services/duo/queries.sql|:vandaag::date - :dagen::int|a setting: how long a sealed message is kept
services/duo/queries.sql|interval '\''15 seconds'\''|how long a run of the comparison is in hand
services/duo/upkeep.c|days = end.day - req->today.day|days until a certificate ends, no term of the law
services/intake/queries.sql|interval '\''1 minute'\''|when the BRP is asked again
services/intake/queries.sql|make_interval(secs => least(2 ^ least(pogingen|when the BRP is asked again'

# Reads files, prints file:line:text of every line that breaks the rule. The figures are those of basis.def:
# amounts in euros or cents, hours, weeks (in days, too), months, years, days and percentages.
scan() {
	awk -v exceptions="$exceptions" '
	function add(pattern) { figures[++count] = pattern }
	function figure(value, unit) {
		if (unit == "cent") {
			add("(€ ?)?" value / 100 "([,.](00|-))? ?(euro|EUR|€)")
			add("(€|EUR) ?" value / 100)
			if (value >= 10000)
				add(value)
			value /= 100
		}
		if (unit == "uren")
			add(value " ?(uur|uren|hours)")
		# other hundreds are statuses of HTTP and sizes
		if ((unit == "cent" || unit == "uren") && value >= 250 && value != 400 && value != 500)
			add(value)
		if (unit == "weken" && value >= 6)
			add(7 * value)
		if (unit ~ /^(weken|maanden|jaren|dagen|procent)$/)
			add(value " ?" substr(unit, 1, 4))
	}
	function is_figure(line,    i) {
		gsub(/F_TEXT, [A-Z_]+, [0-9]+, [0-9]+/, "", line) # lengths of a text
		gsub(/_SECONDS [0-9]+/, "", line) # of a login or a key
		for (i = 1; i <= count; i++)
			if ((" " line " ") ~ ("[^0-9A-Za-z_.]" figures[i] "[^0-9]"))
				return 1
		return 0
	}
	function is_arithmetic(line) {
		return line ~ /(date_add_(days|months)|date_make|term_(weeks|months|end)|law_(value|article)|basis_value) ?\(/ ||
			line ~ /\.day *[-+]/ || line ~ /interval *'\''|make_interval|[Cc]urrent_date/ ||
			line ~ /::date *[-+] *[0-9:]/ || line ~ /now\(\) *[-+]/
	}
	function may_stay(file, line,    i, n, rows, cells) {
		n = split(exceptions, rows, "\n")
		for (i = 1; i <= n; i++) {
			split(rows[i], cells, "|")
			if (file == cells[1] && index(line, cells[2]))
				return 1
		}
		return 0
	}
	FILENAME ~ /basis\.def$/ {
		if (/^FIGURE/) {
			split($0, cells, /, */)
			gsub(/"/, "", cells[4])
			figure(cells[3] + 0, cells[4])
		}
		next
	}
	(is_arithmetic($0) || is_figure($0)) && !may_stay(FILENAME, $0) {
		print FILENAME ":" FNR ":" $0
	}' "$here/../../common/law/basis.def" "$@"
}

# What must be seen, one per line; and what must not.
wrong=$(mktemp) && right=$(mktemp)
trap 'rm -f "$wrong" "$right"' EXIT
cat >"$wrong" <<'END'
	d = date_add_days(req->today, 14);
	d = date_add_months(day, months);
	d = term_weeks(day, 2);
	int n = (int)law_value(BOETE_22_TERMIJN, day);
	left = t.einde.day - req->today.day;
	coalesce(:uiterlijk::date, :vandaag::date + 70)
	where datum < now() - interval '6 weeks'
	"De boete is 250 euro"
	"hoogstens € 2400"
	o->bedrag = 25000;
	if (uren >= 800)
	"na 12 uur"
	{ "aanbod-doen", 91, "Regel een cursus" },
	"binnen 6 weken"
	"Vanaf 75 procent"
END
cat >"$right" <<'END'
	return fail(req, 400, "x");
	FIELD_RANGE(struct stap, uitleg, F_TEXT, READONLY, 1, 600, "Uitleg in woorden"),
	{ "oproep-herhalen", NULL, 7, false, "Stuur een waarschuwing" },
	if (date_compare(a, b) < 0)
#define LOGIN_SECONDS 800
	char date[DATE_WORDS]; /* 1.250 */
END
[ "$(scan "$wrong" | wc -l)" = "$(wc -l <"$wrong")" ] || {
	echo "not every wrong line is seen, only:"
	scan "$wrong"
	exit 1
}
scan "$right" | grep . && exit 1

# shellcheck disable=SC2046
found=$(scan $(find services -path services/simulator -prune -o -path 'services/*/beleid' -prune -o -type f \
	\( -name '*.[ch]' -o -name '*.cpp' -o -name '*.sql' -o -name '*.mustache' -o -name '*.json' -o -name '*.js' \) -print | sort))
[ -z "$found" ] && exit
echo "$found"
echo "  ^ a figure or date arithmetic outside common/law"
exit 1
