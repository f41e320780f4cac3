/* SPDX-License-Identifier: EUPL-1.2 */
#include "document.h"

#include <stdio.h>
#include <string.h>

#include "diagram.h"
#include "law/basis.h"
#include "law/readings.h"
#include "law/source.h"
#include "rules/rule.h"

static void print_head(void)
{
	puts("<!-- SPDX-License-Identifier: EUPL-1.2 -->\n"
	     "<!-- Printed from the tables of the law library. Do not edit: `regie-law document "
	     "> docs/law.md`. -->\n"
	     "# The law as it is programmed\n\n"
	     "Every figure, rule, machine and open reading that Regie decides by. Texts are "
	     "Dutch, as the law is. `regie-law RULE` answers any of the rules from a shell; "
	     "`regie-law verslag RULE` tells the answer in words.\n");
}

/* ---- sources ---- */

static void print_sources(void)
{
	puts("## Sources\n\n| Short name | Text |\n|---|---|");
	for (const struct law_text *t = law_texts; t->short_name; t++)
		printf("| %s | %s |\n", t->short_name, t->name);
	puts("\nA mark says where a figure or a reading comes from. Only P is the law itself; the "
	     "others are dated policy values that a gemeente checks before it relies on them.\n\n"
	     "| Mark | Meaning |\n|---|---|");
	for (const struct law_mark *m = law_marks; m->mark; m++)
		printf("| %c | %s |\n", m->mark, m->meaning);
	puts("");
}

/* ---- figures ---- */

static void print_value(const struct law_row *row)
{
	if (strcmp(row->unit, "cent") == 0)
		printf("%lld,%02lld euro", row->value / 100, row->value % 100);
	else if (strcmp(row->unit, "aantal") == 0)
		printf("%lld", row->value);
	else
		printf("%lld %s", row->value, row->unit);
}

static void print_figures(void)
{
	puts("## Figures\n\nA figure holds from its day until the next row of the same name.\n\n"
	     "| Figure | From | Value | Article | Mark |\n|---|---|---|---|---|");
	for (int i = 0; i < law_row_count; i++) {
		const struct law_row *row = &law_rows[i];

		printf("| `%s` | %s | ", row->name, row->from);
		print_value(row);
		printf(" | %s | %c |\n", row->article, row->source);
	}
	puts("");
}

/* ---- rules ---- */

static const char *need_of(const struct field *f)
{
	return f->need == OPTIONAL ? "" : "yes";
}

static void print_type(const struct field *f)
{
	static const char *const types[] = { [F_TEXT] = "text",
		[F_UUID] = "uuid",
		[F_DATE] = "date",
		[F_TIJDSTIP] = "moment",
		[F_INT] = "number",
		[F_BOOL] = "yes or no",
		[F_CENTS] = "euro",
		[F_JSON] = "object",
		[F_OBJECT] = "object" };

	if (f->type == F_LIST) {
		fputs("list of ", stdout);
		if (f->items->name[0])
			fputs("objects", stdout);
		else
			print_type(f->items);
	} else if (f->type == F_ENUM) {
		for (int i = 0; f->values[i]; i++)
			printf("%s`%s`", i ? ", " : "", f->values[i]);
	} else {
		printf("%s%s%s", types[f->type], f->unit ? ", " : "", f->unit ? f->unit : "");
	}
}

/* One row per field; those of an object or of the objects of a list below it, with their path. */
static void print_fields(const struct field *fields, const char *prefix)
{
	char name[64], path[160];

	for (const struct field *f = fields; f->name; f++) {
		bool nested = f->type == F_OBJECT || (f->type == F_LIST && f->items->name[0]);

		field_json_name(f->name, name, sizeof(name));
		printf("| `%s%s` | ", prefix, name);
		print_type(f);
		printf(" | %s | %s |\n", need_of(f), f->doc);
		snprintf(path, sizeof(path), "%s%s%s", prefix, name,
			f->type == F_LIST ? "[]." : ".");
		if (nested)
			print_fields(f->items, path);
	}
}

static void print_rule(const struct rule *r)
{
	printf("### %s\n\n%s%s\n\nVersion %d. %s.\n\n", r->name, r->doc,
		r->doc[strlen(r->doc) - 1] == '?' ? "" : ".", r->version, r->articles);
	puts("| Fact | Kind | Needed | Meaning |\n|---|---|---|---|");
	print_fields(r->in, "");
	puts("\n| Answer | Kind | Always | Meaning |\n|---|---|---|---|");
	print_fields(r->out, "");
	puts("");
}

static void print_rules(void)
{
	puts("## Rules\n\nThe version of a rule rises whenever the same facts may get another "
	     "answer. A kept decision is replayed by the version of then.\n");
	for (const struct rule *const *r = rules; *r; r++)
		print_rule(*r);
}

/* ---- machines ---- */

static void print_machines(void)
{
	puts("## Machines\n\nWhat may follow on what, with the basis of every move.\n");
	for (const struct law_machine *const *m = law_machines; *m; m++) {
		printf("### %s\n\n%s.\n\n```mermaid\n", (*m)->name, (*m)->doc);
		diagram_print(*m, stdout);
		puts("```\n");
	}
}

/* ---- open readings ---- */

static void print_readings(void)
{
	puts("## Open readings\n\nWhere the law leaves a question open, this is the reading that "
	     "the rules follow. With a parameter a gemeente can choose otherwise in its policy; "
	     "the others are fixed.\n");
	for (int i = 0; i < law_reading_count; i++) {
		const struct law_reading *r = &law_readings[i];

		printf("### %s\n\n%s\n\n%s\n\n", r->id, r->question, r->choice);
		printf("Rules: %s. Basis: %s (%c). ", r->rules, r->articles, r->source);
		if (r->parameter)
			printf("Parameter: `%s`.\n", r->parameter);
		else
			puts("Fixed.");
		if (i + 1 < law_reading_count)
			puts("");
	}
}

int print_document(void)
{
	print_head();
	print_sources();
	print_figures();
	print_rules();
	print_machines();
	print_readings();
	return 0;
}
