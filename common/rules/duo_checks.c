/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/duo_checks.h"

#include "tables.h"

static const char *const alfabetisering_values[] = { "A", "AA", "NVT", NULL };

static const struct field duo_bezwaar_fields[] = {
	FIELD(struct bezwaar, code, F_TEXT, REQUIRED, "Kenmerk"),
	FIELD(struct bezwaar, uitleg, F_TEXT, REQUIRED, "Uitleg"),
	FIELD_END,
};

/* What every answer has. */
#define DUO_ANSWER(st)                                                                             \
	AT(st, out.toegestaan, "toegestaan", F_BOOL, REQUIRED, "Neemt DUO dit aan?"),              \
		FIELD_LIST(st, bezwaren, struct bezwaar, duo_bezwaar_fields, REQUIRED,             \
			"Waarom DUO het weigert"),                                                 \
		ANSWER(st), FIELD_END

static struct list objections(struct duo_toets *t)
{
	return (struct list){ t->bezwaren, (size_t)t->bezwaar_count };
}

/* ---- duo-pip ---- */

static const struct field duo_pip_in[] = {
	AT(struct duo_pip_io, in.dagtekening, "dagtekening_pip", F_DATE, REQUIRED,
		"Dagtekening van dit PIP"),
	AT_ENUM(struct duo_pip_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct duo_pip_io, in.niveau, "niveau", niveau_values, OPTIONAL, "Niveau"),
	AT_UNIT(struct duo_pip_io, in.geschatte_intensiteit_b1_route,
		"geschatte_intensiteit_b1_route", "uur", OPTIONAL, 0, 0,
		"Geschatte uren in de B1-route"),
	AT(struct duo_pip_io, indicator_mag_opleiding_afmaken, "indicator_mag_opleiding_afmaken",
		F_BOOL, OPTIONAL, "Mag een niet-vrijstellende opleiding worden afgemaakt?"),
	AT_ENUM(struct duo_pip_io, alfabetisering, "indicator_alfabetiseringsonderwijs",
		alfabetisering_values, OPTIONAL, "Alfabetisering"),
	AT_ENUM(struct duo_pip_io, in.doelgroep, "doelgroep", doelgroep_values, OPTIONAL,
		"Doelgroep"),
	AT(struct duo_pip_io, in.eerste_pip, "eerste_pip", F_BOOL, OPTIONAL,
		"Is dit het eerste PIP? Van welke gemeente ook"),
	AT(struct duo_pip_io, in.begin_plicht, "begin_plicht", F_DATE, OPTIONAL,
		"Begin van de plicht"),
	AT(struct duo_pip_io, in.vorige_dagtekening, "vorige_dagtekening", F_DATE, OPTIONAL,
		"De laatste dagtekening van het eerste en het huidige PIP"),
	AT(struct duo_pip_io, in.vestiging, "vestiging", F_DATE, OPTIONAL,
		"Vestiging in de gemeente"),
	AT(struct duo_pip_io, in.verwijderen, "verwijderen", F_BOOL, OPTIONAL,
		"Moet dit PIP worden verwijderd?"),
	AT(struct duo_pip_io, in.termijn_vastgesteld, "termijn_vastgesteld", F_BOOL, OPTIONAL,
		"Is de inburgeringstermijn vastgesteld?"),
	AT(struct duo_pip_io, in.cursusuren_geregistreerd, "cursusuren_geregistreerd", F_BOOL,
		OPTIONAL, "Zijn er cursusuren geregistreerd?"),
	FIELD_END,
};

static const struct field duo_pip_out[] = { DUO_ANSWER(struct duo_pip_io) };

static void decide_duo_pip(struct arena *a, void *p)
{
	struct duo_pip_io *io = p;

	(void)a;
	duo_pip(&io->in, &io->out);
	io->bezwaren = objections(&io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- duo-aanbod ---- */

static const struct field duo_aanbod_in[] = {
	AT(struct duo_aanbod_io, in.datum_inburgeringsaanbod, "datum_inburgeringsaanbod", F_DATE,
		REQUIRED, "Dag van het aanbod"),
	AT(struct duo_aanbod_io, in.verwachte_startdatum_opleiding,
		"verwachte_startdatum_opleiding", F_DATE, OPTIONAL, "Eerste dag van de opleiding"),
	AT(struct duo_aanbod_io, in.verwachte_einddatum_opleiding, "verwachte_einddatum_opleiding",
		F_DATE, OPTIONAL, "Dag na de laatste dag van de opleiding"),
	AT_ENUM(struct duo_aanbod_io, alfabetisering, "indicator_alfabetiseringsonderwijs",
		alfabetisering_values, OPTIONAL, "Alfabetisering"),
	AT_ENUM(struct duo_aanbod_io, in.doelgroep, "doelgroep", doelgroep_values, OPTIONAL,
		"Doelgroep"),
	AT_ENUM(struct duo_aanbod_io, in.leerroute, "leerroute", leerroute_values, OPTIONAL,
		"Leerroute van het huidige PIP"),
	AT(struct duo_aanbod_io, in.pip_aanwezig, "pip_aanwezig", F_BOOL, OPTIONAL,
		"Is er een PIP?"),
	AT(struct duo_aanbod_io, in.dagtekening_pip, "dagtekening_pip", F_DATE, OPTIONAL,
		"Dagtekening van het huidige PIP"),
	AT(struct duo_aanbod_io, in.instelling_bekend, "instelling_bekend", F_BOOL, OPTIONAL,
		"Kent DUO de instelling?"),
	AT(struct duo_aanbod_io, in.indicatie_bow_keurmerk, "indicatie_bow_keurmerk", F_BOOL,
		OPTIONAL, "Heeft de instelling een keurmerk van Blik op Werk?"),
	AT(struct duo_aanbod_io, in.indicatie_tst_keurmerk, "indicatie_tst_keurmerk", F_BOOL,
		OPTIONAL, "Is de instelling erkend voor het taalschakeltraject?"),
	AT(struct duo_aanbod_io, in.begin_termijn, "begin_termijn", F_DATE, OPTIONAL,
		"Eerste dag van de inburgeringstermijn"),
	AT(struct duo_aanbod_io, in.einde_termijn, "einde_termijn", F_DATE, OPTIONAL,
		"Dag na de laatste dag van de inburgeringstermijn"),
	FIELD_END,
};

static const struct field duo_aanbod_out[] = { DUO_ANSWER(struct duo_aanbod_io) };

static void decide_duo_aanbod(struct arena *a, void *p)
{
	struct duo_aanbod_io *io = p;

	(void)a;
	duo_aanbod(&io->in, &io->out);
	io->bezwaren = objections(&io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- duo-map, duo-pvt, duo-zroute ---- */

/* What all three ask. */
#define RESULTAAT_FACTS                                                                            \
	AT(struct duo_resultaat_io, in.heeft_huidig_pip, "heeft_huidig_pip", F_BOOL, OPTIONAL,     \
		"Heeft deze gemeente het huidige PIP?"),                                           \
		AT(struct duo_resultaat_io, in.voldaan_door_zroute, "voldaan_door_zroute", F_BOOL, \
			OPTIONAL, "Is de plicht al voldaan met de Z-route?"),                      \
		AT(struct duo_resultaat_io, in.begin_termijn, "begin_termijn", F_DATE, OPTIONAL,   \
			"Eerste dag van de inburgeringstermijn"),                                  \
		AT(struct duo_resultaat_io, in.eerdere_datum, "eerdere_datum", F_DATE, OPTIONAL,   \
			"De datum die DUO al kent"),                                               \
		AT(struct duo_resultaat_io, in.eerdere_datum_eigen, "eerdere_datum_eigen", F_BOOL, \
			OPTIONAL, "Leverde deze gemeente de eerdere datum?"),                      \
		AT(struct duo_resultaat_io, in.vandaag, "vandaag", F_DATE, OPTIONAL, "Vandaag")

/* What comes on top for MAP and PVT. */
#define MAP_PVT_FACTS                                                                              \
	AT_ENUM(struct duo_resultaat_io, in.verwijtbaar, "verwijtbaar", duo_ja_nee_values,         \
		OPTIONAL, "Is de overschrijding te verwijten?"),                                   \
		AT(struct duo_resultaat_io, in.einde_termijn, "einde_termijn", F_DATE, OPTIONAL,   \
			"Dag na de laatste dag van de inburgeringstermijn"),                       \
		AT(struct duo_resultaat_io, in.datum_afronding_zroute, "datum_afronding_zroute",   \
			F_DATE, OPTIONAL, "Afronding van de Z-route, zoals DUO die kent")

static const struct field duo_map_in[] = {
	AT(struct duo_resultaat_io, in.datum, "datum_eindgesprek_map", F_DATE, OPTIONAL,
		"Dag van het eindgesprek; zonder: intrekken"),
	MAP_PVT_FACTS,
	RESULTAAT_FACTS,
	FIELD_END,
};

static const struct field duo_pvt_in[] = {
	AT(struct duo_resultaat_io, in.datum, "datum_ondertekening_pvt", F_DATE, OPTIONAL,
		"Dag van de ondertekening; zonder: intrekken"),
	MAP_PVT_FACTS,
	RESULTAAT_FACTS,
	FIELD_END,
};

static const struct field duo_zroute_in[] = {
	AT(struct duo_resultaat_io, in.datum, "datum_afronding_zroute", F_DATE, OPTIONAL,
		"Dag van de afronding; zonder: intrekken"),
	AT_ENUM(struct duo_resultaat_io, in.leerroute, "leerroute", leerroute_values, OPTIONAL,
		"Leerroute van het huidige PIP"),
	AT(struct duo_resultaat_io, in.datum_eindgesprek_map, "datum_eindgesprek_map", F_DATE,
		OPTIONAL, "Eindgesprek van de MAP, zoals DUO dat kent"),
	AT(struct duo_resultaat_io, in.datum_ondertekening_pvt, "datum_ondertekening_pvt", F_DATE,
		OPTIONAL, "Ondertekening van het PVT, zoals DUO die kent"),
	RESULTAAT_FACTS,
	FIELD_END,
};

static const struct field duo_resultaat_out[] = { DUO_ANSWER(struct duo_resultaat_io) };

/* The day of the decision counts as today, unless the facts say another. */
static void decide_resultaat(struct duo_resultaat_io *io, struct duo_resultaat_facts facts,
	void (*check)(const struct duo_resultaat_facts *f, struct duo_toets *out))
{
	if (!date_is_set(facts.vandaag))
		facts.vandaag = io->base.peildatum;
	check(&facts, &io->out);
	io->bezwaren = objections(&io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* The facts of a completion are not in the tables of MAP and PVT. */
static struct duo_resultaat_facts map_pvt_facts(const struct duo_resultaat_io *io)
{
	struct duo_resultaat_facts facts = io->in;

	facts.datum_eindgesprek_map = facts.datum_ondertekening_pvt = DATE_NONE;
	return facts;
}

static void decide_duo_map(struct arena *a, void *p)
{
	(void)a;
	decide_resultaat(p, map_pvt_facts(p), duo_map);
}

static void decide_duo_pvt(struct arena *a, void *p)
{
	(void)a;
	decide_resultaat(p, map_pvt_facts(p), duo_pvt);
}

static void decide_duo_zroute(struct arena *a, void *p)
{
	struct duo_resultaat_facts facts = ((struct duo_resultaat_io *)p)->in;

	(void)a;
	facts.einde_termijn = facts.datum_afronding_zroute = DATE_NONE;
	decide_resultaat(p, facts, duo_zroute);
}

const struct rule rule_duo_pip = {
	.name = "duo-pip",
	.version = 1,
	.articles = "DUO PIP",
	.doc = "Neemt DUO de melding van dit PIP aan?",
	.in = duo_pip_in,
	.out = duo_pip_out,
	.size = sizeof(struct duo_pip_io),
	.decide = decide_duo_pip,
};

const struct rule rule_duo_aanbod = {
	.name = "duo-aanbod",
	.version = 1,
	.articles = "DUO Inburgeringsaanbod; Wi art. 16 en 32",
	.doc = "Neemt DUO de melding van dit inburgeringsaanbod aan?",
	.in = duo_aanbod_in,
	.out = duo_aanbod_out,
	.size = sizeof(struct duo_aanbod_io),
	.decide = decide_duo_aanbod,
};

const struct rule rule_duo_map = {
	.name = "duo-map",
	.version = 1,
	.articles = "DUO MAP, PVT en Z-route; Bi art. 3.2",
	.doc = "Neemt DUO de melding van het eindgesprek van de MAP aan?",
	.in = duo_map_in,
	.out = duo_resultaat_out,
	.size = sizeof(struct duo_resultaat_io),
	.decide = decide_duo_map,
};

const struct rule rule_duo_pvt = {
	.name = "duo-pvt",
	.version = 1,
	.articles = "DUO MAP, PVT en Z-route; Bi art. 3.1",
	.doc = "Neemt DUO de melding van de ondertekening van het PVT aan?",
	.in = duo_pvt_in,
	.out = duo_resultaat_out,
	.size = sizeof(struct duo_resultaat_io),
	.decide = decide_duo_pvt,
};

const struct rule rule_duo_zroute = {
	.name = "duo-zroute",
	.version = 1,
	.articles = "DUO MAP, PVT en Z-route; Bi art. 3.14",
	.doc = "Neemt DUO de melding van de afronding van de Z-route aan?",
	.in = duo_zroute_in,
	.out = duo_resultaat_out,
	.size = sizeof(struct duo_resultaat_io),
	.decide = decide_duo_zroute,
};
