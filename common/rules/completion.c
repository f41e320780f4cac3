/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/completion.h"

#include "tables.h"

/* ---- voltooiing ---- */

/* What may be dispensed with: the parts of the exam and, in the Z-route, participation. */
static const char *const ontheffing_values[] = { "KNM", "LE", "LU", "SC", "SP", "participatie",
	NULL };

static const struct field uren_fields[] = {
	AT_UNIT(struct voltooiing_facts, uren_cursus, "cursus", "uur", OPTIONAL, 0, HOURS_MAX,
		"Cursus"),
	AT_UNIT(struct voltooiing_facts, uren_participatie, "participatie", "uur", OPTIONAL, 0,
		HOURS_MAX, "Participatie"),
	AT_UNIT(struct voltooiing_facts, uren_pvt, "pvt", "uur", OPTIONAL, 0, HOURS_MAX, "PVT"),
	AT_UNIT(struct voltooiing_facts, uren_map, "map", "uur", OPTIONAL, 0, HOURS_MAX, "MAP"),
	FIELD_END,
};

static const struct field examen_fields[] = {
	FIELD_ENUM(struct examen, onderdeel, examenonderdeel_values, REQUIRED, "Onderdeel"),
	FIELD_ENUM(struct examen, niveau, examenniveau_values, OPTIONAL, "Niveau; niet bij KNM"),
	FIELD_ENUM(struct examen, resultaat, examenresultaat_values, REQUIRED, "Resultaat"),
	FIELD_END,
};

static const struct field vrijstelling_item[] = { FIELD_PLAIN(F_ENUM, examenonderdeel_values),
	FIELD_END };
static const struct field ontheffing_item[] = { FIELD_PLAIN(F_ENUM, ontheffing_values), FIELD_END };

static const struct field onderdeel_fields[] = {
	FIELD(struct voltooiing_onderdeel, naam, F_TEXT, REQUIRED, "Onderdeel"),
	AT_UNIT(struct voltooiing_onderdeel, norm, "norm", "uur", OPTIONAL, 0, 0, "Nodig: uren"),
	AT_UNIT(struct voltooiing_onderdeel, behaald, "behaald", "uur", OPTIONAL, 0, 0,
		"Gedaan: uren"),
	FIELD(struct voltooiing_onderdeel, voldaan, F_BOOL, REQUIRED, "Klaar?"),
	FIELD_END,
};

static const struct field voltooiing_in[] = {
	AT_ENUM(struct voltooiing_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct voltooiing_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_ENUM(struct voltooiing_io, in.niveau, "niveau", niveau_values, OPTIONAL,
		"Niveau van het PIP"),
	AT_OBJECT(struct voltooiing_io, in, "uren", uren_fields, REQUIRED, "Gevolgde uren"),
	AT(struct voltooiing_io, in.pvt_ondertekend_op, "pvt_ondertekend_op", F_DATE, OPTIONAL,
		"Dag waarop de participatieverklaring is ondertekend"),
	AT(struct voltooiing_io, in.map_eindgesprek_op, "map_eindgesprek_op", F_DATE, OPTIONAL,
		"Dag van het eindgesprek van de MAP"),
	AT(struct voltooiing_io, in.z_eindgesprek_op, "z_eindgesprek_op", F_DATE, OPTIONAL,
		"Dag van het eindgesprek van de Z-route"),
	AT(struct voltooiing_io, in.taalschakeltraject_behaald_op, "taalschakeltraject_behaald_op",
		F_DATE, OPTIONAL, "Dag waarop het taalschakeltraject is behaald"),
	FIELD_LIST(
		struct voltooiing_io, examens, struct examen, examen_fields, REQUIRED, "Examens"),
	FIELD_LIST(struct voltooiing_io, vrijstellingen, int, vrijstelling_item, OPTIONAL,
		"Vrijstellingen"),
	FIELD_LIST(
		struct voltooiing_io, ontheffingen, int, ontheffing_item, OPTIONAL, "Ontheffingen"),
	AT_UNIT(struct voltooiing_io, in.participatie_maximum, "participatie_maximum", "uur",
		OPTIONAL, 1, HOURS_MAX, "Lagere norm voor participatie door een beperking"),
	FIELD_END,
};

static const struct field voltooiing_out[] = {
	FIELD_LIST(struct voltooiing_io, onderdelen, struct voltooiing_onderdeel, onderdeel_fields,
		REQUIRED, "De onderdelen van de leerroute"),
	AT(struct voltooiing_io, out.voldaan, "voldaan", F_BOOL, REQUIRED, "Is alles klaar?"),
	ANSWER(struct voltooiing_io),
	FIELD_END,
};

static void zero_if_none(long long *n)
{
	if (*n == LAW_NONE)
		*n = 0;
}

/* Exemptions and dispensations of exam parts in one list. */
static void join_exempt(
	struct arena *a, const struct voltooiing_io *io, struct voltooiing_facts *facts)
{
	const int *exempt = io->vrijstellingen.items, *dispensed = io->ontheffingen.items;
	int *all =
		arena_alloc(a, (io->vrijstellingen.count + io->ontheffingen.count) * sizeof(int));
	size_t n = 0;

	for (size_t i = 0; i < io->vrijstellingen.count; i++)
		all[n++] = exempt[i];
	for (size_t i = 0; i < io->ontheffingen.count; i++) {
		if (dispensed[i] == ONTHEFFING_PARTICIPATIE)
			facts->participatie_ontheven = JA;
		else
			all[n++] = dispensed[i];
	}
	facts->vrijgesteld = all;
	facts->vrijgesteld_count = n;
}

static void decide_voltooiing(struct arena *a, void *p)
{
	struct voltooiing_io *io = p;
	struct voltooiing_facts facts = io->in; /* which stay as they were given, to be kept */

	zero_if_none(&facts.uren_cursus);
	zero_if_none(&facts.uren_participatie);
	zero_if_none(&facts.uren_pvt);
	zero_if_none(&facts.uren_map);
	zero_if_none(&facts.participatie_maximum);
	facts.examens = io->examens.items;
	facts.examen_count = io->examens.count;
	facts.vandaag = io->base.peildatum;
	join_exempt(a, io, &facts);
	voltooiing(&facts, &io->out);
	io->onderdelen = (struct list){ io->out.onderdelen, (size_t)io->out.onderdeel_count };
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_voltooiing = {
	.name = "voltooiing",
	.version = 1,
	.articles = "Wi art. 6-9; Bi art. 2.7, 3.1, 3.2 en 3.14; Ri art. 3.1 en 3.16",
	.doc = "Welke onderdelen van de leerroute klaar zijn",
	.in = voltooiing_in,
	.out = voltooiing_out,
	.size = sizeof(struct voltooiing_io),
	.decide = decide_voltooiing,
};
