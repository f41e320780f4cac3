/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/budget.h"

#include "tables.h"

#define PERSONEN_MAX 1000000

/* ---- spuk ---- */

static const struct field aantallen_fields[] = {
	AT_RANGE(struct spuk_facts, aantallen[0], "gezinsmigrant_overig", F_INT, OPTIONAL, 0,
		PERSONEN_MAX, "Gezinsmigranten en overige migranten"),
	AT_RANGE(struct spuk_facts, aantallen[1], "asiel_a", F_INT, OPTIONAL, 0, PERSONEN_MAX,
		"Asielstatushouders in onderdeel a"),
	AT_RANGE(struct spuk_facts, aantallen[2], "asiel_b", F_INT, OPTIONAL, 0, PERSONEN_MAX,
		"Asielstatushouders in onderdeel b"),
	AT_RANGE(struct spuk_facts, aantallen[3], "asiel_c", F_INT, OPTIONAL, 0, PERSONEN_MAX,
		"Asielstatushouders in onderdeel c"),
	AT_RANGE(struct spuk_facts, aantallen[4], "asiel_d", F_INT, OPTIONAL, 0, PERSONEN_MAX,
		"Afgeronde trajecten (onderdeel d): zonder bedrag"),
	FIELD_END,
};

_Static_assert(SPUK_COMPONENTEN == 5, "one field each");

static const struct field component_fields[] = {
	FIELD(struct spuk_component, naam, F_TEXT, REQUIRED, "Onderdeel"),
	FIELD(struct spuk_component, aantal, F_INT, REQUIRED, "Aantal personen"),
	FIELD(struct spuk_component, bedrag_per_persoon, F_CENTS, REQUIRED, "Bedrag per persoon"),
	FIELD(struct spuk_component, bedrag, F_CENTS, REQUIRED, "Bedrag"),
	FIELD_END,
};

static const struct field spuk_in[] = {
	AT_RANGE(struct spuk_io, jaar, "jaar", F_INT, REQUIRED, 2022, 2200, "Budgetjaar"),
	AT_OBJECT(
		struct spuk_io, in, "aantallen", aantallen_fields, REQUIRED, "Aantallen personen"),
	FIELD_END,
};

static const struct field spuk_out[] = {
	FIELD_LIST(struct spuk_io, componenten, struct spuk_component, component_fields, REQUIRED,
		"De onderdelen met hun bedrag"),
	AT(struct spuk_io, out.totaal, "totaal", F_CENTS, REQUIRED, "Samen"),
	ANSWER(struct spuk_io),
	FIELD_END,
};

static bool check_spuk(const void *p, const char **field, const char **reason)
{
	const struct spuk_io *io = p;

	if (spuk_is_known((int)io->jaar))
		return true;
	*field = "jaar";
	*reason = "Van dit jaar zijn geen bedragen bekend";
	return false;
}

static void decide_spuk(struct arena *a, void *p)
{
	struct spuk_io *io = p;

	(void)a;
	io->in.jaar = (int)io->jaar;
	spuk(&io->in, &io->out);
	io->componenten = (struct list){ io->out.componenten, (size_t)io->out.component_count };
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_spuk = {
	.name = "spuk",
	.version = 1,
	.articles = "Wi art. 40; Ri art. 10.2 en 10.3",
	.doc = "Een schatting van de specifieke uitkering, voor de begroting",
	.in = spuk_in,
	.out = spuk_out,
	.size = sizeof(struct spuk_io),
	.decide = decide_spuk,
	.check = check_spuk,
};
