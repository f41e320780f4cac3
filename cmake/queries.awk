# SPDX-License-Identifier: EUPL-1.2
# queries.sql → C. A statement starts with "-- name: what it does"; `:naam` becomes $n (but not `::cast`).
# Writes <out>.h (enum query) and <out>.c (the table). The kit's own statements come first, so
# their numbers are the same in every service (app/db.h keeps them as DB_…).
# Without `out`: prints a line per statement instead, "name<TAB>what it does<TAB>SQL with $n".

function finish(   rest, sql, n, at, word, before, i, list) {
	if (name == "")
		return
	rest = body; sql = ""; n = 0; list = ""
	delete seen
	while (match(rest, /:[a-z_][a-z0-9_]*/)) {
		before = substr(rest, 1, RSTART - 1)
		word = substr(rest, RSTART + 1, RLENGTH - 1)
		if (substr(before, length(before), 1) == ":" ) {
			sql = sql before ":" word
		} else {
			if (!(word in seen)) {
				seen[word] = ++n
				list = list (n > 1 ? ", " : "") "\"" word "\""
			}
			sql = sql before "$" seen[word]
		}
		rest = substr(rest, RSTART + RLENGTH)
	}
	sql = sql rest
	gsub(/[ \t\n]+/, " ", sql)
	sub(/^ /, "", sql); sub(/;? *$/, "", sql)
	if (sql == "") {
		print "queries.sql: " name " has no statement; is a line of comment taken for its name?" > "/dev/stderr"
		name = ""
		exit 1
	}
	if (!out)
		print name "\t" says "\t" sql
	gsub(/\\/, "\\\\", sql); gsub(/"/, "\\\"", sql)
	upper = toupper(name)
	enums = enums "\tQ_" upper ",\n"
	if (n > 0)
		arrays = arrays "static const char *const params_" name "[] = { " list " };\n"
	rows = rows "\t[Q_" upper "] = { \"" name "\", \"" sql "\", " (n > 0 ? "params_" name : "NULL") ", " n " },\n"
	count++
	name = ""
}

/^-- [a-z][a-z0-9_]*:/ {
	finish()
	name = $2; sub(/:.*/, "", name)
	says = $0
	body = ""
	next
}
/^[ \t]*--/ { if (body == "") says = says " " substr($0, 4); next }
{ sub(/[ \t]--[ \t].*$/, ""); body = body "\n" $0 }

END {
	finish()
	if (!out)
		exit
	header = out ".h"; source = out ".c"
	printf "/* Made from queries.sql at build time; do not edit. */\n#pragma once\n#include \"app/db.h\"\n\nenum query {\n%s\tQUERY_COUNT\n};\n\nextern const struct statement %s_statements[QUERY_COUNT];\n", enums, ident > header
	printf "/* Made from queries.sql at build time; do not edit. */\n#include \"%s_queries.h\"\n#include <stddef.h>\n\n%s\nconst struct statement %s_statements[QUERY_COUNT] = {\n%s};\n", ident, arrays, ident, rows > source
}
