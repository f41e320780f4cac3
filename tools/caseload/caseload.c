/* SPDX-License-Identifier: EUPL-1.2
 *
 * regie-caseload PEOPLE SEED TODAY [TABLES]
 *
 * Prints a psql script that fills a new database with a synthetic caseload: one transaction of
 * COPYs, with foreign keys and indexes made afterwards. The same numbers give the same people (only
 * the nonces of the encrypted BSNs differ). REGIE_KEYS names the key file. TABLES, comma separated,
 * leaves out what is not in it (services not built).
 *
 * Assumptions, where law.md 14 has no figure: the shares of the phases, the routes other than the
 * Z-route of asielstatushouders, the time each step took, absence, and how many overtredingen there
 * are.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/arena.h"
#include "app/crypto.h"
#include "caseload.h"

/* ---- one row of COPY ---- */

static bool first_cell;

void cell(const char *text)
{
	if (!first_cell)
		putchar('\t');
	first_cell = false;
	fputs(text ? text : "\\N", stdout);
}

void cell_number(long long n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", n);
	cell(text);
}

void cell_date(struct date d)
{
	char text[DATE_TEXT];

	cell(date_is_set(d) ? date_format(d, text) : NULL);
}

void cell_uuid(struct uuid id)
{
	char text[40];

	snprintf(text, sizeof(text),
		"%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-8%03" PRIx64 "-%012" PRIx64,
		id.high >> 32, id.high >> 16 & 0xffff, id.high & 0xfff, id.low >> 48 & 0xfff,
		id.low & 0xffffffffffff);
	cell(text);
}

void row_end(void)
{
	putchar('\n');
	first_cell = true;
}

/* ---- the script ---- */

/* Foreign keys and indexes (but of primary keys and the like) go, and come back when all rows are
 * there: checked and sorted at once instead of for each row. */
static const char put_off[] =
	"create temp table later on commit drop as\n"
	"select format('alter table %s drop constraint %I', conrelid::regclass, conname) as gone,\n"
	"	format('alter table %s add constraint %I %s', conrelid::regclass, conname,\n"
	"		pg_get_constraintdef(oid)) as back\n"
	"from pg_constraint where contype = 'f'\n"
	"union all\n"
	"select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)\n"
	"from pg_index join pg_class c on c.oid = indrelid\n"
	"	join pg_namespace n on n.oid = c.relnamespace\n"
	"where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (\n"
	"	select from pg_constraint where conindid = indexrelid);\n"
	"select gone from later \\gexec\n";
static const char bring_back[] = "select back from later \\gexec";

static void emit(const struct table *t, const struct plan *plan)
{
	/* nobody made these rows: no audit of them */
	printf("alter table %s disable trigger user;\ncopy %s (%s) from stdin;\n", t->name, t->name,
		t->columns);
	first_cell = true;
	if (t->fixed)
		t->fixed(plan);
	for (long i = 0; t->person && i < plan->people; i++) {
		struct person p;

		person_make(plan, i, &p);
		t->person(plan, &p);
	}
	printf("\\.\nalter table %s enable trigger user;\n", t->name);
}

/* Is `name` in the list? No list holds everything. */
static bool wanted(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = list; at && (at = strstr(at, name)); at += len)
		if ((at == list || at[-1] == ',') && (at[len] == ',' || at[len] == '\0'))
			return true;
	return !list;
}

/* BSNs that satisfy the eleven-test. First the test range 9999xxxxx, without 99999xxxx, which demo
 * and tests use for people of their own; that is too few for a national caseload: then from
 * 900000000. */
static char (*make_bsns(long count))[BSN_TEXT]
{
	char(*list)[BSN_TEXT] = calloc((size_t)count + 1, BSN_TEXT);
	long made = 0;

	for (int n = 999900000; list && made < count; n++) {
		char text[12];
		int sum = 0;

		if (n == 999990000)
			n = 900000000;
		snprintf(text, sizeof(text), "%d", n);
		for (int i = 0; i < 8; i++)
			sum += (9 - i) * (text[i] - '0');
		sum -= text[8] - '0';
		if (sum % 11 == 0)
			memcpy(list[made++], text, BSN_TEXT);
	}
	return list;
}

static bool read_arguments(int argc, char **argv, struct plan *plan)
{
	char *end;

	if (argc != 4 && argc != 5)
		return false;
	plan->people = strtol(argv[1], &end, 10);
	if (*end || plan->people < 1 || plan->people > 1000000)
		return false;
	plan->seed = strtoull(argv[2], &end, 10);
	return !*end && date_parse(argv[3], &plan->today);
}

int main(int argc, char **argv)
{
	struct plan plan = { 0 };
	const char *keys = getenv("REGIE_KEYS");
	const char *wrong;

	if (!read_arguments(argc, argv, &plan)) {
		fprintf(stderr, "usage: regie-caseload PEOPLE (1-1000000) SEED TODAY [TABLES]\n");
		return 2;
	}
	wrong = keys ? crypto_init(keys) : "must be set";
	if (wrong) {
		fprintf(stderr, "REGIE_KEYS: %s\n", wrong);
		return 2;
	}
	plan.bsns = make_bsns(plan.people);
	if (!plan.bsns)
		abort();
	puts("begin;");
	puts(put_off);
	for (const struct table *t = tables; t->name; t++)
		if (wanted(argc == 5 ? argv[4] : NULL, t->name))
			emit(t, &plan);
	puts(bring_back);
	puts("commit;\nanalyze;");
	free(plan.bsns);
	return ferror(stdout) || fflush(stdout) != 0;
}
