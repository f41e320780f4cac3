/* SPDX-License-Identifier: EUPL-1.2 */
#include "diagram.h"

#include <string.h>

/* `text` with every character of `from` replaced by `to`. */
static void put_replaced(FILE *out, const char *text, char from, char to)
{
	for (; *text; text++)
		fputc(*text == from ? to : *text, out);
}

/* Mermaid's names have no `-`. */
static void put_id(FILE *out, const struct law_machine *m, int state)
{
	put_replaced(out, m->states[state - 1], '-', '_');
}

static void put_states(FILE *out, const struct law_machine *m)
{
	for (int i = 0; m->states[i]; i++) {
		if (!strchr(m->states[i], '-'))
			continue;
		fputs("\tstate \"", out);
		put_replaced(out, m->states[i], '-', ' ');
		fputs("\" as ", out);
		put_id(out, m, i + 1);
		fputc('\n', out);
	}
}

static void put_move(FILE *out, const struct law_machine *m, const struct law_move *move)
{
	fputc('\t', out);
	put_id(out, m, move->from);
	fputs(" --> ", out);
	put_id(out, m, move->to);
	fprintf(out, ": %s", m->events[move->event - 1]);
	if (move->condition)
		fprintf(out, " [%s]", m->conditions[move->condition - 1]);
	fputs(" (", out);
	put_replaced(out, move->basis, ';', ','); /* which would end the line */
	fputs(")\n", out);
}

void diagram_print(const struct law_machine *m, FILE *out)
{
	fputs("stateDiagram-v2\n", out);
	put_states(out, m);
	fputs("\t[*] --> ", out);
	put_id(out, m, m->start);
	fputc('\n', out);
	for (int i = 0; i < m->count; i++)
		put_move(out, m, &m->moves[i]);
	for (const int *f = m->finals; *f; f++) {
		fputc('\t', out);
		put_id(out, m, *f);
		fputs(" --> [*]\n", out);
	}
}
