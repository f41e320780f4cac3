/* SPDX-License-Identifier: EUPL-1.2 */
#include "document.h"

#include <stdio.h>
#include <string.h>

#include "events.h"

#define DAY (24 * 3600)

/* `a`, `b`? (`c`): the members as JSON names them, with a question mark those that may be left out,
 * and what an object holds. */
static void print_fields(const struct field *fields)
{
	char name[64];

	for (const struct field *f = fields; f->name; f++) {
		printf("%s`%s`%s", f == fields ? "" : ", ",
			field_json_name(f->name, name, sizeof(name)),
			f->need == OPTIONAL ? "?" : "");
		if (!f->items)
			continue;
		fputs(" (", stdout);
		print_fields(f->items);
		fputs(")", stdout);
	}
}

static void print_members(const struct resource *r, bool is_list)
{
	if (is_list)
		fputs("list of ", stdout);
	if (r)
		print_fields(r->fields);
	else
		fputs("–", stdout);
}

static void print_fresh(const struct operation_row *row)
{
	if (row->method != GET)
		fputs("–", stdout);
	else if (row->fresh == 0)
		fputs("not at all", stdout);
	else
		printf("%d day%s", row->fresh / DAY, row->fresh == DAY ? "" : "s");
}

static void print_operations(void)
{
	puts("| name | API | request | sends | takes back | done | may be used again | set off by |"
	     "\n|---|---|---|---|---|---|---|---|");
	for (int op = 0; op < OP_COUNT; op++) {
		const struct operation_row *row = &operations[op];

		printf("| %s | %s | `%s %s` | ", row->name, row->api, method_name(row->method),
			row->path);
		print_members(row->in, false);
		fputs(" | ", stdout);
		print_members(row->out, row->is_list);
		printf(" | %ld | ", row->success);
		print_fresh(row);
		printf(" | %s |\n", row->trigger);
	}
}

static void print_asked(unsigned ask)
{
	bool first = true;

	for (int op = 0; op < OP_ASK_COUNT; op++) {
		if (!(ask & ASKS(op)))
			continue;
		printf("%s%s", first ? "" : ", ", operations[op].name);
		first = false;
	}
	if (first)
		fputs("nothing", stdout);
}

static void print_events(void)
{
	const struct gebeurtenis_row *row;

	puts("| event | meaning | what is asked of DUO | told with | a person looks "
	     "|\n|---|---|---|---|---|");
	for (size_t i = 0; (row = gebeurtenis_at(i)); i++) {
		printf("| %s | %s | ", row->id, row->doc);
		print_asked(row->ask);
		printf(" | %s | %s |\n",
			row->about < OP_ASK_COUNT ? operations[row->about].name : "–",
			row->attention ? "when there is something to do" : "no");
	}
	puts("| any other code | kept and shown as it came | nothing | – | always |");
}

void document_print(void)
{
	puts("### Operations\n");
	print_operations();
	puts("\n### Events\n");
	print_events();
}
