/* SPDX-License-Identifier: EUPL-1.2
 *
 * What every decision carries: the articles it rests on (most specific first) and one or two plain
 * Dutch sentences. And the figures of the law: each a row { from-date, value, article } in
 * common/law/basis.def. No allocation; a decision owns its texts.
 */
#ifndef LAW_BASIS_H
#define LAW_BASIS_H

#include <stdint.h>
#include "app/date.h"

#define BASIS_ARTICLES 8
#define BASIS_UITLEG 600
#define LAW_NONE INT64_MIN /* "no value" of a number or an amount */

/* A fact that may be unknown. */
enum { ONBEKEND = -1, NEE = 0, JA = 1 };

struct basis {
	const char *grondslag[BASIS_ARTICLES];
	int grondslag_count;
	char uitleg[BASIS_UITLEG];
};

/* A reason why something may not be. All texts are constants. */
struct bezwaar {
	const char *code, *grondslag, *uitleg;
};

#define BEZWAREN_MAX 16

enum law_figure {
#define FIGURE(name, from, value, unit, article, source) name,
#define FIGURE_LATER(name, from, value, unit, article, source)
#include "../../common/law/basis.def"
#undef FIGURE
#undef FIGURE_LATER
	FIGURE_COUNT
};

/* One row of the table, for documents and tests. */
struct law_row {
	enum law_figure figure;
	const char *name;
	const char *from; /* YYYY-MM-DD */
	long long value;
	const char *unit; /* weken, maanden, jaren, uren, cent, procent, aantal */
	const char *article;
	char source; /* P: the law was read; S, M, D: a policy value (basis.def) */
};

extern const struct law_row law_rows[];
extern const int law_row_count;

/* The value that holds on `day`: the first row's before it took effect, the newest for DATE_NONE.
 */
long long law_value(enum law_figure figure, struct date day);
const char *law_article(enum law_figure figure, struct date day);

void basis_init(struct basis *b);
/* Adds an article once; `article` must live as long as the program. */
void basis_add(struct basis *b, const char *article);
/* Value of a figure, its article added to the basis. */
long long basis_value(struct basis *b, enum law_figure figure, struct date day);
/* Appends to the explanation, with a space in between. */
void basis_say(struct basis *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "3 februari 2026" into `out`, which it returns. */
#define DATE_WORDS 24
char *date_in_words(struct date d, char out[DATE_WORDS]);

/* Texts of the enumerations, NULL-terminated; value n is the n-th text, 0 is no value. */
enum doelgroep { DOELGROEP_ASIEL = 1, DOELGROEP_GEZIN };
enum leerroute { ROUTE_B = 1, ROUTE_O, ROUTE_Z };
enum niveau { NIVEAU_A2 = 1, NIVEAU_B1, NIVEAU_B2 };
extern const char *const doelgroep_values[];
extern const char *const leerroute_values[];
extern const char *const niveau_values[]; /* A2, B1: what a PIP may set */

#endif
