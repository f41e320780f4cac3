/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/budget.h"

#include <stddef.h>

static const struct {
	const char *naam;
	enum law_figure figure; /* FIGURE_COUNT: no amount per person */
} components[SPUK_COMPONENTEN] = {
	{ "gezinsmigrant-overig", SPUK_GEZIN },
	{ "asiel-a", SPUK_ASIEL_A },
	{ "asiel-b", SPUK_ASIEL_B },
	{ "asiel-c", SPUK_ASIEL_C },
	{ "asiel-d", FIGURE_COUNT },
};

/* The amount that was set for this very year, or NULL. */
static const struct law_row *row_of(enum law_figure figure, int year)
{
	for (int i = 0; i < law_row_count; i++) {
		struct date from = DATE_NONE;
		int from_year, month, day;

		if (law_rows[i].figure != figure)
			continue;
		date_parse(law_rows[i].from, &from);
		date_split(from, &from_year, &month, &day);
		if (from_year == year)
			return &law_rows[i];
	}
	return NULL;
}

bool spuk_is_known(int jaar)
{
	return row_of(SPUK_GEZIN, jaar) != NULL;
}

static void add(struct spuk *out, const char *name, long long persons, const struct law_row *row)
{
	long long amount = persons * row->value;

	basis_add(&out->basis, row->article);
	out->totaal += amount;
	out->componenten[out->component_count++] =
		(struct spuk_component){ name, persons, row->value, amount };
}

void spuk(const struct spuk_facts *f, struct spuk *out)
{
	struct basis *b = &out->basis;

	*out = (struct spuk){ .component_count = 0 };
	basis_init(b);
	for (int i = 0; i < SPUK_COMPONENTEN; i++) {
		const struct law_row *row = row_of(components[i].figure, f->jaar);

		if (f->aantallen[i] == LAW_NONE)
			continue;
		if (row)
			add(out, components[i].naam, f->aantallen[i], row);
		else
			basis_say(b, "Voor %s is er in %d geen bedrag per persoon.",
				components[i].naam, f->jaar);
	}
	basis_add(b, "Wi art. 40");
	basis_say(b,
		"Dit is een schatting voor de begroting van %d: %lld,%02lld euro. Wie bij welk "
		"onderdeel hoort, is nog niet bevestigd.",
		f->jaar, out->totaal / 100, out->totaal % 100);
}
