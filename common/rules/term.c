/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/term.h"

#include "tables.h"

/* ---- pip-termijn ---- */

static const struct field pip_termijn_in[] = {
	AT_ENUM(struct pip_termijn_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT(struct pip_termijn_io, in.datum_kennisgeving, "datum_kennisgeving", F_DATE, REQUIRED,
		"Dag waarop DUO de inburgeringsplicht schriftelijk meldde"),
	AT(struct pip_termijn_io, in.datum_inschrijving_brp, "datum_inschrijving_brp", F_DATE,
		OPTIONAL, "Inschrijving in de BRP van de gemeente van huisvesting"),
	AT(struct pip_termijn_io, in.datum_inschrijving_nieuwe_gemeente,
		"datum_inschrijving_nieuwe_gemeente", F_DATE, OPTIONAL,
		"Inschrijving na een verhuizing"),
	AT(struct pip_termijn_io, in.datum_ontvangst_derde, "datum_ontvangst_derde", F_DATE,
		OPTIONAL, "Ontvangst van onmisbare informatie van een ander"),
	FIELD_END,
};

static const struct field pip_termijn_out[] = {
	AT(struct pip_termijn_io, out.loopt, "loopt", F_BOOL, REQUIRED, "Loopt de termijn?"),
	AT(struct pip_termijn_io, out.begin, "begin", F_DATE, OPTIONAL, "Eerste dag"),
	AT(struct pip_termijn_io, out.uiterlijk, "uiterlijk", F_DATE, OPTIONAL,
		"Laatste dag, na de Algemene termijnenwet"),
	AT(struct pip_termijn_io, out.uiterlijk_voor_verlenging, "uiterlijk_voor_verlenging",
		F_DATE, OPTIONAL, "Laatste dag zonder de Algemene termijnenwet"),
	ANSWER(struct pip_termijn_io),
	FIELD_END,
};

static void decide_pip_termijn(struct arena *a, void *p)
{
	struct pip_termijn_io *io = p;

	(void)a;
	pip_termijn(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- inburgeringstermijn ---- */

static const struct field verlenging_fields[] = {
	AT_UNIT(struct verlenging, dagen, "dagen", "dagen", OPTIONAL, 0, 3660, "Dagen"),
	AT_UNIT(struct verlenging, maanden, "maanden", "maanden", OPTIONAL, 0, 120, "Maanden"),
	FIELD_END,
};

static const struct field inburgeringstermijn_in[] = {
	AT(struct inburgeringstermijn_io, in.dagtekening_pip, "dagtekening_pip", F_DATE, REQUIRED,
		"Dagtekening van het eerste PIP"),
	FIELD_LIST(struct inburgeringstermijn_io, verlengingen, struct verlenging,
		verlenging_fields, OPTIONAL, "Verlengingen door DUO: in volgorde"),
	FIELD_END,
};

static const struct field inburgeringstermijn_out[] = {
	AT(struct inburgeringstermijn_io, out.begin, "begin", F_DATE, REQUIRED, "Eerste dag"),
	AT(struct inburgeringstermijn_io, out.einde, "einde", F_DATE, REQUIRED,
		"Einde: de dag na de laatste dag, zoals DUO telt"),
	AT(struct inburgeringstermijn_io, out.laatste_dag, "laatste_dag", F_DATE, REQUIRED,
		"Laatste dag"),
	ANSWER(struct inburgeringstermijn_io),
	FIELD_END,
};

static void decide_inburgeringstermijn(struct arena *a, void *p)
{
	struct inburgeringstermijn_io *io = p;

	(void)a;
	io->in.verlengingen = io->verlengingen.items;
	io->in.verlenging_count = io->verlengingen.count;
	inburgeringstermijn(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- nieuwe-termijn ---- */

static const struct field nieuwe_termijn_in[] = {
	AT_ENUM(struct nieuwe_termijn_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct nieuwe_termijn_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_RANGE(struct nieuwe_termijn_io, in.onderdelen_behaald, "onderdelen_behaald", F_INT,
		OPTIONAL, 0, 4,
		"Behaalde examenonderdelen: B1-route en onderwijsroute; zonder: de route is klaar"),
	AT_UNIT(struct nieuwe_termijn_io, in.uren_behaald, "uren_behaald", "uur", OPTIONAL, 0,
		HOURS_MAX,
		"Gevolgde uren: Z-route, bij een asielstatushouder met participatie; zonder: de "
		"route is klaar"),
	AT(struct nieuwe_termijn_io, in.ontbreekt_pvt, "ontbreekt_pvt", F_BOOL, OPTIONAL,
		"Is het PVT nog niet klaar?"),
	AT(struct nieuwe_termijn_io, in.ontbreekt_map, "ontbreekt_map", F_BOOL, OPTIONAL,
		"Is de MAP nog niet klaar?"),
	FIELD_END,
};

static const struct field nieuwe_termijn_out[] = {
	AT_UNIT(struct nieuwe_termijn_io, out.maanden, "maanden", "maanden", REQUIRED, 0, 0,
		"Duur van de nieuwe termijn"),
	ANSWER(struct nieuwe_termijn_io),
	FIELD_END,
};

static void decide_nieuwe_termijn(struct arena *a, void *p)
{
	struct nieuwe_termijn_io *io = p;

	(void)a;
	io->in.vandaag = io->base.peildatum;
	nieuwe_termijn(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- besluit-termijnen ---- */

static const struct field besluit_in[] = {
	AT_ENUM(struct besluit_io, in.artikel, "artikel", besluit_artikel_values, REQUIRED,
		"Soort besluit"),
	AT(struct besluit_io, in.datum_overtreding, "datum_overtreding", F_DATE, OPTIONAL,
		"Dag van de overtreding"),
	AT(struct besluit_io, in.datum_rapport, "datum_rapport", F_DATE, OPTIONAL,
		"Dagtekening van het rapport"),
	AT(struct besluit_io, in.datum_bekendmaking, "datum_bekendmaking", F_DATE, OPTIONAL,
		"Dag van bekendmaking"),
	FIELD_END,
};

static const struct field besluit_out[] = {
	AT(struct besluit_io, out.bezwaar_tot, "bezwaar_tot", F_DATE, OPTIONAL,
		"Laatste dag voor bezwaar"),
	AT(struct besluit_io, out.beslissen_voor, "beslissen_voor", F_DATE, OPTIONAL,
		"Laatste dag voor het besluit (termijn van orde)"),
	AT(struct besluit_io, out.vervalt_op, "vervalt_op", F_DATE, OPTIONAL,
		"Eerste dag waarop geen boete meer mag"),
	ANSWER(struct besluit_io),
	FIELD_END,
};

static void decide_besluit(struct arena *a, void *p)
{
	struct besluit_io *io = p;

	(void)a;
	besluit_termijnen(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_pip_termijn = {
	.name = "pip-termijn",
	.version = 1,
	.articles = "Bi art. 5.3 lid 1-3; Atw art. 1, 3 en 4",
	.doc = "Tot wanneer het PIP kan worden vastgesteld",
	.in = pip_termijn_in,
	.out = pip_termijn_out,
	.size = sizeof(struct pip_termijn_io),
	.decide = decide_pip_termijn,
};

const struct rule rule_inburgeringstermijn = {
	.name = "inburgeringstermijn",
	.version = 1,
	.articles = "Wi art. 11 en 12",
	.doc = "De termijn om in te burgeren",
	.in = inburgeringstermijn_in,
	.out = inburgeringstermijn_out,
	.size = sizeof(struct inburgeringstermijn_io),
	.decide = decide_inburgeringstermijn,
};

const struct rule rule_nieuwe_termijn = {
	.name = "nieuwe-termijn",
	.version = 1,
	.articles = "Wi art. 24 en 25; Ri art. 7.4",
	.doc = "De nieuwe termijn die DUO vaststelt na een verwijtbare overschrijding",
	.in = nieuwe_termijn_in,
	.out = nieuwe_termijn_out,
	.size = sizeof(struct nieuwe_termijn_io),
	.decide = decide_nieuwe_termijn,
};

const struct rule rule_besluit_termijnen = {
	.name = "besluit-termijnen",
	.version = 1,
	.articles = "Awb art. 5:45, 5:51, 6:7 en 6:8; Atw art. 1, 3 en 4",
	.doc = "De termijnen rond een besluit",
	.in = besluit_in,
	.out = besluit_out,
	.size = sizeof(struct besluit_io),
	.decide = decide_besluit,
};
