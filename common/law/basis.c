/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/basis.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const doelgroep_values[] = { "asielstatushouder", "gezinsmigrant-overig", NULL };
const char *const leerroute_values[] = { "B", "O", "Z", NULL };
const char *const niveau_values[] = { "A2", "B1", NULL };

const struct law_row law_rows[] = {
#define FIGURE(name, from, value, unit, article, source)                                           \
	{ name, #name, from, value, unit, article, source },
#define FIGURE_LATER FIGURE
#include "basis.def"
#undef FIGURE_LATER
#undef FIGURE
};

const int law_row_count = sizeof(law_rows) / sizeof(*law_rows);

/* Rows of one figure stand together and in order of date; the last that took effect counts. Figures
 * stand in the order of their numbers, each with one row or more, so that none stands before its
 * number. */
static const struct law_row *row_on(enum law_figure figure, struct date day)
{
	const struct law_row *found = NULL;

	for (int i = (int)figure; i < law_row_count && law_rows[i].figure <= figure; i++) {
		struct date from = DATE_NONE;

		if (law_rows[i].figure != figure)
			continue;
		if (found && date_is_set(day)) {
			date_parse(law_rows[i].from, &from);
			if (date_compare(from, day) > 0)
				break;
		}
		found = &law_rows[i];
	}
	return found;
}

long long law_value(enum law_figure figure, struct date day)
{
	return row_on(figure, day)->value;
}

const char *law_article(enum law_figure figure, struct date day)
{
	return row_on(figure, day)->article;
}

void basis_init(struct basis *b)
{
	b->grondslag_count = 0;
	b->uitleg[0] = '\0';
}

void basis_add(struct basis *b, const char *article)
{
	for (int i = 0; i < b->grondslag_count; i++)
		if (strcmp(b->grondslag[i], article) == 0)
			return;
	if (b->grondslag_count < BASIS_ARTICLES)
		b->grondslag[b->grondslag_count++] = article;
}

long long basis_value(struct basis *b, enum law_figure figure, struct date day)
{
	const struct law_row *row = row_on(figure, day);

	basis_add(b, row->article);
	return row->value;
}

void basis_say(struct basis *b, const char *fmt, ...)
{
	size_t n = strlen(b->uitleg);
	va_list ap;

	if (n > 0 && n + 1 < sizeof(b->uitleg))
		b->uitleg[n++] = ' ';
	va_start(ap, fmt);
	vsnprintf(b->uitleg + n, sizeof(b->uitleg) - n, fmt, ap);
	va_end(ap);
}

char *date_in_words(struct date d, char out[DATE_WORDS])
{
	int year, month, day;

	date_split(d, &year, &month, &day);
	snprintf(out, DATE_WORDS, "%d %s %d", day, date_month_name(month), year % 10000);
	return out;
}
