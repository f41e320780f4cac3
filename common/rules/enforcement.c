/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/enforcement.h"

#include "tables.h"

/* ---- zienswijze-termijn ---- */

static const char *const artikelen[] = { "22", "23", NULL }; /* of enum besluit_artikel */

static const struct field zienswijze_in[] = {
	AT_ENUM(struct zienswijze_io, in.artikel, "artikel", artikelen, REQUIRED, "Artikel"),
	AT(struct zienswijze_io, in.datum_uitnodiging, "datum_uitnodiging", F_DATE, REQUIRED,
		"Dag van het rapport of, zonder rapport, van de constatering"),
	AT_UNIT(struct zienswijze_io, in.weken, "weken", "weken", OPTIONAL, 1, 26,
		"Termijn volgens het beleid van de gemeente"),
	FIELD_END,
};

static const struct field zienswijze_out[] = {
	AT(struct zienswijze_io, out.uiterlijk, "uiterlijk", F_DATE, REQUIRED,
		"Laatste dag om een zienswijze te geven"),
	ANSWER(struct zienswijze_io),
	FIELD_END,
};

static void decide_zienswijze(struct arena *a, void *p)
{
	struct zienswijze_io *io = p;

	(void)a;
	zienswijze_termijn(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- nieuwe-termijn-toets ---- */

static const struct field nieuwe_termijn_in[] = {
	AT_ENUM(struct nieuwe_termijn_toets_io, in.artikel, "artikel", boete_artikel_values,
		REQUIRED, "Artikel en lid van de boete"),
	AT(struct nieuwe_termijn_toets_io, in.datum_bekendmaking, "datum_bekendmaking", F_DATE,
		REQUIRED, "Dag van bekendmaking"),
	AT(struct nieuwe_termijn_toets_io, in.termijn, "termijn", F_DATE, OPTIONAL,
		"Laatste dag om alsnog te verschijnen"),
	FIELD_END,
};

static const struct field nieuwe_termijn_out[] = {
	AT(struct nieuwe_termijn_toets_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED,
		"Mag dit zo?"),
	AT(struct nieuwe_termijn_toets_io, out.uiterlijk, "uiterlijk", F_DATE, OPTIONAL,
		"De laatste dag die mag"),
	AT(struct nieuwe_termijn_toets_io, out.reden, "reden", F_TEXT, OPTIONAL, "Waarom niet"),
	ANSWER(struct nieuwe_termijn_toets_io),
	FIELD_END,
};

static void decide_nieuwe_termijn(struct arena *a, void *p)
{
	struct nieuwe_termijn_toets_io *io = p;

	(void)a;
	nieuwe_termijn_toets(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- onherroepelijk ---- */

static const struct field onherroepelijk_in[] = {
	AT(struct onherroepelijk_io, in.datum_bekendmaking, "datum_bekendmaking", F_DATE, REQUIRED,
		"Dag van bekendmaking"),
	AT(struct onherroepelijk_io, in.bezwaar_ingediend_op, "bezwaar_ingediend_op", F_DATE,
		OPTIONAL, "Dag van het bezwaar"),
	AT(struct onherroepelijk_io, in.bezwaar_beslist_op, "bezwaar_beslist_op", F_DATE, OPTIONAL,
		"Dag van de bekendmaking van de beslissing op bezwaar"),
	AT(struct onherroepelijk_io, in.vandaag, "vandaag", F_DATE, REQUIRED, "De dag van vandaag"),
	FIELD_END,
};

static const struct field onherroepelijk_out[] = {
	AT(struct onherroepelijk_io, out.onherroepelijk, "onherroepelijk", F_BOOL, REQUIRED,
		"Staat het besluit vast?"),
	AT(struct onherroepelijk_io, out.laatste_dag, "laatste_dag", F_DATE, OPTIONAL,
		"Laatste dag voor bezwaar of beroep"),
	AT(struct onherroepelijk_io, out.op, "op", F_DATE, OPTIONAL,
		"Eerste dag waarop het besluit vaststaat"),
	ANSWER(struct onherroepelijk_io),
	FIELD_END,
};

static void decide_onherroepelijk(struct arena *a, void *p)
{
	struct onherroepelijk_io *io = p;

	(void)a;
	onherroepelijk_dag(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_zienswijze_termijn = {
	.name = "zienswijze-termijn",
	.version = 1,
	.articles = "Awb art. 4:8 en 5:53; Atw art. 1, 3 en 4; beleid",
	.doc = "Tot wanneer de persoon een zienswijze kan geven",
	.in = zienswijze_in,
	.out = zienswijze_out,
	.size = sizeof(struct zienswijze_io),
	.decide = decide_zienswijze,
};

const struct rule rule_nieuwe_termijn_toets = {
	.name = "nieuwe-termijn-toets",
	.version = 1,
	.articles = "Wi art. 22 lid 2",
	.doc = "De nieuwe termijn bij een boete voor de brede intake",
	.in = nieuwe_termijn_in,
	.out = nieuwe_termijn_out,
	.size = sizeof(struct nieuwe_termijn_toets_io),
	.decide = decide_nieuwe_termijn,
};

const struct rule rule_onherroepelijk = {
	.name = "onherroepelijk",
	.version = 1,
	.articles = "Awb art. 6:7, 6:8 en 7:11; Atw art. 1, 3 en 4",
	.doc = "Wanneer een boete vaststaat",
	.in = onherroepelijk_in,
	.out = onherroepelijk_out,
	.size = sizeof(struct onherroepelijk_io),
	.decide = decide_onherroepelijk,
};
