/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/leerroute.h"

#include "tables.h"

/* ---- leerroute-toets ---- */

static const struct field leerroute_in[] = {
	AT_ENUM(struct leerroute_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_ENUM(struct leerroute_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct leerroute_io, in.niveau, "niveau", niveau_values, OPTIONAL, "Niveau"),
	AT(struct leerroute_io, in.eerste_pip, "eerste_pip", F_BOOL, REQUIRED,
		"Is dit het eerste PIP?"),
	AT_UNIT(struct leerroute_io, in.geschatte_intensiteit_b1_route,
		"geschatte_intensiteit_b1_route", "uur", OPTIONAL, 0, 0,
		"Geschatte uren in de B1-route"),
	AT(struct leerroute_io, in.wenst_opleiding, "wenst_opleiding", F_BOOL, OPTIONAL,
		"Wil de persoon een opleiding volgen?"),
	AT(struct leerroute_io, in.grote_kans_diploma, "grote_kans_diploma", F_BOOL, OPTIONAL,
		"Is de kans op het diploma van het taalschakeltraject groot?"),
	AT(struct leerroute_io, in.redelijkerwijs_haalbaar_b1, "redelijkerwijs_haalbaar_b1", F_BOOL,
		OPTIONAL, "Is niveau B1 haalbaar?"),
	AT_ENUM(struct leerroute_io, in.lbt_uitslag, "lbt_uitslag", lbt_uitslag_values, OPTIONAL,
		"Uitslag van de leerbaarheidstoets"),
	AT_RANGE(struct leerroute_io, in.motivering, "motivering", F_TEXT, OPTIONAL, 1, 20000,
		"Motivering"),
	FIELD_END,
};

static const struct field leerroute_out[] = {
	AT(struct leerroute_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED, "Mag dit zo?"),
	AT_ENUM(struct leerroute_io, out.niveau, "niveau", niveau_values, OPTIONAL,
		"Het niveau dat geldt"),
	FIELD_LIST(struct leerroute_io, bezwaren, struct bezwaar, rule_bezwaar_fields, REQUIRED,
		"Wat ertegen is"),
	ANSWER(struct leerroute_io),
	FIELD_END,
};

static void decide_leerroute(struct arena *a, void *p)
{
	struct leerroute_io *io = p;

	(void)a;
	io->in.vandaag = io->base.peildatum;
	leerroute_toets(&io->in, &io->out);
	io->bezwaren = (struct list){ io->out.bezwaren, (size_t)io->out.bezwaar_count };
	rule_explain(&io->base, &io->out.basis);
}

/* ---- overstap ---- */

static const struct field overstap_in[] = {
	AT(struct overstap_io, in.begin_termijn, "begin_termijn", F_DATE, REQUIRED,
		"Eerste dag van de inburgeringstermijn"),
	AT(struct overstap_io, in.datum, "datum", F_DATE, REQUIRED, "Dag van de overstap"),
	AT_ENUM(struct overstap_io, in.van, "van", leerroute_values, REQUIRED, "Huidige leerroute"),
	AT_ENUM(struct overstap_io, in.naar, "naar", leerroute_values, REQUIRED,
		"Nieuwe leerroute"),
	AT(struct overstap_io, in.bijzonder_geval, "bijzonder_geval", F_BOOL, OPTIONAL,
		"Is het een bijzonder geval?"),
	FIELD_END,
};

static const struct field overstap_out[] = {
	AT(struct overstap_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED, "Mag de overstap?"),
	AT(struct overstap_io, out.uiterlijk, "uiterlijk", F_DATE, OPTIONAL,
		"Laatste dag: als die er is"),
	ANSWER(struct overstap_io),
	FIELD_END,
};

static void decide_overstap(struct arena *a, void *p)
{
	struct overstap_io *io = p;

	(void)a;
	leerroute_overstap(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

/* ---- afschaling ---- */

static const struct field taalonderdeel_item[] = { FIELD_PLAIN(F_ENUM, taalonderdeel_values),
	FIELD_END };

static const struct field afschaling_in[] = {
	AT_UNIT(struct afschaling_io, in.gevolgde_uren, "gevolgde_uren", "uur", REQUIRED, 0,
		HOURS_MAX, "Gevolgde uren taalles: met alfabetisering en die van de intake"),
	AT(struct afschaling_io, in.voldoende_inspanning, "voldoende_inspanning", F_BOOL, REQUIRED,
		"Heeft de persoon zich voldoende ingespannen?"),
	AT(struct afschaling_io, in.keurmerk, "keurmerk", F_BOOL, REQUIRED,
		"Heeft de school een keurmerk, of is het een taalschakeltraject?"),
	FIELD_LIST(struct afschaling_io, onderdelen, int, taalonderdeel_item, OPTIONAL,
		"De taalonderdelen die naar A2 gaan; zonder: alle vier"),
	FIELD_END,
};

static const struct field afschaling_out[] = {
	AT(struct afschaling_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED, "Mag afschalen?"),
	AT_UNIT(struct afschaling_io, out.uren_tekort, "uren_tekort", "uur", REQUIRED, 0, 0,
		"Wat nog ontbreekt"),
	ANSWER(struct afschaling_io),
	FIELD_END,
};

static void decide_afschaling(struct arena *a, void *p)
{
	struct afschaling_io *io = p;

	(void)a;
	io->in.onderdelen = io->onderdelen.items;
	io->in.onderdeel_count = io->onderdelen.count;
	io->in.vandaag = io->base.peildatum;
	leerroute_afschaling(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_leerroute_toets = {
	.name = "leerroute-toets",
	.version = 1,
	.articles = "Wi art. 6-9, 15 en 17; Bi art. 5.3-5.5",
	.doc = "Kan de gemeente deze leerroute en dit niveau vaststellen?",
	.in = leerroute_in,
	.out = leerroute_out,
	.size = sizeof(struct leerroute_io),
	.decide = decide_leerroute,
};

const struct rule rule_overstap = {
	.name = "overstap",
	.version = 1,
	.articles = "Wi art. 17 lid 2; Bi art. 5.4",
	.doc = "Mag iemand van leerroute wisselen?",
	.in = overstap_in,
	.out = overstap_out,
	.size = sizeof(struct overstap_io),
	.decide = decide_overstap,
};

const struct rule rule_afschaling = {
	.name = "afschaling",
	.version = 1,
	.articles = "Wi art. 17 lid 3; Bi art. 5.5",
	.doc = "Mag de B1-route worden afgeschaald naar niveau A2?",
	.in = afschaling_in,
	.out = afschaling_out,
	.size = sizeof(struct afschaling_io),
	.decide = decide_afschaling,
};
